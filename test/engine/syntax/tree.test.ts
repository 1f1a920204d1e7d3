import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttrName, type Expr, type Span, type StringPart, childrenOf, parse, walk } from "../../../src/engine/syntax/index.ts";
import { accepted } from "./accepted.ts";
import { nixText } from "./nix-texts.ts";
import { rejected } from "./rejected.ts";

/** All spans directly inside an expression. */
function spansOf(expr: Expr): Span[] {
  const ofNames = (names: readonly AttrName[]): Span[] => [...names];
  switch (expr.kind) {
    case "attrs":
    case "let":
      return expr.bindings.flatMap((binding) => [binding, ...ofNames(binding.kind === "binding" ? binding.path : binding.names)]);
    case "select":
    case "has":
      return ofNames(expr.path);
    case "lambda":
      return expr.formals === null ? [] : [expr.formals, ...expr.formals.list];
    case "string":
    case "path":
      return expr.parts.map(spanOfPart);
    default:
      return [];
  }
}

function spanOfPart(part: StringPart): Span {
  return "text" in part ? { start: part.map[1] as number, end: part.map[part.map.length - 1] as number } : part;
}

function check(text: string): void {
  const { root, comments, errors } = parse(text);
  const within = (inner: Span, outer: Span): void => {
    expect(inner.start).toBeGreaterThanOrEqual(outer.start);
    expect(inner.end).toBeGreaterThanOrEqual(inner.start);
    expect(inner.end).toBeLessThanOrEqual(outer.end);
  };
  const whole = { start: 0, end: text.length };
  within(root, whole);
  for (const expr of walk(root)) {
    for (const child of childrenOf(expr)) within(child, expr);
    for (const span of spansOf(expr)) within(span, expr);
    if (expr.kind === "var" || expr.kind === "int" || expr.kind === "float") expect(text.slice(expr.start, expr.end)).toBe(expr.kind === "var" ? expr.name : expr.text);
  }
  for (const span of [...comments, ...errors]) within(span, whole);
  for (const comment of comments) expect(text.slice(comment.start, comment.end)).toBe(comment.text);
  for (const list of [comments, errors]) expect(list.map(({ start }) => start)).toEqual(list.map(({ start }) => start).sort((a, b) => a - b));
}

describe("spans", () => {
  it("lie inside one another and inside the text, also of texts that Nix refuses", () => {
    for (const [text] of [...accepted, ...rejected]) check(text);
  });

  it("lie inside one another whatever is written", () => {
    fc.assert(fc.property(nixText, check), { numRuns: 500 });
  });

  it("lie inside one another where a piece is cut out, put in twice or put elsewhere", () => {
    const broken = fc.tuple(nixText, fc.nat(), fc.nat(12), fc.constantFrom("", "{", "}", "''", '"', "${", ";", "=", "in", "(", "\0", "\u00a0")).map(([text, place, length, piece]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + length);
    });
    fc.assert(fc.property(broken, check), { numRuns: 3000 });
    fc.assert(fc.property(fc.string({ unit: "binary" }), check), { numRuns: 1000 });
  });
});

describe("nodes", () => {
  const bindingsOf = (text: string): unknown => {
    const { root } = parse(text);
    return root.kind === "attrs" ? root.bindings : null;
  };

  it("keep the parentheses out, and in the spans of what is around", () => {
    expect(parse("(a) + (b)").root).toMatchObject({ kind: "binary", start: 0, end: 9, left: { kind: "var", start: 1, end: 2 }, right: { start: 7, end: 8 } });
    expect(parse("(f) (x)").root).toMatchObject({ kind: "apply", start: 0, end: 7 });
    expect(parse("(a).b").root).toMatchObject({ kind: "select", start: 0, end: 5 });
  });

  it("let a binding reach to its semicolon", () => {
    expect(bindingsOf('{ a."b".${c} = 1 ; }')).toEqual([
      {
        kind: "binding",
        start: 2,
        end: 18,
        path: [
          { start: 2, end: 3, name: "a", expr: null },
          { start: 4, end: 7, name: "b", expr: null },
          { start: 8, end: 12, name: null, expr: { kind: "var", start: 10, end: 11, name: "c" } },
        ],
        value: { kind: "int", start: 15, end: 16, text: "1" },
      },
    ]);
    expect(bindingsOf('{ inherit (a) b "c" ${"d"}; }')).toMatchObject([{ kind: "inherit", start: 2, end: 27, from: { name: "a" }, names: [{ name: "b" }, { name: "c", start: 16, end: 19 }, { name: "d", start: 20, end: 26 }] }]);
  });

  it("tell the parts of a function", () => {
    expect(parse("all@{ a, b ? 1, ... }: c").root).toMatchObject({
      kind: "lambda",
      param: "all",
      formals: { start: 4, end: 21, open: true, list: [{ name: "a", start: 6, end: 7, fallback: null }, { name: "b", start: 9, end: 14, fallback: { text: "1" } }] },
      body: { name: "c" },
    });
    expect(parse("{ a, }@all: c").root).toMatchObject({ param: "all", formals: { start: 0, end: 6, open: false, list: [{ name: "a" }] } });
    expect(parse("x: c").root).toMatchObject({ param: "x", formals: null });
  });

  it("read `let { … }` as the body of a set", () => {
    expect(parse("let { body = 1; }").root).toMatchObject({ kind: "select", start: 0, end: 17, base: { kind: "attrs", recursive: true, start: 0 }, path: [{ name: "body", start: 0, end: 3 }] });
  });

  it("are visited in the order in which they stand, each before what is in it", () => {
    const names = [...walk(parse('{ a, b ? v1, ... }: with v2; assert v3; if v4 then v5 v6 else let x = v7; inherit (v8) y; in { ${v9} = [ v10 (-v11) ]; z = "${v12}" + ./${v13} // v14.${v15} or v16; w = v17 ? ${v18}; }').root)].flatMap((expr) => (expr.kind === "var" ? [expr.name] : []));
    expect(names).toEqual(Array.from({ length: 18 }, (_, i) => `v${i + 1}`));
  });

  it("keep comments in the order in which they stand", () => {
    expect(parse("/* a */ { # b\n x = /* c */ 1; }\r# d\r# e").comments.map(({ text }) => text)).toEqual(["/* a */", "# b", "/* c */", "# d", "# e"]);
  });
});
