/** The tokens of Nix, with what the grammar needs to know of each. */

export const EOF = 0;
export const ID = 1;
export const INT = 2;
export const FLOAT = 3;
export const URI = 4;
/** The first stretch of a path up to an interpolation or its end. */
export const PATH = 5;
export const SEARCH_PATH = 6;
/** `"`, opening: what follows is scanned as string content. */
export const QUOTE = 7;
/** `''`, opening. */
export const INDENTED_QUOTE = 8;
export const LPAREN = 9;
export const LBRACK = 10;
export const LBRACE = 11;
export const LET = 12;
export const REC = 13;

export const IF = 14;
export const THEN = 15;
export const ELSE = 16;
export const ASSERT = 17;
export const WITH = 18;
export const IN = 19;
export const INHERIT = 20;
/** `or`: a keyword only behind a selection, a name elsewhere. */
export const OR_WORD = 21;

export const RPAREN = 22;
export const RBRACK = 23;
export const RBRACE = 24;
/** `${` outside strings. */
export const DOLLAR_BRACE = 25;
export const SEMICOLON = 26;
export const COLON = 27;
export const COMMA = 28;
export const AT_SIGN = 29;
export const DOT = 30;
export const ELLIPSIS = 31;
export const ASSIGN = 32;
export const NOT = 33;

export const IMPLIES = 34;
export const OR = 35;
export const AND = 36;
export const EQ = 37;
export const NEQ = 38;
export const LT = 39;
export const GT = 40;
export const LEQ = 41;
export const GEQ = 42;
export const UPDATE = 43;
export const PLUS = 44;
export const MINUS = 45;
export const STAR = 46;
export const SLASH = 47;
export const CONCAT = 48;
export const HAS = 49;
/** `|>` and `<|`, which Nix reads only with an experimental feature on. */
export const PIPE = 50;
/** A character that starts no token. */
export const INVALID = 51;

const KINDS = 52;

/** Tokens that a value may start with where no function, `if`, `with` or `assert` may stand (Nix, `parser.y`, `expr_simple`). */
export const STARTS_OPERAND: Uint8Array = Uint8Array.from({ length: KINDS }, (_, kind) => (kind >= ID && kind <= REC ? 1 : 0));

/** Tokens that any expression may start with. */
export function startsExpr(kind: number): boolean {
  return STARTS_OPERAND[kind] === 1 || kind === IF || kind === WITH || kind === ASSERT || kind === NOT || kind === MINUS;
}

/** How tightly each binary operator binds; 0 for what is none (Nix manual, "Operators"). */
export const PRECEDENCE: Uint8Array = new Uint8Array(KINDS);
for (const [precedence, ...kinds] of [
  [1, IMPLIES, PIPE],
  [2, OR],
  [3, AND],
  [4, EQ, NEQ],
  [5, LT, GT, LEQ, GEQ],
  [6, UPDATE],
  [8, PLUS, MINUS],
  [9, STAR, SLASH],
  [10, CONCAT],
  [11, HAS],
] as const) {
  for (const kind of kinds) PRECEDENCE[kind] = precedence;
}

/** Of the prefix operators: `!` binds looser than `+`, `-` tighter than `?`. */
export const NOT_PRECEDENCE = 7;
export const NEGATE_PRECEDENCE = 12;

/** `->`, `//` and `++` group to the right; comparisons group not at all, the others to the left. */
export function groupsRight(kind: number): boolean {
  return kind === IMPLIES || kind === UPDATE || kind === CONCAT;
}

export function chains(kind: number): boolean {
  return !(kind >= EQ && kind <= GEQ);
}

export const KEYWORDS: ReadonlyMap<string, number> = new Map([
  ["if", IF],
  ["then", THEN],
  ["else", ELSE],
  ["assert", ASSERT],
  ["with", WITH],
  ["let", LET],
  ["in", IN],
  ["rec", REC],
  ["inherit", INHERIT],
  ["or", OR_WORD],
]);

const LETTER = 1;
const DIGIT = 2;
const WORD = 4;
const PATH_CHARACTER = 8;
const URI_CHARACTER = 16;
/** The classes of the first 128 characters (Nix, `lexer.l`, definitions). */
const CLASSES: Uint8Array = new Uint8Array(128);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
for (const [bit, characters] of [
  [LETTER, LETTERS],
  [DIGIT, DIGITS],
  [WORD, `${LETTERS}${DIGITS}_'-`],
  [PATH_CHARACTER, `${LETTERS}${DIGITS}._-+`],
  [URI_CHARACTER, `${LETTERS}${DIGITS}%/?:@&=+$,-_.!~*'`],
] as const) {
  for (let i = 0; i < characters.length; i++) CLASSES[characters.charCodeAt(i)] = (CLASSES[characters.charCodeAt(i)] as number) | bit;
}

// Codes past the table and the NaN behind the end of a text find `undefined`, which no bit is in.
export const isLetter = (code: number): boolean => ((CLASSES[code] as number) & LETTER) !== 0;
export const isDigit = (code: number): boolean => ((CLASSES[code] as number) & DIGIT) !== 0;
export const isWord = (code: number): boolean => ((CLASSES[code] as number) & WORD) !== 0;
export const isPathCharacter = (code: number): boolean => ((CLASSES[code] as number) & PATH_CHARACTER) !== 0;
export const isUriCharacter = (code: number): boolean => ((CLASSES[code] as number) & URI_CHARACTER) !== 0;
