/** Writes the configuration's schema from the rules' option schemas; with --check it only says whether the file is up to date (status 1 if not). */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { load } from "./load.mjs";

const FILE = "schema/tappaas-lint.schema.json";

const { rules } = await load("src/rules/index.ts");
const { configSchema } = await load("src/engine/run/config/schema.ts");

const text = `${JSON.stringify(configSchema(rules), null, 2)}\n`;
if (process.argv.includes("--check")) {
  const current = await readFile(FILE, "utf8").catch(() => "");
  if (current !== text) {
    console.error(`${FILE} is out of date; run \`npm run generate\`.`);
    process.exit(1);
  }
} else {
  await mkdir("schema", { recursive: true });
  await writeFile(FILE, text);
}
