import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Expr, type StringExpr, type TextPart, parse, sourceOffset } from "../../../src/engine/syntax/index.ts";
import { evaluate, hasNix } from "./nix-judge.ts";
import { isWritten } from "./written.ts";

const withNix = hasNix ? "" : " (skipped: no nix-instantiate here)";

function stringOf(text: string): StringExpr {
  const { root, errors } = parse(text);
  if (root.kind !== "string" || errors.length > 0) throw new Error(`${JSON.stringify(text)} is no string: ${errors[0]?.message ?? root.kind}`);
  return root;
}

function textOf(expr: StringExpr): string {
  return expr.parts.map((part) => ("text" in part ? part.text : textOf(part.expr as StringExpr))).join("");
}

describe("plain strings", () => {
  it.each<[string, string]>([
    ['""', ""],
    ['"a\\nb\\rc\\td"', "a\nb\rc\td"],
    ['"\\\\ \\" \\$ \\x \\😀"', '\\ " $ x 😀'],
    ['"a\r\nb\rc\n\rd"', "a\nb\nc\n\nd"],
    ['"\\\r\n"', "\r\n"],
    ['"\\\n"', "\n"],
    ['"$ $$ $a \\${x} $${y}"', "$ $$ $a ${x} $${y}"],
    ["http://a.b/c?d='e'", "http://a.b/c?d='e'"],
  ])("%j is %j", (source, value) => {
    expect(textOf(stringOf(source))).toBe(value);
  });

  it("keeps the empty text of an empty string, with its place", () => {
    expect(stringOf('  ""').parts).toEqual([{ text: "", map: [0, 3, 0, 3] }]);
  });

  it("leaves out empty texts around interpolations", () => {
    const { parts } = stringOf('"${a}${b}c"');
    expect(parts.map((part) => ("text" in part ? part.text : [part.start, part.end]))).toEqual([[1, 5], [5, 9], "c"]);
  });

  it("leads from the text back to the source", () => {
    const part = stringOf('"ab\\n😀\r\nc"').parts[0] as TextPart;
    expect(part.text).toBe("ab\n😀\nc");
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((index) => sourceOffset(part.map, index))).toEqual([1, 2, 3, 5, 6, 7, 9, 10]);
  });
});

describe("indented strings", () => {
  it.each<[string, string]>([
    ["''''", ""],
    ["''\n  a\n    b\n  c\n''", "a\n  b\nc\n"],
    ["''\n    a\n  ''", "a\n"],
    ["''a\n  b''", "a\n  b"],
    ["''  \n\n  a\n \n  b''", "\na\n\nb"],
    ["''\n\ta\n\t  b''", "\ta\n\t  b"],
    ["''\n  a\r\n  b\r\n''", "a\r\nb\r\n"],
    ["''\r\n  a''", "\r\n  a"],
    ["''\n  ''$ ''' ''\\n ''\\t ''\\x\n''", "$ '' \n\t x\n"],
    ["''\n   ''\\n  a\n''", "\na\n"],
    ["''\n  a''\\n  b''", "a\nb"],
    ["''\n  a\n  ''\\  b''", "a\n  b"],
    ["''a'b $ $$ 'c''", "a'b $ $$ 'c"],
    ["''\n  a$''", "a$"],
    ["''\n  a\n  ''$''", "a\n$"],
    ["''\n  a\n      ''\\n  ''", "a\n    \n"],
  ])("%j is %j", (source, value) => {
    expect(textOf(stringOf(source))).toBe(value);
    if (hasNix) expect(evaluate(source)).toBe(value);
  });

  it("leads from the text back to the source, past indentation and escapes", () => {
    const source = "''\n    a ''$b\n      '''c\n    ''";
    const part = stringOf(source).parts[0] as TextPart;
    expect(part.text).toBe("a $b\n  ''c\n");
    const offsets = [...part.text].map((_, index) => sourceOffset(part.map, index));
    expect(offsets).toEqual([7, 8, 9, 12, 13, 18, 19, 20, 21, 23, 24]);
    expect(sourceOffset(part.map, part.text.length)).toBe(25);
  });

  it("strips indentation on both sides of interpolations, and not behind them", () => {
    const { parts } = stringOf('\'\'\n  a ${"x"}  b\n    ${"y"}\n  \'\'');
    expect(parts.map((part) => ("text" in part ? part.text : null))).toEqual(["a ", null, "  b\n  ", null, "\n"]);
  });
});

const plainPiece = fc.constantFrom("a", " ", "\t", "\n", "\r", "\r\n", "😀", "é", "$a", "$ ", "$$", "'", "''", "\\n", "\\r", "\\t", "\\\\", '\\"', "\\$", "\\${", "\\x", "\\é", "\\\n", "\\\r", '${"x"}', '${"\\n "}', "{", "}");
const indentedPiece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("\n", "\n  ", "\n    ", " ", "  ", "a", "\n\n", " \n") },
  fc.constantFrom("\t", "\r", "\r\n", "😀", "é", "$a", "$ ", "$\n", "$$", "'a", "' ", "'\n", "'$a", "''$", "'''", "''\\n", "''\\r", "''\\t", "''\\x", "''\\\\", "''\\'", "''\\$", "''\\ ", "''\\\n", "''\\😀", '"', "\\", "\\n", '${"x"}', '${"\n  "}', "$${", "{", "}"),
);
/** What stands last before the closing quotes; a dollar or a quote there is taken alone. */
const tail = fc.constantFrom("", "", "", "\n", "\n  ", "  ", "$");

const plain = fc.array(plainPiece, { maxLength: 12 }).map((pieces) => `"${pieces.join("")}"`);
const indented = fc.tuple(fc.array(indentedPiece, { maxLength: 14 }), tail).map(([pieces, last]) => `''${pieces.join("")}${last}''`);

describe("any string", () => {
  it.skipIf(!hasNix)(`has the value that Nix gives it${withNix}`, () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, indented), { minLength: 100, maxLength: 100 }), (sources) => {
        expect(sources.map((source) => textOf(stringOf(source)))).toEqual(evaluate(`[ ${sources.join("\n")} ]`));
      }),
      { numRuns: 40 },
    );
  });

  it("has each character at its source, in order", () => {
    fc.assert(
      fc.property(fc.oneof(plain, indented), (source) => {
        let last = 0;
        for (const part of stringOf(source).parts) {
          if (!("text" in part)) continue;
          for (let i = 0; i < part.text.length; i++) {
            const at = sourceOffset(part.map, i);
            expect(at).toBeGreaterThan(last);
            expect(isWritten(source, at, part.text[i] as string), `${JSON.stringify(source)} ${i} ${at}`).toBe(true);
            last = at;
          }
          expect(sourceOffset(part.map, part.text.length)).toBeGreaterThan(last);
          expect(sourceOffset(part.map, part.text.length)).toBeLessThan(source.length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe("paths", () => {
  it("have parts like strings", () => {
    const root = parse("./a/${b}.c").root as Expr & { kind: "path" };
    expect(root.parts.map((part) => ("text" in part ? [part.text, part.map] : [part.start, part.end]))).toEqual([["./a/", [0, 0, 4, 4]], [4, 8], [".c", [0, 8, 2, 10]]]);
  });
});
