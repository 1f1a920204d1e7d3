/** Decodes the literal text of Nix strings and remembers for every character where in the source it stands. */
import type { Span } from "./text.js";
/**
 * Where the characters of a decoded text stand: pairs of (offset in the text, offset in the source), ascending, each
 * true until the next pair. Offsets are UTF-16 units from 0.
 */
export type TextMap = readonly number[];
/** The source offset of the character at `index` of a decoded text (the text's length gives the place behind it). */
export declare function sourceOffset(map: TextMap, index: number): number;
/** A decoded stretch of text between two interpolations. */
export interface Decoded {
    readonly text: string;
    readonly map: TextMap;
}
/**
 * Decodes a stretch of `"…"` between quotes and interpolations. As Nix does, `\x` is unescaped and a raw CR or CRLF
 * becomes LF (Nix, `lexer.l`, `unescapeStr`).
 */
export declare function decodePlain(source: string, span: Span): Decoded;
/**
 * Decodes the stretches of a whole `''…''`: common indentation (spaces only) is stripped, a first line of spaces and a
 * last line of spaces are dropped, as Nix does (Nix, `parser.y`, `stripIndentation`).
 * `spans` are the stretches between the quotes and the interpolations, in order; the result has one entry for each.
 */
export declare function decodeIndented(source: string, spans: readonly Span[]): Decoded[];
