/** What reports repeat of the source holds no secret that a finding marks. */
import { describe, expect, it } from "vitest";
import { concealed, secretPlaces } from "../../src/report/conceal.ts";
import { pretty } from "../../src/report/pretty.ts";
import { file, related, result, rule } from "./sample.ts";

const LITERAL = rule("secrets-literal", { marksSecrets: true });

function shown(text: string, at: string, given: object = {}): readonly string[] {
  return concealed("a.nix", text.split("\n"), secretPlaces(result([file("a.nix", text, [{ rule: "secrets-literal", at, ...given }])], { rules: [LITERAL] })));
}

describe("a secret in the lines of a file", () => {
  it("loses its middle and keeps its length, its quotes and what stands around it", () => {
    expect(shown('a = "hunter2-hunter2"; # b', '"hunter2-hunter2"')).toEqual(['a = "hun************"; # b']);
    expect(shown("API_TOKEN=b7c1f09d4e6a", "b7c1f09d4e6a")).toEqual(["API_TOKEN=b7c*********"]);
  });

  it("that is short goes whole", () => {
    expect(shown('a = "hunter2";', '"hunter2"')).toEqual(['a = "*******";']);
  });

  it("keeps the number of UTF-16 units", () => {
    expect(shown('a = "😀😀😀";', '"😀😀😀"')).toEqual(['a = "******";']);
  });

  it("that is suppressed is one all the same", () => {
    expect(shown('a = "hunter2";', '"hunter2"', { suppressed: true })).toEqual(['a = "*******";']);
  });

  it("is hidden where it is written, not where its name stands", () => {
    const text = 'p = "hunter2";\na = p;';
    expect(shown(text, "p;", { related: [related("a.nix", text, '"hunter2"', "the secret is written here")] })).toEqual(['p = "*******";', "a = p;"]);
  });

  it("that is a key of several lines goes with all of them", () => {
    const text = "k = ''\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  b3BlbnNzaC1r\n  ZXktdjE\n  -----END OPENSSH PRIVATE KEY-----\n'';\nlast";
    expect(shown(text, "-----BEGIN OPENSSH PRIVATE KEY-----")).toEqual(["k = ''", "  ********** ******* ******* ********", "  ************", "  *******", "  ******** ******* ******* ********", "'';", "last"]);
  });
});

it("the findings of other rules repeat none either", async () => {
  const text = '{\n  a = 1;\n  b = "hunter2-hunter2";\n}\n';
  const linted = file("a.nix", text, [{ rule: "other", at: "1" }, { rule: "secrets-literal", at: '"hunter2-hunter2"' }]);
  const options = { width: 80, colors: 0 as const, hyperlinks: false, fixHint: false };
  const report = await pretty(result([linted], { rules: [LITERAL, rule("other")] }), options as never);
  expect(report).not.toContain("hunter2-");
  expect(report.match(/b = "hun\*{12}";/g)).toHaveLength(2);
});
