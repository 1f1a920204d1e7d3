import { describe, expect, it } from "vitest";
import { parse, walk } from "../../../src/engine/syntax/index.ts";
import { parser } from "../../support/parser.ts";

const N = 100_000;

/** Texts that end a careless parser: nested too deep for its call stack, or read over and over. */
const deep: Readonly<Record<string, string>> = {
  parentheses: `${"(".repeat(N)}1${")".repeat(N)}`,
  lists: "[".repeat(N) + "]".repeat(N),
  sets: `${"{a=".repeat(N)}1${";}".repeat(N)}`,
  "recursive sets": `${"rec{a=".repeat(N)}1${";}".repeat(N)}`,
  "let sets": `${"let{body=".repeat(N)}1${";}".repeat(N)}`,
  "let values": `${"let a=".repeat(N)}1${"; in a".repeat(N)}`,
  "let bodies": `${"let a=1; in ".repeat(N)}1`,
  functions: `${"x: ".repeat(N)}1`,
  "default values": `${"{ x ? ".repeat(N)}1${"}: 1".repeat(N)}`,
  scopes: `${"with a; ".repeat(N)}1`,
  conditions: `${"if ".repeat(N)}a${" then b else c".repeat(N)}`,
  alternatives: `${"if a then b else ".repeat(N)}c`,
  "interpolations in strings": `${'"${'.repeat(N)}1${'}"'.repeat(N)}`,
  "interpolations in indented strings": `${"''${".repeat(N)}1${"}''".repeat(N)}`,
  "interpolations in paths": `${"./${".repeat(N)}1${"}".repeat(N)}`,
  "computed names": `${"{ ${".repeat(N)}1${"} = 1; }".repeat(N)}`,
  "fallbacks": `${"a.b or ".repeat(N)}1`,
  "sources of inherit": `${"{ inherit (".repeat(N)}x${") a; }".repeat(N)}`,
};

const long: Readonly<Record<string, string>> = {
  "a path of names": Array(N).fill("a").join("."),
  "names and dashes": Array(N).fill("a.b").join("-"),
  "URIs": Array(N).fill("a.b:c").join(" "),
  "a sum": Array(N / 2).fill("a").join(" + "),
  "a concatenation": Array(N / 2).fill("a").join(" ++ "),
  "updates": Array(N / 2).fill("a").join(" // "),
  "implications": Array(N / 2).fill("a").join(" -> "),
  "arguments": Array(N / 2).fill("a").join(" "),
  "negations": `${"!".repeat(N)}a`,
  "questions": `a${" ? b".repeat(N)}`,
  "bindings": `{ ${"a.b = 1;\n".repeat(500_000)} }`,
  "a string of 5 MB": `"${"x$ \\n\r\n".repeat(700_000)}"`,
  "an indented string of 5 MB": `''\n${"  x ''' ''\\n ''${a} $$\n".repeat(220_000)}''`,
  "interpolations of 4 MB": `''\n${"  x ${a} b\n".repeat(360_000)}''`,
  "comments": `${"# x\r".repeat(N)}${"/* y */".repeat(N)}1`,
};

const hopeless: Readonly<Record<string, string>> = {
  "open parentheses": "(".repeat(N),
  "open strings": '"${'.repeat(N),
  "brackets crosswise": "{ a = ( ] ; ".repeat(N),
  "interpolations without an end": `"${"${ ) ".repeat(N)}"`,
  "missing semicolons": `{ ${"a = x // { b = 1 ; } ".repeat(N)}}`,
  "quotes": "'".repeat(N + 1),
  "comparisons of negations": `a${" < ! - - x".repeat(N)}`,
  "NUL characters": "\0".repeat(N),
  "no-break spaces": `{ a =${"\u00a0".repeat(N)} 1; }`,
  "bindings without braces": "a = 1;\n".repeat(5 * N),
  "a swallowed file": `{ a = "x;\n ${'b = "y"; '.repeat(N)} }`,
};

describe.each([
  ["the reader", parse],
  ["the parser", (text: string) => parser.parse(text)],
] as const)("%s", (_, read) => {
  it.each(Object.keys(deep))("says of %s, nested a hundred thousand times, that they are too deep", (name) => {
    const { root, errors, tooDeep } = read(deep[name] as string);
    expect({ errors, tooDeep }).toEqual({ errors: [], tooDeep: true });
    expect([...walk(root)].some((expr) => expr.kind === "error" && expr.reason === "depth")).toBe(true);
  });

  it.each(Object.keys(long))("reads %s, however long", (name) => {
    const { errors, tooDeep } = read(long[name] as string);
    expect({ errors, tooDeep }).toEqual({ errors: [], tooDeep: false });
  });

  it.each(Object.keys(hopeless))("refuses %s, without end as they are", (name) => {
    expect(read(hopeless[name] as string).errors.length).toBeGreaterThan(0);
  });

  it("does not throw where the caller has left no call stack", () => {
    const atTheEnd = (): unknown => {
      try {
        return atTheEnd();
      } catch {
        return read("{ a = [ 1 ]; }").tooDeep;
      }
    };
    expect(() => atTheEnd()).not.toThrow();
  });
});

describe("a chain", () => {
  it("groups as it does when short", () => {
    const sum = parse("a + b + c + d").root;
    expect(sum).toMatchObject({ operator: "+", start: 0, end: 13, left: { operator: "+", end: 9, left: { operator: "+", end: 5 } }, right: { name: "d" } });
    const update = parse("a // b // c").root;
    expect(update).toMatchObject({ operator: "//", left: { name: "a" }, right: { operator: "//", start: 5, end: 11 } });
  });
});
