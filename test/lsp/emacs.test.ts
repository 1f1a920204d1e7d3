/** Emacs with eglot sees what its user would see. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROGRAM, Tree } from "../cli/program.ts";

const SCRIPT = join(import.meta.dirname, "emacs.el");
const MODULE = `{ lib, ... }:
{
  imports = [ /etc/nixos/hardware-configuration.nix ];
  boot.growPartition = true;
  networking.hostName = lib.mkDefault "wiki";
  networking.firewall.enable = false;
}
`;
const SEEN = ["the module's own finding", "a violation that was typed", "it gone again", "the quick fix", "what NixOS takes for the host name", "the end"];
const isThere = spawnSync("emacs", ["--batch", "--eval", "(progn (package-initialize) (require (quote eglot)))"]).status === 0;
if (!isThere) console.warn("Emacs with eglot is not installed, so it is not tried; `apt-get install emacs-nox elpa-eglot` brings it.");

it.skipIf(!isThere)("works in Emacs with eglot", () => {
  const tree = new Tree({ "wiki.nix": MODULE });
  const { stdout, stderr, status } = spawnSync("emacs", ["--batch", "-l", SCRIPT], {
    encoding: "utf8",
    timeout: 200_000,
    env: { PATH: process.env.PATH, HOME: tree.folder, LINT_NODE: process.execPath, LINT_PROGRAM: PROGRAM, LINT_FILE: tree.path("wiki.nix") },
  });
  expect(stderr).not.toContain("unsupported");
  expect([status, stdout], stderr).toEqual([0, SEEN.map((what) => `seen: ${what}\n`).join("")]);
}, 240_000);
