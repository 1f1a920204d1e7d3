/** Trimming ends. */
import { expect, it } from "vitest";
import { trimmedEnd } from "../../../src/engine/domain/trim.ts";

it.each([
  ["a//", "/", "a"],
  ["/a/b", "/", "/a/b"],
  ["///", "/", ""],
  ["", "/", ""],
  ["x \t\r", " \t\r", "x"],
])("takes from the end of %j all of %j", (text, characters, left) => {
  expect(trimmedEnd(text, characters)).toBe(left);
});
