/** Writes rules.md from the rules and what their fixes make of their examples; with --check it only says whether the file is up to date (status 1 if not). */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { load } from "./load.mjs";

const { NixParser, Project, ShellParser, infoOf, mendedExamples, rules, rulesPage } = await load("scripts/documentation.ts");

const bytes = (specifier) => readFile(fileURLToPath(import.meta.resolve(specifier)));
const runtime = await bytes("web-tree-sitter/web-tree-sitter.wasm");
const nix = await NixParser.load(runtime, await bytes("tree-sitter-wasm/nix/tree-sitter-nix.wasm"));
const shell = await ShellParser.load(runtime, await bytes("tree-sitter-wasm/bash/tree-sitter-bash.wasm"));
const open = (host) => Object.assign(new Project(host, nix), { shell });

const page = rulesPage(rules.map(infoOf), new Map(rules.map((rule) => [rule.id, mendedExamples(rule, rules, open)])));
if (process.argv.includes("--check")) {
  const current = await readFile("rules.md", "utf8").catch(() => "");
  if (current !== page) {
    console.error("rules.md is out of date; run `npm run generate`.");
    process.exit(1);
  }
} else await writeFile("rules.md", page);
