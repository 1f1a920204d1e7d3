/** Says in a reader's words what a syntax error found and what it expected. */
import type { Cursor } from "./cursor.ts";
import { SourceText } from "./text.ts";
import * as T from "./tokens.ts";

const MAX_SHOWN = 30;

/** What the parser met where it could not go on, and where to show it. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly found: string;
}

/** Describes the current token. The end of a file stands behind the last thing that can be seen. */
export function foundToken({ text, kind, start, end }: Cursor): Found {
  if (kind === T.EOF) {
    const at = text.trimEnd().length;
    return { start: at, end: at, found: "end of file" };
  }
  if (kind === T.QUOTE || kind === T.INDENTED_QUOTE) return { start, end, found: "string" };
  if (kind === T.INVALID) return { start, end, found: character(text, start) };
  const token = text.slice(start, end);
  return { start, end, found: `\`${token.length > MAX_SHOWN ? `${token.slice(0, MAX_SHOWN)}…` : token}\`` };
}

/** A blank that is none in Nix. */
export function foundBlank(text: string, start: number): string {
  return `unexpected ${character(text, start)}; expected a plain space or nothing`;
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [0xa0, "no-break space"],
  [0xfeff, "byte order mark"],
  [0x200b, "zero-width space"],
  [0x201c, "curly quote"],
  [0x201d, "curly quote"],
  [0x2018, "curly quote"],
  [0x2019, "curly quote"],
  [0x60, "backtick"],
]);

function character(text: string, start: number): string {
  const code = text.codePointAt(start) as number;
  const name = NAMES.get(code);
  const shown = String.fromCodePoint(code);
  const isVisible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(shown) && code !== 0x60;
  if (code < 127) return name ?? (isVisible ? `\`${shown}\`` : `control character (U+${hex(code)})`);
  return `${name ?? (isVisible ? `\`${shown}\`` : "invisible character")} (U+${hex(code)})`;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}

const CLOSERS: Readonly<Record<number, string>> = { [T.RPAREN]: "`)`", [T.RBRACK]: "`]`", [T.RBRACE]: "`}`", [T.IN]: "`in`" };

/** What closes a bracket. */
export function closer(kind: number): string {
  return CLOSERS[kind] as string;
}

/**
 * Which bracket lacks its closing one at the end of a file: the innermost open one, or one inside that took the closing
 * bracket of another, as their indentation gives away.
 */
export function unclosedHint(cursor: Cursor): string {
  const source = new SourceText(cursor.text);
  const { pairs, openStarts } = cursor;
  for (let i = 0; i < pairs.length; i += 2) {
    const open = pairs[i] as number;
    const close = pairs[i + 1] as number;
    const indent = indentAt(source, close);
    if (indent === null || indent.width >= lineIndent(source, open)) continue;
    return ` (the \`${cursor.text[open] as string}\` of line ${source.position(open).line} seems to lack its own)`;
  }
  const last = openStarts[openStarts.length - 1];
  if (last === undefined) return "";
  const mark = cursor.text.startsWith("let", last) ? "let" : (cursor.text[last] as string);
  return ` (for the \`${mark}\` of line ${source.position(last).line})`;
}

/** The indentation of an offset that nothing but blanks stands before on its line. */
function indentAt(source: SourceText, offset: number): { readonly width: number } | null {
  const { column } = source.position(offset);
  return lineIndent(source, offset) === column - 1 ? { width: column - 1 } : null;
}

function lineIndent(source: SourceText, offset: number): number {
  const start = offset - source.position(offset).column + 1;
  let at = start;
  while (source.text[at] === " " || source.text[at] === "\t") at++;
  return at - start;
}
