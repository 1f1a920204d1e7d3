/** Reads shell words: quoting taken off, expansions and Nix interpolations told apart from text. */
import type { MemoryNode as Node } from "../tree-memory.js";
import type { Statement, Word } from "./ast.js";
/**
 * Nix interpolations whose text is not known stand in a script as two private-use characters: `HOLE` and one that counts
 * them. No shell syntax and no ordinary text contains them.
 */
export declare const HOLE = "\uE000";
/** More interpolations than private-use characters are left: such a script is not read. */
export declare const MAX_HOLES: number;
/** What stands in a script for its `index`-th unknown interpolation. */
export declare function holeMark(index: number): string;
/** Makes words of nodes of the Bash grammar. */
export declare class WordBuilder {
    #private;
    constructor(text: string, statements: (nodes: readonly Node[]) => Statement[]);
    word(node: Node): Word;
    /** A keyword as a word (`export`). */
    literal(node: Node): Word;
    /** The text of a here-document; `raw` where its delimiter is quoted. */
    heredoc(body: Node, raw: boolean): Word;
}
