/** Nothing outside the tree is read, whichever way a file of the tree names it: each is tried with what a run would tell if it were. */
import { spawnSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

const outside = new Tree({ "secret.nix": "{ boot.growPartition = false; }\n", "secret.txt": "hunter2hunter2", "vm.json": '{ "vmname": "outside" }', "base.json": '{ "rules": { "grow-partition": "off" } }' });
const place = (name: string): string => outside.path(name);
/** The same by way of the parent folder: both trees stand in the folder for temporary files. */
const upward = (name: string): string => `../${place(name).split("/").slice(-2).join("/")}`;

/** What the options of a module are known to be. */
function optionsOf(tree: Tree, path: string): Record<string, { state: string; value?: unknown }> {
  const { options } = JSON.parse(tree.run(["options", "--json", path]).stdout) as { options: Record<string, { state: string; value?: unknown }> };
  return options;
}

/** A tree with links of both kinds that lead out. */
function linked(files: Readonly<Record<string, string>>): Tree {
  const tree = new Tree(files);
  symlinkSync(outside.folder, tree.path("folder"));
  for (const name of ["secret.nix", "secret.txt", "vm.json"]) symlinkSync(place(name), tree.path(`link-${name}`));
  return tree;
}

describe.each([
  ["an absolute path", (name: string) => place(name)],
  ["`..`", upward],
  ["a link", (name: string) => `./link-${name}`],
  ["a folder that is a link", (name: string) => `./folder/${name}`],
  ["`..` behind a folder that is a link", (name: string) => `./folder/../${place(name).split("/").slice(-2).join("/")}`],
  ["an absolute path that is put together", (name: string) => `(/. + "${place(name)}")`],
  ["a text that is made a path", (name: string) => `(./. + "/../${place(name).split("/").slice(-2).join("/")}")`],
])("by %s", (_, way) => {
  const head = "{ lib, ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n";

  it("nothing is imported", () => {
    const tree = linked({ "a.nix": `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ${way("secret.nix")} ];\n}\n` });
    expect(optionsOf(tree, "a.nix")["boot.growPartition"]).toBeUndefined();
    expect(tree.findings([...ONE_RULE, "a.nix"])).toEqual([]);
  });

  it("nothing is known by reading", () => {
    const readers = [
      ...["builtins.readFile", "lib.readFile", 'builtins.hashFile "sha256"', "lib.fileContents"].map((reader) => `${reader} ${way("secret.txt")}`),
      ...["lib.importJSON", "builtins.readDir"].map((reader) => `${reader} ${way("vm.json")}`),
      `builtins.fromJSON (builtins.readFile ${way("vm.json")})`,
      `import ${way("secret.nix")}`,
    ];
    const tree = linked({ "a.nix": `${head}${readers.map((reader, index) => `  a.b${index} = ${reader};\n`).join("")}}\n` });
    const { stdout } = tree.run(["options", "--json", "a.nix"]);
    expect(stdout).not.toMatch(/hunter2|outside"|growPartition/);
    const { options } = JSON.parse(stdout) as { options: Record<string, { state: string }> };
    expect(readers.map((_, index) => options[`a.b${index}`]?.state)).toEqual(readers.map(() => "unknown"));
  });
});

describe("a configuration", () => {
  it.each([place("base.json"), upward("base.json"), "./folder/base.json", "./link-base.json"])("extends nothing outside: %s", (path) => {
    const tree = linked({ "a.nix": BAD, ".tappaas-lint.json": JSON.stringify({ extends: path }) });
    symlinkSync(place("base.json"), tree.path("link-base.json"));
    const { status, stdout, stderr } = tree.run(["--format", "compact", ...ONE_RULE]);
    expect([status, stdout, stderr.startsWith("tappaas-lint: The configuration cannot be used")]).toEqual([2, "", true]);
  });

  it("that is a link which leads out is none", () => {
    const tree = new Tree({ "a.nix": BAD });
    symlinkSync(place("base.json"), tree.path(".tappaas-lint.json"));
    expect(tree.findings(ONE_RULE)).toEqual(["a.nix:4:24 grow-partition"]);
  });
});

describe("what stands beside a module", () => {
  it("is not read through a link: its JSON", () => {
    const tree = new Tree({ "vm.nix": '{ lib, ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  networking.hostName = lib.mkDefault "vm";\n}\n' });
    symlinkSync(place("vm.json"), tree.path("vm.json"));
    expect(tree.findings(["--rule", "host-name"])).toEqual([]);
  });

  it("is not read through a link: what git is to ignore", () => {
    const ignoring = new Tree({ "all.txt": "*\n" });
    const tree = new Tree({ "a.nix": BAD });
    symlinkSync(ignoring.path("all.txt"), tree.path(".gitignore"));
    expect(tree.findings(ONE_RULE)).toEqual(["a.nix:4:24 grow-partition"]);
  });
});

describe("what is no file", () => {
  it.each([
    ["a socket", (tree: Tree) => spawnSync(process.execPath, ["-e", 'const s = require("node:net").createServer(); s.listen("x.nix", () => process.kill(process.pid, "SIGKILL"))'], { cwd: tree.folder })],
    ["a pipe", (tree: Tree) => spawnSync("mkfifo", [tree.path("x.nix")])],
    ["a link to a device", (tree: Tree) => symlinkSync("/dev/zero", tree.path("x.nix"))],
    ["a link to a terminal", (tree: Tree) => symlinkSync("/dev/tty", tree.path("x.nix"))],
  ] as const)("%s is not opened, be it found, named, imported, read or a configuration", (_, make) => {
    const tree = new Tree({ "a.nix": GOOD, "b.nix": "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./x.nix ];\n  a.b = builtins.readFile ./x.nix;\n}\n" });
    make(tree);
    expect(existsSync(tree.path("x.nix"))).toBe(true);
    symlinkSync("x.nix", tree.path(".tappaas-lint.json"));
    for (const args of [["."], ["b.nix"], ["x.nix"]]) {
      const { status, stderr } = tree.run([...ONE_RULE, ...args]);
      expect([args, status, stderr]).toEqual([args, args[0] === "x.nix" ? 2 : 0, ""]);
    }
  });
});
