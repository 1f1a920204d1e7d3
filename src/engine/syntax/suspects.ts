/** Notices spots that Nix accepts but nobody means: when an error follows, they are where it comes from. */
import type { Cursor } from "./cursor.ts";
import * as T from "./tokens.ts";

/** What stands behind a string. */
const FOLLOWS_STRING: ReadonlySet<number> = new Set([
  T.EOF,
  T.SEMICOLON,
  T.RPAREN,
  T.RBRACK,
  T.RBRACE,
  T.COMMA,
  T.PLUS,
  T.CONCAT,
  T.EQ,
  T.NEQ,
  T.AND,
  T.OR,
  T.IMPLIES,
  T.THEN,
  T.ELSE,
  T.IN,
]);

/** What the text of a string starts with, and nothing starts with right behind a string. */
const STARTS_TEXT = /[\w/$@~<-]/;

/**
 * A string that was just read. A `"` that is missing on one line pairs with the next one far below, right before a word;
 * a `''` inside a script ends the script there. The current token is the one behind the string.
 */
export function suspectString(c: Cursor, start: number, end: number, indented: boolean): void {
  if (c.errors.length > 0) return;
  if (indented) {
    if (!FOLLOWS_STRING.has(c.kind)) {
      c.addSuspect({ start: end - 2, end, message: "this `''` ends the string; a literal one is written `'''`", repair: { literal: end - 2 } });
    }
    return;
  }
  if (!STARTS_TEXT.test(c.text[end] ?? "")) return;
  const text = c.text.slice(start + 1, end - 1);
  const feed = text.indexOf("\n");
  if (feed < 0) return;
  const repair = { end: start + 1 + endOfValue(text.slice(0, feed)) };
  c.addSuspect({ start, end: start + 1, message: "this string is not closed on its line; expected `\"`", repair });
}

/** Where a value ends in the rest of its line: before a semicolon and its like, and before a comment behind them. */
function endOfValue(line: string): number {
  const comment = line.lastIndexOf(" #");
  const code = comment >= 0 && line.slice(0, comment).trimEnd().endsWith(";") ? line.slice(0, comment) : line;
  let end = code.length;
  while (end > 0 && " \t\r;,)]}".includes(code[end - 1] as string)) end--;
  return end;
}

const LENGTH_IN_SHELL = /^\$\{#[\w@*[\]]+\}/;

/** An interpolation whose `${` is the current token. `${#x}` is the shell's length of x, and in Nix the start of a comment. */
export function suspectHole(c: Cursor, indented: boolean): void {
  const { text, start } = c;
  if (c.errors.length > 0 || text[start + 2] !== "#") return;
  if (!LENGTH_IN_SHELL.test(text.slice(start, start + 80))) return;
  const written = indented ? "''${#" : "\\${#";
  c.addSuspect({ start, end: start + 3, message: `\`\${#\` starts a comment inside an interpolation; for the shell's own write \`${written}\``, repair: { literal: start }, isCertain: true });
}

/** A string that starts inside an interpolation: right behind a word, or lines below, where the interpolation was to end long ago. */
export function suspectOpenHole(c: Cursor): void {
  if (c.errors.length > 0) return;
  const { text, start } = c;
  const hole = c.kind === T.QUOTE ? c.plainHole : c.shellHole;
  if (hole < 0) return;
  const isOpen = c.kind === T.QUOTE ? T.isWord(text.charCodeAt(start - 1)) : text.slice(hole, Math.min(start, hole + 1000)).includes("\n");
  if (isOpen) c.addSuspect({ start: hole, end: hole + 2, message: "this interpolation is not closed; expected `}`", repair: { literal: hole } });
}
