import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceText } from "../../../src/engine/syntax/index.ts";

describe("lines and columns", () => {
  it.each<[string, number[]]>([
    ["", [0]],
    ["a", [0]],
    ["a\n", [0, 2]],
    ["a\nb\n\nc", [0, 2, 4, 5]],
    ["a\r\nb", [0, 3]],
    ["a\rb", [0, 2]],
    ["a\r\r\nb", [0, 2, 4]],
    ["\n\r", [0, 1, 2]],
    ["a\u2028b\u0085c\fd", [0]],
  ])("finds the lines of %j", (text, starts) => {
    expect([...new SourceText(text).lineStarts]).toEqual(starts);
  });

  it.each<[string, number, number, number]>([
    ["ab\ncd", 0, 1, 1],
    ["ab\ncd", 2, 1, 3],
    ["ab\ncd", 3, 2, 1],
    ["ab\ncd", 5, 2, 3],
    ["😀b\n\t😀c", 2, 1, 3],
    ["😀b\n\t😀c", 5, 2, 2],
    ["😀b\n\t😀c", 7, 2, 4],
    ["a\r\nb", 1, 1, 2],
    ["a\r\nb", 2, 1, 2],
    ["a\n\r\n\nb", 3, 2, 1],
    ["a\r\nb", 3, 2, 1],
    ["a\rb", 2, 2, 1],
    ["ab", 99, 1, 3],
    ["ab", -1, 1, 1],
    ["", 0, 1, 1],
  ])("puts offset %2$j of %1$j where it is", (text, offset, line, column) => {
    expect(new SourceText(text).position(offset)).toEqual({ line, column });
  });

  it.each<[string, number, number, number]>([
    ["ab\ncd", 2, 1, 3],
    ["ab\ncd", 2, 99, 5],
    ["ab\ncd", 1, 99, 3],
    ["ab\ncd", 99, 1, 5],
    ["ab\ncd", 0, 5, 0],
    ["ab\ncd", 2, -5, 3],
  ])("moves a position outside of %j to the nearest inside", (text, line, column, offset) => {
    expect(new SourceText(text).offset({ line, column })).toBe(offset);
  });

  it("goes there and back, but from inside a line end", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "😀", "\t", "\n", "\r", "\r\n", "é"), { maxLength: 30 }), (pieces) => {
        const source = new SourceText(pieces.join(""));
        for (let offset = 0; offset <= source.text.length; offset++) {
          const isInside = source.text.slice(offset - 1, offset + 1) === "\r\n";
          expect(source.offset(source.position(offset))).toBe(isInside ? offset - 1 : offset);
        }
      }),
    );
  });
});
