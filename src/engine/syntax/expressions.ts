/** Reads Nix expressions (Nix manual, "Language"; Nix, `parser.y`): what binds how tightly, and what may stand where. */
import type { Expr } from "./ast.ts";
import { parseAttrs, parseLet, parseLetAttrs } from "./bindings.ts";
import { type Cursor, MAX_DEPTH } from "./cursor.ts";
import { parseBrace, parseNamedLambda } from "./lambdas.ts";
import { parsePath, parsePathOfNames, parseString } from "./literals.ts";
import { checkNumber } from "./numbers.ts";
import { isCloser, skipDeep, skipGroup, skipTo } from "./recovery.ts";
import { decodePlain } from "./strings.ts";
import * as T from "./tokens.ts";

/** A stretch that is no expression. */
export function errorExpr(start: number, end: number): Expr {
  return { kind: "error", start, end: Math.max(start, end), reason: "syntax" };
}

/** Any expression (`expr_function`). Where none stands, an error is listed and no token is taken. */
export function parseExpr(c: Cursor): Expr {
  if (c.depth >= MAX_DEPTH) return skipDeep(c);
  c.depth++;
  const expr = parseFunction(c);
  c.depth--;
  return expr;
}

function parseFunction(c: Cursor): Expr {
  const { start } = c;
  switch (c.kind) {
    case T.ID: {
      const { end } = c;
      c.next();
      if (c.is(T.COLON) || c.is(T.AT_SIGN)) return parseNamedLambda(c, start, end);
      return parseOperators(c, start, { kind: "var", start, end, name: c.text.slice(start, end) });
    }
    case T.LBRACE:
      return parseBrace(c);
    case T.LET: {
      c.next();
      return c.is(T.LBRACE) ? parseOperators(c, start, parseLetAttrs(c, start)) : parseLet(c, start);
    }
    case T.IF:
      return parseIf(c);
    case T.WITH: {
      const scope = parseHead(c);
      const body = parseExpr(c);
      return { kind: "with", start, end: c.before, scope, body };
    }
    case T.ASSERT: {
      const condition = parseHead(c);
      const body = parseExpr(c);
      return { kind: "assert", start, end: c.before, condition, body };
    }
    default:
      return parseOperators(c, start, null);
  }
}

/** What stands between `with` or `assert` and its semicolon. */
function parseHead(c: Cursor): Expr {
  c.next();
  const head = parseExpr(c);
  if (c.kind === T.SEMICOLON) c.next();
  else c.missing("`;`");
  return head;
}

function parseIf(c: Cursor): Expr {
  const { start } = c;
  c.next();
  const condition = parseExpr(c);
  if (c.kind !== T.THEN) {
    c.unexpected("`then`");
    return errorExpr(start, c.before);
  }
  c.next();
  const then = parseExpr(c);
  if (!c.is(T.ELSE)) {
    c.unexpected("`else`");
    return errorExpr(start, c.before);
  }
  c.next();
  const otherwise = parseExpr(c);
  return { kind: "if", start, end: c.before, condition, then, otherwise };
}

/** Operators that wait for their right side, with the precedence and the start of what they begin. */
interface Waiting {
  readonly kind: number;
  readonly precedence: number;
  readonly start: number;
  readonly left: Expr | null;
}

/**
 * A chain of operators (`expr_op`) whose first operand may have been read already. Keeps its own stack, so chains may be
 * as long as a file likes.
 */
export function parseOperators(c: Cursor, start: number, first: Expr | null): Expr {
  let at = start;
  let operand = first === null && (c.kind === T.NOT || c.kind === T.MINUS) ? null : parseCalls(c, start, first);
  if (operand !== null && T.PRECEDENCE[c.kind] === 0) return operand;
  const stack: Waiting[] = [];
  let isBad = false;
  for (;;) {
    if (operand === null) {
      while (c.kind === T.NOT || c.kind === T.MINUS) {
        stack.push({ kind: c.kind, precedence: c.kind === T.NOT ? T.NOT_PRECEDENCE : T.NEGATE_PRECEDENCE, start: c.start, left: null });
        c.next();
      }
      at = c.start;
      operand = parseCalls(c, at, null);
    }
    const { kind } = c;
    const precedence = T.PRECEDENCE[kind] as number;
    for (;;) {
      const top = stack[stack.length - 1];
      if (top === undefined || top.precedence < precedence || (top.precedence === precedence && T.groupsRight(kind))) break;
      if (top.precedence === precedence && !T.chains(kind)) {
        if (!isBad) c.unexpected(`parentheses around one side (\`${operatorOf(kind)}\` does not chain)`);
        isBad = true;
      }
      stack.pop();
      at = top.start;
      operand = combine(c, top, operand);
    }
    if (precedence === 0) return isBad ? errorExpr(start, c.before) : operand;
    if (kind === T.PIPE) {
      if (!isBad) c.unexpected("another operator (pipes are an experimental feature of Nix)");
      isBad = true;
    }
    c.next();
    if (kind === T.HAS) {
      const path = parsePathOfNames(c);
      if (path === null) isBad = true;
      else operand = { kind: "has", start: at, end: c.before, base: operand, path };
    } else {
      stack.push({ kind, precedence, start: at, left: operand });
      operand = null;
    }
  }
}

