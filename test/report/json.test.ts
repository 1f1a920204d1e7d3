/** Tests the JSON contract byte by byte. */

import { expect, it } from "vitest";
import { json } from "../../src/report/json.ts";
import { file, related, result } from "./sample.ts";

it("keeps the keys, their order and the layout of the contract", () => {
  const text = "{\n  a = 1;\n}\n";
  const run = result([
    file("src/a.nix", text, [
      { rule: "rule-a", at: "a = 1", message: "Wrong.", fix: "safe", reason: "of no use here", related: [related("src/b.nix", text, "1", "here")] },
      { rule: "rule-b", severity: "warning", at: "1", message: "Known.", suppressed: true, reason: "on purpose" },
      { rule: "rule-c", severity: "info", message: "Known too.", suppressed: true, fix: "proposed" },
    ]),
    file("src/flake.nix", "{ }\n", [], "flake"),
  ]);
  expect(json(run)).toBe(`{
  "version": 1,
  "tool": {
    "name": "tappaas-lint",
    "version": "0.1.0"
  },
  "files": [
    {
      "path": "src/a.nix",
      "role": "system",
      "findings": [
        {
          "rule": "rule-a",
          "severity": "error",
          "message": "Wrong.",
          "start": {
            "line": 2,
            "column": 3
          },
          "end": {
            "line": 2,
            "column": 8
          },
          "suppressed": false,
          "fix": "safe",
          "related": [
            {
              "path": "src/b.nix",
              "start": {
                "line": 2,
                "column": 7
              },
              "end": {
                "line": 2,
                "column": 8
              },
              "message": "here"
            }
          ]
        },
        {
          "rule": "rule-b",
          "severity": "warning",
          "message": "Known.",
          "start": {
            "line": 2,
            "column": 7
          },
          "end": {
            "line": 2,
            "column": 8
          },
          "suppressed": true,
          "reason": "on purpose",
          "fix": null,
          "related": []
        },
        {
          "rule": "rule-c",
          "severity": "info",
          "message": "Known too.",
          "start": {
            "line": 1,
            "column": 1
          },
          "end": {
            "line": 1,
            "column": 1
          },
          "suppressed": true,
          "fix": "proposed",
          "related": []
        }
      ]
    },
    {
      "path": "src/flake.nix",
      "role": "flake",
      "findings": []
    }
  ],
  "summary": {
    "files": 2,
    "errors": 1,
    "warnings": 0,
    "infos": 0,
    "suppressed": 2,
    "fixable": 1
  }
}
`);
});

it("is a document also without files", () => {
  expect(JSON.parse(json(result([])))).toEqual({
    version: 1,
    tool: { name: "tappaas-lint", version: "0.1.0" },
    files: [],
    summary: { files: 0, errors: 0, warnings: 0, infos: 0, suppressed: 0, fixable: 0 },
  });
});

it("keeps odd characters as values and harmless as bytes", () => {
  const text = json(result([file("a\u001b\u202e.nix", "x", [{ rule: "r", message: "\u009b ##[error]" }])]));
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  expect(text).not.toContain("##[");
  const parsed = JSON.parse(text) as { files: { path: string; findings: { message: string }[] }[] };
  expect(parsed.files[0]?.path).toBe("a\u001b\u202e.nix");
  expect(parsed.files[0]?.findings[0]?.message).toBe("\u009b ##[error]");
});
