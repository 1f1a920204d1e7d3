/** Decodes the literal text of Nix strings and remembers for every character where in the source it stands. */
import type { Span } from "./text.ts";

/**
 * Where the characters of a decoded text stand: pairs of (offset in the text, offset in the source), ascending, each
 * true until the next pair. Offsets are UTF-16 units from 0.
 */
export type TextMap = readonly number[];

/** The source offset of the character at `index` of a decoded text (the text's length gives the place behind it). */
export function sourceOffset(map: TextMap, index: number): number {
  let low = 0;
  let high = map.length / 2 - 1;
  if (high < 0) return 0;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map[middle * 2] as number) <= index) low = middle;
    else high = middle - 1;
  }
  return (map[low * 2 + 1] as number) + (index - (map[low * 2] as number));
}

/** A decoded stretch of text between two interpolations. */
export interface Decoded {
  readonly text: string;
  readonly map: TextMap;
}

/** Collects decoded characters and the map beside them; runs that advance alike in text and source share one pair. */
class Collector {
  text = "";
  readonly map: number[] = [];
  #next = -1;

  add(piece: string, source: number, sourceLength = piece.length): void {
    if (piece === "") return;
    if (source !== this.#next) this.map.push(this.text.length, source);
    this.text += piece;
    this.#next = sourceLength === piece.length ? source + sourceLength : -1;
  }

  /** The finished text; `end` is the source offset behind its last character. */
  finish(end: number): Decoded {
    if (end !== this.#next) this.map.push(this.text.length, end);
    return { text: this.text, map: this.map };
  }
}

/** What `\x` stands for in a string (Nix manual, "String literal"). */
function unescaped(char: string): string {
  return char === "n" ? "\n" : char === "r" ? "\r" : char === "t" ? "\t" : char;
}

/**
 * Decodes a stretch of `"…"` between quotes and interpolations. As Nix does, `\x` is unescaped and a raw CR or CRLF
 * becomes LF (Nix, `lexer.l`, `unescapeStr`).
 */
export function decodePlain(source: string, span: Span): Decoded {
  const raw = source.slice(span.start, span.end);
  if (!raw.includes("\\") && !raw.includes("\r")) return { text: raw, map: [0, span.start, raw.length, span.end] };
  const out = new Collector();
  for (let i = span.start; i < span.end; ) {
    const char = source[i] as string;
    if (char === "\\" && i + 1 < span.end) {
      const next = String.fromCodePoint(source.codePointAt(i + 1) as number);
      out.add(unescaped(next), i, 1 + next.length);
      i += 1 + next.length;
    } else if (char === "\r") {
      const length = source[i + 1] === "\n" && i + 1 < span.end ? 2 : 1;
      out.add("\n", i, length);
      i += length;
    } else {
      out.add(char, i);
      i++;
    }
  }
  return out.finish(span.end);
}

/** A stretch of an indented string with its escapes resolved, before indentation is stripped. */
interface Resolved extends Decoded {
  /** Indexes into `text` of characters that came out of an escape, ascending: they are never indentation. */
  readonly escapes: readonly number[];
}

/** Resolves `''$`, `'''` and `''\x` in a stretch of `''…''` (Nix, `lexer.l`, `IND_STRING`). */
function resolveEscapes(source: string, span: Span): Resolved {
  const raw = source.slice(span.start, span.end);
  if (!raw.includes("''")) return { text: raw, map: [0, span.start, raw.length, span.end], escapes: [] };
  const out = new Collector();
  const escapes: number[] = [];
  let at = span.start;
  for (;;) {
    const next = source.indexOf("''", at);
    if (next < 0 || next + 2 >= span.end) break;
    out.add(source.slice(at, next), at);
    const third = source[next + 2] as string;
    if (third === "$" || third === "'") {
      const text = third === "$" ? "$" : "''";
      for (let i = 0; i < text.length; i++) escapes.push(out.text.length + i);
      out.add(text, next, 3);
      at = next + 3;
    } else if (third === "\\" && next + 3 < span.end) {
      const char = String.fromCodePoint(source.codePointAt(next + 3) as number);
      escapes.push(out.text.length);
      out.add(unescaped(char), next, 3 + char.length);
      at = next + 3 + char.length;
    } else {
      out.add("''", next);
      at = next + 2;
    }
  }
  out.add(source.slice(at, span.end), at);
  return { ...out.finish(span.end), escapes };
}

const SPACE = 32;
const NEWLINE = 10;

/**
 * Decodes the stretches of a whole `''…''`: common indentation (spaces only) is stripped, a first line of spaces and a
 * last line of spaces are dropped, as Nix does (Nix, `parser.y`, `stripIndentation`).
 * `spans` are the stretches between the quotes and the interpolations, in order; the result has one entry for each.
 */
export function decodeIndented(source: string, spans: readonly Span[]): Decoded[] {
  const parts = spans.map((span, index) => resolveEscapes(source, index === 0 ? withoutFirstLine(source, span) : span));
  const indent = commonIndent(parts);
  return parts.map((part, index) => strip(part, indent, index > 0, index === parts.length - 1));
}

/** The opening quotes take the spaces and the line break behind them (Nix, `lexer.l`, `IND_STRING_OPEN`). */
function withoutFirstLine(source: string, span: Span): Span {
  let start = span.start;
  while (start < span.end && source.charCodeAt(start) === SPACE) start++;
  return start < span.end && source.charCodeAt(start) === NEWLINE ? { start: start + 1, end: span.end } : span;
}

/** The least number of spaces before the first other character of any line that has one. */
function commonIndent(parts: readonly Resolved[]): number {
  let least = Infinity;
  let current = 0;
  let atStart = true;
  const close = (): void => {
    if (atStart) least = Math.min(least, current);
    atStart = false;
  };
  parts.forEach(({ text, escapes }, index) => {
    if (index > 0) close(); // an interpolation ends the indentation of its line
    let escape = 0;
    for (let i = 0; i < text.length; i++) {
      if (i === escapes[escape]) {
        escape++;
        close();
        continue;
      }
      const unit = text.charCodeAt(i);
      if (unit === NEWLINE) {
        atStart = true;
        current = 0;
      } else if (atStart) {
        if (unit === SPACE) current++;
        else close();
      } else {
        const next = text.indexOf("\n", i);
        const stop = escapes[escape] ?? text.length;
        i = (next < 0 ? stop : Math.min(next, stop)) - 1;
      }
    }
  });
  return least;
}

/** Drops the indentation of one stretch; `inLine` says that an interpolation stands right before it. */
function strip(part: Resolved, indent: number, inLine: boolean, last: boolean): Decoded {
  const { text, map, escapes } = part;
  const end = last ? withoutLastLine(part) : text.length;
  const out = new Collector();
  const add = (from: number, to: number): void => {
    // Copy run by run, so that the map keeps the pairs of the escapes in between.
    while (from < to) {
      let pair = 0;
      while (pair + 2 < map.length && (map[pair + 2] as number) <= from) pair += 2;
      const stop = Math.min(to, map[pair + 2] ?? to);
      const source = (map[pair + 1] as number) + (from - (map[pair] as number));
      out.add(text.slice(from, stop), source, stop === map[pair + 2] ? (map[pair + 3] as number) - source : stop - from);
      from = stop;
    }
  };
  let atStart = !inLine;
  let from = 0;
  while (from < end) {
    if (atStart) {
      let spaces = from;
      while (spaces < end && text.charCodeAt(spaces) === SPACE && spaces - from < indent && !escapes.includes(spaces)) spaces++;
      from = spaces;
    }
    const next = text.indexOf("\n", from);
    const to = next < 0 || next >= end ? end : next + 1;
    add(from, to);
    from = to;
    atStart = true;
  }
  return out.finish(sourceOffset(map, end));
}

/** Where a stretch ends when its last line holds nothing but spaces that Nix drops. */
function withoutLastLine({ text, escapes }: Resolved): number {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === SPACE) end--;
  // The token that holds the last line must hold its line break too, else Nix leaves the spaces.
  const sameToken = !escapes.includes(end - 1) && !(escapes.length > 0 && (escapes[escapes.length - 1] as number) >= end);
  return end > 0 && text.charCodeAt(end - 1) === NEWLINE && sameToken ? end : text.length;
}
