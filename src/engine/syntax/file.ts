/** Reads a whole file: its one expression, what is left behind it, and a second look where a first one went wrong. */
import type { Binding, Expr, Inherit } from "./ast.ts";
import { parseLooseBindings } from "./bindings.ts";
import { Cursor, type Suspect } from "./cursor.ts";
import { errorExpr, parseExpr } from "./expressions.ts";
import { lastChild, withLastChild } from "./recovery.ts";
import * as T from "./tokens.ts";
import { walk } from "./walk.ts";

/** A finished reading. */
export interface Reading extends Pick<Cursor, "comments" | "errors" | "errorCount" | "suspects" | "tooDeep"> {
  readonly root: Expr;
}

/** How many suspicious spots of a file are mended, one after the other. */
const MAX_ROUNDS = 4;

/**
 * Reads a file. After an error it is read once more with a suspicious spot before the error mended; that reading is
 * taken if it has no more errors.
 */
export function readFile(text: string): Reading {
  try {
    return readMended(text);
  } catch (error) {
    // The caller may stand so deep itself that no call stack is left.
    if (!(error instanceof RangeError)) throw error;
    const root: Expr = { kind: "error", start: 0, end: text.length, reason: "depth" };
    return { root, comments: [], errors: [], errorCount: 0, suspects: [], tooDeep: true };
  }
}

function readMended(text: string): Reading {
  const mended: Suspect[] = [];
  let reading = read(text, mended);
  while (reading.errorCount > mended.length && mended.length < MAX_ROUNDS) {
    const better = reading.suspects
      .map((suspect) => ({ suspect, reading: read(text, [...mended, suspect]) }))
      .filter((candidate) => candidate.suspect.isCertain === true || candidate.reading.errorCount <= reading.errorCount)
      .sort((a, b) => a.reading.errorCount - b.reading.errorCount)[0];
    if (better === undefined) break;
    mended.push(better.suspect);
    ({ reading } = better);
  }
  return { ...reading, errors: [...mended, ...reading.errors].sort((a, b) => a.start - b.start) };
}

function read(text: string, mended: readonly Suspect[]): Reading {
  const literal = new Set<number>();
  const ends = new Map<number, number>();
  for (const { start, repair } of mended) {
    if ("literal" in repair) literal.add(repair.literal);
    else ends.set(start, repair.end);
  }
  const c = new Cursor(text, { literal, ends });
  c.next();
  const root = parseExpr(c);
  const whole = c.kind === T.EOF ? root : readRest(c, root);
  if (c.lostFrom < Infinity) distrust(whole, c.lostFrom);
  reportNul(c);
  const { comments, errors, errorCount, suspects, tooDeep } = c;
  return { root: whole, comments, errors, errorCount, suspects, tooDeep };
}

/** Nix ends a string or the whole file at a NUL, silently: never meant, whatever stands around it. */
function reportNul(c: Cursor): void {
  const at = c.text.indexOf("\0");
  if (at < 0 || c.errors.some(({ start }) => start === at) || c.comments.some(({ start, end }) => start <= at && at < end)) return;
  c.report(at, at + 1, "unexpected NUL character (U+0000)");
}

/**
 * What stands behind the expression of a file, read without another word: of bindings without braces around them a set
 * is made, which stands where the first one's name was read as an expression; behind a brace too many, nothing is kept.
 */
function readRest(c: Cursor, root: Expr): Expr {
  if (c.errorCount === 0) c.unexpected("the end of the file");
  c.muted = true;
  const operand = c.kind === T.ASSIGN ? c.operand : null;
  const edge: Expr[] = [];
  let last: Expr | null = root;
  while (last !== null && last.kind !== "attrs" && last !== operand) {
    edge.push(last);
    last = lastChild(last);
  }
  const parent = edge[edge.length - 1];
  if (last === operand && parent?.kind === "apply") {
    // The name of a binding became the argument of the set before it.
    edge.pop();
    last = parent.fn;
  }
  const loose = parseLooseBindings(c);
  if (last === null || loose === null || c.hasStrayIn || (last !== operand && last.kind !== "attrs")) return errorExpr(root.start, c.text.length);
  let whole: Expr = last;
  // A set that was closed too early: what follows may belong into any set around.
  if (last.kind === "attrs") c.loseNesting(last.end);
  else whole = { kind: "attrs", start: last.start, end: c.text.length, recursive: false, bindings: loose, broken: true };
  for (let node = edge.pop(); node !== undefined; node = edge.pop()) whole = withLastChild(node, whole);
  return whole;
}

/** Takes the bindings from an offset on out of all sets, and marks all as broken: which is whose cannot be known. */
function distrust(root: Expr, from: number): void {
  for (const expr of walk(root)) {
    if (expr.kind !== "attrs" && expr.kind !== "let") continue;
    const set: { bindings: readonly (Binding | Inherit)[]; broken: boolean } = expr;
    set.bindings = set.bindings.filter((binding) => binding.start < from);
    set.broken = true;
  }
}
