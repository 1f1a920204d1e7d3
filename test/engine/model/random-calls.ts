/** Makes random calls of Nix's built-in functions, with fitting arguments mostly and odd ones now and then. */
import type { Tape } from "../../support/tape.ts";

/**
 * What a function takes: `i` integer, `n` number, `s` string, `b` boolean, `v` version, `a` any value, `S` list of strings,
 * `I` list of integers, `L` list of anything, `A` set, `M` list of sets, `P` list of pairs of name and value, `p` path,
 * `j` JSON text; and functions: `f` of one value, `t` test of one value, `k` key (a string) of one value, `g` of name and value,
 * `u` test of name and value, `h` of name and values, `o` order of two values, `r` of a result and a value, `c` list of one value,
 * `e` pair of name and value of a name, `m` list of values of an index, `x` integer of an index.
 */
export type Signature = readonly [name: string, takes: string];

/** Nix's own functions. */
export const BUILTINS: readonly Signature[] = `
  add nn, all tL, any tL, attrNames A, attrValues A, baseNameOf s, baseNameOf p, bitAnd ii, bitOr ii, bitXor ii, catAttrs sM, ceil n,
  compareVersions vv, concatLists C, concatMap cL, concatStringsSep sS, deepSeq aa, dirOf s, div nn, elem aL, elemAt Li, filter tL,
  floor n, foldl' riI, fromJSON j, genList xi, getAttr sA, groupBy kL, hasAttr sA, head L, intersectAttrs AA, isAttrs a, isBool a,
  isFloat a, isFunction a, isInt a, isList a, isNull a, isPath a, isString a, length L, lessThan nn, lessThan ss, listToAttrs P, map fL,
  mapAttrs gA, mul nn, parseDrvName v, partition tL, removeAttrs AS, replaceStrings SSs, seq aa, sort oI, splitVersion v,
  stringLength s, sub nn, substring iis, tail L, toJSON a, toString a, tryEval a, typeOf a, zipAttrsWith hM
`.split(",").map(signature);

function signature(text: string): Signature {
  const [name = "", takes = ""] = text.trim().split(" ");
  return [name, takes];
}

/** A call of one of some functions of a set (`builtins`). */
export function randomCall(tape: Tape, from: string, signatures: readonly Signature[]): string {
  const [name, takes] = tape.pick(signatures);
  const kinds = takes.match(/[A-Za-z][0-9]?/g) ?? [];
  const args = kinds.map((kind) => (tape.once(60) ? any(tape) : argument(tape, kind)));
  return `${from}.${name} ${args.join(" ")}`;
}

const TEXTS = ["", "a", "b", "ab", "abc", "aba", "a-b", "A b", " x ", "\\n", "é", "😀", "1", "10", "/", "/a/b", "a/", "//", "a.b", "_", "$x", "'", "\\\"", "<a&b>", "\\t", "a b c", "\\\\", "name", "x86_64", "ÄÖ", "~", "a//b", ".", "-"];
const VERSIONS = ["1", "1.0", "1.2.3", "1.10", "1.9", "2.0pre1", "2.0", "2.0-rc.1", "", "1.2a", "1..2", "a", "15", "pg-15.2", "nix-2.8.0pre", "007", "-5", " 7 ", "+7", "1_0", "0", "08", "12a", "hello-world-1.2", "a-1-2", "99999999999999999999"];
const NAMES = ["a", "b", "c", "value", "name", '"d-e"', '"with space"', "_x", '"é"'];

function argument(tape: Tape, kind: string): string {
  const list = (inner: string): string => `[ ${tape.many(0, 4, () => argument(tape, inner)).join(" ")} ]`;
  switch (kind) {
    case "i":
      return number(tape.once(12) ? tape.pick([-1, 2147483648, 4294967296, 9007199254740991, -2147483649, 1000]) : tape.below(9) - 2);
    case "n":
      return tape.once(3) ? tape.pick(["1.5", "2.0", "(-0.5)", "0.1", "1.0e3", "0.0", "(-2.5)", "3.999"]) : argument(tape, "i");
    case "s":
      return `"${tape.pick(TEXTS)}"`;
    case "w":
      return `"${tape.pick(["0", "x", " ", "é", "ab"])}"`;
    case "v":
      return `"${tape.pick(VERSIONS)}"`;
    case "b":
      return tape.pick(["true", "false"]);
    case "p":
      return tape.pick(["./a/b.nix", "./x", "/etc/nixos/x", "./.", "/."]);
    case "a":
      return any(tape);
    case "S":
      return list("s");
    case "I":
      return list("i");
    case "L":
      return tape.once(2) ? list("i") : tape.once(2) ? list("s") : list("a");
    case "C":
      return list("L");
    case "M":
      return list("A");
    case "P":
      return `[ ${tape.many(0, 4, () => `{ name = ${argument(tape, "s")}; value = ${any(tape)}; }`).join(" ")} ]`;
    case "A":
      return set(tape, 2);
    case "j":
      return `''${tape.pick(['{"a":1,"b":[true,null,"x"],"a":2}', "[1,2.5,-0,1e2,-1.5]", '"\\u00e9\\n\\ud83d\\ude00"', "12", "null", "[", "", '{"a":{"":{}}}', "9007199254740993", "tru", " [ ] ", "01", '"a" x', "1.0", "-1", '{"__toString":1}'])}''`;
    default:
      return fn(tape, kind);
  }
}

