/**
 * Reads a tree-sitter tree straight out of WebAssembly's memory. Asking for each node through the library crosses into
 * WebAssembly several times a node, which costs more than parsing; here a tree is a few typed-array reads.
 *
 * The layout is that of tree-sitter's `lib/src/subtree.h` and `lib/src/parser.h` as compiled for 32 bits in the pinned version of
 * `web-tree-sitter`; a test compares every node with what the library says.
 */
import type { Language, Tree } from "../../vendor/web-tree-sitter/index.js";
/** WebAssembly's memory, as far as it is read here. */
export interface Memory {
    readonly buffer: ArrayBuffer;
}
/** The memory of the runtime and the tables of one language. */
export declare class TreeReader {
    #private;
    u8: Uint8Array<ArrayBuffer>;
    u16: Uint16Array<ArrayBuffer>;
    u32: Uint32Array<ArrayBuffer>;
    text: string;
    constructor(memory: Memory, language: Language);
    /** The root of a tree; its nodes are valid until the tree is deleted or another text is parsed. */
    root(tree: Tree, text: string): MemoryNode;
    paddingOf(subtree: number): number;
    sizeOf(subtree: number): number;
    symbolOf(subtree: number): number;
    flagsOf(subtree: number): number;
    isMissing(subtree: number): boolean;
    hasError(subtree: number): boolean;
    /** The type name of a symbol, as the library gives it. */
    typeOf(symbol: number): string;
    isNamedSymbol(symbol: number): boolean;
    /** Appends the visible children of a subtree that starts at a byte offset; hidden ones give way to their own. */
    children(subtree: number, start: number, out: MemoryNode[], outerField?: string | null): void;
}
/** One node; has the names of the library's own nodes, so that what reads the one can read the other. */
export declare class MemoryNode {
    #private;
    /** The name of the field that the node has in its parent. */
    readonly field: string | null;
    constructor(reader: TreeReader, subtree: number, start: number, alias: number, field: string | null);
    get type(): string;
    get isNamed(): boolean;
    get isMissing(): boolean;
    get hasError(): boolean;
    /** In UTF-16 units from 0. */
    get startIndex(): number;
    get endIndex(): number;
    get text(): string;
    get children(): MemoryNode[];
    get namedChildren(): MemoryNode[];
    get namedChildCount(): number;
    childForFieldName(name: string): MemoryNode | null;
    childrenForFieldName(name: string): MemoryNode[];
}
