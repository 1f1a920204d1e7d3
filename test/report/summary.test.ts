/** Tests the sentence with the counts. */

import { expect, it } from "vitest";
import { summarySentence } from "../../src/report/summary.ts";
import { file, result } from "./sample.ts";

const clean = file("clean.nix", "{ }\n");
const mixed = file("mixed.nix", "{ }\n", [
  { rule: "a", fix: "safe" },
  { rule: "b", fix: "safe" },
  { rule: "c", severity: "warning", fix: "proposed" },
  { rule: "d", severity: "info" },
  { rule: "e", suppressed: true, fix: "safe" },
]);

it.each([
  ["no files", result([]), false, "No files were linted"],
  ["one clean file", result([clean]), false, "No findings in 1 file"],
  ["clean files", result([clean, clean]), false, "No findings in 2 files"],
  ["all severities, no hint", result([mixed, clean]), false, "2 errors, 1 warning, 1 info in 1 of 2 files; 1 suppressed"],
  ["all files hit", result([mixed, mixed]), false, "4 errors, 2 warnings, 2 infos in 2 files; 2 suppressed"],
  ["the hint for fixes", result([mixed]), true, "2 errors, 1 warning, 1 info in 1 file; 1 suppressed; 2 can be mended with --fix, 1 more with --fix-proposed"],
  ["only proposed fixes", result([file("a.nix", "", [{ rule: "a", fix: "proposed" }])]), true, "1 error in 1 file; 1 can be mended with --fix-proposed"],
  ["only safe fixes", result([file("a.nix", "", [{ rule: "a", fix: "safe" }])]), true, "1 error in 1 file; 1 can be mended with --fix"],
  ["the hint without a fix", result([file("a.nix", "", [{ rule: "a" }])]), true, "1 error in 1 file"],
  ["a failure", result([clean], { failures: [{ path: null, rule: null, message: "No." }] }), false, "No findings in 1 file; 1 failure, so this is not the whole answer"],
])("%s", (_, run, fixHint, sentence) => {
  expect(summarySentence(run, fixHint)).toBe(sentence);
});
