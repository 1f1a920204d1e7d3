/** Which modules make up a configuration, and what became of each import. */
import { describe, expect, it } from "vitest";
import { Configuration, Project, Thunk } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";
import { configure, view, written } from "./reading.ts";

const paths = (config: Configuration): string[] => config.modules.map(({ file }) => file.path);
const kinds = (config: Configuration): string[] => config.imports.map(({ kind, path, at }) => `${kind} ${path ?? ""} ${written(at)}`);

describe("imports", () => {
  it("are followed breadth first, each file once", () => {
    const config = configure({
      "main.nix": "{ imports = [ ./a.nix ./b ]; x = 1; }",
      "a.nix": "{ lib, ... }: { imports = [ ./c.nix ./b ]; }",
      "b/default.nix": "{ imports = [ ../c.nix ]; }",
      "c.nix": "{ y = 2; }",
    });
    expect(paths(config)).toEqual(["main.nix", "a.nix", "b/default.nix", "c.nix"]);
    expect(config.unfollowed).toEqual([]);
  });

  it("have a kind each", () => {
    const config = configure({
      "main.nix": `{ lib, modulesPath, ... }: {
        imports = [
          ./a.nix
          ./gone.nix
          ../outside.nix
          /etc/nixos/hardware-configuration.nix
          ./hardware-configuration.nix
          /etc/nixos/other.nix
          (modulesPath + "/profiles/qemu-guest.nix")
          "\${modulesPath}/x.nix"
          { z = 1; }
          ({ pkgs, ... }: { w = 1; })
          (lib.mkIf true { v = 1; })
          (import ./a.nix)
          (import ./gone.nix)
          (builtins.currentTime)
          ./empty
        ];
      }`,
      "a.nix": "{ y = 1; }",
      "empty/readme.txt": "",
    });
    expect(kinds(config)).toEqual([
      "file a.nix ./a.nix",
      "missing gone.nix ./gone.nix",
      "outside ../outside.nix ../outside.nix",
      "hardware /etc/nixos/hardware-configuration.nix /etc/nixos/hardware-configuration.nix",
      "hardware hardware-configuration.nix ./hardware-configuration.nix",
      "outside /etc/nixos/other.nix /etc/nixos/other.nix",
      'outside <modulesPath>/profiles/qemu-guest.nix (modulesPath + "/profiles/qemu-guest.nix")'.replace("(modulesPath", "modulesPath").replace('nix")', 'nix"'),
      'outside <modulesPath>/x.nix "${modulesPath}/x.nix"',
      "inline  { z = 1; }",
      "inline  { pkgs, ... }: { w = 1; }",
      "inline  lib.mkIf true { v = 1; }",
      "inline  import ./a.nix",
      "computed  import ./gone.nix",
      "computed  builtins.currentTime",
      "missing empty ./empty",
    ]);
    expect(config.unfollowed.length).toBe(8);
    expect(Object.keys(view("{ imports = [ { z = 1; } ]; }"))).toEqual(["z"]);
  });

  it("take in a hardware configuration that is in the tree", () => {
    const files = { "main.nix": "{ imports = [ ./hardware-configuration.nix ]; }", "hardware-configuration.nix": "{ swapDevices = [ ]; }" };
    expect(view(files)).toEqual({ swapDevices: [] });
    expect(kinds(configure(files))).toEqual(["hardware hardware-configuration.nix ./hardware-configuration.nix"]);
    expect(new Project(memoryHost(files), parser).configuration("hardware-configuration.nix")?.option("swapDevices").state).toBe("known");
  });

  it("may lead in circles", () => {
    expect(paths(configure({ "main.nix": "{ imports = [ ./a.nix ]; }", "a.nix": "{ imports = [ ./main.nix ./a.nix ]; x = 1; }" }))).toEqual(["main.nix", "a.nix"]);
  });

  it("are not followed where they hang on the configuration", () => {
    const config = configure({ "main.nix": "{ config, lib, ... }: { imports = lib.optional config.a.b ./a.nix; a.b = true; c = config.a.b; }", "a.nix": "{ x = 1; }" });
    expect(config.unfollowed.map(({ reason }) => reason)).toEqual(["an import under a condition"]);
    // The configuration itself is there once the modules are collected.
    expect(config.option("c")).toMatchObject({ state: "known", value: { v: true } });
    expect(config.option("other").state).toBe("unknown");
  });

  it("are found through `require`, `let`, `++` and functions", () => {
    const config = configure({ "main.nix": "let base = [ ./a.nix ]; in { require = base ++ map (name: ./. + \"/${name}.nix\") [ \"b\" ]; }", "a.nix": "{ }", "b.nix": "{ }" });
    expect(paths(config)).toEqual(["main.nix", "a.nix", "b.nix"]);
  });

  it("count a folder and the file in it as two modules, as Nix does", () => {
    expect(view({ "main.nix": "{ imports = [ ./b ./b/default.nix ]; }", "b/default.nix": "{ l = [ 1 ]; }" })).toEqual({ l: [1, 1] });
  });

  it("count modules of the same `key` once", () => {
    expect(view("{ imports = [ { key = \"k\"; l = [ 1 ]; } { key = \"k\"; l = [ 2 ]; } ]; }")).toEqual({ l: [1] });
  });
});

