/**
 * Builds what is shipped into dist/, or the folder that is given: the program as one file, the WebAssembly that it loads,
 * and the licences of all that is inside. The same sources give the same bytes, save for the code that V8 compiled.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { raw } from "./raw.mjs";
import { thirdPartyText } from "./third-party.mjs";

const out = resolve(process.argv[2] ?? join(import.meta.dirname, "../dist"));
process.chdir(join(import.meta.dirname, ".."));

// npm prepares a package that is installed globally from git, as commit hooks are, without what it takes to build it.
if (!existsSync("node_modules/esbuild")) {
  const { status } = spawnSync("npm", ["ci", "--include=dev", "--ignore-scripts"], { stdio: "inherit", shell: process.platform === "win32", env: { ...process.env, npm_config_global: "false" } });
  if (status !== 0) throw new Error("What the build needs cannot be installed; run `npm ci`.");
}
const { build } = await import("esbuild");

/** The WebAssembly that the program loads, by the name it has there. */
const WASM = {
  "web-tree-sitter.wasm": "web-tree-sitter/web-tree-sitter.wasm",
  "tree-sitter-nix.wasm": "tree-sitter-wasm/nix/tree-sitter-nix.wasm",
  "tree-sitter-bash.wasm": "tree-sitter-wasm/bash/tree-sitter-bash.wasm",
};

/** What only few runs load, by the name of its file in the program's folder. */
const APART = { "find-globs": "src/cli/find-globs.ts", library: "src/lsp/library.ts", "json-language": "src/lsp/json-language.ts", "matrix-page": "src/report/matrix/matrix-page.ts", progress: "src/cli/progress.ts", statistics: "src/cli/statistics.ts", profile: "src/cli/profile.ts" };

/** The same for what imports modules that are only known at run time. */
const IMPORTING = { "load-plugins": "src/cli/load-plugins.ts" };

/** What is linted to see which code is worth keeping compiled. */
const WARM_UP = ["examples", "--fail-on", "never"];

