/** Compares with git: what was the state version, what has changed, and what depends on it. */
import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commit, git, repository } from "../support/git.ts";
import { Tree } from "./program.ts";

const RULE = ["--rule", "state-version-changed"];
const system = (release: string, more = ""): string => `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix${more} ];\n  system.stateVersion = "${release}";\n}\n`;
const LINE = "4:25 state-version-changed";

describe("the base revision", () => {
  it("is HEAD for what has changed, staged or not", () => {
    const tree = repository({ "vm.nix": system("24.05") });
    expect(tree.findings(RULE)).toEqual([]);
    tree.write("vm.nix", system("25.05"));
    expect(tree.findings(RULE)).toEqual([`vm.nix:${LINE}`]);
    git(tree.folder, "add", "vm.nix");
    expect(tree.findings([...RULE, "vm.nix"])).toEqual([`vm.nix:${LINE}`]);
    commit(tree);
    expect(tree.findings(RULE)).toEqual([]);
  });

  it("says nothing of a new file, of a folder without commits, and of one that is no repository", () => {
    const tree = repository({ "a.nix": system("24.05") });
    tree.write("b.nix", system("25.11"));
    git(tree.folder, "add", "b.nix");
    expect(tree.findings(RULE)).toEqual([]);
    const empty = new Tree({ "a.nix": system("24.05") }, { git: false });
    git(empty.folder, "init", "-q");
    expect(empty.run(RULE)).toMatchObject({ status: 0, stderr: "" });
    expect(new Tree({ "a.nix": system("24.05") }).run(RULE)).toMatchObject({ status: 0, stderr: "" });
  });

  it("is where the branch left the named one", () => {
    const tree = repository({ "vm.nix": system("24.05"), "other.nix": system("24.05") });
    git(tree.folder, "checkout", "-q", "-b", "topic");
    tree.write("vm.nix", system("24.11"));
    commit(tree);
    git(tree.folder, "checkout", "-q", "main");
    tree.write("other.nix", system("25.05"));
    commit(tree);
    git(tree.folder, "checkout", "-q", "topic");
    expect(tree.findings([...RULE, "--base", "main"])).toEqual([`vm.nix:${LINE}`]);
    git(tree.folder, "tag", "v1", "main~1");
    expect(tree.findings([...RULE, "--base", "v1"])).toEqual([`vm.nix:${LINE}`]);
    expect(tree.findings([...RULE, "--base", git(tree.folder, "rev-parse", "v1").trim()])).toEqual([`vm.nix:${LINE}`]);
  });

  it("follows a file that was renamed", () => {
    const tree = repository({ "old.nix": system("24.05") });
    renameSync(tree.path("old.nix"), tree.path("new.nix"));
    tree.write("new.nix", system("25.05"));
    git(tree.folder, "add", "-A");
    expect(tree.findings(RULE)).toEqual([`new.nix:${LINE}`]);
  });

  it("must be known, also where its name looks like an option", () => {
    const tree = repository({ "vm.nix": system("24.05") });
    const unknown = tree.run(["--base", "nowhere"]);
    expect(unknown).toMatchObject({ status: 2, stdout: "" });
    expect(unknown.stderr).toBe("tappaas-lint: `--base nowhere`: git knows no such branch, tag or commit here; check the name, or fetch it first (a branch of the server is called `origin/NAME`).\n");
    expect(tree.run(["--base=--output=stolen"])).toMatchObject({ status: 2 });
    expect(existsSync(tree.path("stolen"))).toBe(false);
    const plain = new Tree({ "vm.nix": system("24.05") }, { git: false });
    expect(plain.run(["--base", "main"]).stderr).toContain("is no git working tree");
  });

  it("is told to be missing in a shallow clone", () => {
    const tree = repository({ "vm.nix": system("24.05") });
    tree.write("vm.nix", system("24.11"));
    commit(tree);
    const clone = new Tree({}, { git: false });
    git(clone.folder, "clone", "-q", "--depth", "1", `file://${tree.folder}`, "c");
    const run = clone.run(["--base", "HEAD~1"], {}, "c");
    expect(run.status).toBe(2);
    expect(run.stderr).toContain("this clone is shallow");
    expect(run.stderr).toContain("fetch-depth: 0");
  });

  it("is asked for without anything that the repository sets up taking part", () => {
    const tree = repository({ "vm.nix": system("24.05"), ".gitattributes": "*.nix filter=spy diff=spy\n" });
    const spy = tree.path("spy.sh");
    tree.write("spy.sh", `#!/bin/sh\ntouch ${tree.path("ran")}\ncat\n`);
    chmodSync(spy, 0o755);
    for (const name of ["filter.spy.clean", "filter.spy.smudge", "diff.spy.textconv", "filter.spy.process", "filter.a=b.clean", "diff.external", "core.fsmonitor", "core.pager"]) git(tree.folder, "config", name, spy);
    tree.write("vm.nix", system("25.05"));
    expect(tree.findings([...RULE, "--base", "main"], { env: { GIT_EXTERNAL_DIFF: spy, GIT_DIR: "/nowhere" } })).toEqual([`vm.nix:${LINE}`]);
    expect(existsSync(tree.path("ran"))).toBe(false);
  });
});

