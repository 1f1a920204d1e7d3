/** The packaged extension: what is in it, that it is the same wherever it is made, and that its parts fit together. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLIENT_SCHEMA, SETTINGS_SCHEMA } from "../../src/lsp/client-settings.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const HOME = join(ROOT, "editors/vscode");
const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-vsix-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function packaged(name: string, zone: string): Promise<Buffer> {
  return new Promise((done, failed) => {
    const file = join(folder, name);
    const child = spawn(process.execPath, [join(ROOT, "scripts/package-vscode.mjs"), file], { env: { ...process.env, TZ: zone }, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (part) => void (said += part));
    child.on("exit", (status) => (status === 0 ? done(readFileSync(file)) : failed(new Error(said))));
  });
}

let bytes: Buffer;
let again: Buffer;
let files: Record<string, Uint8Array>;
const text = (path: string): string => new TextDecoder().decode(files[path]);

beforeAll(async () => {
  [bytes, again] = await Promise.all([packaged("one.vsix", "UTC"), packaged("two.vsix", "Asia/Tokyo")]);
  files = unzipSync(bytes);
  // It is built twice.
}, 120_000);

describe("the packaged extension", () => {
  it("holds the client, the program and what the editor shows, and nothing else", () => {
    expect(Object.keys(files)).toEqual([
      "extension.vsixmanifest",
      "[Content_Types].xml",
      "extension/CHANGELOG.md",
      "extension/LICENSE.txt",
      "extension/README.md",
      "extension/THIRD-PARTY.txt",
      "extension/configuration-grammar.json",
      "extension/configuration-language.json",
      "extension/extension.js",
      "extension/icon.png",
      "extension/language-configuration.json",
      "extension/package.json",
      "extension/rules.md",
      "extension/server/THIRD-PARTY.txt",
      "extension/server/find-globs.js",
      "extension/server/json-language.js",
      "extension/server/library.js",
      "extension/server/load-plugins.js",
      "extension/server/matrix-page.js",
      "extension/server/package.json",
      "extension/server/program.js",
      "extension/server/tappaas-lint.js",
      "extension/server/tree-sitter-bash.wasm",
      "extension/server/tree-sitter-nix.wasm",
      "extension/server/web-tree-sitter.wasm",
      "extension/snippets/nix.json",
    ]);
  });

  it("is the same whenever and wherever it is made", () => {
    expect(again.equals(bytes)).toBe(true);
  });

  it("is what the manifest says", () => {
    const manifest = JSON.parse(readFileSync(join(HOME, "package.json"), "utf8")) as { version: string };
    const root = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(manifest.version).toBe(root.version);
    expect(JSON.parse(text("extension/package.json"))).toEqual(manifest);
    expect(text("extension.vsixmanifest")).toContain(`<Identity Language="en-US" Id="tappaas-lint" Version="${root.version}" Publisher="tappaas"/>`);
    expect(text("extension/LICENSE.txt")).toBe(readFileSync(join(ROOT, "LICENSE"), "utf8"));
    expect(text("extension/rules.md")).toBe(readFileSync(join(ROOT, "rules.md"), "utf8"));
  });

  it("is well-formed where it is XML", () => {
    for (const name of ["extension.vsixmanifest", "[Content_Types].xml"]) {
      const parsed = spawnSync("python3", ["-c", "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin)"], { input: text(name), encoding: "utf8" });
      expect([name, parsed.error === undefined ? parsed.stderr : ""]).toEqual([name, ""]);
    }
  });

  it("says the kind of every file", () => {
    const kinds = [...text("[Content_Types].xml").matchAll(/Extension="(\.\w+)"/g)].map(([, extension]) => extension);
    expect([...new Set(Object.keys(files).map((name) => name.slice(name.lastIndexOf("."))))].filter((extension) => extension !== ".xml").sort()).toEqual(kinds);
  });

  it("needs nothing beside itself", () => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const { stdout, status } = spawnSync(process.execPath, [join(folder, "extension/server/tappaas-lint.js"), "--fail-on", "never", join(ROOT, "examples/conforming")], { encoding: "utf8", env: {} });
    expect([status, stdout]).toEqual([0, expect.stringContaining("No findings")]);
    const asked = [...text("extension/extension.js").matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name as string);
    expect([...new Set(asked)].filter((name) => !name.startsWith("node:") && !["child_process", "fs", "net", "os", "path", "crypto", "util", "readline", "url", "worker_threads"].includes(name))).toEqual(["vscode"]);
  });

  it("holds no path of the machine that made it", () => {
    const bad = Object.keys(files).filter((name) => !name.endsWith(".wasm") && (text(name).includes(ROOT) || text(name).includes(folder)));
    expect(bad).toEqual([]);
  });

  it("holds all that its manifest names", () => {
    const { main, icon, contributes } = JSON.parse(text("extension/package.json")) as { main: string; icon: string; contributes: { languages: { configuration?: string }[]; grammars: { path: string }[]; snippets: { path: string }[] } };
    const named = [main, icon, ...contributes.languages.flatMap(({ configuration }) => configuration ?? []), ...[...contributes.grammars, ...contributes.snippets].map(({ path }) => path)];
    expect(named.filter((path) => !existsSync(join(folder, "extension", path)))).toEqual([]);
  });
});

describe("the manifest", () => {
  const manifest = JSON.parse(readFileSync(join(HOME, "package.json"), "utf8")) as {
    contributes: { commands: { command: string }[]; configuration: { properties: Record<string, { default: unknown; markdownDescription: string; order: number }> }; menus: Record<string, { command: string }[]> };
    capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  };
  const declared = manifest.contributes.commands.map(({ command }) => command);

  it("declares the commands that there are", () => {
    const source = readFileSync(join(HOME, "src/commands.ts"), "utf8");
    const body = /commandsFor\(.*?return \{\n(.*?)\n {2}\};/s.exec(source)?.[1] ?? "";
    const names = [...body.matchAll(/^ {4}(\w+): /gm)].map(([, name]) => `tappaas-lint.${name}`);
    // The menu of the status bar is no command of its own.
    expect(names.filter((name) => name !== "tappaas-lint.menu").sort()).toEqual([...declared].sort());
    expect(Object.values(manifest.contributes.menus).flat().map(({ command }) => command).filter((command) => !declared.includes(command))).toEqual([]);
  });

  it("has every setting, each with a description and a default", () => {
    const { properties } = manifest.contributes.configuration;
    expect(Object.keys(properties)).toEqual([...Object.keys(SETTINGS_SCHEMA), ...Object.keys(CLIENT_SCHEMA)].map((name) => `tappaas-lint.${name}`));
    expect(Object.values(properties).filter((setting) => setting.default === undefined || !setting.markdownDescription.endsWith("."))).toEqual([]);
  });

  it("lets no folder that is not trusted name a file or a program", () => {
    // A setting that takes a path is one whose description speaks of one.
    const paths = Object.entries(manifest.contributes.configuration.properties).filter(([, setting]) => /path|file|program|executable/i.test(setting.markdownDescription) && typeof setting.default === "string").map(([name]) => name);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((name) => !manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name))).toEqual([]);
  });
});

describe("the sources of the extension", () => {
  const sources = readdirSync(join(HOME, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  it("take little from the program", () => {
    expect(sources.length).toBeGreaterThan(5);
    const taken = sources.flatMap((name) => [...readFileSync(join(HOME, "src", name), "utf8").matchAll(/from "(\.\.\/[^"]+)"/g)].map(([, path]) => relative(ROOT, resolve(HOME, "src", path as string))));
    expect([...new Set(taken)].sort()).toEqual(["src/engine/run/config/name.ts", "src/engine/syntax/lexer.ts", "src/engine/syntax/tokens.ts", "src/lsp/client-settings.ts", "src/lsp/own-messages.ts"]);
  });

  it("open with a sentence that says why they exist", () => {
    expect(sources.filter((name) => !/^\/\*\*[^]{20,}?\*\//.test(readFileSync(join(HOME, "src", name), "utf8")))).toEqual([]);
  });
});
