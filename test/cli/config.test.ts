/** How runs find, use and refuse configurations. */
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

const OFF = '{ "rules": { "grow-partition": "off" } }';
const WARN = '{ "rules": { "grow-partition": "warning" } }';

describe("a configuration", () => {
  const tree = new Tree({ ".tappaas-lint.json": WARN, "a.nix": BAD, "sub/.tappaas-lint.json": OFF, "sub/deep/b.nix": BAD });

  it("is found upward from each file", () => {
    expect(tree.findings(ONE_RULE)).toEqual(["a.nix:4:24 grow-partition"]);
    expect(tree.run([...ONE_RULE, "--format", "compact"], {}, "sub/deep").stdout).toBe("");
    expect(tree.run([...ONE_RULE, "a.nix"]).status).toBe(0);
    expect(tree.run([...ONE_RULE, "a.nix", "--fail-on", "warning"]).status).toBe(1);
  });

  it("may be named, in the tree or outside it", () => {
    const elsewhere = new Tree({ "strict.json": '{ "extends": "base.json", "ignore": ["sub/"] }', "base.json": '{ "rules": { "grow-partition": "error" } }' });
    expect(tree.run([...ONE_RULE, "--config", "sub/.tappaas-lint.json"]).status).toBe(0);
    const { status, stdout } = tree.run([...ONE_RULE, "--format", "compact", "--config", elsewhere.path("strict.json")]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^a\.nix:4:24: error: [^\n]*\n$/);
  });

  it("that is named and cannot be read is told", () => {
    expect(tree.run(["--config", "none.json"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: The configuration `none.json` cannot be read: it does not exist.\n" });
    expect(tree.run(["--config", "sub"]).stderr).toBe("tappaas-lint: The configuration `sub` cannot be read: it is a folder.\n");
  });

  it("gives roles that the options view shows as well", () => {
    const roles = new Tree({ ".tappaas-lint.json": '{ "overrides": [{ "files": "lib/*.nix", "role": "baseline" }] }', "lib/common.nix": BAD });
    expect(JSON.parse(roles.run(["options", "lib/common.nix", "--json"]).stdout)).toMatchObject({ role: "baseline" });
    expect(JSON.parse(roles.run(["--format", "json"]).stdout)).toMatchObject({ files: [{ role: "baseline" }] });
  });
});

describe("mistakes in it", () => {
  it("are all told with file, line and nearest word, and nothing is linted", () => {
    const tree = new Tree({ "src/.tappaas-lint.json": '{\n  "rulez": {},\n  "rules": {\n    "grow-partiton": "off",\n    "grow-partition": "of"\n  }\n}\n', "src/a.nix": BAD });
    expect(tree.run(ONE_RULE)).toEqual({
      status: 2,
      stdout: "",
      stderr: [
        "tappaas-lint: The configuration cannot be used, so nothing was linted.",
        "src/.tappaas-lint.json:2:3: unknown key `rulez` in the configuration; did you mean `rules`?",
        "src/.tappaas-lint.json:4:5: unknown rule `grow-partiton`; did you mean `grow-partition`?",
        'src/.tappaas-lint.json:5:23: the rule `grow-partition` cannot be "of"; did you mean "off"? (it takes "off", "info", "warning" or "error")',
        "",
      ].join("\n"),
    });
  });

  it("do not stop the lint of files that it is not for", () => {
    const tree = new Tree({ "fixtures/.tappaas-lint.json": "not even JSON", "fixtures/a.nix": BAD, "b.nix": BAD });
    expect(tree.findings([...ONE_RULE, "b.nix"])).toEqual(["b.nix:4:24 grow-partition"]);
    expect(tree.run([...ONE_RULE, "."]).status).toBe(2);
  });

  it("are found where it is a link out of the tree", () => {
    const tree = new Tree({ "a.nix": BAD, ".tappaas-lint.json": '{ "extends": "../../../../../../../etc/passwd" }' });
    expect(tree.run(["a.nix"]).stderr).toContain(".tappaas-lint.json:1:14: `../../../../../../../etc/passwd` leads out of the tree");
  });
});

describe("ignore", () => {
  const tree = new Tree({ ".tappaas-lint.json": '{ "ignore": ["old/"] }', "old/a.nix": BAD, "new/b.nix": GOOD });

  it("leaves files out of folders", () => {
    expect(JSON.parse(tree.run([...ONE_RULE, "--format", "json"]).stdout)).toMatchObject({ files: [{ path: "new/b.nix" }] });
  });

  it("notes a file that was named itself, as commit hooks do, without failing", () => {
    expect(tree.run([...ONE_RULE, "--format", "compact", "old/a.nix"])).toEqual({ status: 0, stdout: "", stderr: "tappaas-lint: old/a.nix is ignored by its configuration and was not checked.\n" });
  });

  it("of everything in a folder is no success", () => {
    const { status, stdout } = tree.run([...ONE_RULE, "--format", "compact", "old"]);
    expect([status, stdout]).toEqual([2, "failure: The configuration ignores all of the 1 files found; take something out of its `ignore`, or lint another folder.\n"]);
  });
});
