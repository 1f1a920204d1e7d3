/** Mentions: which files may name a file, where several have the same name. */
import { describe, expect, it } from "vitest";
import { memoryHost } from "../../../src/engine/model/index.ts";
import { Mentions } from "../../../src/engine/run/mentions.ts";

const files = {
  "a/base.nix": "{ }",
  "b/base.nix": "{ }",
  "a/part/default.nix": "{ }",
  "b/part/default.nix": "{ }",
};

/** Who may name each of the two files called `base.nix`, where one more file of folder `a` holds a text. */
function namers(text: string): readonly (readonly string[])[] {
  const mentions = new Mentions(memoryHost({ ...files, "a/x.nix": text }));
  return [mentions.of("a/base.nix"), mentions.of("b/base.nix")];
}

describe("a path that is written out", () => {
  it.each([
    ["{ imports = [ ./base.nix ]; }", [["a/x.nix"], []]],
    ["{ imports = [ ../b/base.nix ]; }", [[], ["a/x.nix"]]],
    ["{ imports = [ ../a/../b/./base.nix ]; }", [[], ["a/x.nix"]]],
    ["import ./base.nix", [["a/x.nix"], []]],
    ["{ a = ./base.nix; b = ../b/base.nix; }", [["a/x.nix"], ["a/x.nix"]]],
  ])("names the file that it leads to: %s", (text, expected) => {
    expect(namers(text)).toEqual(expected);
  });

  it("counts from where a linked file really stands", () => {
    const host = { ...memoryHost({ ...files, "a/x.nix": "import ./base.nix" }), realPath: (path: string) => (path === "a/x.nix" ? "b/x.nix" : path) };
    const mentions = new Mentions(host);
    expect([mentions.of("a/base.nix"), mentions.of("b/base.nix")]).toEqual([[], ["a/x.nix"]]);
  });

  it("names the default.nix of a folder", () => {
    const mentions = new Mentions(memoryHost({ ...files, "a/x.nix": "import ./part" }));
    expect([mentions.of("a/part/default.nix"), mentions.of("b/part/default.nix")]).toEqual([["a/x.nix"], []]);
  });
});

describe("a name that may be part of another path", () => {
  it.each(['root + "/base.nix"', "./${folder}/base.nix", 'self + ("/" + "b" + "/base.nix")', "{ imports = [ ./gone/base.nix ]; }", "{ } # see ./base.nix, or base.nix", '"${../b}" + "/base.nix"'])("may name every file of that name: %s", (text) => {
    expect(namers(text)).toEqual([["a/x.nix"], ["a/x.nix"]]);
  });
});
