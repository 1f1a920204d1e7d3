/** References: which relative paths a file follows, and which of them only where they exist. */
import { describe, expect, it } from "vitest";
import { pathsAskedFor, referencesOf } from "../../../src/engine/run/references.ts";
import { type SourceFile, folderOf } from "../../../src/engine/model/index.ts";
import { parser } from "../../support/parser.ts";

function fileOf(text: string, path = "apps/x/x.nix"): SourceFile {
  return { path, folder: folderOf(path), syntax: parser.parse(text) };
}

/** References as `kind path`, with `?` behind a guarded one. */
function found(text: string, path?: string): string[] {
  return referencesOf(fileOf(text, path)).map(({ kind, path: target, isGuarded }) => `${kind} ${target}${isGuarded ? "?" : ""}`);
}

describe("a reference", () => {
  it("is an import, a package that is called or a file that is read", () => {
    expect(
      found(`[
        (import ./a.nix)
        (builtins.import ./b.nix { })
        (pkgs.callPackage ./c { })
        (lib.callPackages ./d.nix { })
        (builtins.readFile ./e.json)
        (lib.fileContents ./f.txt)
        (lib.importJSON ./g.json)
        (builtins.fromTOML (builtins.readFile ../h.toml))
      ]`),
    ).toEqual(["import apps/x/a.nix", "import apps/x/b.nix", "callPackage apps/x/c", "callPackage apps/x/d.nix", "readFile apps/x/e.json", "readFile apps/x/f.txt", "readFile apps/x/g.json", "readFile apps/h.toml"]);
  });

  it("is relative to the file, and may lead out of the tree", () => {
    expect(found("import ./a.nix", "x.nix")).toEqual(["import a.nix"]);
    expect(found("import sub/a.nix", "x.nix")).toEqual(["import sub/a.nix"]);
    expect(found("import ../../../a.nix")).toEqual(["import ../a.nix"]);
  });

  it("is none where the path is absolute, a home, searched for or computed", () => {
    expect(found("[ (import /etc/x.nix) (import ~/x.nix) (import <nixpkgs>) (import ./${name}.nix) (import (./. + \"/x\")) (import ./a.nix) ]")).toEqual(["import apps/x/a.nix"]);
  });

  it("is none where a path is only named", () => {
    expect(found("{ src = ./src; imports = [ ./web.nix ]; x = \"${./y}\"; }")).toEqual([]);
  });

  it("stands where the path is written, in UTF-16 units", () => {
    const text = "/* 💾 */ import ./a.nix";
    expect(referencesOf(fileOf(text))).toEqual([{ kind: "import", path: "apps/x/a.nix", text: "./a.nix", start: text.indexOf("./a"), end: text.length, isGuarded: false }]);
  });
});

describe("a path with a name", () => {
  it("is followed through `let` and `rec`", () => {
    expect(found("let a = b; b = ./a.nix; in import a")).toEqual(["import apps/x/a.nix"]);
    expect(found("rec { a = ./a.nix; b = import a; }")).toEqual(["import apps/x/a.nix"]);
    const text = "let a = ./a.nix; in import a";
    expect(referencesOf(fileOf(text)).map(({ start, end }) => text.slice(start, end))).toEqual(["./a.nix"]);
  });

  it("is not known where the name means something else", () => {
    expect(found("let a = ./a.nix; in a: import a")).toEqual([]);
    expect(found("let a = ./a.nix; in { a }: import a")).toEqual([]);
    expect(found("let a = ./a.nix; in let inherit (x) a; in import a")).toEqual([]);
    expect(found("let a.b = ./a.nix; in import a")).toEqual([]);
    expect(found("{ a = ./a.nix; b = import a; }")).toEqual([]);
    expect(found("let a = ./a.nix; in let inherit a; in import a")).toEqual(["import apps/x/a.nix"]);
  });

  it("ends where names go in circles", () => {
    expect(found("let a = b; b = a; in import a")).toEqual([]);
    expect(found("let a = b && b; b = a || a; in if a then import ./x.nix else 1")).toEqual(["import apps/x/x.nix"]);
  });
});

describe("a guard", () => {
  it("is the condition around", () => {
    expect(found("if builtins.pathExists ./a then import ./a else import ./b")).toEqual(["import apps/x/a?", "import apps/x/b"]);
    expect(found("if !builtins.pathExists ./a then 1 else import ./a")).toEqual(["import apps/x/a?"]);
    expect(found("if builtins.pathExists ./a then 1 else import ./a")).toEqual(["import apps/x/a"]);
    expect(found("if x && (y && pathExists ./a) then import ./a else 1")).toEqual(["import apps/x/a?"]);
    expect(found("if x || pathExists ./a then import ./a else 1")).toEqual(["import apps/x/a"]);
    expect(found("if !x || !pathExists ./a then 1 else import ./a")).toEqual(["import apps/x/a?"]);
    expect(found("if pathExists ./a -> x then import ./a else 1")).toEqual(["import apps/x/a"]);
  });

  it("is the left side of an operator that does not look further", () => {
    expect(found("pathExists ./a && import ./a")).toEqual(["import apps/x/a?"]);
    expect(found("!pathExists ./a || import ./a")).toEqual(["import apps/x/a?"]);
    expect(found("pathExists ./a -> import ./a")).toEqual(["import apps/x/a?"]);
    expect(found("pathExists ./a || import ./a")).toEqual(["import apps/x/a"]);
    expect(found("import ./a && pathExists ./a")).toEqual(["import apps/x/a"]);
  });

  it("is the condition of a function of lib", () => {
    expect(found("[ (lib.optional (pathExists ./a) (import ./a)) (lib.mkIf (pathExists ./b) (import ./b)) (lib.optionalString (pathExists ./c) (readFile ./d)) ]")).toEqual(["import apps/x/a?", "import apps/x/b?", "readFile apps/x/d"]);
  });

  it("may have a name, and may ask for a path by another name", () => {
    expect(found("let has = pathExists a; a = ./a; in if has then import ./a else 1")).toEqual(["import apps/x/a?"]);
    expect(found("if pathExists ./sub/../a then import ./a else 1")).toEqual(["import apps/x/a?"]);
  });

  it("may stand where the name of what is read is used", () => {
    expect(found("let json = readFile ./a; in if pathExists ./a then json else 1")).toEqual(["readFile apps/x/a?"]);
    expect(found("let json = readFile ./a; in if pathExists ./b then json else 1")).toEqual(["readFile apps/x/a"]);
    expect(found("{ json = readFile ./a; other = pathExists ./a; }")).toEqual(["readFile apps/x/a"]);
  });

  it("can be asked for by itself", () => {
    expect([...pathsAskedFor(fileOf("[ (pathExists ./a) (let p = ../b; in builtins.pathExists p) (pathExists /etc/x) ]"))].sort()).toEqual(["apps/b", "apps/x/a"]);
    expect([...pathsAskedFor(fileOf("[ (import ./a) ]"))]).toEqual([]);
  });
});

describe("on large files", () => {
  it("names that use each other many times over do not multiply", () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${index} = n${index + 1} && n${index + 1};`).join(" ");
    expect(found(`let ${names} n40 = pathExists ./a; in if n0 then import ./a else 1`)).toEqual(["import apps/x/a"]);
  });
});
