/** The ways in beside npm: the flake, the container and the other hook managers. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, PROGRAM, Tree } from "../cli/program.ts";
import { commit, git, gitEnvironment } from "../support/git.ts";
import { evaluateNix, hasNix } from "../support/nix.ts";
import { toolPath } from "../support/tools.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const text = (name: string): string => readFileSync(join(ROOT, name), "utf8");

describe("flake.nix", () => {
  it.skipIf(!hasNix)("is Nix, and gives packages, apps and checks for each system", () => {
    const stub = "{ lib = { }; legacyPackages = { x86_64-linux = { }; aarch64-linux = { }; }; }";
    const outputs = `(let flake = import ./flake.nix; outputs = flake.outputs { self = outputs; nixpkgs = ${stub}; }; in builtins.mapAttrs (_: builtins.mapAttrs (_: builtins.attrNames)) outputs)`;
    const both = (name: string) => ({ "aarch64-linux": [name], "x86_64-linux": [name] });
    expect(evaluateNix([outputs], { "flake.nix": text("flake.nix"), "package.json": text("package.json") })).toEqual([{ value: { packages: both("default"), apps: both("default"), checks: both("examples") } }]);
  });

  it("names only files that are there", () => {
    const named = [...text("flake.nix").matchAll(/(?:\.\/|(?<=[ /]))((?:man|completions|scripts|examples)\/[\w./-]+|package(?:-lock)?\.json|\.npmrc)/g)].map((match) => match[1] as string);
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

/** A repository with the linter on the path and a violation that is staged. */
function staged(): { readonly tree: Tree; readonly env: Record<string, string> } {
  const tree = new Tree({ "a.nix": GOOD, ".tappaas-lint.json": '{ "ignore": ["b.nix"] }\n' }, { git: false });
  git(tree.folder, "init", "-q", "-b", "main");
  mkdirSync(tree.path(".git/bin"));
  symlinkSync(PROGRAM, tree.path(".git/bin/tappaas-lint"));
  commit(tree);
  tree.write("a.nix", BAD);
  git(tree.folder, "add", "-A");
  const env = gitEnvironment(tree.folder);
  return { tree, env: { ...env, PATH: `${tree.path(".git/bin")}:${env["PATH"]}` } };
}

/** The block of a language after a heading of the README. */
function block(heading: string, language: string): string {
  const after = text("README.md").split(`### ${heading}\n`)[1] ?? "";
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(after)?.[1] ?? "";
}

describe("other hooks, as the README has them", () => {
  const stops = ({ tree, env }: ReturnType<typeof staged>): void => {
    const { status, stdout, stderr } = spawnSync("git", ["commit", "-q", "-m", "x"], { cwd: tree.folder, encoding: "utf8", env });
    expect([status, stdout + stderr]).toEqual([1, expect.stringContaining("grow-partition")]);
    expect(git(tree.folder, "rev-list", "--count", "HEAD")).toBe("1\n");
  };

  it("stop a commit from plain git", () => {
    const repository = staged();
    const hook = repository.tree.path(".git/hooks/pre-commit");
    writeFileSync(hook, block("With other hook managers", "sh"));
    chmodSync(hook, 0o755);
    stops(repository);
  });

  const lefthook = toolPath("lefthook");
  it.skipIf(lefthook === null)("stop a commit from lefthook", () => {
    const repository = staged();
    repository.tree.write("lefthook.yml", block("With other hook managers", "yaml"));
    expect(spawnSync(lefthook as string, ["install"], { cwd: repository.tree.folder, encoding: "utf8", env: repository.env })).toMatchObject({ status: 0 });
    stops({ ...repository, env: { ...repository.env, LEFTHOOK_BIN: lefthook as string } });
  });
});

describe("Containerfile", () => {
  it("takes from the build what the build makes", () => {
    const from = [...text("Containerfile").matchAll(/COPY --from=build \/build\/(\S+)/g)].map((match) => match[1]);
    expect(from).toEqual(["dist"]);
    expect(text("Containerfile")).toContain("tappaas-lint.js");
  });
});
