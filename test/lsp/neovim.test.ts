/** A headless Neovim sees what its user would see. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROGRAM, Tree } from "../cli/program.ts";

const SCRIPT = join(import.meta.dirname, "neovim.lua");
const MODULE = `{ lib, pkgs, ... }:
let
  versions = {
    postgresql = "postgresql_15";
    old = "1.2.3";
  };
in
{
  imports = [ /etc/nixos/hardware-configuration.nix ];
  boot.growPartition = true;
  networking.hostName = lib.mkDefault "wiki";
  services.postgresql.package = pkgs.\${versions.postgresql};
  networking.firewall.enable = false;
}
`;
const SEEN = [
  "the module's own finding",
  "a violation that was typed",
  "it gone again",
  "what NixOS takes for the host name",
  "the quick fix",
  "the finding again",
  "it kept back",
  "the finding after an undo",
  "all fixed",
];
const isThere = spawnSync("nvim", ["--version"]).status === 0;
if (!isThere) console.warn("Neovim is not installed, so it is not tried; `apt-get install neovim` brings it.");

it.skipIf(!isThere)("works in Neovim", () => {
  const tree = new Tree({ "wiki.nix": MODULE });
  const { stdout, stderr, status } = spawnSync("nvim", ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${SCRIPT}`], {
    encoding: "utf8",
    timeout: 200_000,
    env: { PATH: process.env.PATH, HOME: tree.folder, LINT_NODE: process.execPath, LINT_PROGRAM: PROGRAM, LINT_FILE: tree.path("wiki.nix") },
  });
  expect([status, stdout, stderr]).toEqual([0, SEEN.map((what) => `seen: ${what}\n`).join(""), ""]);
}, 240_000);
