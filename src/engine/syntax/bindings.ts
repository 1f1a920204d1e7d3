/** Reads attribute sets and `let`: their bindings, and what to make of them where a semicolon or a brace is missing. */
import type { AttrName, Binding, Expr, Inherit } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { errorExpr, parseExpr } from "./expressions.ts";
import { parseName, parsePathOfNames, startsName } from "./literals.ts";
import { isCloser, lastChild, skipTo, withoutOperand } from "./recovery.ts";
import * as T from "./tokens.ts";
import { closer, unclosedHint } from "./wording.ts";

type Bindings = (Binding | Inherit)[];

/** `{ … }` behind an optional `rec`; the brace is the current token. */
export function parseAttrs(c: Cursor, start: number, recursive: boolean): Expr {
  c.enter(T.RBRACE);
  return parseAttrsBody(c, start, recursive, null);
}

/** The same behind the brace and the first name. */
export function parseAttrsBody(c: Cursor, start: number, recursive: boolean, first: AttrName | null): Expr {
  const before = c.disturbances;
  const bindings = parseBindings(c, T.RBRACE, first);
  c.leave();
  if (c.kind === T.RBRACE) c.next();
  c.settle(before);
  return { kind: "attrs", start, end: c.before, recursive, bindings, broken: c.disturbances !== before };
}

/** `let { …; body = x; }` is `(rec { … }).body` (Nix, `parser.y`). */
export function parseLetAttrs(c: Cursor, start: number): Expr {
  const base = parseAttrs(c, start, true);
  return { kind: "select", start, end: c.before, base, path: [{ start, end: start + 3, name: "body", expr: null }], fallback: null };
}

/** `let … in …` behind its `let`. */
export function parseLet(c: Cursor, start: number): Expr {
  const before = c.disturbances;
  c.open.push(T.IN);
  c.openStarts.push(start);
  const bindings = parseBindings(c, T.IN, null);
  c.open.pop();
  c.openStarts.pop();
  if (c.disturbances === before) for (const binding of bindings) checkLetName(c, binding);
  const broken = c.disturbances !== before;
  if (c.kind === T.IN) c.next();
  else if (!T.startsExpr(c.kind)) return errorExpr(start, c.before);
  const body = parseExpr(c);
  return { kind: "let", start, end: c.before, bindings, body, broken };
}

function checkLetName(c: Cursor, binding: Binding | Inherit): void {
  const name = binding.kind === "binding" ? binding.path[0] : undefined;
  if (name !== undefined && name.expr !== null) c.report(name.start, name.end, "a `let` may not compute a name");
}

/** Bindings up to the token that closes them, which is left to the caller. */
function parseBindings(c: Cursor, end: number, first: AttrName | null, bindings: Bindings = []): Bindings {
  if (first !== null) parseBinding(c, end, first, bindings);
  for (;;) {
    if (startsName(c.kind)) parseBinding(c, end, null, bindings);
    else if (c.kind === T.INHERIT) parseInherit(c, end, bindings);
    else if (c.kind === end) return bindings;
    else if (!passStray(c, end)) return bindings;
  }
}

/** Lists a token that no binding starts with, and gets over it. False where the bindings must end here. */
function passStray(c: Cursor, end: number): boolean {
  if (c.kind === T.SEMICOLON && c.before === c.start && c.text[c.start - 1] === ";") {
    c.missing(`a name or ${closer(end)} (there is one semicolon too many)`);
    c.next();
    return true;
  }
  if (c.kind === T.UPDATE) {
    c.unexpected(`a name or ${closer(end)} (a comment starts with \`#\`)`);
    c.skipLine();
    return true;
  }
  if (end === T.IN && T.startsExpr(c.kind)) {
    // The body, without its `in`.
    c.missing("a name or `in`");
    c.doubt();
    return false;
  }
  c.unexpected(() => (c.kind === T.EOF ? `${closer(end)}${unclosedHint(c)}` : `a name or ${closer(end)}`));
  if (c.kind === T.EOF || (c.kind === T.IN && c.open.includes(T.IN)) || (isCloser(c.kind) && c.closesOuter(c.kind))) {
    c.loseNesting(c.start);
    return false;
  }
  c.hasStrayIn ||= c.kind === T.IN;
  if (c.kind === T.SEMICOLON || isCloser(c.kind)) {
    // The end of a set whose brace is missing.
    c.loseNesting(c.start);
    c.next();
  } else skipToSemicolon(c, end);
  return true;
}

function skipToSemicolon(c: Cursor, end: number): void {
  skipTo(c, (kind) => kind === T.SEMICOLON || kind === T.INHERIT || kind === end);
  if (c.kind === T.SEMICOLON) c.next();
}

