/** Tests which source lines a finding is shown with, and what is marked in them. */
import { expect, it } from "vitest";
import { excerpt } from "../../../src/report/matrix/excerpt.ts";
import { spanOf } from "../sample.ts";

const text = "a\n{\n  b = <c>;\n\td = [\n    1\n    2\n    3\n    4\n    5\n    6\n  ];\n}\n";
const lines = text.split("\n");
const shown = (part: string): string[] => {
  const { start, end } = spanOf(text, part);
  return excerpt(lines, start, end).source.replace(/<\/?(?:pre|code|span)[^>]*>/gu, "").split("\n").slice(0, -1);
};

it("marks a span, with a line around it", () => {
  expect(shown("<c>")).toEqual(["2 {", "3   b = <mark>&lt;c&gt;</mark>;", "4  d = ["]);
  expect(shown("a")).toEqual(["1 <mark>a</mark>", "2 {"]);
});

it("marks several lines, and leaves out the end of many", () => {
  expect(shown("[\n    1\n    2\n")).toEqual(["3   b = &lt;c&gt;;", "4  d = <mark>[</mark>", "5     <mark>1</mark>", "6     <mark>2</mark>", "7     3"]);
  expect(shown(text.slice(text.indexOf("[")))).toEqual(["3   b = &lt;c&gt;;", "4  d = <mark>[</mark>", "5     <mark>1</mark>", "6     <mark>2</mark>", "7     <mark>3</mark>", "8     <mark>4</mark>", "9     <mark>5</mark>", "⋮ …"]);
});

it("marks a point, also at the end of a line", () => {
  expect(excerpt(["ab"], { line: 1, column: 2 }, { line: 1, column: 2 }).source).toContain("a<mark>b</mark>");
  expect(excerpt(["ab"], { line: 1, column: 3 }, { line: 1, column: 3 }).source).toContain("ab<mark> </mark>");
});

it("clips a span outside the file, and a line of any length around the span", () => {
  expect(excerpt(["x"], { line: 9, column: 9 }, { line: 9, column: 12 }).source).toContain('<span class="number">1</span> <mark>x</mark>');
  const long = `${"a".repeat(1_000_000)}HERE${"b".repeat(1_000_000)}`;
  const { source } = excerpt([long], { line: 1, column: 1_000_001 }, { line: 1, column: 1_000_005 });
  expect(source).toContain("a<mark>HERE</mark>b");
  expect(source.length).toBeLessThan(700);
  expect(excerpt([long], { line: 1, column: 1 }, { line: 1, column: 2_000_005 }).source).toContain(`<mark>${"a".repeat(400)}…</mark>`);
});
