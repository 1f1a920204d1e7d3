/** Converts between the columns of the engine (UTF-16 units) and those that the client counts in. */
import type { Position, Range } from "vscode-languageserver-types";
import type { SourceText, Span } from "../engine/syntax/index.ts";

/** What a column counts (LSP 3.17, `PositionEncodingKind`). */
export type Encoding = "utf-8" | "utf-16";

/** The one to use with a client: what the engine counts in, unless the client would rather have bytes or knows nothing else. */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  const known = (offered ?? ["utf-16"]).filter((encoding): encoding is Encoding => encoding === "utf-8" || encoding === "utf-16");
  return known[0] ?? "utf-16";
}

/** A line and column of the engine, both from 1. */
interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** The conversion for one client. */
export class Positions {
  readonly #encoding: Encoding;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  /** The client's position of a line and column of a text. */
  toClient(source: SourceText | null, { line, column }: LineColumn): Position {
    if (this.#encoding === "utf-16" || source === null) return { line: line - 1, character: column - 1 };
    return { line: line - 1, character: Buffer.byteLength(lineOf(source, line).slice(0, column - 1)) };
  }

  rangeOf(source: SourceText | null, start: LineColumn, end: LineColumn): Range {
    return { start: this.toClient(source, start), end: this.toClient(source, end) };
  }

  /** The client's range of a stretch of a text. */
  rangeOfSpan(source: SourceText, { start, end }: Span): Range {
    return this.rangeOf(source, source.position(start), source.position(end));
  }

  /** The offset in a text, in UTF-16 units from 0, of a client's position; one outside the text is moved to the nearest inside. */
  offsetAt(source: SourceText, { line, character }: Position): number {
    return source.offset({ line: line + 1, column: this.column(source, line + 1, character) + 1 });
  }

  /** The column in UTF-16 units from 0 of a client's column. */
  column(source: SourceText, line: number, character: number): number {
    if (this.#encoding === "utf-16" || line < 1 || line > source.lineStarts.length) return character;
    const text = lineOf(source, line);
    let bytes = 0;
    let column = 0;
    for (const letter of text) {
      if (bytes >= character) break;
      bytes += Buffer.byteLength(letter);
      column += letter.length;
    }
    return column;
  }
}

function lineOf(source: SourceText, line: number): string {
  const { text, lineStarts } = source;
  return text.slice(lineStarts[line - 1] ?? text.length, lineStarts[line] ?? text.length);
}
