/** What is shipped stands alone, is the same every time, and carries the licences of what is in it. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, ONE_RULE, PROGRAM, Tree } from "./program.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const DIST = dirname(PROGRAM);

describe("the built program", () => {
  it("runs without what it was built from, also by a link", () => {
    const tree = new Tree({ "x.nix": BAD });
    cpSync(DIST, tree.path("elsewhere"), { recursive: true });
    symlinkSync("elsewhere/tappaas-lint.js", tree.path("tappaas-lint"));
    const { status, stdout } = spawnSync(tree.path("tappaas-lint"), [...ONE_RULE, "--format", "compact", "x.nix"], { cwd: tree.folder, encoding: "utf8" });
    expect([status, stdout.slice(0, 19)]).toEqual([1, "x.nix:4:24: error: "]);
    expect(spawnSync(tree.path("tappaas-lint"), [...ONE_RULE, "*.nix"], { cwd: tree.folder }).status).toBe(1);
  });

  it("is all that is in dist/", () => {
    expect(readdirSync(DIST).sort()).toEqual(["THIRD-PARTY.txt", "find-globs.js", "index.d.ts", "index.js", "json-language.js", "library.js", "load-plugins.js", "matrix-page.js", "package.json", "plugin.mjs", "profile.js", "program.js", "program.js.cache", "program.js.map", "progress.js", "statistics.js", "tappaas-lint.js", "tree-sitter-bash.wasm", "tree-sitter-nix.wasm", "web-tree-sitter.wasm"]);
    expect(statSync(PROGRAM).mode & 0o111).toBe(0o111);
    expect(readFileSync(PROGRAM, "utf8").slice(0, 20)).toBe("#!/usr/bin/env node\n");
  });

  it("has the same bytes when it is built again", () => {
    const tree = new Tree({});
    expect(spawnSync(process.execPath, [join(ROOT, "scripts/build.mjs"), tree.path("again")]).status).toBe(0);
    // What V8 compiled depends on the run that it was kept from.
    for (const name of readdirSync(DIST).filter((each) => each !== "program.js.cache")) expect([name, readFileSync(tree.path(`again/${name}`)).equals(readFileSync(join(DIST, name)))]).toEqual([name, true]);
  });

  it("runs as well where its compiled code is missing or is another's", () => {
    const tree = new Tree({ "x.nix": BAD });
    cpSync(DIST, tree.path("dist"), { recursive: true });
    const run = () => spawnSync(process.execPath, [tree.path("dist/tappaas-lint.js"), ...ONE_RULE, "--format", "compact", "x.nix"], { cwd: tree.folder, encoding: "utf8" });
    const { status, stdout } = run();
    expect(status).toBe(1);
    for (const bytes of [Buffer.alloc(0), Buffer.from("nothing that V8 wrote"), readFileSync(tree.path("dist/program.js.cache")).fill(0xa5, 0, 16)]) {
      writeFileSync(tree.path("dist/program.js.cache"), bytes);
      expect(run()).toMatchObject({ status, stdout, stderr: "" });
    }
    rmSync(tree.path("dist/program.js.cache"));
    expect(run()).toMatchObject({ status, stdout, stderr: "" });
  });

  it("takes up the code that was compiled for it", () => {
    // V8 says so itself: a cache that it turned down would only be slower, which nobody would notice.
    const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(join(DIST, "program.js"), "latin1")}\n})`;
    const check = `const { Script } = require("node:vm"); const fs = require("node:fs"); const s = new Script(fs.readFileSync(0, "latin1"), { filename: "tappaas-lint", cachedData: fs.readFileSync(${JSON.stringify(join(DIST, "program.js.cache"))}) }); console.log(s.cachedDataRejected);`;
    expect(spawnSync(process.execPath, ["-e", check], { input: source, encoding: "latin1" }).stdout).toBe("false\n");
  });

  it("names the packages in it with their licences", () => {
    const text = readFileSync(join(DIST, "THIRD-PARTY.txt"), "utf8");
    for (const name of ["chalk", "commander", "globby", "jsonc-parser", "tree-sitter-bash", "web-tree-sitter"]) expect(text).toMatch(new RegExp(`^${name} [^\\n]*\\((MIT|ISC|BSD[^)]*)\\)$`, "m"));
    expect(text).not.toContain(ROOT);
  });

  it("holds no path of the machine that built it", () => {
    for (const name of readdirSync(DIST)) expect(readFileSync(join(DIST, name)).includes(ROOT)).toBe(false);
  });
});
