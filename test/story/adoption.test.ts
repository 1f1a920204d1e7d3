/**
 * The whole story on a real git repository: a project with a past adopts the linter; from then on what is new is stopped by the hook,
 * under each of the managers, and told by the action on a pull request; what is old disturbs nobody.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runAction } from "../action/runner.ts";
import { Tree } from "../cli/program.ts";
import { commit, git, gitEnvironment } from "../support/git.ts";
import { snapshot } from "../support/snapshot.ts";
import { toolPath } from "../support/tools.ts";
import { CACHE, WIKI, fleet } from "./fleet.ts";

/** Installing a hook from git takes its build, each in an environment of its own. */
const LONG = 600_000;

const source = snapshot();
const home = mkdtempSync(join(tmpdir(), "tappaas-lint-hooks-"));
afterAll(() => rmSync(home, { recursive: true, force: true }), LONG);

/** Debian's own pre-commit, whatever stands earlier on the path. */
const managers = [
  { name: "pre-commit", program: existsSync("/usr/bin/pre-commit") ? "/usr/bin/pre-commit" : null },
  { name: "prek", program: toolPath("prek") },
];

const VIOLATION = '  services.openssh.settings.PermitRootLogin = "yes";\n';
const withViolation = (text: string): string => text.replace("  system.stateVersion", `${VIOLATION}\n  system.stateVersion`);

/** A repository that has adopted the linter, on `main`. */
function adopted(): Tree {
  const tree = fleet();
  const init = tree.run(["init"]);
  expect(init).toMatchObject({ status: 0, stderr: "" });
  expect(init.stdout).toContain("ignores the 1 module in folders called Attic");
  expect(tree.run([]).status).toBe(1);
  expect(tree.run(["--write-baseline"])).toMatchObject({ status: 0 });
  expect(tree.run([]).status).toBe(0);
  useHooks(tree, "tappaas-lint");
  return tree;
}

/** Asks for hooks of this repository, in their order. */
function useHooks(tree: Tree, ...ids: readonly string[]): void {
  tree.write(".pre-commit-config.yaml", `repos:\n  - repo: ${source?.folder}\n    rev: ${source?.revision}\n    hooks:\n${ids.map((id) => `      - id: ${id}\n`).join("")}`);
}

/** Sets a manager up to be asked at every commit. */
function install(tree: Tree, program: string): void {
  expect(spawnSync(program, ["install"], { cwd: tree.folder, encoding: "utf8", env: { ...process.env, ...gitEnvironment(home) } })).toMatchObject({ status: 0 });
}

/** Makes a commit as a person does, with the hooks of a manager. */
function commits(tree: Tree, message: string): { readonly isMade: boolean; readonly output: string } {
  const before = git(tree.folder, "rev-parse", "HEAD");
  const env = { ...process.env, ...gitEnvironment(process.env["HOME"] ?? home), PRE_COMMIT_HOME: join(home, "pre-commit"), PREK_HOME: join(home, "prek") };
  const { stdout, stderr } = spawnSync("git", ["commit", "-q", "-m", message], { cwd: tree.folder, encoding: "utf8", env, timeout: LONG });
  return { isMade: git(tree.folder, "rev-parse", "HEAD") !== before, output: stdout + stderr };
}

/** The change on a branch as GitHub would have it: merged into `main` to try it. */
function pullRequest(tree: Tree): { readonly findings: readonly string[]; readonly status: number } {
  const base = git(tree.folder, "rev-parse", "main").trim();
  git(tree.folder, "checkout", "-q", "--detach", "main");
  git(tree.folder, "merge", "-q", "--no-ff", "--no-verify", "topic", "-m", "Merge");
  const payload = { pull_request: { base: { sha: base }, head: { repo: { full_name: "TAPPaaS/fleet" } } } };
  const { status, outputs } = runAction(tree, { event: { name: "pull_request", payload } });
  const log = JSON.parse(readFileSync(outputs["sarif"] ?? "", "utf8")) as { runs: [{ results: { ruleId: string; locations: [{ physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }] }[] }] };
  const findings = log.runs[0].results.map(({ ruleId, locations: [{ physicalLocation: { artifactLocation, region } }] }) => `${artifactLocation.uri}:${region.startLine} ${ruleId}`);
  return { findings, status };
}

