/** Roles: what kind of file each file of a tree is taken for. */
import { describe, expect, it } from "vitest";
import { lintTree } from "../../support/lint.ts";
import type { Role } from "../../../src/engine/run/index.ts";

function roles(files: Record<string, string>, given: Record<string, Role> = {}): Record<string, Role> {
  return Object.fromEntries(lintTree(files, [], { roles: given }).files.map((file) => [file.path, file.role]));
}

const SYSTEM = "{ ... }: { imports = [ /etc/nixos/hardware-configuration.nix ]; }\n";

describe("roles", () => {
  it("takes a module that imports a hardware configuration for a system, however the path is written", () => {
    expect(
      roles({
        "a.nix": SYSTEM,
        "b.nix": "{ ... }: { imports = [ ./hardware-configuration.nix ]; }",
        "c.nix": '{ ... }: let hardware = "/etc/nixos/hardware-configuration.nix"; in { imports = [ hardware ]; }',
      }),
    ).toEqual({ "a.nix": "system", "b.nix": "system", "c.nix": "system" });
  });

  it("takes a module with a JSON that has a vmname for a system", () => {
    expect(roles({ "x/x.nix": "{ ... }: { services.openssh.enable = true; }", "x/x.json": '{ "vmname": "x" }' })).toEqual({ "x/x.nix": "system" });
    expect(roles({ "x/x.nix": "{ ... }: { services.openssh.enable = true; }", "x/x.json": '{ "vmid": 1 }' })).toEqual({ "x/x.nix": "fragment" });
    expect(roles({ "x/x.nix": "{ ... }: { services.openssh.enable = true; }", "x/x.json": "{ broken" })).toEqual({ "x/x.nix": "fragment" });
  });

  it("takes a module that sets stateVersion for a system, or for a baseline when another file imports it", () => {
    const common = '{ ... }: { system.stateVersion = "25.05"; }';
    expect(roles({ "common.nix": common })).toEqual({ "common.nix": "system" });
    expect(roles({ "common.nix": common, "a.nix": "{ ... }: { imports = [ /etc/nixos/hardware-configuration.nix ./common.nix ]; }" })).toEqual({ "common.nix": "baseline", "a.nix": "system" });
    expect(roles({ "common.nix": common, "sub/a.nix": "{ ... }: { imports = [ /etc/nixos/hardware-configuration.nix (import ../common.nix) ]; }" })).toEqual({ "common.nix": "baseline", "sub/a.nix": "system" });
  });

  it("takes a module of a flake's system for a baseline", () => {
    const flake = '{ inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05"; outputs = { self, nixpkgs }: { nixosConfigurations.x = nixpkgs.lib.nixosSystem { modules = [ ./common.nix ]; }; }; }';
    expect(roles({ "flake.nix": flake, "common.nix": '{ ... }: { system.stateVersion = "25.05"; }' })).toEqual({ "flake.nix": "flake", "common.nix": "baseline" });
  });

  it("takes other modules for fragments", () => {
    expect(
      roles({
        "options.nix": "{ lib, ... }: { options.tappaas.x = lib.mkOption { default = 1; }; }",
        "part.nix": "{ networking.firewall.enable = true; }",
        "config.nix": "{ config, ... }: { }",
      }),
    ).toEqual({ "options.nix": "fragment", "part.nix": "fragment", "config.nix": "fragment" });
  });

  it("takes packages, shells, overlays and data for packages", () => {
    expect(
      roles({
        "package.nix": "{ lib, stdenv, fetchurl }: stdenv.mkDerivation { pname = \"x\"; }",
        "shell.nix": "{ pkgs ? import <nixpkgs> { } }: pkgs.mkShell { packages = [ pkgs.git ]; }",
        "default.nix": "{ pkgs ? import <nixpkgs> { }, }: { shell = pkgs.mkShell { }; default = pkgs.hello; }",
        "overlay.nix": "final: prev: { hello = prev.hello; }",
        "versions.nix": '{ litellm = "1.2.3"; }',
      }),
    ).toEqual({ "package.nix": "package", "shell.nix": "package", "default.nix": "package", "overlay.nix": "package", "versions.nix": "package" });
  });

  it("follows the configuration where it names a role", () => {
    expect(roles({ "part.nix": "{ networking.firewall.enable = true; }" }, { "part.nix": "system" })).toEqual({ "part.nix": "system" });
  });
});
