/** Dependents: what is linted again when a file has changed, come or gone. */
import { describe, expect, it } from "vitest";
import { Project, memoryHost } from "../../../src/engine/model/index.ts";
import { DEFAULT_SETTINGS, Roles, dependentsOf } from "../../../src/engine/run/index.ts";
import { parser } from "../../support/parser.ts";

const FLAKE = '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05"; outputs = { self, nixpkgs }: { nixosConfigurations.vm = nixpkgs.lib.nixosSystem { modules = [ ./vm/vm.nix ]; }; }; }';

const files = {
  ".tappaas-lint.json": "{}",
  "flake.nix": FLAKE,
  "flake.lock": "{}",
  "common.nix": '{ ... }: { system.stateVersion = "25.05"; }',
  "tool/default.nix": "{ pkgs }: pkgs.hello",
  "vm/.tappaas-lint.json": "{}",
  "vm/vm.nix": "{ pkgs, ... }: { imports = [ ../common.nix ./part.nix ]; environment.systemPackages = [ (pkgs.callPackage ../tool { }) ]; }",
  "vm/vm.json": '{ "vmname": "vm" }',
  "vm/part.nix": "{ ... }: { services.x.text = builtins.readFile ./motd; services.x.port = (builtins.fromJSON (builtins.readFile ./ports.json)).x; }",
  "vm/motd": "hello",
  "vm/ports.json": '{ "x": 1 }',
  "vm/lost.nix": "{ ... }: { imports = [ ./gone.nix ]; }",
  "vm/named.nix": "{ ... }: { } # part.nix and common.nix are only named here",
};

const project = (): Project => new Project(memoryHost(files), parser);
const settingsOf = () => DEFAULT_SETTINGS;

describe("what is built on a file", () => {
  it.each([
    ["a module", "vm/part.nix", ["vm/vm.nix"]],
    ["a module of another folder", "common.nix", ["vm/vm.nix"]],
    ["a module that a flake makes a system of", "vm/vm.nix", ["flake.nix"]],
    ["the default.nix of a folder", "tool/default.nix", ["vm/vm.nix"]],
    ["the JSON beside a module", "vm/vm.json", ["vm/vm.nix"]],
    ["a JSON that is read", "vm/ports.json", ["vm/part.nix"]],
    ["another file that is read", "vm/motd", ["vm/part.nix"]],
    ["a lock", "flake.lock", ["flake.nix"]],
    ["a lock without a flake", "vm/flake.lock", []],
    ["a file that is gone", "vm/gone.nix", ["vm/lost.nix"]],
    ["the configuration of a folder", "vm/.tappaas-lint.json", ["vm/vm.nix", "vm/part.nix", "vm/lost.nix", "vm/named.nix"]],
    ["the configuration of the tree", ".tappaas-lint.json", Object.keys(files).filter((path) => path.endsWith(".nix"))],
    ["nothing", "vm/named.nix", []],
  ])("%s: %s", (_, path, expected) => {
    expect(new Roles(project(), settingsOf).builtOn(path)).toEqual(expected);
  });
});

describe("dependents", () => {
  it("are the files themselves and all that is built on them by way of others, sorted", () => {
    expect(dependentsOf(project(), settingsOf, ["vm/motd"])).toEqual(["flake.nix", "vm/part.nix", "vm/vm.nix"]);
    expect(dependentsOf(project(), settingsOf, ["vm/named.nix", "tool/default.nix"])).toEqual(["flake.nix", "tool/default.nix", "vm/named.nix", "vm/vm.nix"]);
    expect(dependentsOf(project(), settingsOf, ["vm/gone.nix", "nowhere.json"])).toEqual(["vm/lost.nix"]);
  });

  it("come to an end where modules import each other", () => {
    const circle = new Project(memoryHost({ "a.nix": "{ imports = [ ./b.nix ]; }", "b.nix": "{ imports = [ ./a.nix ]; }" }), parser);
    expect(dependentsOf(circle, settingsOf, ["a.nix"])).toEqual(["a.nix", "b.nix"]);
  });
});
