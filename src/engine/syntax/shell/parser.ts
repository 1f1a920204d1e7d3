/** Starts the Bash grammar when a tree first holds a script: bytes come in, plain syntax comes out. */
import { Language, Parser, type Tree } from "web-tree-sitter";
import type { ShellScript } from "./ast.ts";
import { buildScript } from "./build.ts";

/** Parses shell scripts. */
export class ShellParser {
  readonly #parser: Parser;

  private constructor(parser: Parser) {
    this.#parser = parser;
  }

  /**
   * Loads the grammar; `NixParser.load` must have started the runtime before.
   * @param grammar the bytes of `tree-sitter-bash.wasm`
   */
  static async load(grammar: Uint8Array): Promise<ShellParser> {
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammar));
    return new ShellParser(parser);
  }

  /** Parses a script; never throws on any text. */
  parse(text: string): ShellScript {
    const tree = this.#parser.parse(text) as Tree;
    try {
      return buildScript(tree.rootNode, text);
    } finally {
      tree.delete();
    }
  }
}
