import type { ShellScript } from "./ast.js";
/** Parses shell scripts. */
export declare class ShellParser {
    #private;
    private constructor();
    /**
     * Starts the runtime, if nobody has yet, and loads the grammar.
     * @param runtime the bytes of `web-tree-sitter.wasm`
     * @param grammar the bytes of `tree-sitter-bash.wasm`
     */
    static load(runtime: Uint8Array, grammar: Uint8Array): Promise<ShellParser>;
    /** Parses a script; never throws on any text. */
    parse(text: string): ShellScript;
}