/** `a.b = value;` whose first name may have been read already. */
function parseBinding(c: Cursor, end: number, first: AttrName | null, bindings: Bindings): void {
  const start = first?.start ?? c.start;
  let path: AttrName[] | null = first === null ? parsePathOfNames(c) : [first];
  if (first !== null && c.kind === T.DOT) {
    c.next();
    const rest = parsePathOfNames(c);
    path = rest === null ? null : [first, ...rest];
  }
  if (path === null) skipToSemicolon(c, end);
  else parseValues(c, end, { start, path }, bindings);
}

/** A binding of which the value is still to come. */
interface Begun {
  readonly start: number;
  readonly path: readonly AttrName[];
}

/** What stands behind an attribute path, also of the bindings that run into this one for want of a semicolon. */
function parseValues(c: Cursor, end: number, begun: Begun, bindings: Bindings): void {
  for (let binding: Begun | null = begun; binding !== null; ) {
    const { start, path }: Begun = binding;
    const before = c.disturbances;
    const isAssigned = c.kind === T.ASSIGN;
    if (isAssigned) c.next();
    else if (!passUnassigned(c, end, start)) {
      const at = c.before;
      skipToSemicolon(c, end);
      bindings.push({ kind: "binding", start, end: c.before, path, value: errorExpr(at, c.before) });
      return;
    }
    const read = parseExpr(c);
    const value = isAssigned ? read : errorExpr(read.start, read.end);
    if (c.is(T.SEMICOLON)) {
      c.next();
      c.settle(before);
      c.settleLine();
      bindings.push({ kind: "binding", start, end: c.before, path, value });
      return;
    }
    if (isAssigned) binding = parseUnfinished(c, end, binding, value, bindings);
    else {
      // Of `a.b c = 1;` nobody knows whether `c` is another binding.
      c.unexpected("`;`");
      skipToSemicolon(c, end);
      bindings.push({ kind: "binding", start, end: c.before, path, value });
      return;
    }
  }
}

/** Lists what stands where `=` should, and gets over it. False where no value follows. */
function passUnassigned(c: Cursor, end: number, start: number): boolean {
  const { kind } = c;
  if (kind !== T.ID && T.startsExpr(kind)) {
    c.missing("`=`");
    c.doubt();
    return true;
  }
  c.unexpected(end === T.IN && kind !== T.SEMICOLON ? `\`=\` (is an \`in\` missing before \`${c.text.slice(start, c.before)}\`?)` : "`=`");
  // As other languages write it.
  if (kind === T.COLON || kind === T.EQ) c.next();
  if (kind === T.COLON && c.is(T.ASSIGN)) c.next();
  return kind === T.ID || kind === T.COLON || kind === T.EQ;
}

/**
 * The bindings that follow where a file should have ended, up to its end. If the current token is `=`, the path before
 * it begins the first of them. Null if there is no such path.
 */
export function parseLooseBindings(c: Cursor): Bindings | null {
  const bindings: Bindings = [];
  if (c.kind === T.ASSIGN) {
    const path = swallowedPath(c);
    if (path === null) return null;
    parseValues(c, T.EOF, { start: (path[0] as AttrName).start, path }, bindings);
  }
  return parseBindings(c, T.EOF, null, bindings);
}

