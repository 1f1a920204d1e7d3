/** Starts the Bash grammar when a tree first holds a script: bytes come in, plain syntax comes out. */
import { Grammar, startRuntime } from "../runtime.ts";
import type { ShellScript } from "./ast.ts";
import { buildScript } from "./build.ts";

/** Parses shell scripts. */
export class ShellParser {
  readonly #grammar: Grammar;

  private constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  /**
   * Starts the runtime, if nobody has yet, and loads the grammar.
   * @param runtime the bytes of `web-tree-sitter.wasm`
   * @param grammar the bytes of `tree-sitter-bash.wasm`
   */
  static async load(runtime: Uint8Array, grammar: Uint8Array): Promise<ShellParser> {
    await startRuntime(runtime);
    return new ShellParser(await Grammar.load(grammar));
  }

  /** Parses a script; never throws on any text. */
  parse(text: string): ShellScript {
    return this.#grammar.parse(text, (root) => buildScript(root, text));
  }
}
