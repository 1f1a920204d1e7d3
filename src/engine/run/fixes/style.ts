/** Reads off a text how it is laid out: lines, indentation, comments around a statement. */

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line of an offset ends, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

/** The blanks that the line of an offset starts with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, offset)))?.[0] ?? "";
}

/** Whether nothing but blanks stands before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === "";
}

/** Where the line ends on which a statement ends, if only a comment follows it there; null where something else does. */
export function endOfStatementLine(text: string, end: number): number | null {
  const stop = lineEnd(text, end);
  return /^[ \t]*(?:#.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(text.slice(end, stop)) ? stop : null;
}

/** Where the comment lines start that stand directly above a statement; the statement's own line where there are none. */
export function startWithComments(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** One step of a file's indentation: what its first indented line begins with, two blanks where there is none. */
export function indentUnit(text: string): string {
  const first = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return first.startsWith("\t") ? "\t" : first.length > 4 ? "  " : first;
}

/** A text whose lines after the first stand under an indentation; empty lines stay empty. */
export function indented(text: string, indent: string): string {
  return text.replace(/\n(?!\n|$)/g, `\n${indent}`);
}
