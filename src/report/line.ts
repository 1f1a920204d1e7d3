/** A source line as a terminal shows it: escapes for what is unsafe, blanks for tabs, and where each character stands. */

import type { Measure } from "./measure.ts";
import { visible } from "./text.ts";

/** What is shown for one character that a reader sees. */
interface Cell {
  readonly shown: string;
  /** Where it begins and ends (exclusive) in the line, in UTF-16 units from 0. */
  readonly from: number;
  readonly to: number;
  /** Where it is shown, in terminal columns from 0, and how many it takes. */
  readonly column: number;
  readonly width: number;
}

/** A measured line. */
export interface Line {
  readonly cells: readonly Cell[];
  /** Terminal columns that the cells take. */
  readonly width: number;
  /** Whether text before or after the cells was left out, since the line is very long. */
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** UTF-16 units of a line that are looked at: more fit no terminal, and a generated line may have millions. */
const longest = 2000;

const tabStop = 4;

/** Measures a line; of a very long one the part around `column` (in UTF-16 units from 1). */
export function measuredLine(text: string, column: number, measure: Measure): Line {
  const start = Math.max(0, Math.min(column - 1 - longest / 2, text.length - longest));
  const cells: Cell[] = [];
  let from = start;
  let width = 0;
  const part = text.slice(start, start + longest);
  const isPlain = visible(part) === part;
  for (const raw of measure.split(part)) {
    const shown = isPlain ? raw : raw === "\t" ? " ".repeat(tabStop - (width % tabStop)) : shownAfter(text.slice(Math.max(0, from - 2), from), raw);
    const columns = measure.width(shown);
    cells.push({ shown, from, to: from + raw.length, column: width, width: columns });
    from += raw.length;
    width += columns;
  }
  return { cells, width, isCutBefore: start > 0, isCutAfter: from < text.length };
}

/** A character made visible with regard to the two units before it, since `##[` is unsafe only as a whole. */
function shownAfter(before: string, raw: string): string {
  return before === "##" ? visible(before + raw).slice(before.length) : visible(raw);
}

/** Terminal column where the character at a UTF-16 column (from 1) begins; the line's width where it has none. */
export function columnOf(line: Line, column: number): number {
  return line.cells.find(({ to }) => to >= column)?.column ?? line.width;
}

/** Terminal column where a span ends whose exclusive end is a UTF-16 column (from 1); the line's width if it ends later. */
export function endColumnOf(line: Line, column: number): number {
  return line.cells.find(({ from }) => from >= column - 1)?.column ?? line.width;
}

/**
 * The first column to show so that the columns `from` to `to` (exclusive) can be seen in a window of `width` columns:
 * 0 where that will do, so that code stands where it is used to stand, else they are in the middle.
 */
export function cropOffset(line: Line, from: number, to: number, width: number): number {
  const end = Math.max(line.width, to);
  if (end <= width || to < width) return 0;
  const room = width - (to - from);
  const before = room > 1 ? Math.floor(room / 2) : Math.min(8, Math.floor(width / 4));
  return Math.max(0, Math.min(from - before, end - width));
}

/** The columns from `offset` on that fit into `width`, with `…` where text was left out at either side. */
export function cropped(line: Line, offset: number, width: number): string {
  const isLeft = line.isCutBefore || line.cells.some(({ column, shown }) => column < offset && shown.trim() !== "");
  const isRight = line.isCutAfter || line.width > offset + width;
  const left = offset + (isLeft ? 1 : 0);
  const right = offset + width - (isRight ? 1 : 0);
  let text = isLeft ? "…" : "";
  let column = left;
  for (const cell of line.cells) {
    if (cell.column < left || cell.column + cell.width > right) continue;
    text += " ".repeat(cell.column - column) + cell.shown;
    column = cell.column + cell.width;
  }
  if (isRight) text += `${" ".repeat(Math.max(0, right - column))}…`;
  return text.trimEnd();
}
