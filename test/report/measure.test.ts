/** Tests that widths are those of a terminal. */

import stringWidth from "string-width";
import { expect, it } from "vitest";
import { measureFor } from "../../src/report/measure.ts";

it("counts ASCII by characters", async () => {
  const measure = await measureFor([null, "abc\t\u001b"]);
  expect(measure.split("abc")).toEqual(["a", "b", "c"]);
  expect(measure.width("abc")).toBe(3);
});

it("counts as string-width and Intl.Segmenter do what it does not hand to them", async () => {
  const segmenter = new Intl.Segmenter();
  for (let code = 0x20; code < 0x3000; code++) {
    const character = String.fromCharCode(code);
    const measure = await measureFor([character]);
    if (code === 0x7f) continue;
    expect([code, measure.width(character), measure.split(`a${character}b`)]).toEqual([code, stringWidth(character), Array.from(segmenter.segment(`a${character}b`), ({ segment }) => segment)]);
  }
});

it("counts what a reader sees as one character by its columns", async () => {
  const measure = await measureFor(["plain", "日"]);
  expect(measure.split("e\u0301日👨‍👩‍👧x")).toEqual(["e\u0301", "日", "👨‍👩‍👧", "x"]);
  expect(["e\u0301", "日", "👨‍👩‍👧", "x"].map(measure.width)).toEqual([1, 2, 2, 1]);
});
