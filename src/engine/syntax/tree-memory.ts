/**
 * Reads a tree-sitter tree straight out of WebAssembly's memory. Asking for each node through the library crosses into
 * WebAssembly several times a node, which costs more than parsing; here a tree is a few typed-array reads.
 *
 * The layout is that of tree-sitter's `lib/src/subtree.h` and `lib/src/parser.h` as compiled for 32 bits in the pinned version of
 * `web-tree-sitter`; a test compares every node with what the library says.
 */
import type { Language, Tree } from "web-tree-sitter";

/** WebAssembly's memory, as far as it is read here. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

// SubtreeHeapData, in bytes.
const PADDING_BYTES = 4;
const SIZE_BYTES = 16;
const ERROR_COST = 32;
const CHILD_COUNT = 36;
const SYMBOL = 40;
const FLAGS = 44;
const MORE_FLAGS = 45;
const PRODUCTION_ID = 66;
const SUBTREE_SIZE = 8;

// Flags of both kinds of subtree; the inline kind has `is_inline` below them.
const VISIBLE = 1;
const NAMED = 2;
const EXTRA = 4;
const MISSING = 2;
const INLINE_MISSING = 32;

const ERROR_SYMBOL = 0xffff;

// TSLanguage, in bytes.
const MAX_ALIAS_LENGTH = 36;
const FIELD_MAP_SLICES = 64;
const FIELD_MAP_ENTRIES = 68;
const SYMBOL_METADATA = 72;
const PUBLIC_SYMBOLS = 76;
const ALIAS_SEQUENCES = 84;

/** The memory of the runtime and the tables of one language. */
export class TreeReader {
  readonly #memory: Memory;
  readonly #types: readonly string[];
  readonly #fields: readonly (string | null)[];
  readonly #maxAliasLength: number;
  readonly #fieldSlices: number;
  readonly #fieldEntries: number;
  readonly #metadata: number;
  readonly #publicSymbols: number;
  readonly #aliases: number;
  u8 = new Uint8Array();
  u16 = new Uint16Array();
  u32 = new Uint32Array();
  text = "";

  constructor(memory: Memory, language: Language) {
    this.#memory = memory;
    this.#types = language.types;
    this.#fields = language.fields;
    this.#refresh();
    const base = addressOf(language);
    this.#maxAliasLength = this.u16[(base + MAX_ALIAS_LENGTH) >> 1] as number;
    this.#fieldSlices = this.u32[(base + FIELD_MAP_SLICES) >> 2] as number;
    this.#fieldEntries = this.u32[(base + FIELD_MAP_ENTRIES) >> 2] as number;
    this.#metadata = this.u32[(base + SYMBOL_METADATA) >> 2] as number;
    this.#publicSymbols = this.u32[(base + PUBLIC_SYMBOLS) >> 2] as number;
    this.#aliases = this.u32[(base + ALIAS_SEQUENCES) >> 2] as number;
  }

