/** Splits a line of systemd's configuration into words as its `extract_first_word` does, so that every field keeps its place. */

/** One word of a line: its text without quotes and escapes, and where it stands, in UTF-16 units from 0, end exclusive. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Why a line could not be split, and where. */
export interface WordError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", s: " ", "\\": "\\", '"': '"', "'": "'",
};

/** The blanks that systemd separates words by (`WHITESPACE` in its sources). */
export function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\r";
}

/** Noncharacters and surrogates are refused, as systemd's `unichar_is_valid` does. */
function isCodePoint(code: number): boolean {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  return (code & 0xfffe) !== 0xfffe && !(code >= 0xfdd0 && code <= 0xfdef);
}

/**
 * Reads one C-style escape (tmpfiles.d(5), systemd.syntax(7) "Quoting").
 *
 * @param at the offset just behind the backslash
 * @returns the character and the offset behind the escape, or null where systemd refuses it. `\xNN` and `\NNN` above 0x7f
 *   are single bytes to systemd; they come back as the character of that number.
 */
function readEscape(line: string, at: number): { text: string; end: number } | null {
  const letter = line[at];
  if (letter === undefined) return null;
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) return { text: simple, end: at + 1 };
  const digits = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
  if (digits > 0) {
    const hex = line.slice(at + 1, at + 1 + digits);
    if (hex.length < digits || !/^[0-9a-fA-F]*$/.test(hex)) return null;
    const code = Number.parseInt(hex, 16);
    if (code === 0 || (letter === "U" && !isCodePoint(code))) return null;
    return { text: String.fromCodePoint(code), end: at + 1 + digits };
  }
  const octal = line.slice(at, at + 3);
  if (!/^[0-7]{3}$/.test(octal)) return null;
  const code = Number.parseInt(octal, 8);
  return code === 0 || code > 0xff ? null : { text: String.fromCodePoint(code), end: at + 3 };
}

function escapeError(line: string, backslash: number): WordError {
  const end = Math.min(line.length, backslash + 2);
  return {
    message: `systemd knows no escape ${line.slice(backslash, end)}; write \\\\ for a backslash itself.`,
    start: backslash,
    end,
  };
}

/**
 * Replaces the C-style escapes of a text.
 *
 * @param offset added to the places in an error
 * @returns the text without escapes, or the error of the first escape that systemd refuses
 */
export function unescape(text: string, offset: number): string | WordError {
  let out = "";
  for (let at = 0; at < text.length; ) {
    if (text[at] !== "\\") {
      out += text[at++];
      continue;
    }
    const escape = readEscape(text, at + 1);
    if (escape === null) {
      const error = escapeError(text, at);
      return { ...error, start: error.start + offset, end: error.end + offset };
    }
    out += escape.text;
    at = escape.end;
  }
  return out;
}

/**
 * Reads up to `limit` words, as `extract_many_words` with `EXTRACT_UNQUOTE | EXTRACT_CUNESCAPE` (systemd 255 and later;
 * older ones take a backslash before any character): quotes may open inside a word, escapes count inside both kinds.
 *
 * @param from offset at which reading starts
 * @param to exclusive offset at which the line ends
 * @returns the words and the offset of the rest behind them (blanks skipped), or what is wrong
 */
export function readWords(line: string, from: number, to: number, limit: number): { words: Word[]; rest: number } | WordError {
  const text = line.slice(0, to);
  const words: Word[] = [];
  let at = from;
  while (isBlank(text[at])) at++;
  while (at < to && words.length < limit) {
    const start = at;
    let word = "";
    let quote: { mark: string; at: number } | null = null;
    for (; at < to; ) {
      const character = text[at] as string;
      if (character === "\\") {
        const escape = readEscape(text, at + 1);
        if (escape === null) return escapeError(text, at);
        word += escape.text;
        at = escape.end;
        continue;
      }
      if (quote === null && isBlank(character)) break;
      if (quote === null && (character === '"' || character === "'")) quote = { mark: character, at };
      else if (quote !== null && character === quote.mark) quote = null;
      else word += character;
      at++;
    }
    if (quote !== null) return { message: `The quote ${quote.mark} is never closed; add ${quote.mark}.`, start: quote.at, end: to };
    words.push({ text: word, start, end: at });
    while (isBlank(text[at])) at++;
  }
  return { words, rest: at };
}
