/** Nix text comes in, plain syntax comes out: the only way into the parser. */
import type { Comment, Expr, SyntaxError } from "./ast.js";
import { SourceText } from "./text.js";
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
export declare function parse(text: string, options?: ParseOptions): Syntax;
/** The parser that tree-sitter drives. Make one per process: it holds the WebAssembly instance. */
export declare class NixParser {
    #private;
    private constructor();
    /**
     * Starts the runtime, if nobody has yet, and loads the grammar.
     * @param runtime the bytes of `web-tree-sitter.wasm`
     * @param grammar the bytes of `tree-sitter-nix.wasm`
     * @throws if either is not the WebAssembly module it should be
     */
    static load(runtime: Uint8Array, grammar: Uint8Array): Promise<NixParser>;
    /**
     * Parses a text without byte order mark; never throws on any text. Where tree-sitter finds an error, what it makes of
     * the rest cannot be relied on (it drops whole bindings) and says nothing of what was expected: such a file is read by
     * `parse`, whose nodes are the same for every text without errors.
     */
    parse(text: string, options?: ParseOptions): Syntax;
}
