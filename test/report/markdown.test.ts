/** Tests the Markdown report: its tables, and that nothing in them becomes a link, a mention, a cell or HTML. */
import { expect, it } from "vitest";
import { markdown } from "../../src/report/markdown.ts";
import { file, result } from "./sample.ts";

it("has a table by rule and one of the findings", () => {
  const run = result([file("a.nix", "{\n  a = 1;\n}\n", [{ rule: "r", at: "a = 1", message: "One." }, { rule: "s", suppressed: true }]), file("b.nix", "{ }\n", [{ rule: "r", message: "Two." }])]);
  expect(markdown(run).split("\n").filter((line) => line.startsWith("|"))).toEqual([
    "| rule | findings | files |",
    "| --- | --- | --- |",
    "| [r](https://example.org/rules.md#r) | 2 | 2 |",
    "| file | line | severity | rule | message |",
    "| --- | --- | --- | --- | --- |",
    "| a.nix | 2 | error | [r](https://example.org/rules.md#r) | One. |",
    "| b.nix | 1 | error | [r](https://example.org/rules.md#r) | Two. |",
  ]);
});

it("shows a stranger's text as text", () => {
  const text = markdown(result([file("a|b.nix", "x", [{ rule: "r", message: "<img> [x](http://evil) `| @team\nnew" }])]));
  expect(text).toContain("| a\\|b.nix | 1 | error |");
  expect(text).toContain("&lt;img\\> \\[x\\]\\(http\u2060://evil\\) \\`\\| @\u2060team\\\\nnew |");
});

it("says how many it does not list", () => {
  expect(markdown(result([file("a.nix", "x", Array.from({ length: 502 }, (_, index) => ({ rule: "r", message: `No ${index}.` })))]))).toContain("2 more are not listed here.");
});

it("says that a run is clean", () => {
  expect(markdown(result([file("a.nix", "{ }\n")]))).toBe("## tappaas-lint\n\nNo findings in 1 file.\n");
});
