/** Reads what may hold interpolations: strings, paths and attribute names. */
import type { AttrName, Expr, StringPart } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./expressions.ts";
import { skipTo } from "./recovery.ts";
import { decodeIndented, decodePlain } from "./strings.ts";
import type { Span } from "./text.ts";
import * as T from "./tokens.ts";
import { suspectHole, suspectOpenHole, suspectString } from "./suspects.ts";

interface Hole extends Span {
  readonly expr: Expr;
}

/** `"…"` or `''…''`, whose opening quotes are the current token. */
export function parseString(c: Cursor): Expr {
  const { text, start } = c;
  const indented = c.kind === T.INDENTED_QUOTE;
  const mark = indented ? "''" : '"';
  const contentStart = c.end;
  suspectOpenHole(c);
  const forcedEnd = c.repairs.ends.get(start);
  const spans: Span[] = [];
  const holes: Hole[] = [];
  let from = contentStart;
  for (;;) {
    const stop = forcedEnd ?? (indented ? c.indentedTextEnd(from) : c.plainTextEnd(from));
    if (forcedEnd !== undefined || stop >= text.length) {
      if (forcedEnd !== undefined) c.passRepair();
      else {
        if (!c.isShaken) c.report(start, contentStart, `this string is not closed; expected \`${mark}\` at its end`);
        else c.loseNesting(c.errors[0]?.start ?? start);
        c.disturbances++;
        c.muted = true;
      }
      c.end = stop;
      c.next();
      return { kind: "error", start, end: stop, reason: "syntax" };
    }
    spans.push({ start: spans.length === 0 ? contentStart : from, end: stop });
    if (text.charCodeAt(stop) !== DOLLAR) {
      c.end = stop + mark.length;
      break;
    }
    const hole = parseHole(c, stop, indented);
    if (c.kind === T.EOF) return { kind: "error", start, end: c.before, reason: "syntax" };
    holes.push(hole);
    from = hole.end;
  }
  const { end } = c;
  c.next();
  suspectString(c, start, end, indented);
  return { kind: "string", start, end, indented, parts: partsOf(text, spans, holes, indented) };
}

const DOLLAR = 36;

/** The interpolation whose `${` stands at an offset of a string or path. The token behind it is not read yet. */
function parseHole(c: Cursor, start: number, shell: boolean): Hole {
  c.end = start;
  c.next();
  suspectHole(c, shell);
  const { shellHole, plainHole } = c;
  c.shellHole = shell ? start : -1;
  c.plainHole = shell ? -1 : start;
  c.enter(T.RBRACE);
  const expr = parseExpr(c);
  if (c.kind !== T.RBRACE) {
    c.unclosed(T.RBRACE);
    resume(c, start);
  }
  c.leave();
  c.shellHole = shellHole;
  c.plainHole = plainHole;
  return { start, end: c.end, expr };
}

/** An interpolation of the shell, or a mistyped one, is not longer than this. */
const MAX_HOLE = 200;

/** Finds the brace that closes a broken interpolation: on its line if there is one, since the text around is no Nix. */
function resume(c: Cursor, start: number): void {
  const line = /^[^\n]*/.exec(c.text.slice(start, start + MAX_HOLE))?.[0] ?? "";
  const brace = line.indexOf("}", c.start - start);
  if (brace >= 0) {
    c.end = start + brace;
    c.next();
  } else skipTo(c, (kind) => kind === T.RBRACE);
}

function partsOf(text: string, spans: readonly Span[], holes: readonly Hole[], indented: boolean): StringPart[] {
  if (holes.length === 0) return indented ? decodeIndented(text, spans) : [decodePlain(text, spans[0] as Span)];
  const decoded = indented ? decodeIndented(text, spans) : spans.map((span) => decodePlain(text, span));
  const parts: StringPart[] = [];
  decoded.forEach((part, index) => {
    if (part.text !== "") parts.push(part);
    const hole = holes[index];
    if (hole !== undefined) parts.push(hole);
  });
  return parts;
}

/** A path, whose first stretch is the current token; it ends at the first character that is none of a path. */
export function parsePath(c: Cursor): Expr {
  const { text, start } = c;
  const first = c.end;
  const spans: Span[] = [];
  const holes: Hole[] = [];
  let from = start;
  let end = c.pathTextEnd(first);
  while (text.charCodeAt(end) === DOLLAR && text.charCodeAt(end + 1) === 123) {
    spans.push({ start: from, end });
    const hole = parseHole(c, end, false);
    if (c.kind === T.EOF) return { kind: "error", start, end: c.before, reason: "syntax" };
    holes.push(hole);
    from = hole.end;
    end = c.pathTextEnd(from);
  }
  spans.push({ start: from, end });
  c.end = end;
  const isWhole = checkSlashes(c, { first, from, end, hasHoles: holes.length > 0 });
  c.next();
  return isWhole ? { kind: "path", start, end, parts: partsOf(text, spans, holes, false) } : { kind: "error", start, end, reason: "syntax" };
}

/** Lists an error if a path ends with a slash, or holds two before its first interpolation. */
function checkSlashes(c: Cursor, { first, from, end, hasHoles }: { first: number; from: number; end: number; hasHoles: boolean }): boolean {
  if (c.text.charCodeAt(end - 1) === 47 && end > from) c.report(end - 1, end, "a path may not end with `/`");
  else if (!hasHoles && end > first) c.report(first, first + 1, "unexpected `/`; a path may not hold `//` (as an operator it needs blanks around it)");
  else return true;
  return false;
}

/** Whether an attribute name may start with the current token. */
export function startsName(kind: number): boolean {
  return kind === T.ID || kind === T.OR_WORD || kind === T.QUOTE || kind === T.DOLLAR_BRACE;
}

/** One step of an attribute path; null, with an error listed, where none stands. */
export function parseName(c: Cursor): AttrName | null {
  const { start } = c;
  switch (c.kind) {
    case T.ID:
    case T.OR_WORD: {
      const name = { start, end: c.end, name: c.text.slice(start, c.end), expr: null };
      c.next();
      return name;
    }
    case T.QUOTE:
      return nameOf(parseString(c), start, c.before);
    case T.DOLLAR_BRACE: {
      c.enter(T.RBRACE);
      const expr = parseExpr(c);
      if (!c.is(T.RBRACE)) {
        c.unclosed(T.RBRACE);
        skipTo(c, (kind) => kind === T.RBRACE || kind === T.SEMICOLON);
      }
      c.leave();
      if (c.is(T.RBRACE)) c.next();
      return nameOf(expr, start, c.before);
    }
    default:
      c.unexpected("a name");
      return null;
  }
}

/** `"x"` and `${"x"}` are the name x (Nix, `parser.y`, `attrs`). */
function nameOf(expr: Expr, start: number, end: number): AttrName {
  const name = plainText(expr);
  return name === null ? { start, end, name: null, expr } : { start, end, name, expr: null };
}

function plainText(expr: Expr): string | null {
  if (expr.kind !== "string" || expr.parts.length !== 1) return null;
  const part = expr.parts[0] as StringPart;
  return "text" in part ? part.text : null;
}

/** `a."b".${c}` behind the names that were read already; null, with an error listed, where a name is missing. */
export function parsePathOfNames(c: Cursor): AttrName[] | null {
  const names: AttrName[] = [];
  for (;;) {
    const name = parseName(c);
    if (name === null) return null;
    names.push(name);
    if (c.kind !== T.DOT) return names;
    c.next();
  }
}
