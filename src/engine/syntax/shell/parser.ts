/** Starts the Bash grammar when a tree first holds a script: bytes come in, plain syntax comes out. */
import { Grammar, type Patience, startRuntime } from "../runtime.ts";
import type { ShellScript } from "./ast.ts";
import { buildScript } from "./build.ts";

/** Nobody else can read what is given up, so that a busy machine must not make it so. */
const PATIENCE: Patience = { least: 1000, perCharacter: 0.002, endsAtError: false };

/** Parses shell scripts. */
export class ShellParser {
  readonly #grammar: Grammar;
  readonly #givenUp = new Set<string>();

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
    // Once is enough.
    const script = this.#givenUp.has(text) ? null : this.#grammar.parse(text, PATIENCE, (root) => buildScript(root, text));
    if (script !== null) return script;
    this.#givenUp.add(text);
    return { text, statements: [{ kind: "error", start: 0, end: text.length }], hasErrors: true, isGivenUp: true };
  }
}
