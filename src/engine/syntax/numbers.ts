/** Checks the numbers that Nix refuses while it reads them. */
import type { Cursor } from "./cursor.ts";

const MAX_INT = "9223372036854775807";
/** The smallest number that has all its digits: Nix refuses what `strtod` reports as out of range. */
const MIN_NORMAL = 2.2250738585072014e-308;

/** Lists an error if the number that is the current token is out of range (64 bits). */
export function checkNumber(c: Cursor, kind: "int" | "float"): void {
  const { start, end } = c;
  if (kind === "int" ? end - start >= MAX_INT.length && isTooLarge(c.text.slice(start, end)) : isOutOfRange(c.text.slice(start, end))) {
    c.report(start, end, `this number is out of range; Nix has ${kind === "int" ? "integers" : "floats"} of 64 bits`);
  }
}

function isTooLarge(digits: string): boolean {
  const significant = digits.replace(/^0+/, "");
  return significant.length > MAX_INT.length || (significant.length === MAX_INT.length && significant > MAX_INT);
}

function isOutOfRange(text: string): boolean {
  const value = Number(text);
  return value === Infinity || (value < MIN_NORMAL && /[1-9]/.test(text.replace(/e.*/i, "")));
}
