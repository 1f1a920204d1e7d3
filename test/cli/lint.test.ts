/** What a run finds, shows and ends with. */
import { lstatSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

const REDIS = '{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n  services.redis.servers.x = { enable = true; };\n}\n';
const WARNS = ["--rule", "redis-memory"];

describe("paths", () => {
  const tree = new Tree({ "a.nix": BAD, "sub/b.nix": BAD, "sub/deep/c.nix": GOOD, "other/d.nix": BAD, "notes.txt": "no Nix" });

  it("is the current folder where none is given", () => {
    expect(tree.findings(ONE_RULE)).toEqual(["a.nix:4:24 grow-partition", "other/d.nix:4:24 grow-partition", "sub/b.nix:4:24 grow-partition"]);
    expect(tree.findings(ONE_RULE, {}, "sub")).toEqual(["b.nix:4:24 grow-partition"]);
  });

  it("may be files, folders and quoted globs, each file counting once", () => {
    expect(tree.findings([...ONE_RULE, "a.nix", "sub", "sub/b.nix"])).toEqual(["a.nix:4:24 grow-partition", "sub/b.nix:4:24 grow-partition"]);
    expect(tree.findings([...ONE_RULE, "**/[bd].nix"])).toEqual(["other/d.nix:4:24 grow-partition", "sub/b.nix:4:24 grow-partition"]);
  });

  it("are shown relative to the working directory", () => {
    expect(tree.findings([...ONE_RULE, "../other"], {}, "sub")).toEqual(["../other/d.nix:4:24 grow-partition"]);
    expect(tree.findings([...ONE_RULE, tree.path("a.nix")])).toEqual(["a.nix:4:24 grow-partition"]);
  });

  it("has an entry for every linted file, also a clean one", () => {
    const report = JSON.parse(tree.run([...ONE_RULE, "--format", "json"]).stdout) as { files: { path: string; role: string }[]; summary: object };
    expect(report.files.map(({ path, role }) => [path, role])).toEqual([["a.nix", "system"], ["other/d.nix", "system"], ["sub/b.nix", "system"], ["sub/deep/c.nix", "system"]]);
    expect(report.summary).toEqual({ files: 4, errors: 3, warnings: 0, infos: 0, suppressed: 0, fixable: 3 });
  });
});

describe(".gitignore", () => {
  const tree = new Tree({ ".gitignore": "result\n/gen/\n!keep.nix\n*.tmp.nix\n", "a.nix": BAD, "gen/b.nix": BAD, "result/c.nix": BAD, "x.tmp.nix": BAD, "sub/.gitignore": "d.nix\n", "sub/d.nix": BAD, "sub/gen/e.nix": BAD, "node_modules/f.nix": BAD });

  it("is honoured in folders, at every level", () => {
    expect(tree.findings(ONE_RULE)).toEqual(["a.nix:4:24 grow-partition", "sub/gen/e.nix:4:24 grow-partition"]);
    expect(tree.findings([...ONE_RULE, "sub"])).toEqual(["sub/gen/e.nix:4:24 grow-partition"]);
  });

  it("is honoured for globs", () => {
    expect(tree.findings([...ONE_RULE, "**/*.nix"])).toEqual(["a.nix:4:24 grow-partition", "sub/gen/e.nix:4:24 grow-partition"]);
  });

  it("does not keep back a file that is named itself", () => {
    expect(tree.findings([...ONE_RULE, "gen/b.nix"])).toEqual(["gen/b.nix:4:24 grow-partition"]);
  });
});

describe("exit status", () => {
  const tree = new Tree({ "bad.nix": BAD, "good.nix": GOOD, "warn.nix": REDIS });

  it.each([
    [["good.nix", ...ONE_RULE], 0],
    [["bad.nix", ...ONE_RULE], 1],
    [["bad.nix", ...ONE_RULE, "--fail-on", "never"], 0],
    [["warn.nix", ...WARNS], 0],
    [["warn.nix", ...WARNS, "--fail-on", "warning"], 1],
    [["warn.nix", ...WARNS, "--fail-on", "info"], 1],
    [["warn.nix", ...WARNS, "--max-warnings", "1"], 0],
    [["warn.nix", ...WARNS, "--max-warnings", "0"], 1],
    [["bad.nix", ...ONE_RULE, "--max-warnings", "0", "--fail-on", "never"], 0],
    [["bad.nix", "missing.nix", ...ONE_RULE], 2],
  ])("%j: %i", (args, status) => {
    expect(tree.run(args).status).toBe(status);
  });

  it("tells which limit was passed", () => {
    expect(tree.run(["warn.nix", ...WARNS, "--max-warnings", "0"]).stderr).toBe("tappaas-lint: There are more warnings than --max-warnings 0 allows: 1.\n");
  });
});

describe("choosing rules", () => {
  const tree = new Tree({ "a.nix": BAD.replace("}\n", "  services.openssh.settings.PermitRootLogin = \"yes\";\n}\n") });

  it("takes a list or several flags", () => {
    expect(tree.findings(["--rule", "grow-partition,ssh-hardening"])).toHaveLength(3);
    expect(tree.findings(["--rule", "grow-partition", "--rule", "ssh-hardening"])).toHaveLength(3);
    expect(tree.findings(["--rule", "grow-partition,ssh-hardening", "--ignore-rule", "ssh-hardening"])).toEqual(["a.nix:4:24 grow-partition"]);
  });

  it("refuses a rule that does not exist, for either flag", () => {
    for (const flag of ["--rule", "--ignore-rule"]) {
      expect(tree.run([flag, "grow-partiton"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: There is no rule `grow-partiton`; did you mean `grow-partition`?\n" });
    }
  });
});

describe("--quiet", () => {
  const tree = new Tree({ "a.nix": REDIS.replace("services", "boot.growPartition = false; services") });
  const args = ["--rule", "grow-partition,redis-memory", "--format", "compact"];

  it("shows only errors", () => {
    expect(tree.run([...args]).stdout.match(/: (error|warning): /g)).toEqual([": error: ", ": warning: "]);
    expect(tree.run([...args, "--quiet"]).stdout.match(/: (error|warning): /g)).toEqual([": error: "]);
  });

  it("shows whatever makes the run fail", () => {
    expect(tree.run([...args, "--quiet", "--fail-on", "warning"]).stdout.match(/: (error|warning): /g)).toEqual([": error: ", ": warning: "]);
  });
});

describe("--format", () => {
  const tree = new Tree({ "src/a.nix": BAD });

  it("is pretty by default, without colours in a pipe", () => {
    const { stdout } = tree.run(ONE_RULE);
    expect(stdout).toContain("  4:24  error  grow-partition (safe fix)\n");
    expect(stdout).toContain("    4 │   boot.growPartition = false;\n      │                        ^^^^^\n");
    expect(stdout).not.toContain("\u001b");
  });

  it("may be given several times, into files", () => {
    const { status, stdout } = tree.run([...ONE_RULE, "--format", "compact", "--format", "sarif=out.sarif", "--format", "json=out.json"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^src\/a\.nix:4:24: error: .* \[grow-partition\]\n$/);
    expect(JSON.parse(readFileSync(tree.path("out.json"), "utf8"))).toMatchObject({ version: 1, summary: { errors: 1 } });
    expect(JSON.parse(readFileSync(tree.path("out.sarif"), "utf8"))).toMatchObject({ version: "2.1.0", runs: [{ results: [{ ruleId: "grow-partition" }] }] });
    expect(readdirSync(tree.folder).sort()).toEqual([".git", "out.json", "out.sarif", "src"]);
  });

  it("prints nothing where all reports go into files", () => {
    expect(tree.run([...ONE_RULE, "--format", "sarif=out.sarif"])).toEqual({ status: 1, stdout: "", stderr: "" });
  });

  it("names files from the top of the repository in SARIF and workflow commands", () => {
    const sarif = JSON.parse(tree.run([...ONE_RULE, "--format", "sarif"], {}, "src").stdout) as { runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[] };
    expect(sarif.runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("src/a.nix");
    expect(tree.run([...ONE_RULE, "--format", "github"], {}, "src").stdout).toMatch(/^::error file=src\/a\.nix,line=4,/);
  });

  it("gives the same bytes twice", () => {
    const once = tree.run([...ONE_RULE, "--format", "sarif"]).stdout;
    expect(tree.run([...ONE_RULE, "--format", "sarif"]).stdout).toBe(once);
  });

  it.each([
    [["--format", "jsn"], "`--format` cannot be `jsn`; did you mean `json`? It takes `pretty`, `compact`, `json`, `sarif`, `github`, `gitlab`, `junit`, `checkstyle`, `matrix`, `matrix-html`, `markdown`."],
    [["--format", "xml=a"], "`--format` cannot be `xml`; it takes `pretty`, `compact`, `json`, `sarif`, `github`, `gitlab`, `junit`, `checkstyle`, `matrix`, `matrix-html`, `markdown`."],
    [["--format", "sarif="], "`--format sarif=` lacks the file; write `--format sarif=FILE`, or `--format sarif` for standard output."],
    [["--format", "json", "--format", "sarif"], "Only one report can go to standard output, not json and sarif; send the others into files: `--format sarif=FILE`."],
    [["--format", "json=x", "--format", "sarif=x"], "Two reports cannot go into the same file `x`."],
  ])("%j is refused", (args, message) => {
    expect(tree.run(args)).toEqual({ status: 2, stdout: "", stderr: `tappaas-lint: ${message}\n` });
  });

  it("says when a report cannot be written, with status 2", () => {
    expect(tree.run([...ONE_RULE, "--format", "json=none/x.json"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: The report none/x.json cannot be written: its folder does not exist.\n" });
  });

  it("writes through a link without replacing it", () => {
    symlinkSync("behind.json", tree.path("link.json"));
    expect(tree.run([...ONE_RULE, "--format", "json=link.json"]).status).toBe(1);
    expect(lstatSync(tree.path("link.json")).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(tree.path("behind.json"), "utf8"))).toMatchObject({ version: 1 });
  });
});

describe("colours", () => {
  const tree = new Tree({ "a.nix": BAD });
  const isColoured = (args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean => tree.run([...ONE_RULE, ...args], { env }).stdout.includes("\u001b[");

  it.each<[readonly string[], Readonly<Record<string, string>>, boolean]>([
    [[], {}, false],
    [["--color"], {}, true],
    [["--color"], { NO_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "0" }, false],
    [["--no-color"], { FORCE_COLOR: "1" }, false],
    [[], { NO_COLOR: "1" }, false],
  ])("%j with %j: %s", (args, env, expected) => {
    expect(isColoured(args, env)).toBe(expected);
  });
});

describe("standard input", () => {
  const tree = new Tree({ "src/x/x.nix": BAD, "src/x/common.nix": "{ boot.growPartition = false; }\n" });

  it("is linted in the place of the file that it names, with what stands beside it", () => {
    const input = "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./common.nix ];\n}\n";
    const { stdout, status } = tree.run(["-", "--stdin-filename", "src/x/x.nix", "--format", "json", ...ONE_RULE], { input });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: [{ path: "src/x/x.nix", role: "system", findings: [] }] });
    expect(tree.findings(["-", "--stdin-filename", "src/new/y.nix", ...ONE_RULE], { input: BAD })).toEqual(["src/new/y.nix:4:24 grow-partition"]);
  });

  it("has a name without one", () => {
    expect(tree.findings(["-", ...ONE_RULE], { input: BAD })).toEqual(["stdin.nix:4:24 grow-partition"]);
  });

  it("is refused beside paths, and its name without it", () => {
    expect(tree.run(["-", "src"]).status).toBe(2);
    expect(tree.run(["--stdin-filename", "x.nix"]).status).toBe(2);
  });

  it("must be text", () => {
    const { status, stdout } = tree.run(["-", "--format", "compact"], { input: Buffer.from([0x7b, 0xff, 0x7d]) });
    expect([status, stdout]).toEqual([2, "stdin.nix: failure: Standard input cannot be read: line 1 is not UTF-8; save the file as UTF-8.\n"]);
  });
});
