/** Two ways lead to the same nodes: tree-sitter's tree, and the reader that takes over where there is an error. */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "../../../src/engine/syntax/index.ts";
import { parser } from "../../support/parser.ts";

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith(".nix") ? [path] : [];
  });
}

const files = ["../../fixtures", "../../../examples"].flatMap((folder) => filesBelow(fileURLToPath(new URL(folder, import.meta.url))));

const snippets = [
  "{ pkgs ? import <nixpkgs> { }, lib, ... }@args: args",
  "args@{ a, b ? 1 }: a",
  'let a = 1; b.c."d e".${f} = 2; inherit (x) y z; inherit q; in rec { inherit a; }',
  "let { a = 1; body = a; }",
  "with a; assert b; if c then -d else !e || f -> g && h == i",
  "a.b.c or d ? e.\"f\".${g}",
  "[ 1 2.5 ./a ../b/${c}.nix ~/d <e/f> https://g.h/i \"j\" ''k'' (l m) ]",
  "''\n    a ${b}\n      ''${c} ''' $$ \t\n  ''",
  '"a\\n\\${b} $${c} ${d + "e${f}"}"',
  "a ++ b ++ c // d // e + f - g * h / i < j",
  "# first\n{ /* second */ a = /* third */ 1; # fourth\n}\n# fifth",
];

describe("tree-sitter and the reader", () => {
  it("give the same nodes for every file without errors", () => {
    expect(files.length).toBeGreaterThan(100);
    let compared = 0;
    for (const path of files) {
      const text = readFileSync(path, "utf8").replace(/[⟦⟧]/g, "");
      const read = parse(text);
      if (read.errors.length > 0) continue;
      compared++;
      const { root, comments } = parser.parse(text);
      expect({ path, root, comments }).toEqual({ path, root: read.root, comments: read.comments });
    }
    expect(compared).toBeGreaterThan(100);
  });

  it.each(snippets)("give the same nodes for %j", (text) => {
    const read = parse(text);
    expect(read.errors).toEqual([]);
    expect(parser.parse(text)).toEqual(read);
  });

  it.each(["", "# nothing", "{ a = 1; b = 2 c = 3; }", "{ a, a }: a", "(".repeat(100_000)])("give the same answer for what is no Nix", (text) => {
    const { errors, tooDeep, root } = parser.parse(text);
    expect({ errors, tooDeep, root }).toEqual({ errors: parse(text).errors, tooDeep: parse(text).tooDeep, root: parse(text).root });
    expect(errors.length + Number(tooDeep)).toBeGreaterThan(0);
  });
});
