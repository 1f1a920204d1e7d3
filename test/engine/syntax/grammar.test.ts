import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../../src/engine/syntax/index.ts";
import { accepted, tablePlace } from "./accepted.ts";
import { hasNix, judge, judgeBytes, place } from "./nix-judge.ts";
import { inOneOrder, printNix } from "./nix-printer.ts";
import { nixText } from "./nix-texts.ts";
import { rejected } from "./rejected.ts";

const withNix = hasNix ? "" : " (skipped: no nix-instantiate here)";

function errorsOf(text: string): string[] {
  return parse(text).errors.map(({ start, end, message }) => `${start}-${end} ${message}`);
}

describe("what Nix accepts", () => {
  it.each(accepted)("reads %j", (text, printed) => {
    expect(errorsOf(text)).toEqual([]);
    expect(printNix(parse(text).root, tablePlace)).toBe(printed);
  });

  it.skipIf(!hasNix)(`is what Nix reads${withNix}`, () => {
    const all = `[ ${accepted.map(([text]) => `(${text}\n)`).join("\n")} ]`;
    const verdict = judge(all);
    expect(verdict).toMatchObject({ ok: true });
    if (verdict.ok) expect(printNix(parse(all).root, place)).toBe(inOneOrder(verdict.printed));
  });

  it.skipIf(!hasNix)(`is grouped as Nix groups it, whatever stands beside what${withNix}`, () => {
    fc.assert(
      fc.property(fc.array(nixText, { minLength: 30, maxLength: 30 }), (texts) => {
        const text = `[ ${texts.map((part) => `(${part})`).join("\n")} ]`;
        const verdict = judge(text);
        expect(verdict).toMatchObject({ ok: true });
        expect(errorsOf(text)).toEqual([]);
        if (verdict.ok) expect(printNix(parse(text).root, place)).toBe(inOneOrder(verdict.printed));
      }),
      { numRuns: 40 },
    );
  });
});

describe("what Nix refuses", () => {
  it.each(rejected)("lists the errors of %j", (text, ...errors) => {
    expect(errorsOf(text)).toEqual(errors);
  });

  /** Where an error stands elsewhere than where Nix gives up, because the cause stands there. */
  const ELSEWHERE = /is not closed|may not compute|already an argument|a path may not|`<\|`/;

  it.skipIf(!hasNix)(`is refused where Nix refuses it, save where we know better${withNix}`, () => {
    for (const [text] of rejected) {
      const verdict = judge(text);
      expect(verdict, text).toMatchObject({ ok: false });
      if (verdict.ok) continue;
      const { errors, source } = parse(text);
      const [first] = errors;
      if (first === undefined || ELSEWHERE.test(first.message)) continue;
      if (verdict.message.includes("unexpected end of file")) expect(first.message, text).toContain("unexpected end of file");
      else expect(source.position(first.start), text).toEqual({ line: verdict.line, column: verdict.column });
    }
  });
});

describe("what is no text", () => {
  it("refuses a byte order mark, as Nix does", () => {
    expect(parse("1", { bom: true }).errors).toEqual([{ start: 0, end: 0, message: "unexpected byte order mark (U+FEFF) before the text; Nix takes it for a character" }]);
    expect(parse("1", { bom: false }).errors).toEqual([]);
    if (hasNix) expect(judgeBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toMatchObject({ ok: false, line: 1, column: 1 });
  });

  it("refuses NUL characters, at which Nix ends a string or the file without a word", () => {
    const error = (start: number): string => `${start}-${start + 1} unexpected NUL character (U+0000)`;
    expect(errorsOf('"a\0b"')).toEqual([error(2)]);
    expect(errorsOf("''a\0b''")).toEqual([error(3)]);
    expect(errorsOf("1\0")).toEqual(["1-2 unexpected control character (U+0000); expected the end of the file"]);
    expect(errorsOf("1 # \0")).toEqual([]);
    if (hasNix) expect(judgeBytes(new TextEncoder().encode("1\0 ) garbage"))).toMatchObject({ ok: true });
  });

  it("reads what it can around an invisible character, and says so once", () => {
    const { errors, root } = parse("{\u00a0a\u00a0=\u00a01; }");
    expect(errors.map(({ start, message }) => [start, message])).toEqual([[1, "unexpected no-break space (U+00A0); expected a plain space or nothing"]]);
    expect(printNix(root, tablePlace)).toBe("{ a = 1 ; }");
  });
});
