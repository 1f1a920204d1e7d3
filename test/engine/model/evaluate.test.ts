/** What expressions come to, and that it is unknown rather than wrong where it cannot be known. */
import { describe, expect, it } from "vitest";
import { textOf } from "../../../src/engine/model/index.ts";
import { jsonOf, valueOf, written } from "./reading.ts";

const KNOWN: readonly (readonly [string, unknown])[] = [
  // Literals
  ["1", 1],
  ["-3", -3],
  ["0.5", 0.5],
  ["null", null],
  ['"a\\n\\${b}\\"c"', 'a\n${b}"c'],
  ["''\n  a\n    ''${b}\n  '''c\n''", "a\n  ${b}\n''c\n"],
  ["https://example.org/x", "https://example.org/x"],
  ["/etc/../etc/x", "/etc/x"],
  ["./a/../b.nix", { $path: "b.nix" }],
  // Operators
  ["7 / 2", 3],
  ["-7 / 2", -3],
  ["7.0 / 2", 3.5],
  ["1 + 2.5", 3.5],
  ["2 * 3 - 4", 2],
  ['"a" + "b"', "ab"],
  ["[ 1 ] ++ [ ] ++ [ 2 3 ]", [1, 2, 3]],
  ["{ a = 1; b = 1; } // { b = 2; }", { a: 1, b: 2 }],
  ["{ a.b = 1; } // { a.c = 2; }", { a: { c: 2 } }],
  ["1 == 1.0", true],
  ["[ 1 { a = null; } ] == [ 1 { a = null; } ]", true],
  ["{ a = 1; } == { a = 1; b = 2; }", false],
  ['"a" < "b"', true],
  ['"é" < "z"', false],
  ["2 >= 2", true],
  ["false && (throw \"x\")", false],
  ["true || (throw \"x\")", true],
  ["false -> (throw \"x\")", true],
  ["!(true -> false)", true],
  ["./a + \"/b\"", { $path: "a/b" }],
  ["./a + \"b\"", { $path: "ab" }],
  // Names
  ["let a = 1; b = a + 1; in b", 2],
  ["let a = b; b = 3; in a", 3],
  ["let a.b = 1; a.c = 2; in a", { b: 1, c: 2 }],
  ["rec { a = b; b = 1; }", { a: 1, b: 1 }],
  ["let a = 1; in rec { inherit a; b = a; }", { a: 1, b: 1 }],
  ["let s = { x = 1; y = 2; }; in { inherit (s) x y; }", { x: 1, y: 2 }],
  ["let a = 1; in with { a = 2; b = 3; }; [ a b ]", [1, 3]],
  ["with { a = 1; }; with { a = 2; }; a", 2],
  ["with { a = 1; }; let a = 3; in a", 3],
  ["let { a = 1; body = a + 1; }", 2],
  // Sets
  ["{ a.b.c = 1; a.b.d = 2; a.\"e f\" = 3; }", { a: { b: { c: 1, d: 2 }, "e f": 3 } }],
  ["{ a = { b = 1; }; a.c = 2; }", { a: { b: 1, c: 2 } }],
  ["{ a = rec { b = c; c = 1; }; a.d = 5; }", { a: { b: 1, c: 1, d: 5 } }],
  ["{ a = rec { b = 1; }; a.c = b; }", { a: { b: 1, c: 1 } }],
  ["let n = \"x\"; in { ${n} = 1; \"${n}y\" = 2; ${null} = 3; }", { x: 1, xy: 2 }],
  ["rec { n = \"x\"; ${n} = 1; }", { n: "x", x: 1 }],
  ["let x = 9; in rec { ${\"y\"} = 1; b = { ${\"x\" + \"\"} = 2; c = x; }; }", { y: 1, b: { x: 2, c: 9 } }],
  ["{ a = 1; }.b or 2", 2],
  ["{ a.b = 1; }.a.b or 2", 1],
  ["{ a = 1; }.a.b.c or 2", 2],
  ["{ a.b = 1; } ? a.b", true],
  ["{ a.b = 1; } ? a.c", false],
  ["{ a = 1; } ? a.b", false],
  ["{ a = 1; } ? \"a\"", true],
  // Functions
  ["(x: y: x + y) 1 2", 3],
  ["({ a, b ? a + 1 }: b) { a = 1; }", 2],
  ["({ a, b ? 2, ... }@args: [ a b (args ? b) ]) { a = 1; c = 3; }", [1, 2, false]],
  ["(args@{ a, ... }: args.c) { a = 1; c = 3; }", 3],
  ["let f = n: if n < 2 then 1 else n * f (n - 1); in f 10", 3628800],
  ["{ __functor = self: x: x + self.n; n = 1; } 2", 3],
  ["let o = { n = 1; get = self: self.n; }; in o.get o", 1],
  // Control
  ["if 1 < 2 then \"a\" else throw \"b\"", "a"],
  ["assert 1 == 1; 5", 5],
  // Strings
  ["let n = \"x\"; in \"a ${n} ${toString 5}\"", "a x 5"],
  ["\"${{ outPath = \"/o\"; }}\"", "/o"],
  ["\"${{ n = \"s\"; __toString = self: self.n; }}\"", "s"],
  ["toString [ 1 true false null \"x\" [ 2 [ ] 3 ] ]", "1 1   x 2 3"],
  ["toString 1.5", "1.500000"],
];

