/** Says where a text stops being Nix and what was expected there, from what the parser itself met. */
import type { Language, Node, Parser, Tree } from "web-tree-sitter";
import type { SyntaxError } from "./ast.ts";
import type { SourceText } from "./text.ts";

/** One moment at which the parser could not go on. */
interface Stop {
  /** Where the token it could not take starts, in UTF-16 units from 0. */
  readonly offset: number;
  readonly token: string;
  readonly state: number;
}

/** Errors after this many are not listed: the first ones say what to do. */
const MAX_ERRORS = 20;

/**
 * Parses once more and listens to where the parser stops. An LR parser finds an error at the first token that cannot
 * follow, which is where Nix finds it too; the tree alone shows only how it recovered.
 */
export function findErrors(parser: Parser, language: Language, tree: Tree, source: SourceText): SyntaxError[] {
  const stops = listen(parser, source);
  const errors: SyntaxError[] = [];
  let next = 0;
  for (const node of outermostErrors(tree.rootNode)) {
    if (errors.length >= MAX_ERRORS) break;
    while (next < stops.length && (stops[next] as Stop).offset < node.startIndex) next++;
    const stop = stops[next];
    const open = unclosedString(node, source.text);
    if (open !== null) errors.push(open);
    else if (stop !== undefined) errors.push(describe(stop, language, node, source));
    else errors.push({ start: node.startIndex, end: Math.max(node.endIndex, node.startIndex), message: "this is not valid Nix" });
    while (next < stops.length && (stops[next] as Stop).offset <= Math.max(node.endIndex, stop?.offset ?? 0)) next++;
  }
  return errors;
}

function listen(parser: Parser, source: SourceText): Stop[] {
  const stops: Stop[] = [];
  let state = 0;
  let offset = 0;
  parser.setLogger((message, isLex) => {
    if (isLex) return;
    const step = /^process version:\d+, version_count:\d+, state:(\d+), row:(\d+), col:(\d+)/.exec(message);
    if (step !== null) {
      state = Number(step[1]);
      // Columns in the log are bytes of UTF-16.
      offset = tokenStart(source, source.offset({ line: Number(step[2]) + 1, column: Number(step[3]) / 2 + 1 }));
    } else if (message.startsWith("detect_error lookahead:")) {
      stops.push({ offset, token: message.slice("detect_error lookahead:".length), state });
    }
  });
  parser.parse(source.text)?.delete();
  parser.setLogger(null);
  return stops.sort((a, b) => a.offset - b.offset);
}

/** The start of the token at or after an offset, past blanks and comments. */
function tokenStart(source: SourceText, offset: number): number {
  const blank = /(?:\s+|#[^\n]*|\/\*[^]*?\*\/)+/y;
  blank.lastIndex = offset;
  return blank.test(source.text) ? blank.lastIndex : offset;
}

function outermostErrors(root: Node): Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (node.type === "ERROR" || node.isMissing) {
      found.push(node);
      return;
    }
    for (const child of node.children) if (child.hasError || child.isMissing || child.type === "ERROR") visit(child);
  };
  visit(root);
  return found;
}

/** A string that is opened and never closed swallows the rest of the file: the opening quote is the place to look at. */
function unclosedString(node: Node, text: string): SyntaxError | null {
  if (node.type !== "ERROR") return null;
  const visit = (at: Node): Node | null => {
    for (const child of at.children) {
      if (child.type === '"' || child.type === "''") return child;
      if (child.type === "ERROR") {
        const inner = visit(child);
        if (inner !== null) return inner;
      }
    }
    return null;
  };
  const quote = visit(node);
  if (quote === null) return null;
  const mark = quote.type;
  const rest = text.slice(quote.endIndex);
  const closed = mark === '"' ? /(?:^|[^\\])"/.test(rest) : /''(?![$'\\])/.test(rest);
  if (closed) return null;
  return { start: quote.startIndex, end: quote.endIndex, message: `this string is not closed; expected ${shown(mark)} at its end` };
}

/** Tokens that are worth naming, most telling first. */
const TELLING = [";", "}", "]", ")", "in", "then", "else", "=", ":", ","];

function describe(stop: Stop, language: Language, node: Node, source: SourceText): SyntaxError {
  const atEnd = stop.offset >= source.text.length;
  const text = source.text.slice(stop.offset, tokenEnd(source.text, stop.offset));
  const expected = new Set(language.lookaheadIterator(stop.state) ?? []);
  const found = atEnd ? "unexpected end of file" : `unexpected ${shown(text)}`;
  const start = atEnd ? lastVisible(source.text) : stop.offset;
  const end = atEnd ? start : stop.offset + text.length;
  return { start, end, message: `${found}${expectation(expected, node, text)}` };
}

function expectation(expected: ReadonlySet<string>, node: Node, found: string): string {
  if (node.isMissing && TELLING.includes(node.type)) return `; expected ${shown(node.type)}`;
  const telling = TELLING.filter((token) => expected.has(token));
  const first = telling[0];
  if (first === ";" && found === "=") return `; expected ${shown(";")} (is one missing before this name?)`;
  if (first === "}" && expected.has(",")) return `; expected ${shown(",")} or ${shown("}")}`;
  if (first === "}" && expected.has("identifier")) return `; expected a name or ${shown("}")}`;
  if (first !== undefined) return `; expected ${shown(first)}`;
  if (expected.has("integer_expression") || expected.has("[")) return "; expected a value";
  if (expected.has("identifier")) return "; expected a name";
  return expected.has("end") ? "; expected the end of the file" : "";
}

function tokenEnd(text: string, offset: number): number {
  const token = /[A-Za-z_][\w'-]*|[0-9]+|\.\.\.|\$\{|''|\/\/|\+\+|==|!=|<=|>=|&&|\|\||->|./suy;
  token.lastIndex = offset;
  return token.test(text) ? token.lastIndex : offset;
}

function lastVisible(text: string): number {
  return text.trimEnd().length;
}

function shown(token: string): string {
  return token === "`" ? "a backtick" : `\`${token}\``;
}
