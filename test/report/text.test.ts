/** Tests that nothing in a shown text can steer a terminal, reorder a line or start a workflow command. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText, sourceLines, visible, withoutCommands } from "../../src/report/text.ts";

describe("visible", () => {
  it.each([
    ["plain text stays", "services.openssh.enable = true;", "services.openssh.enable = true;"],
    ["letters, wide characters and joined emoji stay", "käfig 缓存 👩‍🚀", "käfig 缓存 👩‍🚀"],
    ["a terminal escape", "a\u001b[2Jb", "a\\u{1b}[2Jb"],
    ["a C1 control", "\u009b31m", "\\u{9b}31m"],
    ["line ends and tabs", "a\nb\r\tc", "a\\nb\\r\\tc"],
    ["NUL and DEL", "\u0000\u007f", "\\u{0}\\u{7f}"],
    ["bidirectional overrides and isolates", "\u202eabc\u2066\u200f", "\\u{202e}abc\\u{2066}\\u{200f}"],
    ["separators", "\u2028\u2029", "\\u{2028}\\u{2029}"],
    ["what is invisible", "a\u200bb\ufeff\u{e0041}", "a\\u{200b}b\\u{feff}\\u{e0041}"],
    ["half a character", "\ud83e!", "\\u{d83e}!"],
    ["the old form of a workflow command", "x ##[error]y", "x ##\\u{5b}error]y"],
  ])("%s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("leaves no control character in any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe("withoutCommands", () => {
  it("hides a command at the beginning of a line, also behind blanks", () => {
    expect(withoutCommands("::error::x\n\u3000 ::set-env::y\na ::b\n")).toBe("\\u{3a}:error::x\n\u3000 \\u{3a}:set-env::y\na ::b\n");
  });
});

describe("jsonText", () => {
  it("escapes what a terminal or a log would act on and nothing else", () => {
    expect(jsonText({ a: "é\u001b\u009b\u202e\u{e0041}\n##[x]" })).toBe(
      '{\n  "a": "é\\u001b\\u009b\\u202e\\udb40\\udc41\\n#\\u0023[x]"\n}\n',
    );
  });

  it("keeps every value", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(JSON.parse(jsonText({ text }))).toEqual({ text });
      }),
    );
  });
});

describe("sourceLines", () => {
  it("ends lines at LF, CR LF and CR, as positions do", () => {
    expect(sourceLines("a\r\nb\u2028c\rd\n")).toEqual(["a", "b\u2028c", "d", ""]);
  });
});
