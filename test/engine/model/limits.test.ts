/** A stranger's file must neither exhaust the call stack nor run on; where a limit cuts an answer off, the model says so. */
import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Project, optionView, toJson } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";
import { Tape, tapes } from "../../support/tape.ts";
import { jsonOf, view } from "./reading.ts";

/** `count` numbered bindings. */
const chain = (count: number, binding: (index: number) => string): string => Array.from({ length: count }, (_, index) => binding(index)).join(" ");

/** Nested deeper than any call stack allows. */
const DEEP: Readonly<Record<string, string>> = {
  recursion: "let f = n: if n == 0 then 0 else 1 + f (n - 1); in { a = f 100000; }",
  "recursion through sets": "let f = n: if n == 0 then { v = 0; } else { v = 1 + (f (n - 1)).v; }; in { a = (f 100000).v; }",
  "recursion through patterns": "let f = { n, ... }@a: if n == 0 then 0 else 1 + f (a // { n = n - 1; }); in { a = f { n = 100000; }; }",
  "recursion through strings": 'let f = n: if n == 0 then "" else "${f (n - 1)}x"; in { a = f 100000; }',
  "recursion through a functor": "let o = { __functor = self: x: if x == 0 then 0 else 1 + self (x - 1); }; in { a = o 100000; }",
  "recursion through `__toString`": 'let f = n: { __toString = s: if n == 0 then "" else "${f (n - 1)}"; }; in { a = "${f 100000}"; }',
  "recursion without end": "let f = x: f (x + 1); in { a = f 0; }",
  "a long chain of bindings": `let v0 = 0; ${chain(5000, (i) => `v${i + 1} = v${i} + 1;`)} in { a = v5000; }`,
  "a right fold": "{ lib, ... }: { a = lib.foldr (x: acc: acc + x) 0 (lib.range 0 9000); }",
  "deep lists": "let f = n: if n == 0 then [ ] else [ (f (n - 1)) ]; in { a = f 100000; }",
  "deep lists, compared": "let f = n: if n == 0 then [ ] else [ (f (n - 1)) ]; in { a = f 100000 == f 100000; }",
  "deep lists, as JSON": "let f = n: if n == 0 then [ ] else [ (f (n - 1)) ]; in { a = builtins.toJSON (f 100000); }",
  "deep sets": "let f = n: if n == 0 then 1 else { a = f (n - 1); }; in { a = f 100000; }",
  "deep sets, merged": "{ lib, ... }: let f = n: if n == 0 then { } else { a = f (n - 1); }; in { a = lib.recursiveUpdate (f 100000) (f 100000); }",
  "deep wrappers": "{ lib, ... }: let f = n: if n == 0 then 1 else lib.mkIf true (f (n - 1)); in { a = f 100000; }",
  "deep conditions": "{ config, lib, ... }: let f = n: if n == 0 then config.x.y else f (n - 1) && config.z.z; in { a = lib.mkIf (f 100000) 1; }",
  "undecided forks": "{ config, ... }: let f = n: if config.x.${toString n} then f (n + 1) else f (n + 2); in { a = f 0; }",
};

/** Larger than any memory, or longer than anybody waits. */
const LARGE: Readonly<Record<string, string>> = {
  "doubling strings": `let a0 = "xxxxxxxxxx"; ${chain(60, (i) => `a${i + 1} = a${i} + a${i};`)} in { a = a60; }`,
  "doubling interpolations": `let a0 = "xxxxxxxxxx"; ${chain(60, (i) => `a${i + 1} = "\${a${i}}\${a${i}}";`)} in { a = a60; }`,
  "doubling lists": `let a0 = [ 1 ]; ${chain(60, (i) => `a${i + 1} = a${i} ++ a${i};`)} in { a = a60; }`,
  "doubling nested lists": `let a0 = [ 1 ]; ${chain(60, (i) => `a${i + 1} = [ a${i} a${i} ];`)} in { a = a60; b = toString a60; c = builtins.toJSON a60; }`,
  "doubling nested sets": `let a0 = { x = 1; }; ${chain(60, (i) => `a${i + 1} = { l = a${i}; r = a${i}; };`)} in { a = a60; b = a60 == a60 // { }; }`,
  "doubling merges": `{ lib, ... }: let m0 = { b = [ 1 ]; }; ${chain(60, (i) => `m${i + 1} = lib.mkMerge [ m${i} m${i} ];`)} in { a = m60; }`,
  "doubling declarations": `{ lib, ... }: { options = let a0 = { x = lib.mkOption { }; }; ${chain(60, (i) => `a${i + 1} = { l = a${i}; r = a${i}; };`)} in a60; config.a = 1; }`,
  "flattened lists": `{ lib, ... }: let a0 = [ 1 ]; ${chain(60, (i) => `a${i + 1} = [ a${i} a${i} ];`)} in { a = lib.flatten a60; }`,
  fibonacci: "let f = n: if n < 2 then n else f (n - 1) + f (n - 2); in { a = f 60; }",
  "ranges of ranges": "{ lib, ... }: { a = lib.concatMap (x: lib.range 0 9999) (lib.range 0 9999); }",
  "a list from nothing": "{ a = builtins.genList (x: x) 1000000000; }",
  "a string from nothing": '{ lib, ... }: { a = lib.fixedWidthString 2000000000 "x" "y"; b = lib.strings.replicate 1000000000 "abc"; }',
  "replacements that grow": '{ lib, ... }: { a = lib.replaceStrings [ "a" ] [ (lib.strings.replicate 100000 "b") ] (lib.strings.replicate 100000 "a"); }',
  "elements all compared": "{ lib, ... }: { a = lib.unique (lib.range 0 9999); }",
  "imports without end": "let f = n: { imports = [ (f (n + 1)) (f (n + 2)) ]; a = 1; }; in f 0",
};

