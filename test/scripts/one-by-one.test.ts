/** A file by itself, as a commit hook lints it, gives the same findings as in a run over everything. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, dependentsOf, lint } from "../../src/engine/run/index.ts";
import { type Host, Project } from "../../src/engine/model/index.ts";
import { rules } from "../../src/rules/index.ts";
import { Tree } from "../cli/program.ts";
import { FIXTURES, readCase } from "../support/fixtures.ts";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { unmark } from "../support/marked.ts";
import { parser, shell } from "../support/parser.ts";

const ROOT = resolve(import.meta.dirname, "../..");

describe("one file by itself", () => {
  it.each(["conforming", "violations"])("is judged by the program as with all others: examples/%s", { timeout: 300_000 }, (name) => {
    const tree = new Tree({});
    cpSync(join(ROOT, "examples", name), tree.folder, { recursive: true });
    mkdirSync(tree.path(".git"), { recursive: true });
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/one-by-one.mjs"), tree.folder], { encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([0, expect.stringMatching(/^\d+ files with \d+ findings in all; each by itself gives the same\n$/), ""]);
  });

  /** Findings of the targets of a tree by path, with what depends on them as a hook asks for it. */
  function judged(host: Host, targets: readonly string[] | null): Map<string, string> {
    const project = new Project(host, parser);
    project.shell = shell;
    const wanted = targets === null ? host.nixFiles() : dependentsOf(project, () => DEFAULT_SETTINGS, targets);
    const { files } = lint({ project, targets: wanted, rules, settingsOf: () => DEFAULT_SETTINGS, displayPath: (path) => path, tool: { name: "", version: "", url: "" } });
    return new Map(files.map(({ path, role, findings }) => [path, JSON.stringify([role, findings])]));
  }

  it.each(readdirSync(FIXTURES))("is judged by the engine as with all others: %s", { timeout: 300_000 }, (rule) => {
    // The cases of a rule as one tree, each in a folder of its own.
    const cases = readdirSync(join(FIXTURES, rule)).map((name) => Object.entries(readCase(join(FIXTURES, rule, name), name)).map(([path, text]) => [`${name.replace(/\.nix$/, "")}/${path}`, unmark(text).text]));
    const host = memoryHost(Object.fromEntries(cases.flat()));
    const whole = judged(host, null);
    expect(whole.size).toBeGreaterThan(0);
    for (const [path, found] of whole) expect([path, judged(host, [path]).get(path)]).toEqual([path, found]);
  });
});
