/** Tests that formats are found by name and that only the one asked for is loaded. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formats, isFormat, loadReporter, plainOptions } from "../../src/report/index.ts";
import { file, result } from "./sample.ts";

it("lists the formats in the order of the help text", () => {
  expect(formats).toEqual(["pretty", "compact", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "matrix", "matrix-html", "markdown"]);
});

it.each(["Pretty", "", "toString", "__proto__", "xml"])("does not know the format %j", (word) => {
  expect(isFormat(word)).toBe(false);
});

it.each(formats)("loads %s, which gives the same text twice", async (format) => {
  expect(isFormat(format)).toBe(true);
  const reporter = await loadReporter(format);
  const run = result([file("a.nix", "{ }\n", [{ rule: "r" }])]);
  const text = await reporter(run, plainOptions);
  expect(text).toMatch(/\ba\b/u);
  expect(await reporter(run, plainOptions)).toBe(text);
});

it("imports nothing up front that costs time", () => {
  const source = readFileSync(new URL("../../src/report/index.ts", import.meta.url), "utf8");
  const upFront = source.match(/^(?:import|export) [^;]*? from "[^"]*"/gmu) ?? [];
  expect(upFront.filter((line) => !/^\w+ type /u.test(line))).toEqual(['export { plainOptions } from "./options.ts"']);
});
