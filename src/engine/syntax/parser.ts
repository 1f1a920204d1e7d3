/** The only place that starts tree-sitter: bytes of the runtime and the grammar come in, plain syntax comes out. */
import { Language, Parser, type Tree } from "web-tree-sitter";
import type { Comment, Expr, SyntaxError } from "./ast.ts";
import { buildFile } from "./build.ts";
import { findErrors } from "./errors.ts";
import { SourceText } from "./text.ts";

/** A parsed file. */
export interface Syntax {
  readonly source: SourceText;
  readonly root: Expr;
  /** In the order in which they stand. */
  readonly comments: readonly Comment[];
  readonly errors: readonly SyntaxError[];
  /** Something was nested too deep to be read; what is inside counts as unknown. */
  readonly tooDeep: boolean;
}

/** Parses Nix. Make one per process: it holds the WebAssembly instance. */
export class NixParser {
  readonly #parser: Parser;
  readonly #language: Language;

  private constructor(parser: Parser, language: Language) {
    this.#parser = parser;
    this.#language = language;
  }

  /**
   * Starts the runtime and loads the grammar.
   * @param runtime the bytes of `web-tree-sitter.wasm`
   * @param grammar the bytes of `tree-sitter-nix.wasm`
   * @throws if either is not the WebAssembly module it should be
   */
  static async load(runtime: Uint8Array, grammar: Uint8Array): Promise<NixParser> {
    await Parser.init({ wasmBinary: runtime });
    const language = await Language.load(grammar);
    const parser = new Parser();
    parser.setLanguage(language);
    return new NixParser(parser, language);
  }

  /** Parses a text without byte order mark; never throws on any text. */
  parse(text: string): Syntax {
    const source = new SourceText(text);
    const tree = this.#parser.parse(text) as Tree;
    try {
      const built = buildFile(tree.rootNode, text);
      const errors = tree.rootNode.hasError ? findErrors(this.#parser, this.#language, tree, source) : [];
      return { source, root: built.root, comments: built.comments, errors, tooDeep: built.tooDeep };
    } finally {
      tree.delete();
    }
  }
}
