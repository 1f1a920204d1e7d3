/** Suppressions that cannot be judged by a module alone: asked-for reasons, and rules that did not take part. */
import { describe, expect, it } from "vitest";
import type { SourceFile } from "../../../src/engine/model/index.ts";
import type { Suppression } from "../../../src/engine/run/index.ts";
import { readSuppressions } from "../../../src/engine/run/suppressions.ts";
import rule from "../../../src/rules/structure/unused-suppression.ts";
import { rules } from "../../../src/rules/index.ts";
import { lintTree } from "../../support/lint.ts";
import { parser } from "../../support/parser.ts";

/** Message ids for a text of which nothing was kept back, with the rules that took part. */
function found(text: string, { known, ran }: { known: readonly string[]; ran: readonly string[] }): string[] {
  const file: SourceFile = { path: "x.nix", folder: "", syntax: parser.parse(text) };
  const { all, broken } = readSuppressions(file);
  if (rule.scope !== "suppressions") throw new Error("not the rule that is meant");
  const context = { file, suppressions: all, broken, used: new Map<Suppression, Set<string>>(), known: new Set(known), ran: new Set(ran), requireReasons: false, options: {} };
  return [...rule.check(context)].map(({ message }) => message);
}

describe("a suppression of a rule that did not take part", () => {
  const known = ["rule-a", "rule-b"];

  it("is not called unused, since the rule might have found something", () => {
    expect(found("{ } # tappaas-lint: disable-line rule-a", { known, ran: ["rule-b"] })).toEqual([]);
    expect(found("{ } # tappaas-lint: disable-line rule-a", { known, ran: known })).toEqual(["unused"]);
    expect(found("{ } # tappaas-lint: disable-line rule-a, rule-b", { known, ran: ["rule-b"] })).toEqual(["partly"]);
  });

  it("and one of all rules only where all took part", () => {
    expect(found("{ } # tappaas-lint: disable-line", { known, ran: ["rule-b"] })).toEqual([]);
    expect(found("{ } # tappaas-lint: disable-line", { known, ran: known })).toEqual(["unused"]);
  });

  it("still names rules that exist", () => {
    expect(found("{ } # tappaas-lint: disable-line rule-c", { known, ran: [] })).toEqual(["unknown"]);
  });
});

describe("a suppression without a reason", () => {
  const text = "{ ... }:\n{\n  boot.growPartition = false; # tappaas-lint: disable-line grow-partition\n}\n";
  const lint = (code: string, requireReasons: boolean): string[] =>
    lintTree({ "x.nix": code }, rules, { roles: { "x.nix": "system" }, requireReasons }).files.flatMap(({ findings }) => findings.filter((finding) => finding.rule === "unused-suppression").map(({ message, start }) => `${start.line}:${start.column} ${message}`));

  it("is a finding where reasons are asked for", () => {
    expect(lint(text, true)).toEqual(["3:31 This suppression gives no reason: add one behind `--`"]);
    expect(lint(text, false)).toEqual([]);
    expect(lint(text.replace("grow-partition\n", "grow-partition -- the disk has a fixed size\n"), true)).toEqual([]);
  });

  it("needs none to end a region", () => {
    expect(lint("{ ... }:\n{\n  # tappaas-lint: disable grow-partition -- fixed size\n  boot.growPartition = false;\n  # tappaas-lint: enable\n}\n", true)).toEqual([]);
  });
});
