/** A tree with a past: what is found is recorded, and from then on only what is new is told. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

const NAME = ".tappaas-lint-baseline.json";
const text = (tree: Tree, path = NAME): string => readFileSync(tree.path(path), "utf8");
const knownIn = (tree: Tree, path = NAME): string[] => Object.entries((JSON.parse(text(tree, path)) as { files: Record<string, { rule: string }[]> }).files).flatMap(([file, entries]) => entries.map(({ rule }) => `${file} ${rule}`));

describe("--write-baseline", () => {
  it("records what is found, and a run then tells only what is new", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": GOOD });
    expect(tree.run([...ONE_RULE, "--write-baseline"])).toEqual({ status: 0, stdout: "No findings in 2 files; 1 known from the baseline\n", stderr: `tappaas-lint: ${NAME}: 1 known finding (1 added, 0 taken out).\n` });
    expect(knownIn(tree)).toEqual(["a.nix grow-partition"]);
    tree.write("a.nix", `# A comment.\n\n${BAD}`);
    expect(tree.run(ONE_RULE)).toEqual({ status: 0, stdout: "No findings in 2 files; 1 known from the baseline\n", stderr: "" });
    tree.write("b.nix", BAD);
    expect(tree.findings(ONE_RULE)).toEqual(["b.nix:4:24 grow-partition"]);
    expect(tree.run([...ONE_RULE, "--format", "compact", "a.nix"]).status).toBe(0);
    expect(tree.run(ONE_RULE).status).toBe(1);
    expect(tree.findings([...ONE_RULE, "--no-baseline"])).toEqual(["a.nix:6:24 grow-partition", "b.nix:4:24 grow-partition"]);
  });

  it("stands at the top of the tree wherever the run starts, with paths from there", () => {
    const tree = new Tree({ "src/vm/a.nix": BAD, "src/b.nix": BAD });
    expect(tree.run([...ONE_RULE, "--write-baseline"], {}, "src/vm").stderr).toBe(`tappaas-lint: ../../${NAME}: 1 known finding (1 added, 0 taken out).\n`);
    expect(knownIn(tree)).toEqual(["src/vm/a.nix grow-partition"]);
    expect(tree.findings(ONE_RULE)).toEqual(["src/b.nix:4:24 grow-partition"]);
    expect(tree.findings([...ONE_RULE, "."], {}, "src")).toEqual(["b.nix:4:24 grow-partition"]);
  });

  it("keeps what it knows of files and rules that are not looked at", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": BAD });
    tree.run([...ONE_RULE, "--write-baseline"]);
    tree.write("a.nix", GOOD);
    tree.write("b.nix", GOOD);
    tree.run([...ONE_RULE, "--write-baseline", "b.nix"]);
    expect(knownIn(tree)).toEqual(["a.nix grow-partition"]);
    tree.run(["--rule", "qemu-guest", "--write-baseline"]);
    expect(knownIn(tree)).toEqual(["a.nix grow-partition", "a.nix qemu-guest", "b.nix qemu-guest"]);
  });

  it("writes nothing when the run fails, and says so", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": Buffer.from([0xff, 0xfe, 0xfd]) });
    const run = tree.run([...ONE_RULE, "--write-baseline"]);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(`The baseline ${NAME} was not written: the run failed, so it is not the whole answer.`);
    expect(existsSync(tree.path(NAME))).toBe(false);
  });

  it("leaves no half-written file behind where it cannot write", () => {
    const tree = new Tree({ "a.nix": BAD });
    mkdirSync(tree.path("there"));
    const run = tree.run([...ONE_RULE, "--write-baseline", "--baseline", "nowhere/known.json"]);
    expect(run).toMatchObject({ status: 2 });
    expect(run.stderr).toContain("The baseline nowhere/known.json was not written: its folder does not exist.");
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "a.nix", "there"]);
  });

  it("cannot go with what contradicts it", () => {
    const tree = new Tree({ "a.nix": BAD });
    expect(tree.run(["--write-baseline", "--prune-baseline"])).toMatchObject({ status: 2, stdout: "" });
    expect(tree.run(["--write-baseline", "--no-baseline"]).stderr).toBe("tappaas-lint: `--no-baseline` leaves the baseline alone and `--write-baseline` changes it; leave one of them out.\n");
  });
});

describe("what no longer occurs", () => {
  const tree = (): Tree => {
    const made = new Tree({ "a.nix": BAD, "b.nix": BAD, "c/c.nix": BAD });
    made.run([...ONE_RULE, "--write-baseline"]);
    made.write("a.nix", GOOD);
    unlinkSync(made.path("b.nix"));
    return made;
  };
  const MESSAGE = "`boot.growPartition` is `false`: write `boot.growPartition = true;` (without it the root partition keeps the size of the template when the disk grows)";

  it("is told, and --prune-baseline takes it out", () => {
    const mended = tree();
    expect(mended.run(ONE_RULE)).toEqual({
      status: 0,
      stdout: "No findings in 2 files; 1 known from the baseline; 2 in the baseline no longer occur\n",
      stderr: `tappaas-lint: ${NAME} knows 2 findings that no longer occur; \`--prune-baseline\` takes them out:\n  a.nix: ${MESSAGE} [grow-partition]\n  b.nix: ${MESSAGE} [grow-partition]\n`,
    });
    expect(mended.run([...ONE_RULE, "--prune-baseline"])).toEqual({ status: 0, stdout: "No findings in 2 files; 1 known from the baseline\n", stderr: `tappaas-lint: ${NAME}: 1 known finding (0 added, 2 taken out).\n` });
    expect(knownIn(mended)).toEqual(["c/c.nix grow-partition"]);
  });

  it("is in the JSON report", () => {
    const { stdout } = tree().run([...ONE_RULE, "--format", "json"]);
    expect((JSON.parse(stdout) as { baselines: unknown }).baselines).toEqual([
      { path: NAME, known: 1, stale: [{ path: "a.nix", rule: "grow-partition", message: MESSAGE }, { path: "b.nix", rule: "grow-partition", message: MESSAGE }] },
    ]);
  });

  it("is only what the run has looked at: single files, other folders, chosen rules, changes", () => {
    const mended = tree();
    const before = text(mended);
    for (const args of [["c/c.nix", ...ONE_RULE], ["c", ...ONE_RULE], ["--rule", "qemu-guest", "--fail-on", "never"], ["--dependents", "c/c.nix", ...ONE_RULE]]) {
      expect([args, mended.run(args).stderr]).toEqual([args, ""]);
      mended.run([...args, "--prune-baseline"]);
      expect([args, text(mended)]).toEqual([args, before]);
    }
    expect(mended.run([...ONE_RULE, "a.nix"]).stderr).toContain("knows 1 finding that no longer occurs");
  });

  it("is not told of a file that cannot be read as Nix", () => {
    const broken = new Tree({ "a.nix": BAD });
    broken.run([...ONE_RULE, "--write-baseline"]);
    broken.write("a.nix", GOOD.replace(/\}\n$/, ""));
    expect(broken.run(ONE_RULE)).toMatchObject({ status: 1, stderr: "" });
  });

  it("is what a rule says that has been turned off, and a file that is ignored", () => {
    const mended = tree();
    mended.write(".tappaas-lint.json", '{ "ignore": ["c"], "rules": { "grow-partition": "off" } }\n');
    expect(mended.run([...ONE_RULE, "--prune-baseline"]).stderr).toContain("0 known findings (0 added, 3 taken out)");
  });
});

describe("a baseline that cannot be used", () => {
  it("ends the run with status 2 and says what to do", () => {
    const tree = new Tree({ "a.nix": GOOD, [NAME]: '{ "version": 1, "files": [] }\n' });
    const says = `tappaas-lint: The baseline ${NAME} cannot be used: it has no \`files\`; take it from git as it was, or delete it and run with --write-baseline.\n`;
    for (const args of [[], ["--write-baseline"], ["--prune-baseline"]]) expect(tree.run([...ONE_RULE, ...args])).toEqual({ status: 2, stdout: "", stderr: says });
    expect(tree.run([...ONE_RULE, "--no-baseline"]).status).toBe(0);
  });

  it("is one that is named or to be pruned and is not there", () => {
    const tree = new Tree({ "a.nix": GOOD });
    expect(tree.run([...ONE_RULE, "--baseline", "x.json"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: The baseline x.json does not exist; write one with `--write-baseline`, or check its name.\n" });
    expect(tree.run([...ONE_RULE, "--prune-baseline"]).stderr).toBe(`tappaas-lint: The baseline ${NAME} does not exist; write one with \`--write-baseline\`.\n`);
  });

  it("is a link out of the tree, a folder, or one file for several trees", () => {
    const elsewhere = new Tree({ "known.json": '{ "version": 1, "files": {} }\n', "b.nix": GOOD });
    const tree = new Tree({ "a.nix": GOOD });
    symlinkSync(elsewhere.path("known.json"), tree.path(NAME));
    expect(tree.run(ONE_RULE)).toMatchObject({ status: 2, stdout: "" });
    expect(tree.run([...ONE_RULE, "--baseline", elsewhere.path("known.json")]).status).toBe(0);
    expect(tree.run([...ONE_RULE, "--baseline", elsewhere.path("known.json"), ".", elsewhere.folder]).stderr).toContain("is for one tree, and the paths lead into 2");
    rmSync(tree.path(NAME));
    mkdirSync(tree.path(NAME));
    expect(tree.run(ONE_RULE).stderr).toContain(`The baseline ${NAME} cannot be read: it is a folder.`);
  });
});

describe("SARIF", () => {
  const suppressed = BAD.replace("  boot.", "  # tappaas-lint: disable-next-line grow-partition -- on purpose\n  boot.");
  interface Result { readonly baselineState?: string; readonly suppressions?: unknown; readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[] }
  const results = (tree: Tree, ...args: string[]): unknown[] => {
    const log = JSON.parse(tree.run([...ONE_RULE, "--format", "sarif", ...args]).stdout) as { runs: [{ results: Result[] }] };
    return log.runs[0].results.map(({ locations, baselineState, suppressions }) => [locations[0]?.physicalLocation.artifactLocation.uri, baselineState, suppressions]);
  };

  it("leaves out what is suppressed or known unless it is asked for", () => {
    const tree = new Tree({ "a.nix": BAD, "b.nix": GOOD, "s.nix": suppressed });
    tree.run([...ONE_RULE, "--write-baseline"]);
    tree.write("b.nix", BAD);
    expect(results(tree)).toEqual([["b.nix", "new", undefined]]);
    expect(results(tree, "--sarif-include-suppressed")).toEqual([
      ["a.nix", "unchanged", [{ kind: "external", status: "accepted", justification: "It is in the baseline." }]],
      ["b.nix", "new", []],
      ["s.nix", "new", [{ kind: "inSource", status: "accepted", justification: "on purpose" }]],
    ]);
    expect(results(tree, "--no-baseline")).toEqual([["a.nix", undefined, undefined], ["b.nix", undefined, undefined]]);
  });
});
