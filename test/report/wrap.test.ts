/** Tests where messages are broken. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureFor } from "../../src/report/measure.ts";
import { wrap } from "../../src/report/wrap.ts";

const ascii = await measureFor(["plain"]);
const wide = await measureFor(["日本"]);

describe("wrap", () => {
  it.each([
    ["at spaces", "one two three four", 9, ["one two", "three", "four"]],
    ["not at all if it fits", "one two", 7, ["one two"]],
    ["not inside quoted code", "write `a = lib.mkForce false;` now", 26, ["write", "`a = lib.mkForce false;`", "now"]],
    ["keeps what clings to quoted code", "set (`a b`), or `c d`.", 12, ["set (`a b`),", "or `c d`."]],
    ["inside quoted code that is wider than a line", "write `aaaa bbbb cccc` now", 10, ["write", "`aaaa bbbb", "cccc` now"]],
    ["inside a word that is wider than a line", "x abcdefghij y", 4, ["x", "abcd", "efgh", "ij y"]],
    ["a backtick without a partner is a letter", "it`s a b", 4, ["it`s", "a b"]],
    ["nothing for nothing", "", 10, []],
  ])("%s", (_, text, width, lines) => {
    expect(wrap(text, width, ascii)).toEqual(lines);
  });

  it("counts the columns of wide characters and never splits one", () => {
    expect(wrap("日本語 日本語です 👨‍👩‍👧👨‍👩‍👧", 7, wide)).toEqual(["日本語", "日本語", "です", "👨‍👩‍👧👨‍👩‍👧"]);
  });

  it("keeps all words and the width", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "`", " ", "日", "é", ".") }), fc.integer({ min: 4, max: 30 }), (text, width) => {
        const lines = wrap(text, width, wide);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(wide.width(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