function fn(tape: Tape, kind: string): string {
  const value = "(if builtins.isInt x then x else if builtins.isString x then builtins.stringLength x else if builtins.isList x then builtins.length x else 0)";
  switch (kind) {
    case "f":
      return tape.pick(["(x: x)", "(x: [ x ])", "(x: 1)", `(x: ${value} + 1)`, "toString", "builtins.typeOf", "(x: { inherit x; })"]);
    case "t":
      return tape.pick(["(x: true)", "(x: false)", `(x: ${value} > 1)`, "builtins.isInt", `(x: x == 1)`, 'builtins.isString', '(x: x == "a")']);
    case "k":
      return tape.pick(["(x: builtins.typeOf x)", `(x: toString ${value})`, '(x: "k")', '(x: if builtins.isString x then x else "other")']);
    case "g":
      return tape.pick(["(n: x: x)", "(n: x: n)", "(n: x: [ n x ])", '(n: x: "${n}=${builtins.typeOf x}")', "(n: x: { ${n} = x; })"]);
    case "d":
      return tape.pick(["(n: x: { ${n} = x; })", "(n: x: { })", '(n: x: { ${n} = 1; "${n}2" = x; same = n; })']);
    case "u":
      return tape.pick(["(n: x: true)", '(n: x: n == "a")', "(n: x: builtins.isInt x)", '(n: x: n < "c" || builtins.isList x)']);
    case "h":
      return tape.pick(["(n: xs: xs)", "(n: xs: builtins.length xs)", "(n: xs: n)", "(n: xs: builtins.head xs)"]);
    case "o":
      return tape.pick(["builtins.lessThan", "(a: b: a > b)", "(a: b: false)", "(a: b: a / 2 < b / 2)"]);
    case "r":
      return tape.pick(["(a: x: a + x)", "(a: x: x - a)", "(a: x: a)", "(a: x: x)", "(a: x: a * 2 + x)"]);
    case "R":
      return `${tape.pick(["(a: b: a - b)", "(a: b: [ a b ])", "(a: b: a)"])} ${argument(tape, "i")}`;
    case "Q":
      return `${tape.pick(["(r: n: x: r + 1)", "(r: n: x: r + builtins.stringLength n)", "(r: n: x: r)"])}`;
    case "V":
      return tape.pick(["(x: r: r + 1)", "(x: r: [ x r ])"]);
    case "c":
      return tape.pick(["(x: [ x x ])", "(x: [ ])", "(x: if builtins.isInt x then [ x ] else [ ])"]);
    case "e":
      return tape.pick(['(n: { name = n + "2"; value = n; })', '(n: { name = "same"; value = n; })']);
    case "E":
      return tape.pick(['(n: x: { name = n + "2"; value = x; })', '(n: x: { name = "same"; value = x; })']);
    case "F2":
      return tape.pick(["(i: x: i)", '(i: x: "${toString i}")', '(i: x: toString i + builtins.typeOf x)']);
    case "F3":
      return tape.pick(["(i: x: i > 1)", "(i: x: true)", "(i: x: builtins.isInt x)"]);
    case "G":
      return `[ ${tape.many(0, 3, () => fn(tape, "f")).join(" ")} ]`;
    case "T":
      return tape.pick(["{ }", "{ start = true; }", "{ end = true; }", "{ start = true; end = true; }", "{ start = false; end = true; }"]);
    case "x":
      return tape.pick(["(i: i)", "(i: i * 2)", "(i: [ i ])", '(i: "x")']);
    default:
      throw new Error(`no such kind of argument: ${kind}`);
  }
}

function number(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

function set(tape: Tape, depth: number): string {
  const names = NAMES.filter(() => tape.once(3));
  return `{ ${names.map((name) => `${name} = ${depth > 0 && tape.once(3) ? set(tape, depth - 1) : any(tape, depth - 1)};`).join(" ")} }`;
}

/** Any value. */
function any(tape: Tape, depth = 2): string {
  switch (tape.below(depth > 0 ? 10 : 7)) {
    case 0:
    case 1:
      return argument(tape, "i");
    case 2:
    case 3:
      return argument(tape, "s");
    case 4:
      return argument(tape, "b");
    case 5:
      return "null";
    case 6:
      return argument(tape, "n");
    case 7:
      return set(tape, depth - 1);
    case 8:
      return `[ ${tape.many(0, 3, () => any(tape, depth - 1)).join(" ")} ]`;
    default:
      return tape.pick(["(x: x)", "builtins.length", "{ __functor = self: x: x; }", "[ [ ] 1 [ 2 [ ] ] ]"]);
  }
}
