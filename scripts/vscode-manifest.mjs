/** Writes the version and the settings into the extension's manifest; with --check it only says whether they are up to date (status 1 if not). */
import { readFile, writeFile } from "node:fs/promises";
import { load } from "./load.mjs";

const FILE = "editors/vscode/package.json";

const { CLIENT_SCHEMA, SECTION, SETTINGS_SCHEMA } = await load("src/lsp/client-settings.ts");
const { version } = JSON.parse(await readFile("package.json", "utf8"));

const settings = Object.entries({ ...SETTINGS_SCHEMA, ...CLIENT_SCHEMA });
// One server serves all folders of a window, with one set of settings.
const properties = Object.fromEntries(settings.map(([name, schema], order) => [`${SECTION}.${name}`, { scope: "window", order, ...schema }]));

const current = await readFile(FILE, "utf8");
const manifest = JSON.parse(current);
const text = `${JSON.stringify({ ...manifest, version, contributes: { ...manifest.contributes, configuration: { title: "TAPPaaS Lint", properties } } }, null, 2)}\n`;
if (process.argv.includes("--check")) {
  if (current !== text) {
    console.error(`${FILE} is out of date; run \`npm run generate\`.`);
    process.exit(1);
  }
} else await writeFile(FILE, text);