/** A binding without its semicolon. Gives the path of the binding that runs into it, if one does. */
function parseUnfinished(
  c: Cursor,
  end: number,
  { start, path }: Begun,
  value: Expr,
  bindings: Bindings,
): Begun | null {
  if (c.kind === T.ASSIGN) {
    const { operand } = c;
    const swallowed = swallowedPath(c);
    if (swallowed !== null && operand !== null) {
      const shorter = withoutOperand(value, operand);
      if (shorter !== null || endsInError(value)) {
        const name = c.text.slice(operand.start, operand.end);
        const isInner = isIndentedMore(c.text, operand.start, start);
        c.missing(`\`;\` (is ${isInner ? "a `{`" : "one"} missing before \`${name}\`?)`);
        // Indented more, it belongs into a set that was not opened; behind a brace on the same line, that may be too much.
        if (isInner || c.text.slice(Math.max(0, operand.start - 2), operand.start) === "} ") c.loseNesting(operand.start);
        const kept = shorter ?? errorExpr(value.start, operand.start);
        bindings.push({ kind: "binding", start, end: kept.end, path, value: kept });
        return { start: operand.start, path: swallowed };
      }
    }
  }
  if (c.kind === T.COMMA) {
    c.missing("`;`");
    c.doubt();
    c.next();
    bindings.push({ kind: "binding", start, end: c.before, path, value });
    return null;
  }
  if (c.kind === T.RPAREN || c.kind === T.RBRACK) {
    // Of a bracket that was never opened: one that closes another around would stand behind this set.
    c.unexpected("`;`");
    c.next();
    skipToSemicolon(c, end);
    bindings.push({ kind: "binding", start, end: c.before, path, value: errorExpr(value.start, c.before) });
    return null;
  }
  const isEnd = c.kind === end || c.kind === T.EOF || c.kind === T.INHERIT || c.kind === T.DOLLAR_BRACE || isCloserOfOuter(c);
  if (c.kind === end || c.kind === T.INHERIT) {
    c.missing("`;`");
    // Of two braces, the second may be one too many; before `inherit`, one may be missing.
    if (c.kind === T.INHERIT) c.bracketsOff = true;
    else if (c.kind === T.RBRACE && c.text[c.before - 1] === "}") c.loseNesting(c.start);
  } else if (c.kind === T.ASSIGN && value === c.operand) {
    c.unexpected(`\`;\` (is a \`{\` missing before \`${c.text.slice(value.start, value.end)}\`?)`);
    c.loseNesting(c.start);
  } else c.unexpected(() => (c.kind === T.EOF ? `\`;\` and ${closer(end)}${unclosedHint(c)}` : "`;`"));
  const valueEnd = c.before;
  if (!isEnd) skipToSemicolon(c, end);
  bindings.push({ kind: "binding", start, end: c.before, path, value: isEnd ? value : errorExpr(value.start, valueEnd) });
  return null;
}

/** Whether an expression ends in something that could not be read, such as a bracket that is not closed. */
function endsInError(expr: Expr): boolean {
  let last: Expr | null = expr;
  while (last !== null && last.kind !== "error") last = lastChild(last);
  return last !== null;
}

/** Whether a place is the first on its line, and further in than another that is the first on its own. */
function isIndentedMore(text: string, place: number, other: number): boolean {
  const indent = indentBefore(text, place);
  const otherIndent = indentBefore(text, other);
  return indent !== null && otherIndent !== null && indent > otherIndent;
}

/** The blanks between an offset and the start of its line, if there is nothing else; looks back no further than it takes. */
function indentBefore(text: string, offset: number): number | null {
  let at = offset;
  while (text[at - 1] === " " || text[at - 1] === "\t") at--;
  return at === 0 || text[at - 1] === "\n" ? offset - at : null;
}

function isCloserOfOuter(c: Cursor): boolean {
  return (isCloser(c.kind) || c.kind === T.IN) && c.closesOuter(c.kind);
}

/** The attribute path that the operand right before the current token would be. */
function swallowedPath(c: Cursor): readonly AttrName[] | null {
  return c.operand !== null && c.operandEnd === c.before ? pathOf(c.operand, c.operandEnd) : null;
}

/** The attribute path that an operand would be if it stood before `=`. */
function pathOf(operand: Expr, end: number): readonly AttrName[] | null {
  if (operand.end !== end) return null;
  const { start } = operand;
  switch (operand.kind) {
    case "var":
      return [{ start, end: operand.end, name: operand.name, expr: null }];
    case "string": {
      const [part] = operand.parts;
      if (operand.indented || operand.parts.length !== 1 || part === undefined || !("text" in part)) return null;
      return [{ start, end: operand.end, name: part.text, expr: null }];
    }
    case "select": {
      const base = operand.fallback === null ? pathOf(operand.base, operand.base.end) : null;
      return base === null ? null : [...base, ...operand.path];
    }
    default:
      return null;
  }
}

/** `inherit a b;` or `inherit (from) a b;` */
function parseInherit(c: Cursor, end: number, bindings: Bindings): void {
  const { start } = c;
  c.next();
  let from: Expr | null = null;
  if (c.kind === T.LPAREN) {
    c.enter(T.RPAREN);
    from = parseExpr(c);
    if (!c.is(T.RPAREN)) {
      c.unclosed(T.RPAREN);
      skipTo(c, (kind) => kind === T.RPAREN || kind === T.SEMICOLON);
      from = errorExpr(from.start, c.before);
    }
    c.leave();
    if (c.is(T.RPAREN)) c.next();
  }
  const names: AttrName[] = [];
  while (startsName(c.kind)) {
    const name = parseName(c) as AttrName;
    if (name.expr !== null) c.report(name.start, name.end, "`inherit` may not compute a name");
    names.push(name);
  }
  const add = (): void => void bindings.push({ kind: "inherit", start, end: c.before, from, names });
  if (c.kind === T.SEMICOLON) {
    c.next();
    return add();
  }
  const last = names[names.length - 1];
  if (c.kind === T.ASSIGN && last !== undefined) {
    c.missing(`\`;\` (is one missing before \`${c.text.slice(last.start, last.end)}\`?)`);
    names.pop();
    add();
    return parseBinding(c, end, last, bindings);
  }
  c.unexpected("a name or `;`");
  if (c.kind !== end && c.kind !== T.INHERIT && !isCloserOfOuter(c)) skipToSemicolon(c, end);
  add();
}
