/** Finds the comments that may speak to the linter: those of Nix, and those of scripts that stand in its strings. */
import { trimmedEnd } from "../domain/trim.ts";
import type { SourceFile } from "../model/index.ts";
import { type Span, walk } from "../syntax/index.ts";

/** One line of a comment. */
export interface Note extends Span {
  /** What it says, without the marks of a comment around. */
  readonly body: string;
  /** Where that begins, in UTF-16 units from 0. */
  readonly bodyStart: number;
  /** The lines (from 1) of the whole comment. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The line that the comment stands above: the next one that is not a comment itself. */
  readonly nextLine: number;
}

/** The lines of comments that `isMeant` takes, in the order in which they stand. */
export function notesOf(file: SourceFile, isMeant: (text: string) => boolean): Note[] {
  const { source, comments } = file.syntax;
  if (!isMeant(source.text)) return [];
  const next = nextLines(file);
  const notes: Note[] = [];
  const add = (span: Span, lead: RegExp, whole: Span): void => {
    const text = source.text.slice(span.start, span.end);
    if (!isMeant(text)) return;
    const mark = lead.exec(text)?.[0].length ?? 0;
    const lastLine = source.position(whole.end).line;
    notes.push({
      ...span,
      body: withoutCloser(text.slice(mark)),
      bodyStart: span.start + mark,
      firstLine: source.position(whole.start).line,
      lastLine,
      nextLine: next[lastLine] ?? lastLine + 1,
    });
  };
  for (const comment of comments) {
    if (!isMeant(comment.text)) continue;
    const last = source.position(Math.max(comment.start, comment.end - 1)).line;
    for (let line = source.position(comment.start).line; line <= last; line++) {
      const { start, end } = lineAt(file, line);
      add({ start: Math.max(start, comment.start), end: Math.min(end, comment.end) }, /^\s*(?:#+|\/\*+|\*+(?!\/))?\s*/, comment);
    }
  }
  for (const span of scriptComments(file, isMeant)) add(span, /^#+\s*/, span);
  return notes.sort((a, b) => a.start - b.start);
}

/** For each line (from 1) the next one that is not a comment. */
function nextLines(file: SourceFile): number[] {
  const { source, comments } = file.syntax;
  const count = source.lineStarts.length;
  const inComment = new Set<number>();
  for (const { start, end } of comments) {
    for (let line = source.position(start).line; line <= count && (source.lineStarts[line - 1] as number) < end; line++) {
      const { text, start: lineStart } = lineAt(file, line);
      const first = lineStart + text.search(/\S/);
      if (first >= Math.max(start, lineStart) && first < end) inComment.add(line);
    }
  }
  const next: number[] = [];
  let code = count + 1;
  for (let line = count; line >= 1; line--) {
    next[line] = code;
    if (!inComment.has(line) && !lineAt(file, line).text.trimStart().startsWith("#")) code = line;
  }
  return next;
}

function withoutCloser(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith("*/") ? trimmed.slice(0, -2).trimEnd() : trimmed;
}

/** Comments of scripts in strings: from a `#` at the start of a word to the end of the line. */
function scriptComments(file: SourceFile, isMeant: (text: string) => boolean): Span[] {
  const found: Span[] = [];
  for (let line = 1; line <= file.syntax.source.lineStarts.length; line++) {
    const { text, start, end } = lineAt(file, line);
    if (!isMeant(text)) continue;
    const hash = /(?:^|\s)#/.exec(text);
    if (hash !== null) found.push({ start: start + hash.index + hash[0].length - 1, end });
  }
  if (found.length === 0) return [];
  const strings = [...walk(file.syntax.root)].filter((expr) => expr.kind === "string").sort((a, b) => a.start - b.start);
  const inString = isInside(strings);
  const inComment = isInside(file.syntax.comments);
  return found.filter((span) => inString(span) && !inComment({ start: span.start, end: span.start }));
}

/** Whether a span lies inside one of others, for spans in the order in which they start; the spans must be asked for in order, too. */
function isInside(others: readonly Span[]): (span: Span) => boolean {
  let index = 0;
  let end = -1;
  return (span) => {
    for (; index < others.length && (others[index] as Span).start <= span.start; index++) end = Math.max(end, (others[index] as Span).end);
    return end > span.end;
  };
}

/** A line (from 1) without its line break. */
function lineAt(file: SourceFile, line: number): Span & { readonly text: string } {
  const { text, lineStarts } = file.syntax.source;
  const start = lineStarts[line - 1] as number;
  const whole = trimmedEnd(text.slice(start, lineStarts[line] ?? text.length), "\r\n");
  return { text: whole, start, end: start + whole.length };
}