function combine(c: Cursor, { kind, start, left }: Waiting, right: Expr): Expr {
  const end = c.before;
  if (left === null) return { kind: "unary", start, end, operator: kind === T.NOT ? "!" : "-", arg: right };
  return { kind: "binary", start, end, operator: operatorOf(kind), left, right };
}

const OPERATORS: Readonly<Record<number, string>> = {
  [T.IMPLIES]: "->",
  [T.OR]: "||",
  [T.AND]: "&&",
  [T.EQ]: "==",
  [T.NEQ]: "!=",
  [T.LT]: "<",
  [T.GT]: ">",
  [T.LEQ]: "<=",
  [T.GEQ]: ">=",
  [T.UPDATE]: "//",
  [T.PLUS]: "+",
  [T.MINUS]: "-",
  [T.STAR]: "*",
  [T.SLASH]: "/",
  [T.CONCAT]: "++",
  [T.HAS]: "?",
  [T.PIPE]: "|>",
};

function operatorOf(kind: number): string {
  return OPERATORS[kind] as string;
}

/** A function with its arguments (`expr_app`). */
function parseCalls(c: Cursor, start: number, first: Expr | null): Expr {
  let fn = parseSelect(c, start, first);
  while (T.STARTS_OPERAND[c.kind] === 1) {
    const arg = parseSelect(c, c.start, null);
    fn = { kind: "apply", start, end: c.before, fn, arg };
  }
  return fn;
}

/** An operand with its selection (`expr_select`). */
export function parseSelect(c: Cursor, start: number, first: Expr | null): Expr {
  let expr = first ?? parseSimple(c);
  if (c.kind === T.DOT) {
    c.next();
    const path = parsePathOfNames(c);
    let fallback: Expr | null = null;
    if (c.is(T.OR_WORD)) {
      c.next();
      fallback = parseFallback(c);
    }
    expr = path === null ? errorExpr(start, c.before) : { kind: "select", start, end: c.before, base: expr, path, fallback };
  } else if (c.kind === T.OR_WORD) {
    // Nixpkgs once had a function of the name: `map or xs` (Nix, `parser.y`, `expr_select`).
    const arg: Expr = { kind: "var", start: c.start, end: c.end, name: "or" };
    c.next();
    expr = { kind: "apply", start, end: c.before, fn: expr, arg };
  }
  // Of a bracket that was not closed, the last operand inside stays the last.
  if (expr.kind !== "error") {
    c.operand = expr;
    c.operandEnd = c.before;
  }
  return expr;
}

function parseFallback(c: Cursor): Expr {
  if (c.depth >= MAX_DEPTH) return skipDeep(c);
  c.depth++;
  const expr = parseSelect(c, c.start, null);
  c.depth--;
  return expr;
}

/** One operand (`expr_simple`). */
function parseSimple(c: Cursor): Expr {
  const { start, end, text } = c;
  switch (c.kind) {
    case T.ID:
      c.next();
      return { kind: "var", start, end, name: text.slice(start, end) };
    case T.QUOTE:
    case T.INDENTED_QUOTE:
      return parseString(c);
    case T.PATH:
      return parsePath(c);
    case T.INT:
    case T.FLOAT: {
      const kind = c.kind === T.INT ? "int" : "float";
      checkNumber(c, kind);
      c.next();
      return { kind, start, end, text: text.slice(start, end) };
    }
    case T.URI:
      c.next();
      return { kind: "string", start, end, indented: false, parts: [decodePlain(text, { start, end })] };
    case T.SEARCH_PATH:
      c.next();
      return { kind: "search-path", start, end, text: text.slice(start, end) };
    case T.LPAREN:
      return parseParens(c);
    case T.LBRACK:
      return parseList(c);
    case T.LBRACE:
      return parseAttrs(c, start, false);
    case T.REC:
      c.next();
      if (c.is(T.LBRACE)) return parseAttrs(c, start, true);
      c.unexpected("`{`");
      return errorExpr(start, c.before);
    case T.LET:
      c.next();
      if (c.is(T.LBRACE)) return parseLetAttrs(c, start);
      c.unexpected("`{` (a `let … in` needs parentheses here)");
      parseLet(c, start);
      return errorExpr(start, c.before);
    default:
      return parseNoOperand(c);
  }
}

