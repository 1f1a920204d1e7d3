/** Writes rules.md from the rules; with --check it only says whether the file is up to date (status 1 if not). */
import { readFile, writeFile } from "node:fs/promises";
import { load } from "./load.mjs";

const { rules } = await load("src/rules/index.ts");
const { infoOf } = await load("src/engine/run/rule-info.ts");
const { rulesPage } = await load("src/report/rules-page.ts");

const page = rulesPage(rules.map(infoOf));
if (process.argv.includes("--check")) {
  const current = await readFile("rules.md", "utf8").catch(() => "");
  if (current !== page) {
    console.error("rules.md is out of date; run `npm run generate`.");
    process.exit(1);
  }
} else await writeFile("rules.md", page);
