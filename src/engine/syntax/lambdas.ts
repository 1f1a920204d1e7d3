/** Reads functions, and tells their patterns from attribute sets, which start alike. */
import type { Expr, Formal, Formals } from "./ast.ts";
import { parseAttrsBody } from "./bindings.ts";
import type { Cursor } from "./cursor.ts";
import { errorExpr, parseExpr, parseOperators } from "./expressions.ts";
import { skipTo } from "./recovery.ts";
import * as T from "./tokens.ts";

/** `x: …` or `x@{ … }: …`; the name was read already and the current token is the `:` or `@` behind it. */
export function parseNamedLambda(c: Cursor, start: number, nameEnd: number): Expr {
  const param = c.text.slice(start, nameEnd);
  let formals: Formals | null = null;
  if (c.kind === T.AT_SIGN) {
    c.next();
    if (!c.is(T.LBRACE)) {
      c.unexpected("`{`");
      return errorExpr(start, c.before);
    }
    const brace = c.start;
    c.enter(T.RBRACE);
    formals = parseFormals(c, brace, null);
    checkNames(c, formals, param, start, nameEnd);
  }
  return parseBody(c, start, param, formals);
}

function parseBody(c: Cursor, start: number, param: string | null, formals: Formals | null): Expr {
  if (c.kind === T.COLON) c.next();
  else {
    c.missing("`:`");
    if (!T.startsExpr(c.kind)) return errorExpr(start, c.before);
  }
  const body = parseExpr(c);
  return { kind: "lambda", start, end: c.before, param, formals, body };
}

/** An expression that starts with `{`: a function's pattern or an attribute set. */
export function parseBrace(c: Cursor): Expr {
  const { start } = c;
  c.enter(T.RBRACE);
  switch (c.kind) {
    case T.RBRACE: {
      c.leave();
      c.next();
      if (!c.is(T.COLON) && !c.is(T.AT_SIGN)) {
        return parseOperators(c, start, { kind: "attrs", start, end: c.before, recursive: false, bindings: [], broken: false });
      }
      return parsePatternLambda(c, start, { start, end: c.before, list: [], open: false });
    }
    case T.ELLIPSIS:
    case T.COMMA:
      return parsePatternLambda(c, start, parseFormals(c, start, null));
    case T.ID: {
      const name = { start: c.start, end: c.end, name: c.text.slice(c.start, c.end), expr: null };
      c.next();
      if (isPattern(c)) return parsePatternLambda(c, start, parseFormals(c, start, name));
      return parseOperators(c, start, parseAttrsBody(c, start, false, name));
    }
    default:
      return parseOperators(c, start, parseAttrsBody(c, start, false, null));
  }
}

const NAMES_AND_COLON = /[\w\s,.?'"-]*\}\s*[:@]/y;

/** Whether the brace whose first name was just read opens a pattern. */
function isPattern(c: Cursor): boolean {
  if (c.kind === T.COMMA || c.kind === T.HAS || c.kind === T.RBRACE) return true;
  if (c.kind !== T.ID && c.kind !== T.ELLIPSIS) return false;
  // A comma was forgotten, or an equals sign: what closes the brace tells.
  NAMES_AND_COLON.lastIndex = c.end;
  return NAMES_AND_COLON.test(c.text);
}

/** `{ … }: …` or `{ … }@x: …` behind the pattern. */
function parsePatternLambda(c: Cursor, start: number, formals: Formals): Expr {
  let param: string | null = null;
  if (c.kind === T.AT_SIGN) {
    c.next();
    if (c.is(T.ID)) {
      param = c.text.slice(c.start, c.end);
      checkNames(c, formals, param, c.start, c.end);
      c.next();
    } else c.unexpected("a name");
  } else if (c.kind !== T.COLON && formals.list.length === 1 && !formals.open) {
    const { name } = formals.list[0] as Formal;
    c.unexpected(`\`:\` (a set would be written \`{ inherit ${name}; }\` or \`{ ${name} = …; }\`)`);
    c.loseNesting(c.start);
  }
  if (param === null) checkNames(c, formals, null, 0, 0);
  return parseBody(c, start, param, formals);
}

/** The names of a pattern up to its closing brace; the first may have been read already. */
function parseFormals(c: Cursor, start: number, first: { readonly start: number; readonly end: number; readonly name: string } | null): Formals {
  const list: Formal[] = [];
  let open = false;
  let name = first;
  for (;;) {
    if (name === null) {
      if (c.kind === T.ELLIPSIS) {
        open = true;
        c.next();
        if (c.is(T.RBRACE)) break;
        c.unexpected("`}` (`...` comes last)");
        if (!c.is(T.COMMA)) break;
        c.next();
        continue;
      }
      if (c.kind === T.RBRACE) break;
      if (c.kind !== T.ID) {
        c.unexpected("a name or `}`");
        open = true;
        if (c.kind === T.COMMA) {
          c.next();
          continue;
        }
        break;
      }
      name = { start: c.start, end: c.end, name: c.text.slice(c.start, c.end) };
      c.next();
    }
    let fallback: Expr | null = null;
    if (c.kind === T.HAS) {
      c.next();
      fallback = parseExpr(c);
    }
    list.push({ start: name.start, end: fallback === null ? name.end : c.before, name: name.name, fallback });
    name = null;
    if (c.kind === T.COMMA) c.next();
    else if (c.kind !== T.RBRACE) {
      if (c.is(T.ID)) c.missing("`,` or `}`");
      else {
        c.unexpected("`,` or `}`");
        open = true;
        if (!c.is(T.ELLIPSIS)) break;
      }
    }
  }
  if (c.kind !== T.RBRACE) skipTo(c, (kind) => kind === T.RBRACE);
  c.leave();
  if (c.kind === T.RBRACE) c.next();
  // A pattern with an error in it may have lost names: better to accept more than to invent an error.
  return { start, end: c.before, list, open };
}

/** Nix refuses a name that stands twice in one pattern (Nix, `parser.y`, `toFormals`). */
function checkNames(c: Cursor, { list }: Formals, param: string | null, start: number, end: number): void {
  const seen = new Set<string>();
  for (const formal of list) {
    if (seen.has(formal.name)) c.report(formal.start, formal.start + formal.name.length, `\`${formal.name}\` is already an argument of this function`);
    seen.add(formal.name);
  }
  if (param !== null && seen.has(param)) c.report(start, end, `\`${param}\` is already an argument of this function`);
}
