/** Gets the parser over what it cannot read: steps past whole groups, and takes apart what was read as one. */
import type { Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import * as T from "./tokens.ts";

/** Stand on the stack of a group for the string that an interpolation returns to. */
const IN_STRING = -1;
const IN_INDENTED = -2;
/** How far up a closing bracket may look for its opening one. */
const NEAR = 8;

const CLOSER_OF: Readonly<Record<number, number>> = {
  [T.LPAREN]: T.RPAREN,
  [T.LBRACK]: T.RBRACK,
  [T.LBRACE]: T.RBRACE,
  [T.DOLLAR_BRACE]: T.RBRACE,
};

/** Whether a token closes a bracket. */
export function isCloser(kind: number): boolean {
  return kind === T.RPAREN || kind === T.RBRACK || kind === T.RBRACE;
}

/** Steps past the current token, with all that stands up to its closing one where it opens something. Uses no call stack. */
export function skipGroup(c: Cursor): void {
  const stack: number[] = [];
  do {
    const { kind } = c;
    const closer = CLOSER_OF[kind];
    if (closer !== undefined) {
      stack.push(closer);
      c.next();
    } else if (kind === T.QUOTE || kind === T.INDENTED_QUOTE) skipText(c, kind === T.INDENTED_QUOTE, stack);
    else if (isCloser(kind) && stack.length > 0) {
      const depth = stack.slice(-NEAR).lastIndexOf(kind);
      if (depth >= 0) stack.length = Math.max(0, stack.length - NEAR) + depth;
      else if (c.open.includes(kind)) return;
      const string = stack[stack.length - 1];
      if (string === IN_STRING || string === IN_INDENTED) {
        stack.pop();
        skipText(c, string === IN_INDENTED, stack);
      } else c.next();
    } else c.next();
  } while (stack.length > 0 && c.kind !== T.EOF);
}

/** Steps past the text of a string behind the current token, up to its end or into its next interpolation. */
function skipText(c: Cursor, indented: boolean, stack: number[]): void {
  const stop = indented ? c.indentedTextEnd(c.end) : c.plainTextEnd(c.end);
  if (c.text.charCodeAt(stop) === 36) {
    stack.push(indented ? IN_INDENTED : IN_STRING, T.RBRACE);
    c.end = stop;
    c.next();
  } else c.end = Math.min(c.text.length, stop + (indented ? 2 : 1));
  c.next();
}

/** Steps on to a token that `isStop` takes, one that closes a bracket that is open here, or the end of the file. */
export function skipTo(c: Cursor, isStop: (kind: number) => boolean): void {
  while (c.kind !== T.EOF && !isStop(c.kind) && !(isCloser(c.kind) && c.open.includes(c.kind))) skipGroup(c);
}

/** Steps past an expression that is nested too deep to be read. */
export function skipDeep(c: Cursor): Expr {
  const { start } = c;
  c.tooDeep = true;
  /** What `let`, `if`, `with` and `assert` still wait for. */
  const pending: number[] = [];
  for (;;) {
    const { kind } = c;
    const top = pending[pending.length - 1];
    if (kind === T.EOF || isCloser(kind) || kind === T.COMMA) break;
    if ((kind === T.SEMICOLON || kind === T.IN || kind === T.THEN || kind === T.ELSE) && top !== kind) {
      if (kind !== T.SEMICOLON || top !== T.IN) break;
    } else if (top === kind) pending.pop();
    skipGroup(c);
    if (kind === T.IF) pending.push(T.ELSE, T.THEN);
    else if (kind === T.WITH || kind === T.ASSERT) pending.push(T.SEMICOLON);
    else if (kind === T.LET && c.kind !== T.LBRACE) pending.push(T.IN);
  }
  return { kind: "error", start, end: Math.max(start, c.before), reason: "depth" };
}

/** Nodes on the right edge of an expression that are looked through for its last operand. */
const MAX_EDGE = 200;

/**
 * An expression without the operand that it ends with: of `f a b`, `f a`. In `x = f a b = 2;` the `b` is the name of
 * another binding. Null where the operand is not the last argument of a call.
 */
export function withoutOperand(expr: Expr, operand: Expr): Expr | null {
  const edge: Expr[] = [];
  let at = expr;
  while (at.kind !== "apply" || at.arg !== operand) {
    const inner = lastChild(at);
    if (inner === null || edge.length >= MAX_EDGE) return null;
    edge.push(at);
    at = inner;
  }
  let result = at.fn;
  for (let node = edge.pop(); node !== undefined; node = edge.pop()) result = withLastChild(node, result);
  return result;
}

/** The part of an expression that ends where it ends, if that is an expression without brackets around. */
export function lastChild(expr: Expr): Expr | null {
  switch (expr.kind) {
    case "binary":
      return expr.right;
    case "unary":
      return expr.arg;
    case "lambda":
    case "with":
    case "assert":
    case "let":
      return expr.body;
    case "if":
      return expr.otherwise;
    case "apply":
      return expr.arg;
    case "select":
      return expr.fallback;
    default:
      return null;
  }
}

/** The expression with another one in that place. */
export function withLastChild(expr: Expr, child: Expr): Expr {
  const { end } = child;
  switch (expr.kind) {
    case "binary":
      return { ...expr, end, right: child };
    case "unary":
    case "apply":
      return { ...expr, end, arg: child };
    case "lambda":
    case "with":
    case "assert":
    case "let":
      return { ...expr, end, body: child };
    case "if":
      return { ...expr, end, otherwise: child };
    case "select":
      return { ...expr, end, fallback: child };
    default:
      return expr;
  }
}
