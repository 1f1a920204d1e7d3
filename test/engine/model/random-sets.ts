/** Makes random attribute sets whose names are written in several parts, as Nix merges or refuses them. */
import type { Tape } from "../../support/tape.ts";

/** An expression that may also be one that Nix refuses. */
export function randomSets(tape: Tape): string {
  return `let x = 10; y = 20; s = { x = 30; y = 40; }; n = "a"; in ${set(tape, 3)}`;
}

function set(tape: Tape, depth: number): string {
  const recursive = tape.once(4) ? "rec " : "";
  return `${recursive}{ ${tape.many(0, 3, () => binding(tape, depth)).join(" ")} }`;
}

function binding(tape: Tape, depth: number): string {
  if (tape.once(10)) return `inherit ${tape.pick(["x", "y"])};`;
  if (tape.once(14)) return `inherit (s) ${tape.pick(["x", "y"])};`;
  const path = tape.many(1, 3, () => (tape.once(9) ? "${n}" : tape.pick(["a", "b", "x", '"a"', "y"]))).join(".");
  const value = depth > 0 && tape.once(2) ? set(tape, depth - 1) : tape.pick(["1", "2", "x", "y", "(x + 1)"]);
  return `${path} = ${value};`;
}
