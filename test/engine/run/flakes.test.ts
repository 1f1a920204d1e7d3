/** Flakes: which systems they build, of which files, with which input. */
import { describe, expect, it } from "vitest";
import { flakeSystems } from "../../../src/engine/run/flakes.ts";
import { Project, type SourceFile, textOf } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";

const MODULE = '{ ... }: { system.stateVersion = "25.05"; }';

function systems(flake: string, files: Record<string, string> = {}, path = "flake.nix"): { name: string; direct: readonly string[]; input: string | null; modules: string[]; stateVersion: string | null; isWhole: boolean }[] {
  const project = new Project(memoryHost({ ...files, [path]: flake }), parser);
  return flakeSystems(project, project.file(path) as SourceFile).map(({ name, direct, input, configuration }) => {
    const value = configuration.value("system.stateVersion");
    return { name, direct, input, modules: configuration.modules.map(({ file }) => file.path), stateVersion: value === null ? null : textOf(value), isWhole: configuration.unfollowed.length === 0 };
  });
}

/** The one system of a flake with these outputs. */
function one(outputs: string, files: Record<string, string> = { "a.nix": MODULE }, inputs = "inputs.nixpkgs.url = \"github:NixOS/nixpkgs/nixos-25.05\";"): ReturnType<typeof systems>[number] | undefined {
  const found = systems(`{ ${inputs} outputs = ${outputs}; }`, files);
  expect(found.length).toBeLessThan(2);
  return found[0];
}

const whole = { name: "a", direct: ["a.nix"], input: "nixpkgs", modules: ["a.nix"], stateVersion: "25.05", isWhole: true };

describe("a system", () => {
  it("is found however the outputs take their inputs", () => {
    const call = (nixpkgs: string): string => `{ nixosConfigurations.a = ${nixpkgs}.lib.nixosSystem { system = "x86_64-linux"; modules = [ ./a.nix ]; }; }`;
    expect(one(`{ self, nixpkgs }: ${call("nixpkgs")}`)).toEqual(whole);
    expect(one(`{ nixpkgs, ... }: ${call("nixpkgs")}`)).toEqual(whole);
    expect(one(`inputs: ${call("inputs.nixpkgs")}`)).toEqual(whole);
    expect(one(`inputs@{ self, ... }: ${call("inputs.nixpkgs")}`)).toEqual(whole);
    expect(one(`{ self, ... }@args: ${call("args.nixpkgs")}`)).toEqual(whole);
    expect(one(`{ self, nixpkgs }: with nixpkgs; ${call("nixpkgs")}`)).toEqual(whole);
  });

  it("is found through names and helpers of the flake, of which the input is not always known", () => {
    expect(one("{ nixpkgs, ... }: let make = name: nixpkgs.lib.nixosSystem { modules = [ ./${name}.nix ]; }; in { nixosConfigurations.a = make \"a\"; }")).toEqual(whole);
    expect(one("{ nixpkgs, ... }: let inherit (nixpkgs) lib; in { nixosConfigurations = lib.genAttrs [ \"a\" ] (name: lib.nixosSystem { modules = [ (./. + \"/${name}.nix\") ]; }); }")).toEqual({ ...whole, input: null });
    expect(one("{ nixpkgs, ... }: let inherit (nixpkgs.lib) nixosSystem; in { nixosConfigurations.a = nixosSystem { modules = [ ./a.nix ]; }; }")).toEqual({ ...whole, input: null });
  });

  it("is one of several", () => {
    expect(systems("{ outputs = { self, nixpkgs }: { nixosConfigurations = { a = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; }; b = nixpkgs.lib.nixosSystem { modules = [ { } ]; }; c = 1; d = x; }; }; }", { "a.nix": MODULE }).map(({ name, direct }) => [name, direct])).toEqual([["a", ["a.nix"]], ["b", []]]);
  });

  it("is made of what its modules import, from the flake's own folder", () => {
    expect(systems("{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./hosts/a.nix ]; }; }; }", { "sub/hosts/a.nix": "{ imports = [ ../base ]; }", "sub/base/default.nix": MODULE }, "sub/flake.nix")).toEqual([
      { name: "a", direct: ["sub/hosts/a.nix"], input: "nixpkgs", modules: ["sub/hosts/a.nix", "sub/base/default.nix"], stateVersion: "25.05", isWhole: true },
    ]);
  });

  it("sees the flake's own outputs and its special arguments", () => {
    expect(one("{ self, nixpkgs }: { nixosModules.base = ./a.nix; nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ self.nixosModules.base ]; }; }")).toEqual(whole);
    expect(one("{ self, nixpkgs }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./a.nix ]; specialArgs = { release = \"24.11\"; }; }; }", { "a.nix": "{ release, ... }: { system.stateVersion = release; }" })).toEqual({ ...whole, stateVersion: "24.11" });
  });

  it("is not whole where a module comes from an input or may be missing", () => {
    const found = (modules: string): boolean | undefined => one(`{ nixpkgs, disko, x, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = ${modules}; }; }`)?.isWhole;
    expect(found("[ ./a.nix disko.nixosModules.disko ]")).toBe(false);
    expect(found("[ ./a.nix ] ++ x.modules")).toBe(false);
    expect(found("[ ./a.nix ] ++ nixpkgs.lib.optional x.y ./b.nix")).toBe(false);
    expect(found("[ ./a.nix ] ++ [ { } ]")).toBe(true);
  });
});

describe("no system", () => {
  it("is found where there is none, and nothing breaks", () => {
    for (const flake of ["{ }", "1", "{ outputs = 1; }", "{ outputs = x: x; }", "{ outputs = { self }: { }; }", "{ outputs = { self }: { nixosConfigurations = 1; }; }", "{ outputs = { self, nixpkgs }: self; }", "{ outputs = { self, nixpkgs }: { nixosConfigurations = self.nixosConfigurations; }; }", "{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem ./x; }; }", "{ outputs = { nixpkgs, ... }: { nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = 1; }; }; }", "{"]) {
      expect(systems(flake)).toEqual([]);
    }
  });
});
