/** What earlier runs have found spares work and changes nothing else: not a byte of any report, whatever has become of the entries. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, PROGRAM, Tree } from "./program.ts";
import { commit, repository } from "../support/git.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const entriesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** A folder for a cache, and the arguments that name it. */
function place(): { readonly folder: string; readonly args: readonly string[]; readonly file: () => string } {
  const { folder } = new Tree({}, { git: false });
  const cache = join(folder, "cache");
  return { folder: cache, args: ["--cache-location", cache], file: () => join(cache, readdirSync(cache)[0] as string) };
}

const FILES = { "own/bad.nix": BAD, "own/good.nix": GOOD };

describe("the cache", () => {
  const tree = new Tree({ ".tappaas-lint.json": '{ "rules": { "trusted-users": "error" } }', ...FILES, "own/broken.nix": "{ a = ; }", "own/latin.nix": Buffer.from([0x7b, 0xe9, 0x7d]) });
  cpSync(join(ROOT, "examples"), tree.path("examples"), { recursive: true });
  cpSync(join(ROOT, "test/fixtures"), tree.path("fixtures"), { recursive: true });

  it("makes no difference to any report, however many threads have judged", { timeout: 300_000 }, () => {
    const reports = ["json", "sarif", "pretty"].map((format) => ["--format", format]);
    const without = reports.map((report) => tree.run([...report, "--no-cache", "--threads", "1"]));
    expect(without.map(({ status }) => status)).toEqual([2, 2, 2]);
    for (const threads of ["1", "2", "8"]) {
      const { args } = place();
      expect(tree.run(["--format", "json", ...args, "--threads", threads])).toEqual(without[0]);
      expect(reports.map((report) => tree.run([...report, ...args]))).toEqual(without);
    }
  });

  it("is asked, and written only when there is something new", () => {
    const small = new Tree(FILES);
    const { args, file } = place();
    const before = small.run([...ONE_RULE, ...args]);
    const kept = file();
    utimesSync(kept, 1_000_000_000, 1_000_000_000);
    expect(small.run([...ONE_RULE, ...args])).toEqual(before);
    expect(statSync(kept).mtimeMs).toBe(1e12);
    const body = readFileSync(kept, "utf8").split("\n")[1]?.replaceAll("boot.growPartition", "tampered") ?? "";
    writeFileSync(kept, `${createHash("sha256").update(body).digest("base64").slice(0, 32)}\n${body}`);
    expect(small.run([...ONE_RULE, ...args]).stdout).toContain("tampered");
    expect(small.run([...ONE_RULE, "--no-cache"])).toEqual(before);
    small.write("own/good.nix", BAD);
    expect(small.run([...ONE_RULE, ...args]).stdout).toContain("own/good.nix");
    expect(statSync(kept).mtimeMs).toBeGreaterThan(1e12);
  });

  it("keeps the answers of different questions apart", () => {
    const small = new Tree(FILES);
    const { args } = place();
    for (const asked of [ONE_RULE, [], ["--ignore-rule", "grow-partition"], ["own"]]) {
      const expected = small.run([...asked, "--no-cache"]);
      for (let run = 0; run < 2; run++) expect(small.run([...asked, ...args])).toEqual(expected);
    }
    const inside = small.run([...ONE_RULE, "--no-cache"], {}, "own");
    for (let run = 0; run < 2; run++) expect(small.run([...ONE_RULE, ...args], {}, "own")).toEqual(inside);
  });

  it.each<[string, (file: string) => void]>([
    ["cut short", (file) => writeFileSync(file, readFileSync(file).subarray(0, -100))],
    ["empty", (file) => writeFileSync(file, "")],
    ["of another program", (file) => writeFileSync(file, "{}\n")],
    ["changed in a byte", (file) => writeFileSync(file, readFileSync(file, "utf8").replace("growPartition", "growpartition"))],
    ["of another kind", (file) => writeFileSync(file, `${createHash("sha256").update("[1]").digest("base64").slice(0, 32)}\n[1]`)],
    ["writable for others", (file) => chmodSync(file, 0o666)],
  ])("ignores an entry that is %s", (_, damage) => {
    const small = new Tree(FILES);
    const { args, file } = place();
    const before = small.run([...ONE_RULE, ...args]);
    damage(file());
    expect(small.run([...ONE_RULE, ...args])).toEqual(before);
    expect(small.run([...ONE_RULE, ...args])).toEqual(before);
  });

  it("does without where it cannot write", () => {
    const small = new Tree({ ...FILES });
    const { folder } = new Tree({ file: "", "locked/x": "" }, { git: false });
    for (const location of ["file", "file/inside"]) expect(small.run([...ONE_RULE, "--cache-location", join(folder, location)])).toEqual(small.run([...ONE_RULE, "--no-cache"]));
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("");
  });

  it("is no part of what is linted", () => {
    const small = new Tree(FILES);
    const { status, stderr } = small.run([...ONE_RULE, "--cache-location", ".cache"]);
    expect([status, stderr]).toEqual([2, `tappaas-lint: \`--cache-location\` leads into the tree that is linted (${small.folder}), which could bring a cache of its own; name a folder outside of it, or use \`--no-cache\`.\n`]);
    expect(small.run(ONE_RULE, { env: { HOME: small.folder } })).toEqual(small.run([...ONE_RULE, "--no-cache"]));
    const { folder } = place();
    symlinkSync(small.path("own"), folder);
    expect(small.run([...ONE_RULE, "--cache-location", folder]).status).toBe(2);
    expect(existsSync(small.path(".cache"))).toBe(false);
    expect(readdirSync(small.path("own"))).toEqual(["bad.nix", "good.nix"]);
  });

  it.runIf(process.platform === "linux")("is the user's, by default", () => {
    const small = new Tree(FILES);
    const { folder } = new Tree({}, { git: false });
    small.run(ONE_RULE, { env: { HOME: folder } });
    expect(entriesIn(join(folder, ".cache/tappaas-lint"))).toHaveLength(1);
    small.run(ONE_RULE, { env: { HOME: folder, XDG_CACHE_HOME: join(folder, "xdg") } });
    expect(entriesIn(join(folder, "xdg/tappaas-lint"))).toHaveLength(1);
    small.run(ONE_RULE, { env: { HOME: folder, XDG_CACHE_HOME: "relative" } });
    expect(entriesIn(join(folder, ".cache/tappaas-lint"))).toHaveLength(1);
    expect(small.run(["--no-cache", "--cache-location", "x"]).stderr).toBe("tappaas-lint: `--no-cache` keeps nothing, and `--cache-location` says where; leave one of them out.\n");
  });

  it("lets go of what is old, and touches nothing else", () => {
    const small = new Tree(FILES);
    const { folder, args } = place();
    const old = `tappaas-lint-${"a".repeat(64)}.json`;
    small.run([...ONE_RULE, ...args]);
    for (const name of [old, `${old}.1-2.tmp`, "notes.json"]) {
      writeFileSync(join(folder, name), "x");
      utimesSync(join(folder, name), 1_000_000_000, 1_000_000_000);
    }
    small.run(args);
    expect([old, `${old}.1-2.tmp`, "notes.json"].filter((name) => existsSync(join(folder, name)))).toEqual(["notes.json"]);
  });

  it("serves runs side by side", async () => {
    const small = new Tree(FILES);
    const { args, folder } = place();
    const expected = small.run([...ONE_RULE, "--no-cache"]).stdout;
    const runs = Array.from({ length: 6 }, () => new Promise<string>((done) => {
      const child = spawn(process.execPath, [PROGRAM, ...ONE_RULE, ...args], { cwd: small.folder });
      let text = "";
      child.stdout.on("data", (part) => (text += String(part)));
      child.on("close", () => done(text));
    }));
    for (const text of await Promise.all(runs)) expect(text).toBe(expected);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(small.run([...ONE_RULE, ...args]).stdout).toBe(expected);
  });

  describe("sees that something has become another thing that a judgement hangs on:", () => {
    const module = (grow: string, imports = ""): string => `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ${imports}];\n  boot.growPartition = ${grow};\n}\n`;
    const found = "a.nix:4:24 grow-partition";
    /** Files before (a link as `-> place`), what is done, and what is found before and after. */
    const cases: readonly (readonly [string, Readonly<Record<string, string>>, (tree: Tree) => void, readonly string[], readonly string[]])[] = [
      ["a text", { "a.nix": module("true") }, (tree) => tree.write("a.nix", module("false")), [], [found]],
      ["a module that is imported", { "a.nix": "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./b.nix ];\n}\n", "b.nix": "{ boot.growPartition = true; }" }, (tree) => tree.write("b.nix", "{ }"), [], ["a.nix:3:3 grow-partition"]],
      ["a module that is there now", { "a.nix": module("false", "./b.nix ") }, (tree) => tree.write("b.nix", "{ lib, ... }: { boot.growPartition = lib.mkForce true; }"), [found], []],
      ["a module that is gone", { "a.nix": module("false", "./b.nix "), "b.nix": "{ lib, ... }: { boot.growPartition = lib.mkForce true; }" }, (tree) => rmSync(tree.path("b.nix")), [], [found]],
      ["a text that is read", { "a.nix": module('builtins.readFile ./flag == "on"'), flag: "on" }, (tree) => tree.write("flag", "off"), [], [found]],
      ["a JSON that is read", { "a.nix": module("(builtins.fromJSON (builtins.readFile ./facts.json)).grow"), "facts.json": '{ "grow": true }' }, (tree) => tree.write("facts.json", '{ "grow": false }'), [], [found]],
      ["what is only asked for", { "a.nix": module("builtins.pathExists ./flag") }, (tree) => tree.write("flag", ""), [found], []],
      ["a folder that is only asked for", { "a.nix": module("builtins.pathExists ./flags") }, (tree) => tree.write("flags/one", ""), [found], []],
      ["a configuration", { "a.nix": module("false") }, (tree) => tree.write(".tappaas-lint.json", '{ "rules": { "grow-partition": "off" } }'), [found], []],
      ["where a link leads", { "a.nix": module("false", "./b.nix "), "on.nix": "{ lib, ... }: { boot.growPartition = lib.mkForce true; }", "off.nix": "{ }" }, (tree) => symlinkSync("on.nix", tree.path("b.nix")), [found], []],
      ["where a link to the same text leads", { "a.nix": module("false", "./b.nix "), ...Object.fromEntries(["on", "off"].map((folder) => [`${folder}/x.nix`, "{ imports = [ ./y.nix ]; }"])), "on/y.nix": "{ lib, ... }: { boot.growPartition = lib.mkForce true; }", "off/y.nix": "{ }", "b.nix": "-> off/x.nix" }, (tree) => {
        rmSync(tree.path("b.nix"));
        symlinkSync("on/x.nix", tree.path("b.nix"));
      }, [found], []],
      ["who imports it", { "a.nix": '{ system.stateVersion = "25.05"; }' }, (tree) => tree.write("b.nix", module("true", "./a.nix ")), ["a.nix:1:1 grow-partition"], []],
    ];
    it.each(cases)("%s", (_, files, change, before, after) => {
      const small = new Tree({ ...files, "other.nix": GOOD });
      for (const [path, text] of Object.entries(files).filter(([, text]) => text.startsWith("-> "))) {
        rmSync(small.path(path));
        symlinkSync(text.slice("-> ".length), small.path(path));
      }
      const { args } = place();
      for (let run = 0; run < 2; run++) expect(small.findings([...ONE_RULE, ...args])).toEqual(before);
      change(small);
      expect(small.findings([...ONE_RULE, "--no-cache"])).toEqual(after);
      for (let run = 0; run < 2; run++) expect(small.findings([...ONE_RULE, ...args])).toEqual(after);
    });
  });

  it("knows what git compares with", () => {
    const version = (release: string): string => `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  system.stateVersion = "${release}";\n}\n`;
    const past = repository({ "a.nix": version("24.05"), "b.nix": version("25.05") });
    const { args } = place();
    const rule = ["--rule", "state-version-changed"];
    const both = (more: readonly string[] = []): string => {
      const expected = past.run([...rule, ...more, "--no-cache"]).stdout;
      for (let run = 0; run < 2; run++) expect(past.run([...rule, ...more, ...args]).stdout).toBe(expected);
      return expected;
    };
    expect(both()).toContain("No findings");
    past.write("a.nix", version("24.11"));
    expect(both()).toContain("a.nix");
    commit(past);
    expect(both()).toContain("No findings");
    expect(both(["--base", "HEAD~1"])).toContain("a.nix");
    past.write("a.nix", version("24.05"));
    expect(both()).toContain("a.nix");
  });
});