describe("an expression", () => {
  it.each(KNOWN)("%s", (text, expected) => {
    expect(jsonOf(text)).toEqual(expected);
  });
});

const UNKNOWN: readonly (readonly [string, string])[] = [
  ["rec { a = a; }.a", "infinite recursion"],
  ["let x = y; y = x; in x", "infinite recursion"],
  ["nothing", "`nothing` is not defined"],
  ["{ a = 1; }.b", "no attribute `b`"],
  ["throw \"no\"", "throws an error"],
  ["assert false; 1", "an assertion fails"],
  ["assert 5; 1", "an assertion fails"],
  ["1 + \"a\"", "an addition of something unknown"],
  ["1 / 0", "division by zero"],
  ["9007199254740993", "an integer beyond 2^53"],
  ["({ a }: a) { a = 1; b = 2; }", "the function takes no argument `b`"],
  ["({ a, b }: a) { a = 1; }", "the argument `b` is missing"],
  ["({ a }: a) 5", "the function takes a set"],
  ["5 6", "not a function"],
  ["if 5 then 1 else 2", "not a boolean"],
  ["{ a = 1; a = 2; }.a", "defined twice"],
  ["{ a.b = 1; a = { b.c = 2; }; }.a.b", "defined twice"],
  ["{ a = 1; } // 5", "cannot be merged"],
  ["import ./missing.nix", "an import of a file that is not there"],
  ["import ../outside.nix", "an import from outside the tree"],
  ["import /etc/passwd", "an import from outside the tree"],
  ["builtins.readFile /etc/passwd", "a file that cannot be read"],
  ["builtins.currentTime", "the time of evaluation"],
  ["with (throw \"x\"); a", "a name from something unknown"],
];

describe("an expression that cannot be known", () => {
  it.each(UNKNOWN)("%s", (text, reason) => {
    expect(valueOf(text)).toMatchObject({ t: "unknown", reason });
  });

  it("does not spoil what is known beside it", () => {
    expect(jsonOf("let a = throw \"x\"; in [ 1 { b = 2; } ]")).toEqual([1, { b: 2 }]);
    const value = valueOf("{ a = throw \"x\"; b = 1; }");
    expect(value).toMatchObject({ t: "attrs" });
    expect(jsonOf("{ a = throw \"x\"; b = 1; }.b")).toBe(1);
  });

  it("has the values it may be", () => {
    const value = valueOf("if builtins.currentTime > 5 then \"a\" else \"b\"");
    expect(value.t === "unknown" ? value.maybe.map(textOf) : null).toEqual(["a", "b"]);
    const or = valueOf("(import ./missing.nix).x or \"d\"");
    expect(or.t === "unknown" ? or.maybe.map(textOf) : null).toEqual(["d"]);
  });
});

