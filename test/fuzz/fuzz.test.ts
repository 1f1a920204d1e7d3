/** A short round of what `npm run fuzz` does for as long as one likes. */
import { join } from "node:path";
import { expect, it } from "vitest";
import { complaintsAbout } from "./checks.ts";
import { corpus } from "./corpus.ts";
import { Dice, mutated } from "./mutate.ts";

const ROOT = join(import.meta.dirname, "../..");
const ROUNDS = 300;

it("finds nothing wrong with runs over broken modules", async () => {
  const texts = corpus([join(ROOT, "test/fixtures"), join(ROOT, "examples")]);
  const dice = new Dice(1);
  for (let round = 0; round < ROUNDS; round++) {
    const files = { "a.nix": mutated(dice, dice.oneOf(texts), texts) };
    expect([files, await complaintsAbout(files, round % 10 === 0)]).toEqual([files, []]);
  }
}, 120_000);
