/** Options that the tree declares itself: their defaults and what their types say about merging. */
import { describe, expect, it } from "vitest";
import { configure, view } from "./reading.ts";

/** A module that declares `options` and defines `config`, with a second module beside it. */
function declaring(options: string, first: string, second = ""): Record<string, string> {
  return {
    "main.nix": `{ config, lib, ... }: with lib; { imports = [ ./other.nix ]; options = { ${options} }; config = { ${first} }; }`,
    "other.nix": `{ lib, ... }: { ${second} }`,
  };
}

describe("a declared option", () => {
  it("has its default until something defines it", () => {
    expect(view(declaring("tappaas.port = mkOption { type = types.port; default = 80; };", ""))).toEqual({ "tappaas.port": 80 });
    expect(view(declaring("tappaas.port = mkOption { type = types.port; default = 80; };", "tappaas.port = 443;"))).toEqual({ "tappaas.port": 443 });
    const config = configure(declaring("a.b = mkEnableOption \"it\";", "c = config.a.b;"));
    expect(config.option("a.b")).toMatchObject({ state: "known", value: { v: false }, priority: 1500 });
    expect(config.option("c")).toMatchObject({ state: "known", value: { v: false } });
    expect(config.declared).toEqual([["a", "b"]]);
    expect(config.declarationsOpen).toBe(false);
    expect(config.option("a.b").definitions).toMatchObject([{ isDefault: true }]);
  });

  it.each([
    ["types.str", '"a"', '"b"', "<conflict>"],
    ["types.str", '"a"', '"a"', "a"],
    ["types.lines", '"a"', '"b"', "b\na"],
    ["types.commas", '"a"', '"b"', "b,a"],
    ['types.separatedString "+"', '"a"', '"b"', "b+a"],
    ["types.int", "1", "2", "<conflict>"],
    ["types.nullOr types.str", "null", '"b"', "<conflict>"],
    ["types.nullOr types.lines", '"a"', '"b"', "b\na"],
    ['types.enum [ "a" "b" ]', '"a"', '"b"', "<conflict>"],
    ["types.listOf types.int", "[ 1 ]", "[ 2 ]", [2, 1]],
    ["types.either types.int types.str", '"a"', '"b"', "<conflict>"],
    ["types.either types.int types.lines", '"a"', '"b"', "<unknown>"],
    ["types.unspecified", "true", "true", "<unknown>"],
    ["types.uniq types.str", '"a"', '"a"', "<unknown>"],
    ["types.coercedTo types.int toString types.str", '"a"', '"a"', "<unknown>"],
    ["types.listOf (types.submodule { })", "[ { } ]", "[ ]", "<unknown>"],
  ])("of type %s", (type, first, second, expected) => {
    expect(view(declaring(`x = mkOption { type = ${type}; };`, `x = ${first};`, `x = ${second};`))).toEqual({ x: expected });
  });

  it("of a type for sets takes whole sets by their priority", () => {
    expect(view(declaring("x = mkOption { type = types.attrsOf types.int; };", "x = mkForce { a = 1; };", "x.b = 2;"))).toEqual({ "x.a": 1 });
    expect(view(declaring("x = mkOption { type = types.attrsOf types.int; default = { c = 3; }; };", "x.a = 1;", "x.b = mkDefault 2;".replace("mkDefault", "lib.mkDefault")))).toEqual({ "x.a": 1, "x.b": 2 });
    expect(view(declaring("x = mkOption { type = types.attrsOf types.lines; };", 'x.a = "1";', 'x.a = "2";'))).toEqual({ "x.a": "2\n1" });
  });

  it("of a submodule's type may have more than is defined", () => {
    const config = configure(declaring("x = mkOption { type = types.submodule { options.i = mkOption { default = 1; }; }; };", "x.j = 2;"));
    expect(config.option("x.i").state).toBe("unknown");
    expect(configure(declaring("x = mkOption { type = types.attrsOf types.int; };", "x.j = 2;")).option("x.i").state).toBe("undefined");
  });

  it("with an `apply` is not what is defined", () => {
    const config = configure(declaring("x = mkOption { type = types.attrsOf types.int; apply = builtins.attrNames; };", "x.j = 2; y = config.x;"));
    expect([config.option("x").state, config.option("x.j").state, config.option("y").state]).toEqual(["unknown", "unknown", "unknown"]);
  });

  it("may stand in a module that the entry imports, beside plain definitions", () => {
    const files = { "main.nix": "{ config, ... }: { imports = [ ./opts.nix ]; tappaas.name = \"n\"; networking.hostName = config.tappaas.name; }", "opts.nix": "{ lib, ... }: { options.tappaas.name = lib.mkOption { type = lib.types.str; }; options.tappaas.size = lib.mkOption { default = 3; }; }" };
    expect(view(files)).toEqual({ "networking.hostName": "n", "tappaas.name": "n", "tappaas.size": 3 });
  });

  it("that cannot be read leaves the declarations open", () => {
    expect(configure(declaring("x = import ./gone.nix;", "")).declarationsOpen).toBe(true);
  });

  it("under a new name may get what the old one gets", () => {
    const config = configure("{ lib, ... }: { imports = [ (lib.mkRenamedOptionModule [ \"old\" \"x\" ] [ \"new\" \"x\" ]) ]; old.x = 1; }");
    expect(config.option("new.x").state).toBe("conditional");
    expect(config.option("old.x").state).toBe("known");
  });
});