describe("an undecided condition", () => {
  const IF = "if builtins.currentTime > 5 then";

  it("leaves what both branches share", () => {
    expect(jsonOf(`${IF} 5 else 5`)).toBe(5);
    expect(jsonOf(`(${IF} { a = 1; b = 2; } else { a = 1; c = 3; }).a`)).toBe(1);
    expect(valueOf(`(${IF} { a = 1; b = 2; } else { a = 1; c = 3; }).b`)).toMatchObject({ t: "unknown", reason: "there only under a condition" });
    expect(jsonOf(`(${IF} { a.x = 1; a.y = 2; } else { a = { x = 1; y = 3; }; }).a.x`)).toBe(1);
  });

  it("marks elements that are in one branch alone", () => {
    const value = valueOf(`${IF} [ 22 80 ] else [ 22 443 ]`);
    expect(value.t === "list" ? value.items.map(({ thunk, maybe }) => [written(thunk.at), maybe]) : null).toEqual([["22", false], ["80", true], ["443", true]]);
  });

  it("is known where one side of `&&` or `||` decides", () => {
    expect(jsonOf("(builtins.currentTime > 5) && false")).toBe(false);
    expect(jsonOf("(builtins.currentTime > 5) || true")).toBe(true);
    expect(jsonOf("let c = builtins.currentTime > 5; in c || !c")).toBe(true);
    expect(jsonOf("let c = builtins.currentTime > 5; in c && !c")).toBe(false);
    expect(jsonOf("(builtins.currentTime > 5) -> true")).toBe(true);
    expect(jsonOf("(builtins.currentTime > 5) && true")).toBeUndefined();
  });

  it("makes elements possible ones, and open what cannot be told apart", () => {
    const value = valueOf("[ 1 ] ++ (import ./missing.nix) ++ [ 2 ]");
    expect(value).toMatchObject({ t: "list", open: { reason: "an import of a file that is not there" } });
    expect(value.t === "list" ? value.items.map(({ thunk }) => written(thunk.at)) : null).toEqual(["1", "2"]);
    expect(valueOf("{ a = 1; } // (import ./missing.nix)")).toMatchObject({ t: "attrs", open: { reason: "an import of a file that is not there" } });
    expect(valueOf("({ a = 1; } // (import ./missing.nix)).a")).toMatchObject({ t: "unknown" });
    expect(jsonOf("((import ./missing.nix) // { a = 1; }).a")).toBe(1);
    expect(valueOf("((import ./missing.nix) // { a = 1; }) ? b")).toMatchObject({ t: "unknown" });
  });
});

describe("files", () => {
  const FILES = {
    "lib/one.nix": "{ x }: x + 1",
    "lib/default.nix": "{ one = import ./one.nix; }",
    "data.json": '{ "vmname": "box", "cores": 2, "tags": ["a", null, true], "nested": { "x": 1.5 } }',
    "text.txt": "line\n",
  };

  it("are imported, also folders with a `default.nix`", () => {
    expect(jsonOf("(import ./lib).one { x = 1; }", FILES)).toBe(2);
    expect(jsonOf("import ./lib/one.nix { x = 4; }", FILES)).toBe(5);
  });

  it("are read", () => {
    expect(jsonOf("builtins.readFile ./text.txt", FILES)).toBe("line\n");
    expect(jsonOf("builtins.fromJSON (builtins.readFile ./data.json)", FILES)).toEqual({ vmname: "box", cores: 2, tags: ["a", null, true], nested: { x: 1.5 } });
    expect(jsonOf("let m = builtins.fromJSON (builtins.readFile ./data.json); in m.vmname or \"none\"", FILES)).toBe("box");
    expect(jsonOf("let m = if builtins.pathExists ./gone.json then builtins.fromJSON (builtins.readFile ./gone.json) else { }; in m.vmname or \"none\"", FILES)).toBe("none");
    expect(jsonOf("[ (builtins.pathExists ./text.txt) (builtins.pathExists ./lib) (builtins.pathExists ./no) ]", FILES)).toEqual([true, true, false]);
    expect(jsonOf("builtins.pathExists /etc/passwd", FILES)).toBeUndefined();
    expect(jsonOf("builtins.pathExists ../x", FILES)).toBeUndefined();
  });

  it("may import each other in circles", () => {
    expect(valueOf("(import ./a.nix).x", { "a.nix": "{ x = (import ./b.nix).y; }", "b.nix": "{ y = (import ./a.nix).x; }" })).toMatchObject({ t: "unknown", reason: "infinite recursion" });
    expect(jsonOf("(import ./a.nix).x", { "a.nix": "{ x = (import ./b.nix).y; z = 1; }", "b.nix": "{ y = (import ./a.nix).z; }" })).toBe(1);
  });
});
