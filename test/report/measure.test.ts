/** Tests that widths are those of a terminal. */

import { expect, it } from "vitest";
import { measureFor } from "../../src/report/measure.ts";

it("counts ASCII by characters", async () => {
  const measure = await measureFor([null, "abc\t\u001b"]);
  expect(measure.split("abc")).toEqual(["a", "b", "c"]);
  expect(measure.width("abc")).toBe(3);
});

it("counts what a reader sees as one character by its columns", async () => {
  const measure = await measureFor(["plain", "é"]);
  expect(measure.split("e\u0301日👨‍👩‍👧x")).toEqual(["e\u0301", "日", "👨‍👩‍👧", "x"]);
  expect(["e\u0301", "日", "👨‍👩‍👧", "x"].map(measure.width)).toEqual([1, 2, 2, 1]);
});