/** Marks that other languages put around strings. */
const QUOTES = /['`\u2018\u2019\u201c\u201d]/;

/** Where an operand is missing: often something that needs parentheses. */
function parseNoOperand(c: Cursor): Expr {
  const { start, kind } = c;
  if (kind === T.IF || kind === T.WITH || kind === T.ASSERT) {
    c.unexpected(`a value (this \`${c.text.slice(start, c.end)}\` needs parentheses)`);
    parseExpr(c);
    return errorExpr(start, c.before);
  }
  const hint = QUOTES.test(c.text.charAt(start)) ? " (a string stands between `\"`)" : kind === T.DOT && /\/\s/.test(c.text.slice(c.end, c.end + 2)) ? " (a path does not end with `/`)" : "";
  c.unexpected(`a value${hint}`);
  // What is around reaches up to here, so that the empty stretch lies inside.
  c.before = start;
  return errorExpr(start, start);
}

function parseParens(c: Cursor): Expr {
  const { start, disturbances } = c;
  c.enter(T.RPAREN);
  const expr = parseExpr(c);
  const isClosed = c.kind === T.RPAREN;
  if (!isClosed) {
    c.unclosed(T.RPAREN);
    if (!stopsBracket(c)) skipTo(c, (kind) => kind === T.RPAREN || kind === T.SEMICOLON);
    c.bracketsOff ||= c.kind !== T.RPAREN;
  }
  c.leave();
  if (c.kind === T.RPAREN) c.next();
  c.settle(disturbances);
  return isClosed ? expr : errorExpr(start, c.before);
}

function parseList(c: Cursor): Expr {
  const { start, disturbances } = c;
  if (c.depth >= MAX_DEPTH) {
    c.tooDeep = true;
    skipGroup(c);
    return { kind: "error", start, end: c.before, reason: "depth" };
  }
  c.depth++;
  c.enter(T.RBRACK);
  const items: Expr[] = [];
  let isWhole = true;
  for (;;) {
    while (T.STARTS_OPERAND[c.kind] === 1) items.push(parseSelect(c, c.start, null));
    if (c.kind === T.RBRACK) break;
    if (isWhole) unexpectedInList(c);
    isWhole = false;
    if (stopsBracket(c)) {
      c.bracketsOff = true;
      break;
    }
    skipGroup(c);
  }
  c.leave();
  c.depth--;
  if (c.kind === T.RBRACK) c.next();
  c.settle(disturbances);
  return isWhole ? { kind: "list", start, end: c.before, items } : errorExpr(start, c.before);
}

function unexpectedInList(c: Cursor): void {
  const { kind } = c;
  if (kind === T.COMMA) c.unexpected("a value or `]` (lists have no commas)");
  else if (T.startsExpr(kind) || kind === T.COLON || T.PRECEDENCE[kind] !== 0) c.unexpected("a value or `]` (in a list, this needs parentheses)");
  else c.unclosed(T.RBRACK);
}

/** Up to a bracket not far off, with no name, quote or brace between: how a list or a parenthesis goes on behind a stray token. */
const REST_OF_LIST = /[^=[\]{}"']{0,200}\]/y;
const REST_OF_PARENS = /[^=(){}"']{0,200}\)/y;

/** Whether a token that a bracket cannot hold belongs to what stands around it, so that the closing one must be missing. */
function stopsBracket(c: Cursor): boolean {
  if (c.kind === T.EOF || c.kind === T.IN || c.kind === T.ASSIGN || c.kind === T.INHERIT) return true;
  if (c.kind !== T.SEMICOLON && !(isCloser(c.kind) && c.closesOuter(c.kind))) return false;
  const rest = c.open[c.open.length - 1] === T.RBRACK ? REST_OF_LIST : REST_OF_PARENS;
  rest.lastIndex = c.end;
  return !rest.test(c.text);
}