function run(text: string): { limited: boolean; view: unknown } {
  const project = new Project(memoryHost({ "main.nix": text }), parser);
  project.evaluator.limited = false;
  const configuration = project.configuration("main.nix");
  if (configuration === null) throw new Error("main.nix cannot be read");
  const all = optionView(configuration);
  configuration.names("a");
  configuration.option("a.b.c");
  return { limited: project.evaluator.limited, view: all };
}

/** Calls from a stack that is used already. */
function fromDeep<T>(depth: number, call: () => T): T {
  return depth === 0 ? call() : fromDeep(depth - 1, call);
}

describe("evaluation ends", () => {
  it.each(Object.keys(DEEP))("at %s, however deep the call stack is already", (name) => {
    const first = run(DEEP[name] as string);
    expect(first.limited).toBe(true);
    expect(fromDeep(100, () => run(DEEP[name] as string)).limited).toBe(true);
  });

  it.each(Object.keys(LARGE))("at %s", (name) => {
    expect(run(LARGE[name] as string).limited).toBe(true);
  });

  it("and sets no limit to what modules really do", () => {
    const project = new Project(memoryHost({ "main.nix": "{ lib, ... }: { a = lib.foldl' (sum: x: sum + x) 0 (lib.range 1 1000); b = lib.genAttrs (map toString (lib.range 1 500)) (name: { x = name; }); }" }), parser);
    project.evaluator.limited = false;
    const configuration = project.configuration("main.nix");
    expect(configuration?.option("a").value).toMatchObject({ v: 500500 });
    expect(configuration?.names("b").names.length).toBe(500);
    expect(project.evaluator.limited).toBe(false);
    expect(jsonOf("let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 100")).toBe(100);
  });

  it("for one file without spoiling the next", () => {
    const files = { "main.nix": LARGE["fibonacci"] as string, "next.nix": "{ imports = [ ./shared.nix ]; b = 2; }", "shared.nix": "{ c = builtins.length (builtins.genList (x: x) 10); }" };
    const project = new Project(memoryHost(files), parser);
    const first = project.configuration("main.nix");
    expect(first?.option("a").state).toBe("unknown");
    const next = project.configuration("next.nix");
    expect([next?.option("b").state, next?.option("c").state]).toEqual(["known", "known"]);
  });
});

describe("the model throws at nothing", () => {
  const FOLDER = new URL("../../../examples/", import.meta.url);
  const modules = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".nix"));
  const texts = modules.map((path) => readFileSync(new URL(path, FOLDER), "utf8"));
  const PARTS = ["{", "}", "[", "]", "(", ")", ";", "=", "''", '"', "${", "let", "in", "rec", "with", "inherit", "if", "then", "else", "//", "++", ":", "@", "...", "x", "config.a", "lib.mkIf", "lib.mkForce", "a.b = 1;", "imports = [ ./. ];", "or", "?", ".", "\\", "$", "#", "/*", "é", "\u0000", "\r\n"];

  /** A text with a few cuts, copies and insertions. */
  function broken(tape: Tape, text: string): string {
    let out = text;
    for (const kind of tape.many(1, 4, () => tape.below(4))) {
      const start = tape.below(out.length + 1);
      const end = Math.min(out.length, start + tape.below(80));
      if (kind === 0) out = out.slice(0, start) + out.slice(end);
      else if (kind === 1) out = out.slice(0, start) + tape.pick(PARTS) + out.slice(start);
      else if (kind === 2) out = out.slice(0, end) + out.slice(start, end) + out.slice(end);
      else out = out.slice(0, start);
    }
    return out;
  }

  it("that is a broken module", () => {
    expect(texts.length).toBeGreaterThan(3);
    fc.assert(
      fc.property(fc.nat(texts.length - 1), tapes(40), (which, numbers) => {
        const text = broken(new Tape(numbers), texts[which] as string);
        const project = new Project(memoryHost({ "main.nix": text }), parser);
        const configuration = project.configuration("main.nix");
        if (configuration !== null) optionView(configuration);
        const file = project.file("main.nix");
        if (file !== null) toJson(project.value(file));
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it("that is no module at all", () => {
    for (const text of ["", "5", "null", "[ 1 ]", "x", '"a"', "{", "}", "a: a", "{ }: 1", "{ ... }: { ... }: { }", "throw \"x\"", "import ./main.nix", "{ imports = 5; }", "{ imports = [ 5 null { } [ ] ]; }", "{ config = 5; }", "{ options = 5; config = { a = 1; }; }", "{ disabledModules = 5; a = 1; }", "{ _module = 5; }", "{ a = { _type = \"if\"; }; }"]) {
      expect(() => view(text)).not.toThrow();
    }
  });
});
