/** Edits are applied exactly, and refused where they have no one meaning. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, overlaps } from "../../../../src/engine/run/index.ts";

describe("applyEdits", () => {
  it("replaces, inserts and deletes by offsets of the old text", () => {
    expect(applyEdits("a = 1; b = 2;", [{ start: 11, end: 12, text: "20" }, { start: 0, end: 0, text: "x; " }, { start: 4, end: 5, text: "" }])).toBe("x; a = ; b = 20;");
  });

  it("takes edits that touch", () => {
    expect(applyEdits("abcd", [{ start: 0, end: 2, text: "1" }, { start: 2, end: 4, text: "2" }])).toBe("12");
  });

  it.each([
    [[{ start: 0, end: 2, text: "" }, { start: 1, end: 3, text: "" }], "Two edits overlap"],
    [[{ start: 1, end: 1, text: "x" }, { start: 1, end: 1, text: "y" }], "Two edits overlap"],
    [[{ start: 3, end: 5, text: "" }], "An edit lies outside the text"],
    [[{ start: -1, end: 0, text: "" }], "An edit lies outside the text"],
  ])("refuses %j", (edits, message) => {
    expect(() => applyEdits("abcd", edits)).toThrow(new RangeError(message));
  });

  it("leaves everything outside the edits as it is", () => {
    const edit = fc.record({ start: fc.nat(30), length: fc.nat(5), text: fc.string() });
    fc.assert(
      fc.property(fc.string({ minLength: 40, maxLength: 40 }), fc.array(edit, { maxLength: 5 }), (text, wanted) => {
        const edits: { start: number; end: number; text: string }[] = [];
        for (const { start, length, text: with_ } of wanted) {
          const one = { start, end: start + length, text: with_ };
          if (!edits.some((other) => overlaps(one, other))) edits.push(one);
        }
        // From the last to the first, no edit moves another.
        let expected = text;
        for (const { start, end, text: with_ } of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) expected = expected.slice(0, start) + with_ + expected.slice(end);
        expect(applyEdits(text, edits)).toBe(expected);
      }),
    );
  });
});
