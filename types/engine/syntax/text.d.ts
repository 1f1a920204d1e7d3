/** Turns offsets of a source text into the lines and columns that people, SARIF and editors count in. */
/** A half-open stretch of a text, in UTF-16 units from 0. */
export interface Span {
    readonly start: number;
    readonly end: number;
}
/** A line (from 1) and a column in UTF-16 units (from 1). */
export interface LineColumn {
    readonly line: number;
    readonly column: number;
}
/**
 * A file's text without byte order mark, with its line starts.
 * A line ends at `\n`, `\r\n` or a lone `\r` (LSP 3.17, "Text Documents"), so that every client counts alike.
 */
export declare class SourceText {
    #private;
    readonly text: string;
    constructor(text: string);
    /** The offset at which each line starts, in UTF-16 units from 0. */
    get lineStarts(): Int32Array;
    /** The line and column of an offset; one outside the text is moved to its nearest end, one inside a CR LF before it. */
    position(offset: number): LineColumn;
    /** The offset of a line and column; a position outside the text is moved to the nearest one inside it. */
    offset(position: LineColumn): number;
}
