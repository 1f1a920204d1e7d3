/** Nix text comes in, plain syntax comes out: the only way into the parser. */
import type { Comment, Expr, SyntaxError } from "./ast.ts";
import { readFile } from "./file.ts";
import { SourceText } from "./text.ts";

/** A parsed file. */
export interface Syntax {
  readonly source: SourceText;
  readonly root: Expr;
  /** In the order in which they stand. */
  readonly comments: readonly Comment[];
  /** In the order in which they stand; what can be read in spite of them is in `root`. */
  readonly errors: readonly SyntaxError[];
  /** Something was nested too deep to be read; what is inside counts as unknown. */
  readonly tooDeep: boolean;
}

/** What is known of a file besides its text. */
export interface ParseOptions {
  /** A byte order mark stood before the text, which Nix takes for a character of the program. */
  readonly bom?: boolean;
}

/**
 * Parses a text without byte order mark. Never throws, on any text; takes time in proportion to its length.
 * The grammar is that of Nix 2.8 (`lexer.l`, `parser.y`).
 */
export function parse(text: string, options: ParseOptions = {}): Syntax {
  const { root, comments, tooDeep, errors } = readFile(text);
  const bom: SyntaxError = { start: 0, end: 0, message: "unexpected byte order mark (U+FEFF) before the text; Nix takes it for a character" };
  return { source: new SourceText(text), root, comments, errors: options.bom === true ? [bom, ...errors] : errors, tooDeep };
}

/** The parser as an object, for those who hand it on. */
export class NixParser {
  /** @deprecated There is nothing to load any more; kept while callers still hand over WebAssembly. */
  static load(..._bytes: readonly Uint8Array[]): Promise<NixParser> {
    return Promise.resolve(new NixParser());
  }

  /** See `parse`. */
  parse(text: string, options: ParseOptions = {}): Syntax {
    return parse(text, options);
  }
}