/** Keeps out what would be loaded at every start and is never used. */
const lean = {
  name: "lean",
  setup({ onResolve, onLoad }) {
    // Files of their own beside the program.
    for (const name of Object.keys({ ...APART, ...IMPORTING })) onResolve({ filter: new RegExp(`/${name}\\.ts$`) }, ({ kind }) => (kind === "dynamic-import" ? { path: `./${name}.js`, external: true } : null));
    // The module version asks for `require` by a top-level await, which a script has not.
    onResolve({ filter: /^web-tree-sitter$/ }, () => ({ path: createRequire(import.meta.url).resolve("web-tree-sitter") }));
    // Commander starts other programs for commands that are programs; ours are not.
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) => (importer.includes("commander") ? { path: "child_process", namespace: "empty" } : null));
    // Chalk asks the terminal for its colours unless it is told them, as it always is here.
    onResolve({ filter: /^#supports-color$/ }, () => ({ path: "supports-color", namespace: "empty" }));
    // The JSON service translates its messages; ours are English.
    onResolve({ filter: /^@vscode\/l10n$/ }, () => ({ path: "l10n", namespace: "empty" }));
    onLoad({ filter: /^l10n$/, namespace: "empty" }, () => ({ contents: "export const t = (message, ...args) => message.replace(/\\{(\\d+)\\}/g, (_, index) => args[index]);" }));
    onLoad({ filter: /^child_process$/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
    onLoad({ filter: /^supports-color$/, namespace: "empty" }, () => ({ contents: "export default { stdout: false, stderr: false };" }));
  },
};

/** Stands in the program until it is known what it was built as. */
const BUILD = "@build@".padEnd(64, "-");

const { version } = JSON.parse(await readFile("package.json", "utf8"));

await rm(out, { recursive: true, force: true });
await mkdir(out);
const common = {
  outdir: out,
  bundle: true,
  platform: "node",
  target: "node20.19",
  // ES modules before CommonJS: only they can be loaded in parts.
  mainFields: ["module", "main"],
  plugins: [lean, raw],
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
/** Scripts rather than modules: V8's compiled code can be kept for them in every version of Node, and they start sooner. */
const scripts = {
  ...common,
  format: "cjs",
  define: { TAPPAAS_LINT_VERSION: JSON.stringify(version), TAPPAAS_LINT_BUILD: JSON.stringify(BUILD), "import.meta.url": "__programUrl" },
  banner: { js: 'var __programUrl = require("node:url").pathToFileURL(__filename).href;' },
};
const built = [
  await build({ ...scripts, entryPoints: { "tappaas-lint": "src/cli/launch.ts", program: "src/cli/main.ts", ...APART }, supported: { "dynamic-import": false }, sourcemap: "external", sourcesContent: false }),
  // Only a file that Node itself loads can import modules at run time.
  await build({ ...scripts, entryPoints: IMPORTING }),
  await build({ ...common, entryPoints: { plugin: "src/rules/plugin.ts" }, format: "esm", outExtension: { ".js": ".mjs" } }),
];
const metafile = { inputs: Object.assign({}, ...built.map(({ metafile: { inputs } }) => inputs)) };
// esbuild writes everything in ASCII but regular expressions; in these an escape means the same.
const program = await readFile(join(out, "program.js"), "utf8");
const ascii = program.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
// The map of the program is for `--profile` (src/cli/profile.ts), which has to know where the escapes stand: by line, the columns before them.
const escapes = program.split("\n").map((line) => [...line.matchAll(/[^\x00-\x7f]/g)].map(({ index }) => index));
const { sources, names, mappings } = JSON.parse(await readFile(join(out, "program.js.map"), "utf8"));
await writeFile(join(out, "program.js.map"), JSON.stringify({ version: 3, sources: sources.map((source) => /\bempty:.*/.exec(source)?.[0] ?? relative(".", resolve(out, source))), names, mappings, escapes }));
for (const name of Object.keys({ "tappaas-lint": "", ...APART })) await rm(join(out, `${name}.js.map`));
for (const [name, specifier] of Object.entries(WASM)) {
  await copyFile(fileURLToPath(import.meta.resolve(specifier)), join(out, name));
  await chmod(join(out, name), 0o644);
}
// What was found by another program is of no use to this one, so each must know itself.
const parts = await Promise.all(Object.keys(WASM).map((name) => readFile(join(out, name))));
const identity = [ascii, ...parts].reduce((digest, part) => digest.update(part), createHash("sha256")).digest("hex");
await writeFile(join(out, "program.js"), ascii.replaceAll(BUILD, identity));
// Beside a package of modules, scripts must say what they are.
await writeFile(join(out, "package.json"), '{ "type": "commonjs" }\n');
await chmod(join(out, "tappaas-lint.js"), 0o755);
const grammars = (await readdir("scripts/licences")).map((file) => ({ title: `${file.replace(/\.txt$/, "")} (MIT)`, file: join("scripts/licences", file) }));
// The library is the same program, started by nobody.
await writeFile(join(out, "index.js"), '/** The library of tappaas-lint; see index.d.ts. */\nexports.lint = (files, options) => require("./program.js").lint(files, options);\n');
await writeFile(join(out, "index.d.ts"), await libraryTypes());
await writeFile(join(out, "THIRD-PARTY.txt"), await thirdPartyText("tappaas-lint", [...Object.keys(metafile.inputs), ...Object.values(WASM).map((specifier) => `node_modules/${specifier}`)], grammars));
const cache = await mkdtemp(join(tmpdir(), "tappaas-lint-build-"));
const warmUp = spawnSync(process.execPath, ["scripts/code-cache.mjs", out, ...WARM_UP, "--cache-location", cache], { encoding: "utf8" });
await rm(cache, { recursive: true, force: true });
if (warmUp.status !== 0) throw new Error(`The program does not run on ${WARM_UP[0]}:\n${warmUp.stdout}${warmUp.stderr}`);

/** The types of the library: those of a run's result and of its options, which import nothing else. */
async function libraryTypes() {
  const texts = await Promise.all(["src/engine/run/result.ts", "src/cli/api-options.ts"].map((file) => readFile(file, "utf8")));
  return `${texts.map((text) => text.replace(/^\/\*\*.*\*\/\n/, "").replace(/^import type .*\n/gm, "").trim()).join("\n\n")}\n\nexport declare const lint: Lint;\n`;
}
