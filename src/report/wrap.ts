/**
 * Breaks a message into lines for a terminal. Own code, since `wrap-ansi` tears quoted code at its blanks, normalises
 * the text so that names no longer match, and brings a second copy of `string-width` that every start would load.
 */

import type { Measure } from "./measure.ts";

/**
 * Lines of at most `width` columns. Breaks stand at spaces; a word between backticks keeps its spaces where it fits
 * into one line; a word that is wider than a line is cut.
 */
export function wrap(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words(text, width, measure)) {
    if (line !== "" && measure.width(line) + 1 + measure.width(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = cut(word, width, measure);
    line = pieces.pop() ?? "";
    lines.push(...pieces);
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** Words with quoted code kept whole, unless it would not fit into a line. */
function words(text: string, width: number, measure: Measure): string[] {
  const quoted = text.match(/(?:`[^`]*`|[^\s`]|`)+/gu) ?? [];
  return quoted.flatMap((word) => (measure.width(word) <= width ? [word] : word.split(/\s+/u).filter((part) => part !== "")));
}

function cut(word: string, width: number, measure: Measure): string[] {
  if (measure.width(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const character of measure.split(word)) {
    const columns = measure.width(character);
    if (used + columns > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += character;
    used += columns;
  }
  return [...pieces, piece];
}
