/**
 * What tree-sitter's grammar for Nix takes otherwise than Nix does: keywords as names, comparisons in a row, paths that go
 * on behind a comment, numbers of any size. A file with any of it is read by `file.ts`; a test compares the two on anything
 * that can be made up.
 */
import type { AttrName, Binding, Formals, Inherit, StringPart } from "./ast.ts";
import { KEYWORDS, isPathCharacter, isWord } from "./tokens.ts";
import type { MemoryNode as Node } from "./tree-memory.ts";

/** Longer texts, and longer stretches without a blank or bracket, take tree-sitter's lexer minutes: only our own reader is linear. */
const SAFE_LENGTH = 100_000;
const SAFE_STRETCH = 1_000;
const STRETCH = /[\w.+/:'%?@&=$,!~*-]+/g;

/** Characters that the two take for a blank, the end of a comment or neither, each as it sees fit. */
const UNUSUAL_BLANK = /[\0\r\f\v\ufeff]/;

/** Whether tree-sitter can be trusted with a text, in time and in blanks. */
export function isTame(text: string): boolean {
  if (text.length > SAFE_LENGTH || UNUSUAL_BLANK.test(text)) return false;
  return (text.match(STRETCH) ?? []).every(({ length }) => length <= SAFE_STRETCH);
}

/** Longer ones may not fit into 64 bits. */
const SAFE_DIGITS = 18;

export function isDoubtfulNumber(text: string): boolean {
  return text.length > SAFE_DIGITS || /e/i.test(text);
}

/** Without two slashes side by side, blanks or comments. */
const PATH_TEXT = /^~?[\w.+-]*(?:\/[\w.+-]+)*\/?$/;

export function isDoubtfulPath(text: string, start: number, end: number, parts: readonly StringPart[]): boolean {
  return text[end - 1] === "/" || continuesWord(text, start) || parts.some((part) => "text" in part && !PATH_TEXT.test(part.text));
}

/** Whether a path or URI that starts at an offset would have started before it: Nix looks for these first. */
export function continuesWord(text: string, start: number): boolean {
  return isPathCharacter(text.charCodeAt(start - 1));
}

/** Nix does not let comparisons of a level stand beside one another. */
const LEVELS: ReadonlyMap<string, number> = new Map([
  ["==", 1],
  ["!=", 1],
  ["<", 2],
  [">", 2],
  ["<=", 2],
  [">=", 2],
]);

export function isDoubtfulOperation(text: string, left: Node, operator: Node, right: Node): boolean {
  const { type } = operator;
  // Without a blank behind them, these may start a path.
  if ((type === "/" || type === "<") && isPathCharacter(text.charCodeAt(operator.endIndex))) return true;
  const level = LEVELS.get(type);
  const compares = (node: Node): boolean => node.type === "binary_expression" && node.children.some((child) => LEVELS.get(child.type) === level);
  return level !== undefined && (compares(left) || compares(right));
}

/** `then1` is a name. */
export function isDoubtfulCondition(text: string, node: Node): boolean {
  return node.children.some(({ type, endIndex }) => (type === "then" || type === "else") && isWord(text.charCodeAt(endIndex)));
}

/** Of attributes, `or` is a name. */
export function isDoubtfulName(name: string): boolean {
  return name !== "or" && KEYWORDS.has(name);
}

/** Nix refuses a name that stands twice (Nix, `parser.y`, `toFormals`). */
export function isDoubtfulPattern(param: string | null, formals: Formals | null): boolean {
  const names = [...(param === null ? [] : [param]), ...(formals?.list ?? []).map(({ name }) => name)];
  return names.some((name) => KEYWORDS.has(name)) || new Set(names).size !== names.length;
}

/** `x:y` is a URI wherever it stands. */
export function isDoubtfulParam(text: string, end: number): boolean {
  return /^:[^\s#]/.test(text.slice(end, end + 2));
}

/** `inherit` and `let` may not compute names. */
export function computesName(names: readonly AttrName[]): boolean {
  return names.some(({ name }) => name === null);
}

export function computesLetName(bindings: readonly (Binding | Inherit)[]): boolean {
  return bindings.some((binding) => binding.kind === "binding" && binding.path[0]?.name === null);
}
