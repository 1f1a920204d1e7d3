/** The commands beside linting: explain, rules, options, init. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

const tree = new Tree({
  "x/x.nix": '{ lib, pkgs, ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./part.nix ];\n  networking.hostName = lib.mkDefault "x";\n  boot.growPartition = lib.mkOverride 7 true;\n  environment.etc."a b".text = "${pkgs.hello}/bin and\\n a long text that goes on and on and on and on and on and on and on and on and on and on";\n}\n',
  "x/part.nix": "{ lib, ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 80 ];\n  boot.growPartition = lib.mkOverride 7 false;\n}\n",
  "pkg.nix": "{ stdenv }: stdenv.mkDerivation { name = \"x\"; }\n",
});

describe("help and version", () => {
  it("go to standard output with status 0", () => {
    const help = tree.run(["--help"]);
    expect([help.status, help.stderr]).toEqual([0, ""]);
    for (const word of ["Usage: tappaas-lint", "--rule", "--ignore-rule", "--fix", "--fix-proposed", "--diff", "--fail-on", "--max-warnings", "--quiet", "--config", "--stdin-filename", "--format", "--no-color", "explain", "rules", "options", "init", "Examples:", "Exit status:"]) expect(help.stdout).toContain(word);
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect(tree.run(["--version"])).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("exist for each command", () => {
    expect(tree.run(["options", "--help"]).stdout).toContain("Usage: tappaas-lint options [options] <FILE>");
  });

  it("names every format", () => {
    expect(tree.run(["--help"]).stdout.replace(/\s+/g, " ")).toContain("pretty, compact, json, sarif, github");
  });
});

describe("explain", () => {
  it("prints the documentation of a rule", () => {
    const { status, stdout } = tree.run(["explain", "grow-partition"]);
    expect(status).toBe(0);
    for (const text of ["grow-partition  error  baseline", "Grow the root partition.", "boot.growPartition = false;", "After `--fix`:\n\n      { lib, ... }:\n      {\n        boot.growPartition = true;", "# tappaas-lint: disable-next-line grow-partition -- reason"]) expect(stdout).toContain(text);
    expect(stdout).not.toMatch(/[⟦⟧]/);
  });

  it("knows the nearest rule", () => {
    expect(tree.run(["explain", "grow-partion"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: There is no rule `grow-partion`; did you mean `grow-partition`?\n" });
    expect(tree.run(["explain", "qqqqqqq"]).stderr).toBe("tappaas-lint: There is no rule `qqqqqqq`; `tappaas-lint rules` lists all of them.\n");
  });
});

describe("rules", () => {
  it("lists each rule once with severity and title", () => {
    const { stdout } = tree.run(["rules"]);
    expect(stdout.match(/^ {2}grow-partition +error +safe +Grow the root partition$/gm)).toHaveLength(1);
  });

  it("gives the same list as JSON", () => {
    const listed = JSON.parse(tree.run(["rules", "--json"]).stdout) as { id: string }[];
    expect(listed).toContainEqual(expect.objectContaining({ id: "grow-partition", theme: "baseline", severity: "error", title: "Grow the root partition" }));
    for (const { id } of listed) expect(tree.run(["rules"]).stdout).toContain(`  ${id} `);
  });
});

describe("options", () => {
  it("prints the contract's document", () => {
    const { status, stdout } = tree.run(["options", "x.nix", "--json"], {}, "x");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: "x.nix",
      role: "system",
      options: {
        "boot.growPartition": {
          state: "conflict",
          priority: 7,
          definitions: expect.arrayContaining([
            { path: "x.nix", line: 5, column: 3, priority: 7, conditional: false },
            { path: "part.nix", line: 4, column: 3, priority: 7, conditional: false },
          ]) as unknown,
        },
        'environment.etc."a b".text': {
          state: "known",
          value: { $text: [{ $ref: "pkgs.hello" }, "/bin and\n a long text that goes on and on and on and on and on and on and on and on and on and on"] },
          priority: 100,
          definitions: [{ path: "x.nix", line: 6, column: 3, priority: 100, conditional: false }],
        },
        "networking.firewall.allowedTCPPorts": { state: "known", value: [22, 80], priority: 100, definitions: [{ path: "part.nix", line: 3, column: 3, priority: 100, conditional: false }] },
        "networking.hostName": { state: "known", value: "x", priority: 1000, definitions: [{ path: "x.nix", line: 4, column: 3, priority: 1000, conditional: false }] },
      },
    });
  });

  it("prints a table with value, priority and place", () => {
    const lines = tree.run(["options", "x/x.nix"]).stdout.split("\n");
    expect(lines[0]).toBe("x/x.nix (system)");
    expect(lines).toContainEqual(expect.stringMatching(/^networking\.hostName +"x" +mkDefault +x\/x\.nix:4:3$/));
    expect(lines).toContainEqual(expect.stringMatching(/^boot\.growPartition +\(conflict\) +mkOverride 7 +x\/(x\.nix:5|part\.nix:4):3$/));
    expect(lines).toContainEqual(expect.stringMatching(/^networking\.firewall\.allowedTCPPorts +\[ 22 80 \] +x\/part\.nix:3:3$/));
    expect(lines).toContainEqual(expect.stringMatching(/^environment\.etc\."a b"\.text +"\$\{pkgs\.hello\}\/bin and\\n a long.*… +x\/x\.nix:6:3$/));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.at(-2)).toBe("4 options, 3 of them known.");
  });

  it("shows nothing for what is no module, and says so", () => {
    const { status, stdout, stderr } = tree.run(["options", "pkg.nix", "--json"]);
    expect([status, JSON.parse(stdout), stderr]).toEqual([0, { file: "pkg.nix", role: "package", options: {} }, "tappaas-lint: pkg.nix is no NixOS module but a package, so it sets no options; name a module.\n"]);
  });

  it.each([
    ["none.nix", "none.nix: There is no such file or folder; check the path."],
    ["x", "`options` takes one module, and x is a folder or a pattern; name a file."],
  ])("refuses %s", (file, message) => {
    expect(tree.run(["options", file])).toEqual({ status: 2, stdout: "", stderr: `tappaas-lint: ${message}\n` });
  });
});

describe("init", () => {
  it("writes a configuration that fits the tree and says what it did", () => {
    const project = new Tree({
      "src/a/a.nix": GOOD.replace("}\n", '  system.stateVersion = "24.11";\n}\n'),
      "src/b/b.nix": GOOD.replace("}\n", '  system.stateVersion = "24.11";\n  imports = [ ../lib/common.nix ];\n}\n').replace("imports = [ /etc/nixos/hardware-configuration.nix ];\n", ""),
      "src/c/c.nix": GOOD.replace("}\n", '  system.stateVersion = "25.11";\n}\n'),
      "src/b/b.json": '{ "vmname": "b" }',
      "src/lib/common.nix": '{ ... }:\n{\n  system.stateVersion = "24.11";\n}\n',
      "src/Attic/old.nix": BAD,
      "src/c/Attic/older.nix": BAD,
    });
    const { status, stdout } = project.run(["init"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Wrote .tappaas-lint.json after a look at 6 files.");
    expect(stdout).toContain("ignores the 2 modules in folders called Attic");
    expect(stdout).toContain("marks src/lib/common.nix as a baseline");
    const text = readFileSync(project.path(".tappaas-lint.json"), "utf8");
    expect(text).toContain('"ignore": ["**/Attic/**"]');
    expect(text).toContain('{ "files": ["src/lib/common.nix"], "role": "baseline" }');
    // It can be used at once.
    expect(JSON.parse(project.run([...ONE_RULE, "--format", "json"]).stdout)).toMatchObject({ files: [{ path: "src/a/a.nix" }, { path: "src/b/b.nix" }, { path: "src/c/c.nix" }, { path: "src/lib/common.nix", role: "baseline" }] });
  });

  it("leaves one that is there alone", () => {
    const project = new Tree({ "a.nix": GOOD, ".tappaas-lint.json": "{}" });
    expect(project.run(["init"])).toEqual({ status: 2, stdout: "", stderr: "tappaas-lint: .tappaas-lint.json is there already and is left as it is; edit it, or delete it first.\n" });
    expect(readFileSync(project.path(".tappaas-lint.json"), "utf8")).toBe("{}");
  });

  it("writes into a folder that is named", () => {
    const project = new Tree({ "mods/a.nix": GOOD, "mods/old/b.nix": BAD });
    expect(project.run(["init", "mods"]).status).toBe(0);
    expect(readFileSync(project.path("mods/.tappaas-lint.json"), "utf8")).toContain('"ignore": ["**/old/**"]');
    expect(existsSync(project.path(".tappaas-lint.json"))).toBe(false);
  });

  it("refuses a folder without modules", () => {
    expect(new Tree({ "readme.md": "" }).run(["init"]).status).toBe(2);
  });
});
