/** What counts as defined twice is what Nix's parser refuses: generated attribute sets, judged by Nix. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import duplicateAttribute from "../../../src/rules/structure/duplicate-attribute.ts";
import parseError from "../../../src/rules/structure/parse-error.ts";
import { hasNix, judge } from "../../engine/syntax/nix-judge.ts";
import { lintTree } from "../../support/lint.ts";

/** A name in one of its spellings; few of them, so that they meet. */
const name = fc.constantFrom("a", "b", "c", '"a"', '"b"', '${"a"}', "${x}", '"${x}"', "or");
const plainName = fc.constantFrom("a", "b", "c", '"a"');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("."));

const { expr } = fc.letrec<{ expr: string; set: string; bindings: string; binding: string }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom("1", '"s"', "x", "./p", "[ ]"),
    tie("set"),
    tie("set"),
    tie("set").map((set) => `(${set})`),
    tie("bindings").map((bindings) => `rec { ${bindings} }`),
    tie("bindings").map((bindings) => `let { ${bindings} }`),
    fc.tuple(tie("bindings"), tie("expr")).map(([bindings, body]) => `let ${bindings.replaceAll("${x}", "e").replaceAll('"e"', "f")} in ${body}`),
    fc.tuple(tie("set"), tie("set")).map((sets) => sets.join(" // ")),
    fc.tuple(fc.array(plainName, { maxLength: 3 }), tie("expr")).map(([names, body]) => `({ ${names.map((each) => each.replaceAll('"', "")).join(", ")} }: ${body})`),
    fc.tuple(fc.constantFrom("a", "d"), fc.array(fc.constantFrom("a", "b"), { maxLength: 2 }), tie("expr")).map(([whole, names, body]) => `({ ${names.join(", ")} }@${whole}: ${body})`),
    tie("set").map((set) => `[ ${set} ]`),
    tie("set").map((set) => `"\${${set}.a}"`),
  ),
  set: tie("bindings").map((bindings) => `{ ${bindings} }`),
  bindings: fc.array(tie("binding"), { maxLength: 4 }).map((all) => all.join(" ")),
  binding: fc.oneof(
    { withCrossShrink: true },
    fc.tuple(path, tie("expr")).map(([names, value]) => `${names} = ${value};`),
    fc.tuple(path, tie("set")).map(([names, value]) => `${names} = ${value};`),
    fc.array(plainName, { maxLength: 2 }).map((names) => `inherit ${names.join(" ")};`),
    fc.array(plainName, { maxLength: 2 }).map((names) => `inherit (x) ${names.join(" ")};`),
  ),
}));

/** Whether the two rules together have anything to say. */
function isRefused(text: string): boolean {
  return lintTree({ "x.nix": text }, [parseError, duplicateAttribute]).summary.errors > 0;
}

describe("duplicate-attribute", () => {
  it.skipIf(!hasNix)("refuses what Nix refuses and nothing else (needs nix-instantiate)", () => {
    const verdicts = { refused: 0, taken: 0 };
    fc.assert(
      fc.property(expr, (text) => {
        const { ok } = judge(text);
        if (ok) verdicts.taken++;
        else verdicts.refused++;
        expect({ text, refused: isRefused(text) }).toEqual({ text, refused: !ok });
      }),
      { seed: 7, numRuns: 400 },
    );
    // Both answers must be among those compared, or nothing was.
    expect(Math.min(verdicts.refused, verdicts.taken)).toBeGreaterThan(100);
  });
});
