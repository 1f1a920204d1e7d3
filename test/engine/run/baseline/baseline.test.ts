/** Tests the form of a baseline and what comparing with one gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Baseline, type BaselineEntry, BaselineError, type Judged, baselineText, compareWithBaseline, parseBaseline, pruned, recorded } from "../../../../src/engine/run/baseline/index.ts";
import { file } from "../../../report/sample.ts";

const entry = (rule: string, digit: string, message = "Wrong."): BaselineEntry => ({ rule, fingerprints: [digit.repeat(16)], message });

describe("the text of a baseline", () => {
  it("has a fixed form, sorted, without files that have nothing", () => {
    const baseline: Baseline = new Map([
      ["b.nix", [entry("r", "2"), entry("a", "1", "Says \"no\".")]],
      ["c.nix", []],
      ["a.nix", [entry("r", "0")]],
    ]);
    expect(baselineText(baseline)).toBe(`{
  "version": 1,
  "files": {
    "a.nix": [
      { "rule": "r", "message": "Wrong.", "fingerprints": ["0000000000000000"] }
    ],
    "b.nix": [
      { "rule": "a", "message": "Says \\"no\\".", "fingerprints": ["1111111111111111"] },
      { "rule": "r", "message": "Wrong.", "fingerprints": ["2222222222222222"] }
    ]
  }
}
`);
    expect(baselineText(new Map())).toBe('{\n  "version": 1,\n  "files": {}\n}\n');
  });

  it("is read as it was written, whatever the names and messages are", () => {
    const entries = fc.record({ rule: fc.string(), fingerprints: fc.array(fc.stringMatching(/^[0-9a-f]{16}$/), { minLength: 1 }), message: fc.string() });
    const baselines = fc.dictionary(fc.string(), fc.uniqueArray(entries, { minLength: 1, selector: (one) => JSON.stringify(one) }));
    fc.assert(
      fc.property(baselines, (files) => {
        const baseline: Baseline = new Map(Object.entries(files));
        const read = parseBaseline(baselineText(baseline));
        expect(baselineText(read)).toBe(baselineText(baseline));
        expect([...read.keys()].sort()).toEqual(Object.keys(files).sort());
      }),
    );
  });

  it.each([
    ["", "it is no JSON (Unexpected end of JSON input)"],
    ['{ "version": 1, "files": {', "it is no JSON ("],
    ["[]", "it is no JSON object"],
    ["{}", "its `version` is not 1"],
    ['{ "version": 2, "files": {} }', "it has version 2 and this tappaas-lint knows version 1; use a newer tappaas-lint"],
    ['{ "version": 1 }', "it has no `files`"],
    ['{ "version": 1, "file": {} }', "nothing called `file` belongs there, which may have been `files`"],
    ['{ "version": 1, "files": { "a.nix": {} } }', "what it has for `a.nix` is no list"],
    ['{ "version": 1, "files": { "a.nix": [{ "rule": "r", "fingerprints": ["0"], "message": "" }] } }', "entry 1 for `a.nix` has not a `rule`, `fingerprints` of 16 hexadecimal digits and a `message`"],
    ['{\n<<<<<<< HEAD\n  "version": 1,\n=======\n', "line 2 has the mark of a merge conflict"],
  ])("is refused where it is damaged: %s", (text, says) => {
    expect(() => parseBaseline(text)).toThrow(BaselineError);
    expect(() => parseBaseline(text)).toThrow(says);
  });
});

describe("a run against a baseline", () => {
  const linted = file("a.nix", "{ }\n", [
    { rule: "r", fingerprints: ["0".repeat(16)] },
    { rule: "r", fingerprints: ["1".repeat(16)] },
    { rule: "s", fingerprints: ["2".repeat(16)], suppressed: true },
  ]);
  const judged = (isJudged: Judged["isJudged"] = () => true): Judged => ({ files: new Map([["a.nix", linted]]), isJudged });
  const baseline: Baseline = new Map([
    ["a.nix", [entry("r", "0"), entry("r", "9", "Gone."), entry("s", "2", "Suppressed now.")]],
    ["b.nix", [entry("r", "0", "Elsewhere.")]],
  ]);

  it("sets apart what is known, and names what is gone", () => {
    const { files, stale } = compareWithBaseline(judged(), baseline);
    const compared = files.get("a.nix");
    expect(compared?.known?.map(({ fingerprints }) => fingerprints[0]?.[0])).toEqual(["0"]);
    expect(compared?.findings.map(({ fingerprints }) => fingerprints[0]?.[0])).toEqual(["1", "2"]);
    expect(stale).toEqual([
      { path: "a.nix", rule: "r", message: "Gone." },
      { path: "a.nix", rule: "s", message: "Suppressed now." },
      { path: "b.nix", rule: "r", message: "Elsewhere." },
    ]);
  });

  it("takes nothing for gone that it has not looked at", () => {
    const only = judged((path, rule) => path === "a.nix" && rule === "r");
    expect(compareWithBaseline(only, baseline).stale.map(({ message }) => message)).toEqual(["Gone."]);
    expect(pruned(only, baseline).get("a.nix")?.map(({ message }) => message)).toEqual(["Wrong.", "Suppressed now."]);
    expect(pruned(only, baseline).get("b.nix")).toEqual(baseline.get("b.nix"));
    expect(recorded(only, baseline).get("a.nix")?.map(({ rule, fingerprints }) => `${rule}${fingerprints[0]?.[0]}`)).toEqual(["s2", "r0", "r1"]);
    expect(recorded(only, baseline).get("b.nix")).toEqual(baseline.get("b.nix"));
  });

  it("knows what has several parts as long as each is known, and forgets those that are mended", () => {
    const parts = (...digits: string[]): readonly string[] => digits.map((digit) => digit.repeat(16));
    const run = (...digits: string[]): Judged => ({ files: new Map([["a.nix", file("a.nix", "{ }\n", [{ rule: "r", fingerprints: parts(...digits) }])]]), isJudged: () => true });
    const before: Baseline = new Map([["a.nix", [{ rule: "r", fingerprints: parts("1", "2"), message: "Two." }]]]);
    const newOnes = (judgement: Judged, known: Baseline): number => compareWithBaseline(judgement, known).files.get("a.nix")?.findings.length ?? -1;
    expect(newOnes(run("1", "2"), before)).toBe(0);
    expect(newOnes(run("2"), before)).toBe(0);
    expect(newOnes(run("2", "3"), before)).toBe(1);
    expect(compareWithBaseline(run("2"), before).stale).toEqual([]);
    expect(newOnes(run("1", "2"), pruned(run("2"), before))).toBe(1);
    expect(pruned(run("2"), before)).toEqual(new Map([["a.nix", [{ rule: "r", fingerprints: parts("2"), message: "Two." }]]]));
  });

  it("leaves nothing new and nothing gone once it has been recorded", () => {
    const next = recorded(judged(), baseline);
    const { files, stale } = compareWithBaseline(judged(), next);
    expect(stale).toEqual([]);
    expect(files.get("a.nix")?.findings.map(({ rule }) => rule)).toEqual(["s"]);
    expect(pruned(judged(), next)).toEqual(next);
  });
});
