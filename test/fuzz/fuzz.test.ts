/** A short round of what `npm run fuzz` does for as long as one likes, and all that it has ever found. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verdictOn } from "./checks.ts";
import { readCorpus } from "./corpus.ts";
import { Dice } from "./dice.ts";
import { type Sample, kinds, make } from "./kinds.ts";
import { hasSarifSchema } from "./reports.ts";

const ROUNDS = 60;
const corpus = readCorpus(join(import.meta.dirname, "../.."));

describe("any text", () => {
  it.each(kinds)("of the kind %s is linted, reported and mended as it should be", async (kind) => {
    const dice = new Dice(1);
    for (let round = 0; round < ROUNDS; round++) {
      const sample = make(kind, dice, corpus);
      expect([sample, (await verdictOn(sample, round % 6 === 0)).complaints]).toEqual([sample, []]);
    }
  }, 300_000);

  it.skipIf(!hasSarifSchema)("is held against the schema of SARIF (needs the npm package @microsoft/jest-sarif)", () => {
    expect(hasSarifSchema).toBe(true);
  });
});

describe("what was found once", () => {
  const FOUND = join(import.meta.dirname, "found");

  it.each(readdirSync(FOUND))("%s stays mended", async (name) => {
    const sample = JSON.parse(readFileSync(join(FOUND, name), "utf8")) as Sample;
    expect((await verdictOn(sample, true)).complaints).toEqual([]);
  }, 120_000);
});
