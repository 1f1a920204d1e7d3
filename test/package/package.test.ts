/** The package as npm makes it: what is in it, and that it runs wherever it is installed, on every supported version of Node. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BAD, PROGRAM } from "../cli/program.ts";
import { toolPath } from "../support/tools.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const LONG = 300_000;
const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-package-"));
const home = join(folder, "consumer");
let files: readonly string[] = [];

/** No registry can be asked from here: whatever is not in the package is not there. */
const OFFLINE = { PATH: process.env["PATH"] ?? "", HOME: folder, npm_config_offline: "true", npm_config_cache: join(folder, "cache"), npm_config_audit: "false", npm_config_fund: "false" };

function npm(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8", env: OFFLINE });
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: ${stderr}`);
  return stdout;
}

beforeAll(() => {
  expect(existsSync(PROGRAM)).toBe(true);
  // As npm does before it packs.
  expect(spawnSync(process.execPath, ["scripts/types.mjs"], { cwd: ROOT }).status).toBe(0);
  const [packed] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], ROOT)) as [{ filename: string; files: { path: string }[] }];
  files = packed.files.map(({ path }) => path).sort();
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  writeFileSync(join(home, "bad.nix"), BAD);
  npm(["install", "--ignore-scripts", join(folder, packed.filename)], home);
}, LONG);
afterAll(() => rmSync(folder, { recursive: true, force: true }), LONG);

describe("the package", () => {
  it("holds what runs and what people read, and nothing else", () => {
    expect(files.filter((path) => !path.startsWith("types/"))).toEqual(FILES);
    expect(files).toContain("types/rules/plugin.d.ts");
  });

  it("needs nothing beside itself", () => {
    expect((JSON.parse(npm(["ls", "--all", "--json"], home)) as { dependencies: Record<string, unknown> }).dependencies).toEqual({ "tappaas-lint": expect.not.objectContaining({ dependencies: expect.anything() }) });
  });

  it("runs by npx", { timeout: LONG }, () => {
    const { status, stdout } = spawnSync("npx", ["--no-install", "tappaas-lint", "--rule", "grow-partition", "--format", "compact", "bad.nix"], { cwd: home, encoding: "utf8", env: OFFLINE });
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^bad\.nix:4:24: error: /)]);
  });

  describe.each(["node-20", "node-22", "node-24"].map((name) => ({ name, node: toolPath(`node_modules/${name}/bin/node`) })))("on $name", ({ name, node }) => {
    it.skipIf(node === null)("runs, as a program and as a library", { timeout: LONG }, () => {
      const run = (...args: string[]) => spawnSync(node as string, args, { cwd: home, encoding: "utf8", env: { PATH: OFFLINE.PATH } });
      expect(run("--version").stdout).toMatch(new RegExp(`^v${name.slice(5)}\\.`));
      const { status, stdout, stderr } = run("node_modules/.bin/tappaas-lint", "--rule", "grow-partition", "--format", "compact", "bad.nix");
      expect([status, stdout, stderr]).toEqual([1, expect.stringMatching(/^bad\.nix:4:24: error: /), ""]);
      expect(run("-e", 'require("tappaas-lint").lint(["bad.nix"], { rules: ["grow-partition"] }).then(({ summary }) => console.log(summary.errors))')).toMatchObject({ status: 0, stdout: "1\n", stderr: "" });
      expect(run("--input-type=module", "-e", 'import { lint } from "tappaas-lint"; try { await lint(["bad.nix"], { rules: ["x"] }); } catch (error) { console.log(error.message); }').stdout).toMatch(/^There is no rule `x`/);
    });
  });

  it("has types that a strict program is compiled with, of either kind of module", { timeout: LONG }, () => {
    const program = 'import { lint, type ApiOptions, type Finding, type RunResult } from "tappaas-lint";\nconst options: ApiOptions = { cwd: ".", rules: ["ssh-hardening"], baseline: false };\nconst result: Promise<RunResult> = lint(["a.nix"], options);\nvoid result.then(({ files, summary }) => [files.flatMap(({ findings }): readonly Finding[] => findings).map(({ rule, start }) => `${rule} ${start.line}`), summary.errors]);\n// @ts-expect-error There is no such option.\nvoid lint(["a.nix"], { rule: "x" });\n';
    for (const name of ["a.mts", "b.cts"]) writeFileSync(join(home, name), program);
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "--strict", "--noEmit", "--skipLibCheck", "false", "--module", "nodenext", "--target", "es2022", "--types", "", "a.mts", "b.cts"], { cwd: home, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });
});

const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "completions/_tappaas-lint",
  "completions/tappaas-lint.bash",
  "completions/tappaas-lint.fish",
  "dist/THIRD-PARTY.txt",
  "dist/find-globs.js",
  "dist/index.d.ts",
  "dist/index.js",
  "dist/json-language.js",
  "dist/library.js",
  "dist/load-plugins.js",
  "dist/matrix-page.js",
  "dist/package.json",
  "dist/plugin.mjs",
  "dist/profile.js",
  "dist/program.js",
  "dist/program.js.cache",
  "dist/program.js.map",
  "dist/progress.js",
  "dist/statistics.js",
  "dist/tappaas-lint.js",
  "dist/tree-sitter-bash.wasm",
  "dist/tree-sitter-nix.wasm",
  "dist/web-tree-sitter.wasm",
  "man/tappaas-lint.1",
  "package.json",
  "rules.md",
];