  /** The memory grows while parsing, which detaches the views on it. */
  #refresh(): void {
    const { buffer } = this.#memory;
    if (this.u8.buffer === buffer) return;
    this.u8 = new Uint8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.u32 = new Uint32Array(buffer);
  }

  /** The root of a tree; its nodes are valid until the tree is deleted or another text is parsed. */
  root(tree: Tree, text: string): MemoryNode {
    this.#refresh();
    this.text = text;
    const subtree = addressOf(tree);
    const padding = this.paddingOf(subtree);
    return new MemoryNode(this, subtree, padding, 0, null);
  }

  paddingOf(subtree: number): number {
    const pointer = this.u32[subtree >> 2] as number;
    return (pointer & 1) === 1 ? (this.u8[subtree + 6] as number) : (this.u32[(pointer + PADDING_BYTES) >> 2] as number);
  }

  sizeOf(subtree: number): number {
    const pointer = this.u32[subtree >> 2] as number;
    return (pointer & 1) === 1 ? (this.u8[subtree + 7] as number) : (this.u32[(pointer + SIZE_BYTES) >> 2] as number);
  }

  symbolOf(subtree: number): number {
    const pointer = this.u32[subtree >> 2] as number;
    return (pointer & 1) === 1 ? (this.u8[subtree + 1] as number) : (this.u16[(pointer + SYMBOL) >> 1] as number);
  }

  flagsOf(subtree: number): number {
    const pointer = this.u32[subtree >> 2] as number;
    return (pointer & 1) === 1 ? (pointer & 0xff) >> 1 : (this.u8[pointer + FLAGS] as number);
  }

  isMissing(subtree: number): boolean {
    const pointer = this.u32[subtree >> 2] as number;
    return (pointer & 1) === 1 ? (pointer & INLINE_MISSING) !== 0 : ((this.u8[pointer + MORE_FLAGS] as number) & MISSING) !== 0;
  }

  hasError(subtree: number): boolean {
    const pointer = this.u32[subtree >> 2] as number;
    if ((pointer & 1) === 1) return (pointer & INLINE_MISSING) !== 0;
    return (this.u32[(pointer + ERROR_COST) >> 2] as number) > 0 || ((this.u8[pointer + MORE_FLAGS] as number) & MISSING) !== 0;
  }

  /** The type name of a symbol, as the library gives it. */
  typeOf(symbol: number): string {
    if (symbol === ERROR_SYMBOL) return "ERROR";
    return this.#types[this.u16[(this.#publicSymbols + symbol * 2) >> 1] as number] as string;
  }

  isNamedSymbol(symbol: number): boolean {
    return symbol === ERROR_SYMBOL || this.u8[this.#metadata + symbol * 3 + 1] === 1;
  }

  #isVisibleSymbol(symbol: number): boolean {
    return symbol === ERROR_SYMBOL || this.u8[this.#metadata + symbol * 3] === 1;
  }

  /** Appends the visible children of a subtree that starts at a byte offset; hidden ones give way to their own. */
  children(subtree: number, start: number, out: MemoryNode[], outerField: string | null = null): void {
    const pointer = this.u32[subtree >> 2] as number;
    if ((pointer & 1) === 1) return;
    const count = this.u32[(pointer + CHILD_COUNT) >> 2] as number;
    const production = count > 0 ? (this.u16[(pointer + PRODUCTION_ID) >> 1] as number) : 0;
    let position = start;
    let structural = 0;
    for (let index = 0; index < count; index++) {
      const child = pointer - (count - index) * SUBTREE_SIZE;
      if (index > 0) position += this.paddingOf(child);
      const flags = this.flagsOf(child);
      const isExtra = (flags & EXTRA) !== 0;
      const alias = isExtra || production === 0 ? 0 : (this.u16[(this.#aliases + (production * this.#maxAliasLength + structural) * 2) >> 1] as number);
      if (alias !== 0 ? this.#isVisibleSymbol(alias) : (flags & VISIBLE) !== 0) {
        out.push(new MemoryNode(this, child, position, alias, isExtra ? null : (this.#fieldOf(production, structural) ?? outerField)));
      } else this.children(child, position, out, this.#fieldOf(production, structural) ?? outerField);
      position += this.sizeOf(child);
      if (!isExtra) structural++;
    }
  }

  #fieldOf(production: number, structural: number): string | null {
    if (this.#fieldSlices === 0) return null;
    const slice = (this.#fieldSlices + production * 4) >> 1;
    const first = this.u16[slice] as number;
    const length = this.u16[slice + 1] as number;
    for (let i = first; i < first + length; i++) {
      const entry = this.#fieldEntries + i * 4;
      if (this.u8[entry + 2] === structural && this.u8[entry + 3] === 0) return this.#fields[this.u16[entry >> 1] as number] ?? null;
    }
    return null;
  }
}

/** Where an object of the library lives in memory. */
function addressOf(object: Language | Tree): number {
  return (object as unknown as Readonly<Record<number, number>>)[0] as number;
}

/** One node; has the names of the library's own nodes, so that what reads the one can read the other. */
export class MemoryNode {
  readonly #reader: TreeReader;
  readonly #subtree: number;
  /** In bytes: the text is UTF-16, two to a unit. */
  readonly #start: number;
  readonly #symbol: number;
  /** The name of the field that the node has in its parent. */
  readonly field: string | null;

  constructor(reader: TreeReader, subtree: number, start: number, alias: number, field: string | null) {
    this.#reader = reader;
    this.#subtree = subtree;
    this.#start = start;
    this.#symbol = alias !== 0 ? alias : reader.symbolOf(subtree);
    this.field = field;
  }

  get type(): string {
    return this.#reader.typeOf(this.#symbol);
  }

  get isNamed(): boolean {
    return this.#reader.isNamedSymbol(this.#symbol) && (this.#symbol !== ERROR_SYMBOL || (this.#reader.flagsOf(this.#subtree) & NAMED) !== 0);
  }

  get isMissing(): boolean {
    return this.#reader.isMissing(this.#subtree);
  }

  get hasError(): boolean {
    return this.#reader.hasError(this.#subtree);
  }

  /** In UTF-16 units from 0. */
  get startIndex(): number {
    return this.#start >> 1;
  }

  get endIndex(): number {
    return (this.#start + this.#reader.sizeOf(this.#subtree)) >> 1;
  }

  get text(): string {
    return this.#reader.text.slice(this.startIndex, this.endIndex);
  }

  get children(): MemoryNode[] {
    const out: MemoryNode[] = [];
    this.#reader.children(this.#subtree, this.#start, out);
    return out;
  }

  get namedChildren(): MemoryNode[] {
    return this.children.filter((child) => child.isNamed);
  }

  get namedChildCount(): number {
    return this.namedChildren.length;
  }

  childForFieldName(name: string): MemoryNode | null {
    return this.children.find((child) => child.field === name) ?? null;
  }

  childrenForFieldName(name: string): MemoryNode[] {
    return this.children.filter((child) => child.field === name);
  }
}
