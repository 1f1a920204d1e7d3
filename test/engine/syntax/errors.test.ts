import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Syntax, parse, walk } from "../../../src/engine/syntax/index.ts";
import { accepted } from "./accepted.ts";
import { brokenModules } from "./broken-modules.ts";
import { hasNix, judge } from "./nix-judge.ts";
import { nixText } from "./nix-texts.ts";
import { sketch } from "./sketch.ts";

function listed({ errors, source }: Syntax): string[] {
  return errors.map(({ start, message }) => {
    const { line, column } = source.position(start);
    return `${line}:${column} ${message}`;
  });
}

describe("a module with a mistake", () => {
  it.each(brokenModules)("is read on: $text", ({ text, errors, kept }) => {
    const syntax = parse(text);
    expect(listed(syntax)).toEqual(errors);
    expect(sketch(syntax.root, text)).toBe(kept);
  });

  it.skipIf(!hasNix)(`is one to Nix too${hasNix ? "" : " (skipped: no nix-instantiate here)"}`, () => {
    for (const { text } of brokenModules) expect(judge(text), text).toMatchObject({ ok: false });
  });

  it("marks every set around an error as one of which something may be missing", () => {
    fc.assert(
      fc.property(nixText, fc.nat(), fc.nat(8), fc.constantFrom("", "", ";", "=", "{", "}", "]", ")", '"', "''", "in", "é"), (text, place, length, piece) => {
        const at = place % (text.length + 1);
        const broken = text.slice(0, at) + piece + text.slice(at + length);
        const { root, errors } = parse(broken);
        for (const expr of walk(root)) {
          if (expr.kind !== "attrs" && expr.kind !== "let") continue;
          const end = expr.kind === "let" ? expr.body.start : expr.end;
          if (errors.some(({ start }) => expr.start < start && start < end)) expect(expr.kind === "let" || expr.broken, broken).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe("errors", () => {
  it("are none in what Nix accepts", () => {
    for (const [text] of accepted) expect(listed(parse(text)), text).toEqual([]);
  });

  it("are listed for each of several mistakes", () => {
    const text = "{\n  a = ;\n  b = 1;\n  c = [ 1, 2 ];\n  d = 2;\n  e = (3;\n  f = { g = 4 };\n}\n";
    expect(listed(parse(text))).toEqual([
      "2:7 unexpected `;`; expected a value",
      "4:10 unexpected `,`; expected a value or `]` (lists have no commas)",
      "6:9 unexpected `;`; expected `)`",
      "7:15 unexpected `}`; expected `;`",
    ]);
  });

  it("are at most twenty", () => {
    expect(parse(`{ ${"a = ; b = 1;\n".repeat(50)} }`).errors).toHaveLength(20);
  });

  it.each<[string, string]>([
    ["a web page", "<!DOCTYPE html>\n<html><body class=\"x\">{ \"a\": 1 }; it's ''fine''</body></html>\n"],
    ["a program", "import os\n\ndef f(x):\n    return {'a': [1, 2], \"b\": x}\n\nprint(f(1)); print(\"}\")\n"],
    ["a document", "# Title\n\nSome text; it isn't Nix. See `a` (or \"b\").\n\n- one\n- two {three}\n"],
    ["JSON", '{ "vmname": "x", "ports": [ { "port": 80 }, { "port": 443 } ], "a": { "b": null } }'],
    ["bytes", Array.from({ length: 5000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join("")],
    ["characters", Array.from({ length: 5000 }, (_, i) => String.fromCharCode((i * 104729) % 65536)).join("")],
    ["replacement characters", "\ufffd\ufffdPNG\ufffd\0\0{\ufffd;\ufffd}\"\ufffd''".repeat(200)],
  ])("are few in %s", (_, text) => {
    const { errors } = parse(text);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(2);
  });
});
