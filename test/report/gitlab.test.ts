/** Tests the report for GitLab's code quality. */
import { expect, it } from "vitest";
import { gitlab } from "../../src/report/gitlab.ts";
import { plainOptions } from "../../src/report/options.ts";
import { file, result } from "./sample.ts";

interface Issue {
  readonly fingerprint: string;
}

it("names files from the root of the repository and gives each finding a fingerprint of its own", () => {
  const twice = (path: string) => file(path, "{\n  a = 1;\n}\n", [{ rule: "r", at: "a = 1", message: "One.", fingerprints: ["a", "1"] }, { rule: "r", at: "a = 1", message: "One.", fingerprints: ["a", "2"] }, { rule: "s", suppressed: true }]);
  const issues = JSON.parse(gitlab(result([twice("a.nix"), twice("b.nix")]), { ...plainOptions, prefix: "src" })) as Issue[];
  expect(issues[0]).toEqual({ description: "One.", check_name: "r", fingerprint: "a-1:src/a.nix", severity: "critical", location: { path: "src/a.nix", lines: { begin: 2, end: 2 } } });
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
});

it("is an empty list for a clean run", () => {
  expect(gitlab(result([file("a.nix", "{ }\n")]), plainOptions)).toBe("[]\n");
});
