/** The example trees keep their word: the conforming one has no finding, the other has each rule's violation where it says so. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "../src/rules/index.ts";
import { lintTree } from "./support/lint.ts";

const examples = fileURLToPath(new URL("../examples", import.meta.url));

function readTree(name: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const path of readdirSync(`${examples}/${name}`, { recursive: true, encoding: "utf8" }).sort()) {
    const full = `${examples}/${name}/${path}`;
    if (statSync(full).isFile()) files[path.replaceAll("\\", "/")] = readFileSync(full, "utf8");
  }
  return files;
}

/** Rules that compare with another revision: a tree alone cannot violate them. */
const NEED_HISTORY = new Set(["state-version-changed"]);
const known = new Set(rules.map((rule) => rule.id));
const MARK = /^\s*# violates: ([a-z-]+)$/;

interface Mark {
  readonly rule: string;
  readonly line: number | null;
}

/** The marks of a file: which rule, and on which line its finding stands (null: at the head of the file, for what is missing). */
function marksOf(text: string): Mark[] {
  const lines = text.split("\n");
  const isComment = (line: string): boolean => line.trim().startsWith("#");
  const head = lines.findIndex((line) => !isComment(line));
  return lines.flatMap((line, index): Mark[] => {
    const rule = MARK.exec(line)?.[1];
    if (rule === undefined) return [];
    if (index < head) return [{ rule, line: null }];
    const below = lines.findIndex((other, at) => at > index && !MARK.test(other));
    return [{ rule, line: below + 1 }];
  });
}

describe("examples/conforming", () => {
  const { files, failures } = lintTree(readTree("conforming"), rules);
  it("has no finding", () => {
    expect(failures).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => file.findings.map((f) => `${file.path}:${f.start.line} ${f.rule}: ${f.message}`))).toEqual([]);
  });
});

describe("examples/violations", () => {
  const tree = readTree("violations");
  const { files, failures } = lintTree(tree, rules);
  const reported = files.flatMap((file) => file.findings.filter((f) => !f.suppressed).map((f) => ({ path: file.path, rule: f.rule, line: f.start.line })));
  const marks = Object.entries(tree).flatMap(([path, text]) => (path.endsWith(".nix") ? marksOf(text).map((mark) => ({ path, ...mark })) : []));

  it("violates every rule, each once", () => {
    expect(failures).toEqual([]);
    expect(reported.map((finding) => finding.rule).sort()).toEqual([...known].filter((id) => !NEED_HISTORY.has(id)).sort());
  });

  it("marks each finding where it stands", () => {
    const expected = marks
      .filter((mark) => known.has(mark.rule))
      .map((mark) => {
        const found = reported.find((finding) => finding.path === mark.path && finding.rule === mark.rule);
        return `${mark.path}:${mark.line ?? found?.line ?? "head"} ${mark.rule}`;
      });
    expect(reported.map((finding) => `${finding.path}:${finding.line} ${finding.rule}`).sort()).toEqual(expected.sort());
  });
});
