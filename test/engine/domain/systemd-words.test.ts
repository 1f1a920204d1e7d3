/** Holds the splitting of systemd's lines into words: quotes, escapes, places. */
import { describe, expect, it } from "vitest";
import { readWords, unescape } from "../../../src/engine/domain/systemd-words.ts";

function words(line: string, limit = 9): unknown {
  const read = readWords(line, 0, line.length, limit);
  return "message" in read ? `${line.slice(read.start, read.end)}: ${read.message}` : read.words.map((word) => word.text);
}

describe("readWords", () => {
  it.each([
    ["a  b\tc", ["a", "b", "c"]],
    [" a ", ["a"]],
    ["", []],
    [`"a b" 'c "d"' e"f g"h`, ["a b", 'c "d"', "ef gh"]],
    [`"" ''`, ["", ""]],
    ["a\\tb\\x41\\101\\u00e9\\U0001F600\\s\\\\", ["a\tbAAé\u{1f600} \\"]],
    [`"\\"" '\\''`, ['"', "'"]],
  ])("splits %j", (line, expected) => expect(words(line)).toEqual(expected));

  it.each([
    ["a\\q", "\\q: systemd knows no escape \\q; write \\\\ for a backslash itself."],
    ["a\\", "\\: systemd knows no escape \\; write \\\\ for a backslash itself."],
    ["\\x0", "\\x: systemd knows no escape \\x; write \\\\ for a backslash itself."],
    ["\\x00", "\\x: systemd knows no escape \\x; write \\\\ for a backslash itself."],
    ["\\777", "\\7: systemd knows no escape \\7; write \\\\ for a backslash itself."],
    ["\\U00110000", "\\U: systemd knows no escape \\U; write \\\\ for a backslash itself."],
    ['a "b c', '"b c: The quote " is never closed; add ".'],
  ])("refuses %j", (line, expected) => expect(words(line)).toBe(expected));

  it("leaves the rest behind the last word that is asked for", () => {
    expect(readWords("a b  c d", 0, 8, 2)).toEqual({ words: [{ text: "a", start: 0, end: 1 }, { text: "b", start: 2, end: 3 }], rest: 5 });
  });
});

describe("unescape", () => {
  it("replaces escapes and places errors by the offset", () => {
    expect(unescape("a\\nb", 10)).toBe("a\nb");
    expect(unescape("a\\qb", 10)).toEqual({ message: "systemd knows no escape \\q; write \\\\ for a backslash itself.", start: 11, end: 13 });
  });
});
