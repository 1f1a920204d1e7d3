/** Makes wrong texts of right ones: cut, doubled, shuffled, spliced with others, sprinkled with what parsers stumble over. */
import type { Dice } from "./dice.ts";
import { PIECES } from "./pieces.ts";

/** So many times a piece stands behind itself, at most: most readers go as deep as their text. */
const DEEPEST = 20_000;

/** A span of a text, rather short than long. */
function span(dice: Dice, text: string): [number, number] {
  const start = dice.upTo(text.length + 1);
  const length = dice.once(3) ? dice.upTo(text.length) : dice.upTo(12);
  return [start, Math.min(text.length, start + length)];
}

/**
 * Changes a text in a few places.
 * @param others texts that parts may come from
 * @param pieces what is sprinkled in
 */
export function mutated(dice: Dice, text: string, others: readonly string[], pieces: readonly string[] = PIECES.nix): string {
  let result = text;
  for (let times = 1 + dice.upTo(6); times > 0; times--) {
    const [start, end] = span(dice, result);
    const [before, inside, after] = [result.slice(0, start), result.slice(start, end), result.slice(end)];
    switch (dice.upTo(8)) {
      case 0:
        result = before + after;
        break;
      case 1:
        result = before + inside + inside + after;
        break;
      case 2: {
        const other = dice.oneOf(others);
        result = before + other.slice(...span(dice, other)) + after;
        break;
      }
      case 3:
        result = before + inside.split("").reverse().join("") + after;
        break;
      case 4:
        result = dice.once(4) ? before : before + dice.oneOf(pieces).repeat(1 + dice.upTo(dice.once(50) ? DEEPEST : 40)) + after;
        break;
      case 5:
        result = dice.once(6) ? result.replaceAll("\n", "\r\n") : before + dice.oneOf(pieces) + inside + dice.oneOf(pieces) + after;
        break;
      default:
        result = before + dice.oneOf(pieces) + after;
    }
  }
  return result;
}
