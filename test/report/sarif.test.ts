/** Tests the SARIF log for what code scanning takes, shows and refuses. */

import type { Log, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import type { RunResult, Severity } from "../../src/engine/run/result.ts";
import { plainOptions } from "../../src/report/options.ts";
import { sarif } from "../../src/report/sarif.ts";
import { file, related, result, rule, varied } from "./sample.ts";

/** The only run of the log. */
function runOf(input: RunResult, prefix = ""): Run {
  const log = JSON.parse(sarif(input, { ...plainOptions, prefix })) as Log;
  expect(log.runs).toHaveLength(1);
  return log.runs[0] as Run;
}

function resultsOf(input: RunResult, prefix = ""): Result[] {
  return runOf(input, prefix).results ?? [];
}

const text = "{\n  a = [\n    1\n  ];\n}\n";

describe("the log", () => {
  it("has a fixed form", () => {
    const input = result([file("src/my module.nix", text, [{ rule: "some-rule", severity: "warning", at: "[\n    1\n  ]", message: "Wrong." }])], {
      rules: [
        rule("some-rule", {
          title: "Do it right",
          severity: "warning",
          theme: "secrets",
          security: 7,
          convention: "Set `a`, see [the manual](https://example.org/m).",
          why: "It *matters*.",
        }),
      ],
    });
    expect(sarif(input, plainOptions)).toBe(`{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "tappaas-lint",
          "version": "0.1.0",
          "semanticVersion": "0.1.0",
          "informationUri": "https://example.org/tappaas-lint",
          "rules": [
            {
              "id": "some-rule",
              "name": "SomeRule",
              "shortDescription": {
                "text": "Do it right."
              },
              "fullDescription": {
                "text": "Set a, see the manual."
              },
              "defaultConfiguration": {
                "level": "warning"
              },
              "helpUri": "https://example.org/rules.md#some-rule",
              "help": {
                "text": "Set a, see the manual.\\n\\nIt matters.",
                "markdown": "Set \`a\`, see [the manual](https://example.org/m).\\n\\n**Why:** It *matters*.\\n\\nReported: Nothing is set.\\n\\n\`\`\`nix\\n{ }\\n\`\`\`\\n\\nRight:\\n\\n\`\`\`nix\\n{ a = true; }\\n\`\`\`"
              },
              "properties": {
                "tags": [
                  "nixos",
                  "secrets",
                  "security"
                ],
                "precision": "high",
                "problem.severity": "warning",
                "security-severity": "7.0"
              }
            }
          ]
        }
      },
      "automationDetails": {
        "id": "tappaas-lint/"
      },
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": []
        }
      ],
      "columnKind": "utf16CodeUnits",
      "results": [
        {
          "ruleId": "some-rule",
          "ruleIndex": 0,
          "level": "warning",
          "message": {
            "text": "Wrong."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "src/my%20module.nix"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 7,
                  "endLine": 2,
                  "endColumn": 8
                }
              }
            }
          ],
          "partialFingerprints": {
            "primaryLocationLineHash": "7801acd8ecf3824e:1",
            "tappaasLintFingerprint/v1": "0123456789abcdef"
          }
        }
      ]
    }
  ]
}
`);
  });

  it("is the same bytes for the same result", () => {
    expect(sarif(structuredClone(varied), plainOptions)).toBe(sarif(varied, plainOptions));
  });

  it("is a log also for a clean run and for none", () => {
    expect(resultsOf(result([file("a.nix", "{ }\n")]))).toEqual([]);
    expect(resultsOf(result([]))).toEqual([]);
  });
});

describe("rules", () => {
  it("are of security only where they have a score", () => {
    const rules = runOf(varied).tool.driver.rules ?? [];
    const scored = rules.filter((one) => one.properties?.["security-severity"] !== undefined);
    expect(scored.map((one) => [one.id, one.properties?.["security-severity"]])).toEqual([
      ["image-pinned", "6.5"],
      ["redis-bind", "8.0"],
    ]);
    expect(rules.filter((one) => one.properties?.tags?.includes("security"))).toEqual(scored);
  });

  it("have the level of their severity", () => {
    const severities: readonly Severity[] = ["error", "warning", "info"];
    const rules = runOf(result([], { rules: severities.map((severity) => rule(severity, { severity })) })).tool.driver.rules;
    expect(rules?.map((one) => [one.defaultConfiguration?.level, one.properties?.["problem.severity"]])).toEqual([
      ["error", "error"],
      ["warning", "warning"],
      ["note", "recommendation"],
    ]);
  });

  it("are named by every result, also if the run does not describe them", () => {
    const input = result([file("a.nix", "x", [{ rule: "unused-suppression" }, { rule: "b" }])], { rules: [rule("b")] });
    const { tool, results } = runOf(input);
    expect(tool.driver.rules?.map(({ id }) => id)).toEqual(["b", "unused-suppression"]);
    const text = "unused-suppression.";
    expect(tool.driver.rules?.[1]).toEqual({
      id: "unused-suppression",
      name: "UnusedSuppression",
      shortDescription: { text },
      fullDescription: { text },
      help: { text, markdown: text },
    });
    expect(results?.map((one) => [one.ruleId, one.ruleIndex])).toEqual([
      ["unused-suppression", 1],
      ["b", 0],
    ]);
  });

  it("have descriptions that code scanning does not cut, and fences longer than those in their examples", () => {
    const long = rule("a", { convention: "word ".repeat(400), examples: { bad: [{ code: "# ```\n{ }\n", says: "Bad." }], good: [] } });
    const descriptor = runOf(result([], { rules: [long] })).tool.driver.rules?.[0];
    expect(descriptor?.fullDescription?.text).toHaveLength(1024);
    expect(descriptor?.help?.markdown).toContain("````nix\n# ```\n{ }\n````");
  });

  it("have a name that differs from a one-word id by more than case", () => {
    expect(runOf(result([], { rules: [rule("networkmanager")] })).tool.driver.rules?.[0]?.name).toBe("NetworkmanagerRule");
  });

  it("link to their documentation only on the web", () => {
    expect(runOf(result([], { rules: [rule("a", { url: "file:///rules.md" })] })).tool.driver.rules?.[0]).not.toHaveProperty("helpUri");
  });
});

describe("results", () => {
  it("leave suppressed findings out", () => {
    expect(resultsOf(varied).map(({ ruleId }) => ruleId)).toEqual([
      "redis-bind",
      "hardware-import",
      "networkd-disabled",
      "postgres-package",
      "postgres-ownership",
      "image-pinned",
    ]);
  });

  it("link to related locations in their message", () => {
    const input = result([
      file("a.nix", text, [{ rule: "r", at: "1", message: "Wrong.", related: [related("b.nix", text, "a", "set [here] \\"), related("c.nix", text, "1", "and here")] }]),
    ]);
    const [only] = resultsOf(input);
    expect(only?.message.text).toBe("Wrong. See: [set \\[here\\] \\\\](1), [and here](2).");
    expect(only?.relatedLocations).toEqual([
      {
        id: 1,
        message: { text: "set [here] \\" },
        physicalLocation: { artifactLocation: { uri: "b.nix" }, region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 4 } },
      },
      {
        id: 2,
        message: { text: "and here" },
        physicalLocation: { artifactLocation: { uri: "c.nix" }, region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 6 } },
      },
    ]);
  });

  it("keep links and unsafe characters of a stranger from working", () => {
    const [only] = resultsOf(result([file("a.nix", text, [{ rule: "r", message: "[x](https://example.org) \u202e\u001b[1m" }])]));
    expect(only?.message.text).toBe("[x] (https://example.org) \\u{202e}\\u{1b}[1m");
  });

  it.each([
    ["a span of several lines ends with its first", text, [2, 7, 4, 4], [2, 7, 8]],
    ["a line end does not count", "ab\r\ncd\r\n", [1, 2, 2, 1], [1, 2, 3]],
    ["a span past its line", text, [2, 7, 2, 99], [2, 7, 8]],
    ["a span behind its line", text, [2, 40, 2, 50], [2, 8, 8]],
    ["a span past the file", text, [9, 1, 9, 4], [6, 1, 1]],
    ["a point", text, [2, 3, 2, 3], [2, 3, 3]],
    ["an empty file", "", [1, 1, 1, 1], [1, 1, 1]],
    ["a file that was not read", null, [3, 5, 3, 9], [3, 5, 9]],
    ["several lines of a file that was not read", null, [3, 5, 4, 9], [3, 5, 5]],
  ])("region: %s", (_, source, [line = 0, column = 0, endLine = 0, endColumn = 0], [startLine, startColumn, end]) => {
    const sketch = { rule: "r", start: { line, column }, end: { line: endLine, column: endColumn } };
    const [only] = resultsOf(result([file("a.nix", source, [sketch])]));
    expect(only?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine, startColumn, endLine: startLine, endColumn: end });
  });

  it.each([
    ["blanks and percent signs", "src/a b%.nix", "", "src/a%20b%25.nix"],
    ["what would be a scheme, a query or a fragment", "a:b?c#d.nix", "", "a%3Ab%3Fc%23d.nix"],
    ["letters beyond ASCII and controls", "ä\u202e\n.nix", "", "%C3%A4%E2%80%AE%0A.nix"],
    ["a backslash in a name", "a\\b.nix", "", "a%5Cb.nix"],
    ["half a character", "a\ud83e.nix", "", "a%EF%BF%BD.nix"],
    ["a working directory below the root", "x/./y.nix", "src/apps", "src/apps/x/y.nix"],
    ["a way up", "../y.nix", "src/apps/", "src/y.nix"],
  ])("uri: %s", (_, path, prefix, uri) => {
    const [only] = resultsOf(result([file(path, text, [{ rule: "r" }])]), prefix);
    expect(only?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({ uri });
  });

  it("have the uploader's hash of the line that the region names, and none without a text", () => {
    const past = { rule: "r", start: { line: 99, column: 1 }, end: { line: 99, column: 1 } };
    const [inText, pastText] = resultsOf(result([file("a.nix", "{ }\n", [{ rule: "r" }, past])]));
    expect(inText?.partialFingerprints?.["primaryLocationLineHash"]).toBe("eed7ec369518eb95:1");
    expect(pastText?.partialFingerprints?.["primaryLocationLineHash"]).toBe("c129715d7a2bc9a3:1");
    const [unread] = resultsOf(result([file("a.nix", null, [{ rule: "r" }])]));
    expect(Object.keys(unread?.partialFingerprints ?? {})).toEqual(["tappaasLintFingerprint/v1"]);
  });

  it("are at most 25,000, errors before warnings before infos, in their order", () => {
    const sketches = Array.from({ length: 30_000 }, (_, index) => ({
      rule: `r${index}`,
      severity: (["info", "error", "warning"] as const)[index % 3] ?? "info",
    }));
    const { results, invocations } = runOf(result([file("a.nix", "x", sketches)], { rules: [] }));
    expect(results).toHaveLength(25_000);
    const count = (level: string): number => results?.filter((one) => one.level === level).length ?? 0;
    expect([count("error"), count("warning"), count("note")]).toEqual([10_000, 10_000, 5_000]);
    expect(results?.slice(0, 4).map(({ ruleId }) => ruleId)).toEqual(["r0", "r1", "r2", "r3"]);
    expect(results?.at(-1)?.ruleId).toBe("r29999");
    expect(invocations?.[0]?.toolExecutionNotifications).toEqual([
      { level: "warning", message: { text: "5000 results were left out, the least severe first, since code scanning takes at most 25000 in one run." } },
    ]);
  });
});

it("reports failures as notifications of a run without success", () => {
  const input = result([file("a.nix", "{ }\n")], {
    failures: [
      { path: "a b.nix", rule: "redis-bind", message: "The rule crashed; report it." },
      { path: null, rule: null, message: "No file matches." },
    ],
    rules: [rule("boot-loader"), rule("redis-bind")],
  });
  expect(runOf(input).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: "error",
          message: { text: "The rule crashed; report it." },
          associatedRule: { id: "redis-bind", index: 1 },
          locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b.nix" } } }],
        },
        { level: "error", message: { text: "No file matches." } },
      ],
    },
  ]);
});
