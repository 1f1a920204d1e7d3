/**
 * Draws the source around a span for a terminal. Own code, since `@babel/code-frame` neither crops long lines nor leaves
 * out the middle of long spans, puts its marks by UTF-16 units rather than by columns, ends lines also at U+2028, and
 * knows the colours of JavaScript only.
 */

import type { Position } from "../engine/run/result.ts";
import { columnOf, cropOffset, cropped, endColumnOf, measuredLine, type Line } from "./line.ts";
import type { Measure } from "./measure.ts";

/** A row of a frame. */
export interface Row {
  /** The number of a source line, `⋮` for lines left out, empty beside marks. */
  readonly gutter: string;
  /** The bracket that joins the lines of a span. */
  readonly lead: string;
  readonly text: string;
  readonly kind: "source" | "context" | "marks";
}

/** Of a span of more lines only the first ones and the last are shown. */
const mostLines = 4;

/**
 * The rows for the span from `start` to `end` (exclusive) in the lines of a file, each at most `width` terminal columns
 * wide beside its gutter. A span outside the file is clipped to it; an empty one is marked by one column.
 */
export function frame(lines: readonly string[], start: Position, end: Position, width: number, measure: Measure): Row[] {
  const first = Math.min(start.line, lines.length);
  // A span that ends before the first character of a line covers no more than the line break before it.
  const last = Math.min(end.column <= 1 ? end.line - 1 : end.line, lines.length);
  const lineAt = (number: number, column: number): Line => measuredLine(lines[number - 1] ?? "", column, measure);
  const from = { line: first, column: first < start.line ? Infinity : start.column };
  const to = { line: Math.max(first, last), column: last < end.line && first < end.line ? Infinity : end.column };
  return first < to.line ? severalLines(lineAt, from, to, width) : oneLine(lineAt, from, to.column, width);
}

type LineAt = (number: number, column: number) => Line;

function oneLine(lineAt: LineAt, start: Position, endColumn: number, width: number): Row[] {
  const line = lineAt(start.line, start.column);
  const from = columnOf(line, start.column);
  const to = Math.max(endColumnOf(line, endColumn), from + 1);
  const offset = cropOffset(line, from, to, width);
  const marks = " ".repeat(from - offset) + "^".repeat(Math.min(to, offset + width) - from);
  const context = (number: number): Row[] => {
    const text = line.isCutBefore ? "" : cropped(lineAt(number, start.column), offset, width);
    return /[\p{L}\p{N}]/u.test(text) ? [{ gutter: String(number), lead: "", text, kind: "context" }] : [];
  };
  return [...context(start.line - 1), sourceRow(start.line, "", cropped(line, offset, width)), marksRow("", marks), ...context(start.line + 1)];
}

/** A span of several lines is drawn as a bracket from its first character to its last. */
function severalLines(lineAt: LineAt, start: Position, end: Position, width: number): Row[] {
  const inner = width - 2;
  const rows: Row[] = [];
  const first = lineAt(start.line, start.column);
  const from = columnOf(first, start.column);
  const isWhole = first.cells.every(({ column, shown }) => column >= from || shown.trim() === "");
  const offset = cropOffset(first, from, from + 1, inner);
  rows.push(sourceRow(start.line, isWhole ? "╭ " : "  ", cropped(first, offset, inner)));
  if (!isWhole) rows.push(marksRow("╭─", `${"─".repeat(from - offset)}^`));

  const count = end.line - start.line + 1;
  const middle = count > mostLines ? 2 : count - 1;
  for (let number = start.line + 1; number < start.line + middle; number += 1) {
    rows.push(sourceRow(number, "│ ", cropped(lineAt(number, 1), 0, inner)));
  }
  if (count > mostLines) rows.push({ gutter: "⋮", lead: "│", text: "", kind: "source" });

  const last = lineAt(end.line, end.column);
  const to = Math.max(endColumnOf(last, end.column), 1);
  const endOffset = cropOffset(last, to - 1, to, inner);
  rows.push(sourceRow(end.line, "│ ", cropped(last, endOffset, inner)));
  rows.push(marksRow("╰─", `${"─".repeat(to - 1 - endOffset)}^`));
  return rows;
}

function sourceRow(number: number, lead: string, text: string): Row {
  return { gutter: String(number), lead, text, kind: "source" };
}

function marksRow(lead: string, text: string): Row {
  return { gutter: "", lead, text, kind: "marks" };
}
