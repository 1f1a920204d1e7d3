/** The places of use stand at the top of the repository and do what they say: the commit hook and the GitHub action. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, Tree } from "./program.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const text = (name: string): string => readFileSync(resolve(ROOT, name), "utf8");

describe(".pre-commit-hooks.yaml", () => {
  it("calls the program by the name that the package gives it, on modules and what they depend on", () => {
    const { bin } = JSON.parse(text("package.json")) as { bin: Record<string, string> };
    const hook = text(".pre-commit-hooks.yaml");
    expect(Object.keys(bin)).toContain(/^ {2}entry: (\S+)/m.exec(hook)?.[1]);
    const files = new RegExp(/^ {2}files: (.*)$/m.exec(hook)?.[1] ?? "");
    expect(["src/apps/x/x.nix", "src/apps/x/x.json", ".tappaas-lint.json", "flake.lock", "src/apps/x/x.sh", "x.nixx", "yaflake.lock"].filter((path) => files.test(path))).toEqual(["src/apps/x/x.nix", "src/apps/x/x.json", ".tappaas-lint.json", "flake.lock"]);
  });
});

describe("action.yml", () => {
  const action = text("action.yml");

  /** The script of a step, by the step's name. */
  function script(step: string): string {
    const after = action.slice(action.indexOf(`- name: ${step}\n`));
    const block = /\n( +)run: \|\n((?:\1 .*\n|\n)+)/.exec(after);
    if (block === null) throw new Error(`There is no step ${step}`);
    return (block[2] as string).replaceAll(`\n${block[1] as string}  `, "\n").trimStart();
  }

  /** Runs the linting step as a runner does, and gives its status and outputs. */
  function lint(tree: Tree, inputs: { readonly paths?: string; readonly args?: string; readonly failOn?: string }) {
    mkdirSync(tree.path("runner"));
    writeFileSync(tree.path("runner/output"), "");
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script("Lint")], {
      cwd: tree.folder,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        ACTION_PATH: ROOT,
        RUNNER_TEMP: tree.path("runner"),
        GITHUB_OUTPUT: tree.path("runner/output"),
        LINT_PATHS: inputs.paths ?? ".",
        LINT_ARGS: inputs.args ?? "--rule grow-partition",
        LINT_FAIL_ON: inputs.failOn ?? "error",
      },
    });
    const outputs = Object.fromEntries(readFileSync(tree.path("runner/output"), "utf8").split("\n").filter((line) => line !== "").map((line) => line.split("=") as [string, string]));
    return { status, stdout, stderr, outputs };
  }

  it("has SARIF to upload and keeps the status where there are findings", () => {
    const tree = new Tree({ "x.nix": BAD });
    const { status, stdout, outputs } = lint(tree, {});
    expect([status, outputs]).toEqual([0, { status: "1", sarif: tree.path("runner/tappaas-lint.sarif") }]);
    expect(stdout).toContain("4:24  error  grow-partition");
    expect(JSON.parse(readFileSync(outputs["sarif"] as string, "utf8"))).toMatchObject({ runs: [{ results: [{ ruleId: "grow-partition" }] }] });
  });

  it("succeeds where there are none", () => {
    expect(lint(new Tree({ "x.nix": GOOD }), {}).outputs).toMatchObject({ status: "0" });
  });

  it("takes paths with blanks, one a line, and arguments separated by blanks", () => {
    const tree = new Tree({ "a b/x.nix": BAD, "c.nix": BAD, "d.nix": BAD });
    const { stdout, outputs } = lint(tree, { paths: "a b\nc.nix\n\n", args: "  --rule grow-partition\n --quiet", failOn: "never" });
    expect(outputs).toMatchObject({ status: "0" });
    expect(stdout).toContain("2 errors in 2 files");
  });

  it("has no file to upload where the arguments are wrong, and says what is", () => {
    const { outputs, stderr } = lint(new Tree({ "x.nix": GOOD }), { args: "--rulez x" });
    expect(outputs).toEqual({ status: "2" });
    expect(stderr).toContain("Unknown option `--rulez`; did you mean `--rule`?");
  });

  it("never runs what stands in its inputs", () => {
    const tree = new Tree({ "x.nix": GOOD });
    lint(tree, { paths: "$(touch evil)\n`touch evil`\n; touch evil", args: "$(touch evil) ; touch evil" });
    expect(existsSync(tree.path("evil"))).toBe(false);
    // Expressions are written out before a shell sees them, so a command may hold none.
    for (const step of ["Build tappaas-lint", "Lint"]) expect(script(step)).not.toContain("${{");
  });
});
