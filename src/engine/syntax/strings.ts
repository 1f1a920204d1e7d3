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

  /** Adds what an escape stands for; of a character of two units, the second has its own place. */
  addEscape(text: string, source: number, sourceLength: number): void {
    const isPair = text.length === 2 && text !== "''";
    this.add(isPair ? text.charAt(0) : text, source, isPair ? sourceLength - 1 : sourceLength);
    if (isPair) this.add(text.charAt(1), source + sourceLength - 1);
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

const PLAIN_RUN = /[^\\\r]+/y;

/**
 * Decodes a stretch of `"…"` between quotes and interpolations. As Nix does, `\x` is unescaped and a raw CR or CRLF
 * becomes LF (Nix, `lexer.l`, `unescapeStr`).
 */
export function decodePlain(source: string, span: Span): Decoded {
  const raw = source.slice(span.start, span.end);
  if (!raw.includes("\\") && !raw.includes("\r")) return { text: raw, map: [0, span.start, raw.length, span.end] };
  const out = new Collector();
  for (let i = 0; i < raw.length; ) {
    PLAIN_RUN.lastIndex = i;
    if (PLAIN_RUN.test(raw)) {
      out.add(raw.slice(i, PLAIN_RUN.lastIndex), span.start + i);
      i = PLAIN_RUN.lastIndex;
    } else if (raw[i] === "\r") {
      const length = raw[i + 1] === "\n" ? 2 : 1;
      out.add("\n", span.start + i, length);
      i += length;
    } else {
      const next = i + 1 < raw.length ? String.fromCodePoint(raw.codePointAt(i + 1) as number) : "";
      out.addEscape(unescaped(next), span.start + i, 1 + next.length);
      i += 1 + next.length;
    }
  }
  return out.finish(span.end);
}

/** `''$`, `'''` or `''\x` in a stretch of an indented string; offsets are relative to the stretch. */
interface Escape {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A stretch of an indented string as it is written. */
interface Raw {
  readonly raw: string;
  readonly start: number;
  readonly escapes: readonly Escape[];
}

/** Finds the escapes of a stretch (Nix, `lexer.l`, `IND_STRING`). */
function rawOf(source: string, { start, end }: Span): Raw {
  const raw = source.slice(start, end);
  const escapes: Escape[] = [];
  let at = raw.indexOf("''");
  while (at >= 0) {
    const third = raw[at + 2];
    let next = at + 2;
    if (third === "$" || third === "'") {
      next = at + 3;
      escapes.push({ start: at, end: next, text: third === "$" ? "$" : "''" });
    } else if (third === "\\" && at + 3 < raw.length) {
      const char = String.fromCodePoint(raw.codePointAt(at + 3) as number);
      next = at + 3 + char.length;
      escapes.push({ start: at, end: next, text: unescaped(char) });
    }
    at = raw.indexOf("''", next);
  }
  return { raw, start, escapes };
}

const SPACE = 32;
const NEWLINE = 10;

/**
 * Decodes the stretches of a whole `''…''`: common indentation (spaces only) is stripped, a first line of spaces and a
 * last line of spaces are dropped, as Nix does (Nix, `parser.y`, `stripIndentation`).
 * `spans` are the stretches between the quotes and the interpolations, in order; the result has one entry for each.
 */
export function decodeIndented(source: string, spans: readonly Span[]): Decoded[] {
  const parts = spans.map((span, index) => rawOf(source, index === 0 ? withoutFirstLine(source, span) : span));
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
function commonIndent(parts: readonly Raw[]): number {
  let least = Infinity;
  let current = 0;
  let atStart = true;
  parts.forEach(({ raw, escapes }, index) => {
    // An interpolation ends the indentation of its line, as any character but a space does, written or escaped.
    if (index > 0 && atStart) {
      least = Math.min(least, current);
      atStart = false;
    }
    let escape = 0;
    for (let i = 0; i < raw.length; ) {
      if (!atStart) {
        const newline = raw.indexOf("\n", i);
        if (newline < 0) break;
        i = newline + 1;
        while (escape < escapes.length && (escapes[escape] as Escape).end < i) escape++;
        // A line break that is escaped starts no line here.
        atStart = escapes[escape]?.end !== i;
        current = 0;
        continue;
      }
      const unit = raw.charCodeAt(i);
      if (unit === SPACE) current++;
      else if (unit === NEWLINE) current = 0;
      else {
        least = Math.min(least, current);
        atStart = false;
        continue;
      }
      i++;
    }
  });
  return least;
}

/** Drops the indentation of one stretch; `inLine` says that an interpolation stands right before it. */
function strip(part: Raw, indent: number, inLine: boolean, last: boolean): Decoded {
  const { raw, start, escapes } = part;
  const end = last ? withoutLastLine(part) : raw.length;
  const out = new Collector();
  let atStart = !inLine;
  let dropped = 0;
  let escape = 0;
  let newline = -1;
  for (let i = 0; i < end; ) {
    if (atStart) {
      const from = i;
      const limit = Math.min(end, i + indent - dropped);
      while (i < limit && raw.charCodeAt(i) === SPACE) i++;
      dropped += i - from;
    }
    if (newline < i) {
      newline = raw.indexOf("\n", i);
      if (newline < 0) newline = raw.length;
    }
    const next = escapes[escape];
    if (next !== undefined && next.start <= newline) {
      escape++;
      // Behind a line break that is escaped, an escaped space is indentation.
      const isIndent = atStart && i === next.start && next.text === " " && dropped < indent;
      if (isIndent) dropped++;
      else {
        out.add(raw.slice(i, next.start), start + i);
        out.addEscape(next.text, start + next.start, next.end - next.start);
        atStart = next.text === "\n";
        dropped = 0;
      }
      i = next.end;
    } else {
      const to = Math.min(end, newline + 1);
      out.add(raw.slice(i, to), start + i);
      i = to;
      atStart = true;
      dropped = 0;
    }
  }
  return out.finish(start + end);
}

/** Where a stretch ends when its last line holds nothing but spaces, which Nix drops unless an escape stands in between. */
function withoutLastLine({ raw, escapes }: Raw): number {
  let end = raw.length;
  while (end > 0 && raw.charCodeAt(end - 1) === SPACE) end--;
  const lastEscape = escapes[escapes.length - 1]?.end ?? 0;
  return end > lastEscape && raw.charCodeAt(end - 1) === NEWLINE ? end : raw.length;
}