describe("what a change reaches", () => {
  const files = {
    "a/a.nix": system("25.05", " ./part.nix"),
    "a/part.nix": "{ config, ... }:\n{\n  boot.growPartition = true;\n}\n",
    "b/b.nix": system("25.05"),
    "b/b.json": '{ "vmname": "b" }\n',
    "c/c.nix": system("25.05"),
  };
  const linted = (tree: Tree, args: readonly string[]): string[] => (JSON.parse(tree.run(["--format", "json", "--fail-on", "never", ...args]).stdout) as { files: { path: string }[] }).files.map(({ path }) => path);

  it("is linted with --changed, and nothing else", () => {
    const tree = repository(files);
    expect(linted(tree, ["--changed"])).toEqual([]);
    tree.write("a/part.nix", `${files["a/part.nix"]}# changed\n`);
    expect(linted(tree, ["--changed"])).toEqual(["a/a.nix", "a/part.nix"]);
    tree.write("b/b.json", '{ "vmname": "bb" }\n');
    tree.write("d.nix", system("25.05"));
    expect(linted(tree, ["--changed", "--base", "main"])).toEqual(["a/a.nix", "a/part.nix", "b/b.nix", "d.nix"]);
    rmSync(tree.path("a/part.nix"));
    expect(linted(tree, ["--changed", "a", "c"])).toEqual(["a/a.nix"]);
  });

  it("is linted with --dependents from the files that are named", () => {
    const tree = repository({ ...files, ".tappaas-lint.json": "{}\n", "package.json": "{}\n" });
    expect(linted(tree, ["--dependents", "a/part.nix", "b/b.json"])).toEqual(["a/a.nix", "a/part.nix", "b/b.nix"]);
    expect(linted(tree, ["--dependents", ".tappaas-lint.json"])).toEqual(["a/a.nix", "a/part.nix", "b/b.nix", "c/c.nix"]);
    expect(tree.run(["--dependents", "package.json"])).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("HEAD as the base", () => {
  it("tells of a module whose state version stood in a file that is gone", () => {
    const tree = repository({ "vm.nix": "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./release.nix ];\n}\n", "release.nix": '{ system.stateVersion = "24.05"; }\n' });
    rmSync(tree.path("release.nix"));
    tree.write("vm.nix", system("25.05"));
    expect(tree.findings(RULE)).toEqual([`vm.nix:${LINE}`]);
  });

  it("tells of one that a JSON beside it decides on", () => {
    const computed = '{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  system.stateVersion = (builtins.fromJSON (builtins.readFile ./vm.json)).release;\n}\n';
    const tree = repository({ "vm.nix": computed, "vm.json": '{ "release": "24.05" }\n' });
    expect(tree.findings(RULE)).toEqual([]);
    tree.write("vm.json", '{ "release": "25.05" }\n');
    expect(tree.findings(RULE)).toHaveLength(1);
  });

  it("takes no other line ends for a change, and cannot be misled by names", () => {
    const tree = repository({ "a b.nix": system("24.05").replaceAll("\n", "\r\n"), "-c.nix": system("24.05"), ".gitattributes": "*.nix text eol=crlf\n" });
    tree.write("-c.nix", system("25.05"));
    expect(tree.findings(RULE)).toEqual([`-c.nix:${LINE}`]);
  });
});
