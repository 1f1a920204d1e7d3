/** The parser's state: the current token, what is open around it, and the errors met so far. */
import type { Expr, SyntaxError } from "./ast.ts";
import { Lexer } from "./lexer.ts";
import type { Span } from "./text.ts";
import * as T from "./tokens.ts";
import { closer, foundBlank, foundToken } from "./wording.ts";

/** Expressions nested deeper than this become an `error` node of reason `depth`: the call stack is finite. */
export const MAX_DEPTH = 256;

/** Errors after this many are counted, not listed: the first ones say what to do. */
const MAX_ERRORS = 20;

const MAX_SUSPECTS = 6;

/** An interpolation longer than this is no parameter of a shell script. */
const MAX_HOLE = 80;

/** An error at one of these shakes what is known of what is open. */
const BRACKETS: ReadonlySet<number> = new Set([
  T.EOF,
  T.QUOTE,
  T.INDENTED_QUOTE,
  T.LPAREN,
  T.LBRACK,
  T.LBRACE,
  T.DOLLAR_BRACE,
  T.RPAREN,
  T.RBRACK,
  T.RBRACE,
  T.IN,
]);

const BRACES: ReadonlySet<number> = new Set([T.EOF, T.LBRACE, T.RBRACE, T.DOLLAR_BRACE, T.IN]);

/** What a reading of a text may take differently from what stands there, after a first reading went wrong. */
export interface Repairs {
  /** Offsets of `${` and `''` that are text. */
  readonly literal: ReadonlySet<number>;
  /** Where the strings that start at some offsets end, though no quote closes them there. */
  readonly ends: ReadonlyMap<number, number>;
}

/** A spot, well before an error, that probably is its cause. */
export interface Suspect extends Span {
  readonly message: string;
  readonly repair: { readonly literal: number } | { readonly end: number };
  /** It is meant otherwise whatever follows. */
  readonly isCertain?: boolean;
}

export class Cursor extends Lexer {
  readonly repairs: Repairs;
  readonly errors: SyntaxError[] = [];
  /** Also counts the errors that are not listed. */
  errorCount = 0;
  /** Grows with everything that makes a stretch of the text doubtful, errors and their consequences. */
  disturbances = 0;
  tooDeep = false;
  depth = 0;
  /** The closing tokens that are still to come, outermost first, and where their opening ones stand. */
  readonly open: number[] = [];
  readonly openStarts: number[] = [];
  /** Where each bracket that was closed was opened and closed: pairs of offsets, in the order of closing. */
  readonly pairs: number[] = [];
  /** A bracket is missing or there is one too many: what other brackets and the file's end say about it is no news. */
  bracketsOff = false;
  /** From here on it is guesswork which set a binding belongs to. */
  lostFrom = Infinity;
  /** There is an `in` of which the `let` is missing. */
  hasStrayIn = false;
  /** There was an error that reading did not get over as if nothing had been. */
  isShaken = false;
  /** The last operand that was read and where it ended: in `a = 1 b = 2;` the `b` before the second `=`. */
  operand: Expr | null = null;
  operandEnd = -1;
  /** The first and the last suspicious spots before the first error. */
  readonly suspects: Suspect[] = [];
  /** Where the innermost interpolation of an indented string starts, which may be the shell's rather than Nix's; else -1. */
  shellHole = -1;
  /** The same of plain strings. */
  plainHole = -1;
  /** Errors from here on are consequences of one that is listed. */
  muted = false;
  #lastStart = -1;
  #isQuiet = false;

  constructor(text: string, repairs: Repairs) {
    super(text, repairs.literal);
    this.repairs = repairs;
  }

  /** Whether the current token is of a kind. */
  is(kind: number): boolean {
    return this.kind === kind;
  }

