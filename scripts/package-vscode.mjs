/**
 * Packages the VS Code extension into build/tappaas-lint-VERSION.vsix, or the file that is given: the client, the program
 * that the command line has too, and what the editor shows. Nothing is fetched; the same sources give the same bytes.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { vsix } from "./package-vscode/vsix.mjs";
import { thirdPartyText } from "./third-party.mjs";

/** What dist/ has for other programs, and for who measures at the command line. */
const FOR_OTHERS = /^(?:index|plugin|profile|progress|statistics)\.|\.map$/;

process.chdir(join(import.meta.dirname, ".."));
const HOME = "editors/vscode";

const manifest = JSON.parse(await readFile(join(HOME, "package.json"), "utf8"));
const out = resolve(process.argv[2] ?? `build/${manifest.name}-${manifest.version}.vsix`);

const checked = spawnSync(process.execPath, ["scripts/vscode-manifest.mjs", "--check"], { stdio: "inherit" });
if (checked.status !== 0) process.exit(1);

/** Files of the repository, by their path in the extension. */
const COPIED = {
  "README.md": join(HOME, "README.md"),
  "CHANGELOG.md": "CHANGELOG.md",
  "LICENSE.txt": "LICENSE",
  "icon.png": join(HOME, "icon.png"),
  ...Object.fromEntries(["language-configuration.json", "configuration-language.json", "configuration-grammar.json", "snippets/nix.json"].map((name) => [name, join(HOME, name)])),
  "rules.md": "rules.md",
};

const files = { "package.json": Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) };
for (const [name, path] of Object.entries(COPIED)) files[name] = await readFile(path);

const { outputFiles, metafile } = await build({
  entryPoints: [join(HOME, "src/extension.ts")],
  outfile: "extension.js",
  write: false,
  bundle: true,
  format: "cjs",
  platform: "node",
  // The Node of the oldest VS Code that the manifest allows.
  target: "node22.15",
  external: ["vscode"],
  minify: true,
  legalComments: "none",
  charset: "ascii",
  metafile: true,
  logLevel: "warning",
});
files["extension.js"] = Buffer.from(outputFiles[0].contents);
files["THIRD-PARTY.txt"] = Buffer.from(await thirdPartyText("The client of tappaas-lint", Object.keys(metafile.inputs)));

const program = await mkdtemp(join(tmpdir(), "tappaas-lint-vscode-"));
try {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs", program], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error("The program cannot be built.");
  // What this Node has compiled of it would be of no use to the editor's.
  for (const name of await readdir(program)) if (!name.endsWith(".cache") && !FOR_OTHERS.test(name)) files[`server/${name}`] = await readFile(join(program, name));
} finally {
  await rm(program, { recursive: true, force: true });
}

await mkdir(dirname(out), { recursive: true });
const bytes = vsix(manifest, files);
await writeFile(out, bytes);
console.log(`${relative(".", out)}: ${Object.keys(files).length} files, ${Math.round(bytes.length / 1024)} KB`);
