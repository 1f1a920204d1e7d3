/** Writes the comments that keep a finding back, where they change nothing else. */
import { type Edit, type Finding, indentAt, lineEnd, lineStart } from "../engine/run/index.ts";
import { type Expr, type Syntax, walk } from "../engine/syntax/index.ts";

/** Comments to be written, and for what they stand. */
export interface SuppressionEdit {
  readonly title: string;
  /** In the order in which they stand; the reason belongs at the end of the first one's comment, where `REASON` stands in `before`. */
  readonly edits: readonly Edit[];
}

/** What stands where the reason belongs. */
export const REASON = "reason";

/**
 * Keeps a finding back on its line. A comment inside a string would become part of it, and a script may hand it on into a
 * file: there the whole string is put between two comments.
 */
export function suppressHere({ rule, start }: Finding, syntax: Syntax): SuppressionEdit {
  const { source, root } = syntax;
  const { text } = source;
  const first = lineStart(text, source.offset({ line: start.line, column: 1 }));
  const string = stringAround(root, first);
  if (string === null) {
    return { title: `Suppress \`${rule}\` on this line`, edits: [{ start: first, end: first, text: `${indentAt(text, first)}${comment("disable-next-line", rule)}${lineBreak(text)}` }] };
  }
  // On the lines where it starts and ends, others may end and start.
  let before = first;
  for (let around: Expr | null = string; around !== null; around = stringAround(root, before)) before = lineStart(text, around.start);
  let after = lineEnd(text, string.end);
  for (let around = stringAround(root, after); around !== null; around = stringAround(root, after)) after = lineEnd(text, around.end);
  const indent = indentAt(text, before);
  return {
    title: `Suppress \`${rule}\` in this string`,
    edits: [
      { start: before, end: before, text: `${indent}${comment("disable", rule)}${lineBreak(text)}` },
      { start: after, end: after, text: `${lineBreak(text)}${indent}# tappaas-lint: enable ${rule}` },
    ],
  };
}

/** The outermost string that an offset is inside of. */
function stringAround(root: Expr, offset: number): Expr | null {
  return walk(root).find((expr) => expr.kind === "string" && expr.start < offset && offset < expr.end) ?? null;
}

/** Keeps all findings of a rule in a file back. */
export function suppressInFile(rule: string, text: string): SuppressionEdit {
  // A file that is a program starts with what runs it.
  const start = text.startsWith("#!") ? Math.min(text.length, lineEnd(text, 0) + lineBreak(text).length) : 0;
  return { title: `Suppress \`${rule}\` in this file`, edits: [{ start, end: start, text: `${comment("disable-file", rule)}${lineBreak(text)}` }] };
}

function comment(keyword: string, rule: string): string {
  return `# tappaas-lint: ${keyword} ${rule} -- ${REASON}`;
}

function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