  /** Lists an error. A second one at the same place is a consequence of the first. */
  report(start: number, end: number, message: string): void {
    this.disturbances++;
    if (start === this.#lastStart) return;
    this.#lastStart = start;
    this.errorCount++;
    if (!this.muted && this.errors.length < MAX_ERRORS) this.errors.push({ start, end, message });
  }

  /** Lists the current token as one before which another is missing; reading goes on as if that stood there. */
  missing(expected: string | (() => string)): void {
    if (this.muted || this.#isQuiet || this.start === this.#lastStart || (BRACES.has(this.kind) ? this.lostFrom < Infinity : this.bracketsOff && BRACKETS.has(this.kind))) {
      this.disturbances++;
      return;
    }
    const { start, end, found } = foundToken(this);
    this.report(start, end, `unexpected ${found}; expected ${typeof expected === "string" ? expected : expected()}${this.#shellHint()}`);
    this.#lastStart = this.start;
  }

  /**
   * Lists the current token as one that cannot stand here. What follows is read with little confidence: until something
   * is whole again, it gives no further errors.
   */
  unexpected(expected: string | (() => string)): void {
    this.missing(expected);
    this.doubt();
    this.bracketsOff ||= BRACKETS.has(this.kind);
    if (BRACES.has(this.kind)) this.loseNesting(this.start);
  }

  /** Gives no errors until something is whole again. */
  doubt(): void {
    this.#isQuiet = true;
    this.isShaken = true;
  }

  /** Says that from an offset on it is guesswork which set a binding belongs to. */
  loseNesting(offset: number): void {
    this.bracketsOff = true;
    this.lostFrom = Math.min(this.lostFrom, offset);
  }

  /** The same where a closing bracket is expected; gives no error where brackets are off anyway. */
  unclosed(closing: number, hint = ""): void {
    if (this.bracketsOff) this.disturbances++;
    else this.unexpected(`${closer(closing)}${hint}`);
  }

  /** The same of a binding that ended in a semicolon, if nothing else follows on its line. */
  settleLine(): void {
    if (this.text.slice(this.before, this.start).includes("\n")) this.#isQuiet = false;
  }

  /** Says that something was read to its end; `before` is what `disturbances` was at its start. */
  settle(before: number): void {
    if (this.disturbances === before) this.#isQuiet = false;
  }

  #shellHint(): string {
    const { shellHole, start } = this;
    if (shellHole < 0 || start > shellHole + MAX_HOLE || this.text.slice(shellHole, start).includes("\n")) return "";
    return " (the shell's own `${…}` is written `''${…}` here)";
  }

  /** Remembers a spot, which counts if an error follows. */
  addSuspect(suspect: Suspect): void {
    if (this.suspects.length === MAX_SUSPECTS) this.suspects.splice(MAX_SUSPECTS / 2, 1);
    this.suspects.push(suspect);
  }

  /** Counts a spot that is read otherwise than it stands there. */
  passRepair(): void {
    this.errorCount++;
    this.disturbances++;
  }

  protected override passLiteral(): void {
    this.passRepair();
  }

  protected override reportBlank(start: number, end: number, what: "comment" | "character"): void {
    const message = what === "comment" ? "this comment is not closed; expected `*/`" : foundBlank(this.text, start);
    // Blanks of the kind come in by the dozen, with the text that was pasted.
    if (this.errors.some((error) => error.message === message)) this.disturbances++;
    else this.report(start, end, message);
    if (what === "comment") this.muted = true;
  }

  /** Whether a closing token belongs to a bracket that is open outside the innermost one. */
  closesOuter(kind: number): boolean {
    return this.open.lastIndexOf(kind, this.open.length - 2) >= 0 && this.open.length > 1;
  }

  /** Enters a bracket whose opening token is the current one. */
  enter(closer: number): void {
    this.open.push(closer);
    this.openStarts.push(this.start);
    this.next();
  }

  /** Leaves it again; the current token is the closing one where all is well. */
  leave(): void {
    this.open.pop();
    const start = this.openStarts.pop() as number;
    if (this.kind !== T.EOF) this.pairs.push(start, this.start);
  }
}
