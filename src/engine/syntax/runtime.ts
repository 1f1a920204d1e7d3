/** The only place that starts tree-sitter: bytes of the runtime and of grammars come in, trees can be read. */
import { Language, type ParseState, Parser, type Tree } from "web-tree-sitter";
import { type Memory, MemoryNode, TreeReader } from "./tree-memory.ts";

declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: object }; module: object }>;
};

let memory: Memory | null = null;
let starting: Promise<void> | null = null;

/**
 * Starts the runtime, once in a process.
 * @param bytes `web-tree-sitter.wasm`
 * @throws if they are not that module
 */
export function startRuntime(bytes: Uint8Array): Promise<void> {
  starting ??= new Promise<void>((resolve, reject) => {
    // The hook of Emscripten through which the memory can be seen.
    const instantiateWasm = (imports: { env: { memory: Memory } }, done: (instance: object, module: object) => void): object => {
      memory = imports.env.memory;
      WebAssembly.instantiate(bytes, imports).then(({ instance, module }) => done(instance, module), reject);
      return {};
    };
    Parser.init({ instantiateWasm } as object).then(resolve, reject);
  });
  return starting;
}

/** How long tree-sitter may take: most texts are read in time that grows with their length, but some of a few kilobytes take it minutes. */
export interface Patience {
  /** Milliseconds for any text. */
  readonly least: number;
  /** Milliseconds for each character more. */
  readonly perCharacter: number;
  /** A tree with an error is of no use. */
  readonly endsAtError: boolean;
}

/** Times that tree-sitter asks whether it shall go on before a look at the clock. */
const CALLS = 16;

/** One language, ready to parse. */
export class Grammar {
  readonly #parser = new Parser();
  readonly #reader: TreeReader;

  private constructor(language: Language, memory: Memory) {
    this.#parser.setLanguage(language);
    this.#reader = new TreeReader(memory, language);
  }

  /**
   * Loads a grammar; the runtime must have been started.
   * @param bytes a grammar compiled for tree-sitter as WebAssembly
   * @throws if they are not one
   */
  static async load(bytes: Uint8Array): Promise<Grammar> {
    await starting;
    if (memory === null) throw new Error("The tree-sitter runtime has not been started");
    return new Grammar(await Language.load(bytes), memory);
  }

  /**
   * Parses a text and hands the root of its tree to `use`; the tree's nodes are gone when that returns.
   * @returns null where it was given up
   */
  parse<T>(text: string, patience: Patience, use: (root: MemoryNode) => T): T | null {
    const start = Date.now();
    const most = patience.least + text.length * patience.perCharacter;
    let calls = 0;
    const isGivenUp = (hasError: boolean): boolean => (hasError && patience.endsAtError) || (++calls % CALLS === 0 && Date.now() - start > most);
    // The declaration leaves out what tree-sitter takes the answer for.
    const progressCallback: (state: ParseState) => boolean = ({ hasError }) => isGivenUp(hasError);
    const tree: Tree | null = this.#parser.parse(text, null, { progressCallback });
    if (tree === null) {
      // It would go on where it was with the next text.
      this.#parser.reset();
      return null;
    }
    try {
      return use(this.#reader.root(tree, text));
    } finally {
      tree.delete();
    }
  }
}
