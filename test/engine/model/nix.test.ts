/** Nix is the judge: whatever the model claims to know, `nix-instantiate` must compute as well. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Project, optionView, showPath, toJson } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { evaluateNix, hasNix } from "../../support/nix.ts";
import { parser } from "../../support/parser.ts";
import { sample } from "../../support/tape.ts";
import { BUILTINS, randomCall } from "./random-calls.ts";
import { randomExpression, randomType } from "./random-expressions.ts";
import { SET_OPTIONS, randomModules } from "./random-modules.ts";
import { randomSets } from "./random-sets.ts";

const BATCH = 50;

/** What the model knows of an expression; undefined where a part of it is not known. */
function known(text: string): unknown {
  const project = new Project(memoryHost({ "main.nix": text }), parser);
  const file = project.file("main.nix");
  return file === null || file.syntax.errors.length > 0 ? undefined : toJson(project.value(file));
}

function judged(expressions: readonly string[]): ReturnType<typeof evaluateNix> {
  const results: ReturnType<typeof evaluateNix> = [];
  for (let start = 0; start < expressions.length; start += BATCH) results.push(...evaluateNix(expressions.slice(start, start + BATCH)));
  return results;
}

/** Nix writes six digits of a float. */
function rounded(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === "number" && !(Number.isInteger(inner) && Math.abs(inner) < 1e6) ? Number(inner.toPrecision(5)) : inner));
}

describe.skipIf(!hasNix)("the judge (skipped without nix-instantiate)", () => {
  it("agrees about random expressions", () => {
    const expressions = sample((tape) => randomExpression(tape, randomType(tape)), 200, 600, 2024);
    let equal = 0;
    judged(expressions).forEach((result, index) => {
      const expression = expressions[index] as string;
      const ours = known(expression);
      if (result === null || ours === undefined) return;
      expect({ expression, value: ours }).toEqual({ expression, value: result.value });
      equal++;
    });
    // The model claims to compute all of these.
    expect(equal).toBeGreaterThan(590);
  });

  it("agrees about random calls of its functions", () => {
    const calls = [...new Set(sample((tape) => randomCall(tape, "builtins", BUILTINS), 60, 400, 99))];
    let equal = 0;
    judged(calls).forEach((result, index) => {
      const call = calls[index] as string;
      const ours = known(call);
      if (result === null || ours === undefined) return;
      expect({ call, value: rounded(ours) }).toEqual({ call, value: rounded(result.value) });
      equal++;
    });
    expect(equal).toBeGreaterThan(calls.length * 0.7);
  });

  it("agrees about sets in several parts, and about those that it refuses", () => {
    const expressions = sample(randomSets, 80, 150, 7);
    let equal = 0;
    let refused = 0;
    judged(expressions).forEach((result, index) => {
      const expression = expressions[index] as string;
      const ours = known(expression);
      // Of a set in a part that Nix drops, nothing is looked at: what it would refuse in there is not seen.
      if (result === null) refused += ours === undefined ? 1 : 0;
      else if (ours !== undefined) {
        expect({ expression, value: ours }).toEqual({ expression, value: result.value });
        equal++;
      }
    });
    expect(equal).toBeGreaterThan(80);
    expect(refused).toBeGreaterThan(30);
  });
});

/** One leaf of what `modules.nix` reports. */
interface Leaf {
  readonly path: readonly string[];
  readonly priority?: number;
  readonly value?: unknown;
  readonly several?: readonly unknown[];
  readonly failed?: boolean;
}

/** Values of the conditions that only Nix is told: the model must be right in all these worlds. */
const WORLDS = [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
];

describe.skipIf(!hasNix)("the judge of modules (skipped without nix-instantiate)", () => {
  const cases = sample((tape) => randomModules(tape, true), 200, 300, 4711);
  const files: Record<string, string> = { "modules.nix": readFileSync(new URL("../../support/modules.nix", import.meta.url), "utf8") };
  cases.forEach((one, index) => {
    for (const [path, text] of Object.entries(one.files)) files[`case${index}/${path}`] = text;
  });
  const setOptions = `[ ${SET_OPTIONS.map((path) => `[ ${path.map((name) => JSON.stringify(name)).join(" ")} ]`).join(" ")} ]`;
  const expressions = cases.flatMap((_, index) =>
    WORLDS.map(([h1, h2]) => `(import ./modules.nix).evaluate { setOptions = ${setOptions}; roots = [ ./case${index}/main.nix { flags = { h1 = ${h1}; h2 = ${h2}; }; } ]; }`),
  );

  it("agrees about random sets of modules", () => {
    const results = hasNix ? evaluateNix(expressions, files) : [];
    const counts = { known: 0, conflict: 0, open: 0, refused: 0 };
    cases.forEach((one, index) => {
      const judged = results.slice(index * WORLDS.length, (index + 1) * WORLDS.length);
      // Whether a definition is a set, `modules.nix` sees by its value: one that reads a conflict ends all.
      if (one.reads && judged.includes(null)) {
        counts.refused++;
        return;
      }
      const worlds = judged.map((result) => {
        if (result === null) throw new Error(`Nix refuses ${JSON.stringify(one.files)}`);
        return new Map((result.value as readonly Leaf[]).map((leaf) => [showPath(leaf.path), leaf]));
      });
      const configuration = new Project(memoryHost(one.files), parser).configuration("main.nix");
      if (configuration === null) throw new Error("main.nix cannot be read");
      const view = optionView(configuration);
      const paths = new Set([...worlds.flatMap((world) => [...world.keys()]), ...Object.keys(view)]);
      for (const path of [...paths].filter((name) => !name.startsWith("flags."))) {
        const leaves = worlds.map((world) => world.get(path));
        const entry = view[path];
        const state = entry?.state ?? configuration.option(path).state;
        const about = { path, files: one.files, leaves };
        if (state === "undefined") expect({ ...about, is: leaves.map((leaf) => leaf === undefined) }).toEqual({ ...about, is: [true, true, true, true] });
        else if (state === "conflict") {
          expect({ ...about, is: leaves.map((leaf) => leaf?.several !== undefined) }).toEqual({ ...about, is: [true, true, true, true] });
          counts.conflict++;
        } else if (state === "known" && entry !== undefined && JSON.stringify(entry.value) !== "{}") {
          for (const leaf of leaves) expect({ ...about, value: entry.value }).toEqual({ ...about, value: asOne(leaf) });
          if (entry.definitions.every(({ conditional }) => !conditional)) {
            for (const leaf of leaves) expect({ ...about, priority: entry.priority }).toEqual({ ...about, priority: leaf?.priority });
          }
          counts.known++;
        } else counts.open++;
      }
    });
    expect(counts.known).toBeGreaterThan(300);
    expect(counts.refused).toBeLessThan(cases.length / 5);
    expect(counts.conflict).toBeGreaterThan(3);
    expect(counts.open).toBeLessThan(counts.known / 3);
  });
});

/** The value of a leaf; several equal texts are one, where the option takes one. */
function asOne(leaf: Leaf | undefined): unknown {
  if (leaf === undefined || leaf.failed === true) return leaf;
  const { several } = leaf;
  return several === undefined ? leaf.value : several.every((value) => value === several[0]) ? several[0] : leaf;
}