describe("disabled modules", () => {
  it("are left out with what only they import", () => {
    const files = {
      "main.nix": "{ imports = [ ./a.nix ./b.nix ]; disabledModules = [ ./a.nix ]; }",
      "a.nix": "{ imports = [ ./c.nix ./d.nix ]; x = 1; }",
      "b.nix": "{ imports = [ ./d.nix ]; }",
      "c.nix": "{ y = 1; }",
      "d.nix": "{ z = 1; }",
    };
    expect(view(files)).toEqual({ z: 1 });
    expect(paths(configure(files))).toEqual(["main.nix", "b.nix", "d.nix"]);
  });

  it("may be named by key, and may themselves disable others", () => {
    expect(view("{ imports = [ { key = \"k\"; x = 1; } ]; disabledModules = [ { key = \"k\"; } ]; }")).toEqual({});
    expect(view({ "main.nix": "{ imports = [ ./a.nix ./b.nix ]; disabledModules = [ ./a.nix ]; }", "a.nix": "{ disabledModules = [ ./b.nix ]; }", "b.nix": "{ x = 1; }" })).toEqual({});
  });
});

describe("a module", () => {
  it("may be a set, a function, or wrapped as a whole", () => {
    expect(view("{ a = 1; }")).toEqual({ a: 1 });
    expect(view("{ lib, ... }: { a = lib.mkForce 1; }")).toEqual({ a: 1 });
    expect(view("args: { a = args.lib.mkForce 1; }")).toEqual({ a: 1 });
    expect(view("{ lib, ... }@args: args.lib.mkMerge [ { a = 1; } { b = 2; } ]")).toEqual({ a: 1, b: 2 });
    expect(view("{ lib, ... }: lib.mkIf false { a = 1; }")).toEqual({});
    expect(view("{ config, lib, pkgs }: { a = 1; }")).toEqual({ a: 1 });
  });

  it("keeps its structure apart from its options", () => {
    expect(view('{ _file = "x"; key = "k"; imports = [ ]; disabledModules = [ ]; a = 1; meta.maintainers = [ ]; }')).toEqual({ a: 1, "meta.maintainers": [] });
    expect(view("{ imports = [ ]; config.a = 1; meta.b = 2; }")).toEqual({ a: 1, "meta.b": 2 });
  });

  it("that cannot be computed makes what is missing unknown", () => {
    const config = configure("{ lib, ... }: import ./gone.nix");
    expect(config.modules).toEqual([]);
    expect(config.option("a").state).toBe("unknown");
    const part = configure("{ a = 1; } // (import ./gone.nix)");
    expect([part.option("a").state, part.option("b").state]).toEqual(["unknown", "unknown"]);
    const known = configure("(import ./gone.nix) // { a = 1; }");
    expect([known.option("a").state, known.option("b").state]).toEqual(["known", "unknown"]);
  });

  it("says where it starts and where its imports stand", () => {
    const [module] = configure("{ lib, ... }: {\n  imports = [ ];\n}").modules;
    expect(module === undefined ? null : [written(module.importsAt), written(Configuration.placeOf(module))]).toEqual(["imports", "imports"]);
    const [bare] = configure("{ lib, ... }: {\n  a = 1;\n}").modules;
    expect(bare === undefined ? null : [bare.importsAt, written(Configuration.placeOf(bare))]).toEqual([null, "{"]);
  });

  it("with a syntax error still says what can be read", () => {
    const config = configure("{\n  a = 1;\n  b = = 2;\n  c = 3;\n}");
    expect(config.option("a")).toMatchObject({ state: "known", value: { v: 1 } });
    expect(config.option("d").state).toBe("unknown");
  });
});

describe("a composed configuration", () => {
  it("takes modules and special arguments, as a flake's `nixosSystem` does", () => {
    const files = { "flake.nix": "{ modules = [ ./a.nix ({ port, ... }: { b = port; }) ]; special = { port = 80; }; }", "a.nix": "{ a = 1; }" };
    const project = new Project(memoryHost(files), parser);
    const flake = project.file("flake.nix");
    const value = flake === null ? null : project.value(flake);
    if (flake === null || value?.t !== "attrs") throw new Error("the flake cannot be read");
    const modules = value.attrs.get("modules")?.thunk.force();
    const special = value.attrs.get("special")?.thunk.force();
    if (modules?.t !== "list" || special?.t !== "attrs") throw new Error("the flake has no modules");
    const config = project.compose(flake, modules.items.map(({ thunk }) => ({ thunk, file: flake })), special);
    expect(config.entry.path).toBe("flake.nix");
    expect([config.option("a"), config.option("b")]).toMatchObject([{ state: "known", value: { v: 1 } }, { state: "known", value: { v: 80 } }]);
    expect(modules.items.every(({ thunk }) => thunk instanceof Thunk)).toBe(true);
  });
});
