/** The only place that starts tree-sitter: bytes of the runtime and of grammars come in, trees can be read. */
import { Language, Parser, type Tree } from "web-tree-sitter";
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

  /** Parses a text and hands the root of its tree to `use`; the tree's nodes are gone when that returns. */
  parse<T>(text: string, use: (root: MemoryNode) => T): T {
    const tree = this.#parser.parse(text) as Tree;
    try {
      return use(this.#reader.root(tree, text));
    } finally {
      tree.delete();
    }
  }
}