describe.each(managers)("a project with a past", ({ name, program }) => {
  it.skipIf(program === null || source === null)(`is kept right by ${name}, and by the action on a pull request`, { timeout: LONG }, () => {
    const tree = adopted();
    const text = readFileSync(tree.path(WIKI), "utf8");
    const old = readFileSync(tree.path(CACHE), "utf8");
    install(tree, program as string);

    // The adoption itself, with modules that hold nothing new.
    tree.write(WIKI, `# The wiki.\n${text}`);
    git(tree.folder, "add", "-A");
    const adoption = commits(tree, "Adopt tappaas-lint");
    expect([adoption.isMade, adoption.output]).toEqual([true, expect.stringMatching(/tappaas-lint\.+Passed/)]);

    // A new violation in an old module.
    git(tree.folder, "checkout", "-q", "-b", "topic");
    tree.write(WIKI, withViolation(`# The wiki.\n${text}`));
    git(tree.folder, "add", "-A");
    const stopped = commits(tree, "Let root in");
    expect(stopped.isMade).toBe(false);
    expect(stopped.output).toMatch(/tappaas-lint\.+Failed/);
    expect(stopped.output).toMatch(/^ *src\/apps\/wiki\/wiki\.nix\n\n *17:47 {2}error {2}ssh-hardening.*\n *`services\.openssh\.settings\.PermitRootLogin` is `"yes"`: write\n/m);
    expect(stopped.output).toContain("1 error in 1 file; ");
    expect(stopped.output).not.toContain("networkd-disabled");

    // What is mended goes in.
    tree.write(WIKI, withViolation(`# The wiki.\n${text}`).replace('"yes"', '"no"'));
    git(tree.folder, "add", "-A");
    expect(commits(tree, "Keep root out")).toMatchObject({ isMade: true });

    // The state version of a machine that is installed.
    tree.write(CACHE, old.replace('"24.05"', '"24.11"'));
    git(tree.folder, "add", "-A");
    const upgraded = commits(tree, "Upgrade");
    expect(upgraded.isMade).toBe(false);
    expect(upgraded.output).toContain("16:25  error  state-version-changed");

    // The same past the hook, as a pull request.
    git(tree.folder, "commit", "-q", "--no-verify", "-m", "Upgrade");
    tree.write(WIKI, withViolation(`# The wiki.\n${text}`));
    git(tree.folder, "add", "-A");
    git(tree.folder, "commit", "-q", "--no-verify", "-m", "Let root in");
    expect(pullRequest(tree)).toEqual({ status: 1, findings: [`${CACHE}:16 state-version-changed`, `${WIKI}:17 ssh-hardening`] });
  });

  it.skipIf(program === null || source === null)(`has what can be mended safely mended by ${name}, to be added again`, { timeout: LONG }, () => {
    const module = "apps/notes/notes.nix";
    const tree = new Tree({}, { git: false });
    cpSync(resolve(import.meta.dirname, "../../examples/conforming"), tree.folder, { recursive: true });
    git(tree.folder, "init", "-q", "-b", "main");
    commit(tree);
    useHooks(tree, "tappaas-lint-fix", "tappaas-lint");
    install(tree, program as string);
    const right = readFileSync(tree.path(module), "utf8");
    const wrong = right.replace("wheelNeedsPassword = false", "wheelNeedsPassword = true");
    expect(wrong).not.toBe(right);
    tree.write(module, wrong);
    git(tree.folder, "add", "-A");
    const stopped = commits(tree, "Ask for passwords");
    expect(stopped.isMade).toBe(false);
    expect(stopped.output).toContain("files were modified by this hook");
    expect(readFileSync(tree.path(module), "utf8")).toBe(right);
    tree.write(module, `${right}# Looked at.\n`);
    git(tree.folder, "add", "-A");
    expect(commits(tree, "Ask for no passwords")).toMatchObject({ isMade: true });
  });
});
