/** Reads a configuration's JSON with comments and keeps the place of every value, so that mistakes can be shown where they are. */
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import { SourceText } from "../../syntax/index.ts";
import { ConfigError, type ConfigMistake } from "./mistakes.ts";

/** A parsed configuration. */
export interface Document {
  /** Relative to the root. */
  readonly path: string;
  readonly root: Node;
  readonly source: SourceText;
}

/** Marks and words by `ParseErrorCode` of jsonc-parser (its enumeration is a `const enum`, which the compiler cannot import). */
const EXPECTED: Readonly<Record<number, string>> = {
  1: "this is no JSON value; texts and names stand in double quotes",
  2: "this number is not complete",
  3: "expected a name in double quotes",
  4: "expected a value",
  5: "expected `:` after the name",
  6: "expected `,` before this",
  7: "expected `}`",
  8: "expected `]`",
  9: "expected the end of the file",
  11: "this comment is not closed; expected `*/`",
  12: "this text is not closed; expected `\"` at its end",
  13: "this number is not complete",
  14: "a `\\u` takes four hexadecimal digits",
  15: "this escape does not exist; a backslash is written `\\\\`",
  16: "this character cannot stand in a text; write an escape such as `\\n`",
};

/**
 * Parses a configuration. Comments and trailing commas are fine.
 * @throws ConfigError with the first error of syntax: what follows it is rarely more than its echo
 */
export function parseDocument(path: string, text: string): Document {
  const source = new SourceText(text);
  if (text.trim() === "") throw new ConfigError([{ path, line: 1, column: 1, message: "this file is empty; write at least `{}`, or let `tappaas-lint init` write it" }]);
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
  } catch {
    throw new ConfigError([{ path, line: 1, column: 1, message: "this is nested too deep to be a configuration" }]);
  }
  const [first] = errors;
  if (first !== undefined || root === undefined) throw new ConfigError([syntaxMistake(path, source, first ?? { error: 4, offset: 0, length: 0 })]);
  return { path, root, source };
}

function syntaxMistake(path: string, source: SourceText, error: ParseError): ConfigMistake {
  const { text } = source;
  const isAtEnd = text.slice(error.offset).trim() === "";
  const offset = isAtEnd ? text.trimEnd().length : error.offset;
  const expected = EXPECTED[error.error] ?? "this is no JSON";
  return { path, ...source.position(offset), message: isAtEnd && offset > 0 ? `the file ends too early; ${expected}` : expected };
}

/** A mistake at a node. */
export function mistakeAt(document: Document, node: Node, message: string): ConfigMistake {
  return { path: document.path, ...document.source.position(node.offset), message };
}

/** The name and the value of every entry of an object, in the order in which they stand. */
export function entriesOf(object: Node): { readonly name: string; readonly key: Node; readonly value: Node }[] {
  return (object.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [{ name: String(key.value), key, value }];
  });
}

/** The value of an entry of an object, or null. */
export function entryOf(object: Node, name: string): Node | null {
  return entriesOf(object).find((entry) => entry.name === name)?.value ?? null;
}
