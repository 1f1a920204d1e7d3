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
export class SourceText {
  readonly text: string;
  #starts: Int32Array | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The offset at which each line starts, in UTF-16 units from 0. */
  get lineStarts(): Int32Array {
    if (this.#starts === null) {
      const starts: number[] = [0];
      for (let i = 0; i < this.text.length; i++) {
        const unit = this.text.charCodeAt(i);
        if (unit === 10 || (unit === 13 && this.text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
      }
      this.#starts = Int32Array.from(starts);
    }
    return this.#starts;
  }

  /** The line and column of an offset; one outside the text is moved to its nearest end, one inside a CR LF before it. */
  position(offset: number): LineColumn {
    const inside = Math.max(0, Math.min(offset, this.text.length));
    const at = this.text.charCodeAt(inside) === 10 && this.text.charCodeAt(inside - 1) === 13 ? inside - 1 : inside;
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] as number) + 1 };
  }

  /** The offset of a line and column; a position outside the text is moved to the nearest one inside it. */
  offset(position: LineColumn): number {
    const starts = this.lineStarts;
    if (position.line < 1) return 0;
    if (position.line > starts.length) return this.text.length;
    const start = starts[position.line - 1] as number;
    const next = starts[position.line] ?? this.text.length;
    return Math.max(start, Math.min(start + position.column - 1, next));
  }
}
