/** The option view is a contract: its keys, its states, and how values that are not plain are written. */
import { describe, expect, it } from "vitest";
import { optionView } from "../../../src/engine/model/index.ts";
import { configure } from "./reading.ts";

describe("the option view", () => {
  it("lists leaf options by name with value, priority and definitions", () => {
    const config = configure({
      "main.nix": "{ lib, ... }: {\n  imports = [ ./b.nix ];\n  b = lib.mkIf true (lib.mkDefault 1);\n  a.c = [ 1 ];\n}",
      "b.nix": "{\n  a.c = [ 2 ];\n}",
    });
    expect(optionView(config)).toEqual({
      "a.c": {
        state: "known",
        value: [2, 1],
        priority: 100,
        definitions: [
          { path: "main.nix", line: 4, column: 3, priority: 100, conditional: false },
          { path: "b.nix", line: 2, column: 3, priority: 100, conditional: false },
        ],
      },
      b: { state: "known", value: 1, priority: 1000, definitions: [{ path: "main.nix", line: 3, column: 3, priority: 1000, conditional: false }] },
    });
    expect(Object.keys(optionView(config))).toEqual(["a.c", "b"]);
  });

  it("quotes names as Nix would", () => {
    const names = Object.keys(optionView(configure('{ systemd.services."serial-getty@ttyS0".enable = true; a."x.y" = 1; a."q\\"\\${z}" = 2; a.b-c\' = 3; }')));
    expect(names).toEqual(['a."q\\"\\${z}"', 'a."x.y"', "a.b-c'", 'systemd.services."serial-getty@ttyS0".enable']);
  });

  it("writes references, text with references, calls and paths", () => {
    const config = configure(`{ pkgs, modulesPath, ... }: {
      package = pkgs.postgresql_17;
      command = "\${pkgs.openssl}/bin/openssl \${"rand"}";
      script = pkgs.writeShellScript "x" "run \${pkgs.hello}";
      more = [ (pkgs.f 1) { a = pkgs.b; } ./file.txt /etc/x "\${./file.txt}" modulesPath ];
    }`);
    const values = Object.fromEntries(Object.entries(optionView(config)).map(([name, { value }]) => [name, value]));
    expect(values).toEqual({
      package: { $ref: "pkgs.postgresql_17" },
      command: { $text: [{ $ref: "pkgs.openssl" }, "/bin/openssl rand"] },
      script: { $call: "pkgs.writeShellScript", args: ["x", { $text: ["run ", { $ref: "pkgs.hello" }] }] },
      more: [{ $call: "pkgs.f", args: [1] }, { a: { $ref: "pkgs.b" } }, { $path: "file.txt" }, "/etc/x", { $text: [{ $path: "file.txt" }] }, { $ref: "modulesPath" }],
    });
  });

  it("says `unknown` of values with holes, functions and parts that may not be there", () => {
    const view = optionView(configure('{ config, lib, pkgs, ... }: { a = "x${config.n}"; b = x: x; c = [ (pkgs.python3.withPackages (p: [ p.x ])) ]; d = [ 1 ] ++ lib.optional config.n 2; e = [ { f = config.n; } ]; }'));
    expect(Object.entries(view).map(([name, { state, value }]) => [name, state, value])).toEqual([
      ["a", "unknown", undefined],
      ["b", "unknown", undefined],
      ["c", "unknown", undefined],
      ["d", "unknown", undefined],
      ["e", "unknown", undefined],
    ]);
  });

  it("marks definitions under conditions, and leaves out what is ruled out", () => {
    const view = optionView(configure("{ config, lib, ... }: { a = lib.mkIf config.n 1; b = lib.mkIf false 1; c.d = lib.mkMerge [ 1 (lib.mkIf false 2) ]; }"));
    expect(view).toEqual({
      a: { state: "conditional", priority: 100, definitions: [{ path: "main.nix", line: 1, column: 25, priority: 100, conditional: true }] },
      "c.d": { state: "known", value: 1, priority: 100, definitions: [{ path: "main.nix", line: 1, column: 72, priority: 100, conditional: false }] },
    });
  });

  it("shows conflicts and sets without attributes", () => {
    const view = optionView(configure("{ lib, ... }: { a = lib.mkMerge [ true false ]; b.c = { }; d = lib.mkIf false { }; }"));
    expect(view).toMatchObject({ a: { state: "conflict" }, "b.c": { state: "known", value: {} } });
    expect(Object.keys(view)).toEqual(["a", "b.c"]);
    expect("value" in (view["a"] ?? {})).toBe(false);
  });

  it("takes any name", () => {
    const view = optionView(configure('{ a.__proto__ = 1; a.constructor.toString = 2; "" = 3; a."\\n" = 4; }'));
    expect(Object.entries(view).map(([name, { value }]) => [name, value])).toEqual([['""', 3], ['a."\n"', 4], ["a.__proto__", 1], ["a.constructor.toString", 2]]);
  });
});
