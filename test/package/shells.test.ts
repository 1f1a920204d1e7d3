/** The completions do in each shell what they say, and the manual page is one that groff formats without a complaint. */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { toolPath } from "../support/tools.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const COMPLETIONS = join(ROOT, "completions");
const LONG = 200_000;

const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: "utf8", cwd: join(ROOT, "examples") });

describe("completion", () => {
  it("in bash knows options, words, rules, commands and files", () => {
    const complete = (...words: string[]): string[] => {
      const script = `source "$0"; COMP_WORDS=(tappaas-lint "$@"); COMP_CWORD=$#; _tappaas_lint; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = run("bash", "--norc", "-c", script, join(COMPLETIONS, "tappaas-lint.bash"), ...words);
      expect(stderr).toBe("");
      return stdout.trim().split("\n");
    };
    expect(complete("--fa")).toEqual(["--fail-on"]);
    expect(complete("--fail-on", "")).toEqual(["error", "warning", "info", "never"]);
    expect(complete("--format", "sar")).toEqual(["sarif"]);
    expect(complete("--rule", "ssh")).toEqual(["ssh-hardening"]);
    expect(complete("explain", "ssh")).toEqual(["ssh-hardening"]);
    expect(complete("ini")).toEqual(["init"]);
    expect(complete("conf")).toEqual(["conforming"]);
    expect(complete("--baseline", "viol")).toEqual(["violations"]);
  });

  const fish = toolPath("fish");
  it.skipIf(fish === null)("in fish", { timeout: LONG }, () => {
    const complete = (line: string): string[] => run(fish as string, "--no-config", "-c", `source ${join(COMPLETIONS, "tappaas-lint.fish")}; complete -C "tappaas-lint ${line}"`).stdout.trim().split("\n").map((found) => found.split("\t")[0] as string);
    expect(complete("--fail-on ")).toEqual(["error", "info", "never", "warning"]);
    expect(complete("--wri")).toEqual(["--write-baseline"]);
    expect(complete("explain ssh")).toEqual(["ssh-hardening"]);
    expect(complete("ini")).toEqual(["init"]);
    expect(complete("--baseline viol")).toEqual(["violations/"]);
  });

  const zsh = toolPath("zsh");
  it.skipIf(zsh === null)("in zsh", { timeout: LONG }, () => {
    const complete = (line: string, wanted: string): string => run("python3", join(import.meta.dirname, "complete-zsh.py"), COMPLETIONS, line, wanted).stdout;
    expect(complete("--wri", "te-baseline")).toContain("--write-baseline");
    expect(complete("--fail-on ", "warning")).toMatch(/error\s+info\s+never\s+warning/);
    expect(complete("explain ssh", "hardening")).toContain("ssh-hardening");
    expect(complete("ini", "init ")).toContain("tappaas-lint init ");
  });
});

describe("the manual page", () => {
  const groff = toolPath("groff");
  it.skipIf(groff === null)("is formatted without a complaint and tells of every option", () => {
    const { status, stdout, stderr } = run(groff as string, "-man", "-Tascii", "-ww", "-P-cbou", join(ROOT, "man/tappaas-lint.1"));
    expect([status, stderr]).toEqual([0, ""]);
    for (const part of ["SYNOPSIS", "--write-baseline", "--fail-on SEVERITY", "--format NAME[=FILE]", "explain <RULE>", "EXIT STATUS"]) expect(stdout).toContain(part);
  });
});
