/** Nix text comes in, plain syntax comes out: the only way into the parser. */
import type { Comment, Expr, SyntaxError } from "./ast.ts";
import { type Built, buildFile } from "./build.ts";
import { isTame } from "./doubts.ts";
import { readFile } from "./file.ts";
import { Grammar, type Patience, startRuntime } from "./runtime.ts";
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
 * Reads a text without byte order mark and without tree-sitter, saying of each error what was expected. Never throws, on
 * any text; takes time in proportion to its length. The grammar is that of Nix 2.8 (`lexer.l`, `parser.y`).
 */
export function parse(text: string, options: ParseOptions = {}): Syntax {
  const { root, comments, tooDeep, errors } = readFile(text);
  const bom: SyntaxError = { start: 0, end: 0, message: "unexpected byte order mark (U+FEFF) before the text; Nix takes it for a character" };
  return { source: new SourceText(text), root, comments, errors: options.bom === true ? [bom, ...errors] : errors, tooDeep };
}

/** What is given up is read by `parse`, which comes to the same. */
const PATIENCE: Patience = { least: 200, perCharacter: 0.002, endsAtError: true };

/** The parser that tree-sitter drives. Make one per process: it holds the WebAssembly instance. */
export class NixParser {
  readonly #grammar: Grammar;

  private constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /**
   * Starts the runtime, if nobody has yet, and loads the grammar.
   * @param runtime the bytes of `web-tree-sitter.wasm`
   * @param grammar the bytes of `tree-sitter-nix.wasm`
   * @throws if either is not the WebAssembly module it should be
   */
  static async load(runtime: Uint8Array, grammar: Uint8Array): Promise<NixParser> {
    await startRuntime(runtime);
    return new NixParser(await Grammar.load(grammar));
  }

  /**
   * Parses a text without byte order mark; never throws on any text. Where tree-sitter finds an error, what it makes of
   * the rest cannot be relied on (it drops whole bindings) and says nothing of what was expected: such a file is read by
   * `parse`, whose nodes are the same for every text without errors.
   */
  parse(text: string, options: ParseOptions = {}): Syntax {
    if (options.bom === true || !isTame(text)) return parse(text, options);
    const built = this.#build(text);
    if (built === null || built.isDoubtful) return parse(text, options);
    return { source: new SourceText(text), root: built.root, comments: built.comments, errors: [], tooDeep: false };
  }

  #build(text: string): Built | null {
    try {
      return this.#grammar.parse(text, PATIENCE, (root) => (root.hasError ? null : buildFile(root, text)));
    } catch (error) {
      // Nested too deep for the call stack.
      if (error instanceof RangeError) return null;
      throw error;
    }
  }
}
