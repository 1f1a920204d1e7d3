/** A headless Neovim sees what its user would see. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GOOD, PROGRAM, Tree } from "../cli/program.ts";

const SCRIPT = join(import.meta.dirname, "neovim.lua");
const MODULE = GOOD.replace(/\}\s*$/, "  networking.firewall.enable = false;\n}\n");
const isThere = spawnSync("nvim", ["--version"]).status === 0;
if (!isThere) console.warn("Neovim is not installed, so it is not tried; `apt-get install neovim` brings it.");

it.skipIf(!isThere)("works in Neovim", () => {
  const tree = new Tree({ "wiki.nix": MODULE });
  const { stdout, stderr, status } = spawnSync("nvim", ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${SCRIPT}`], {
    encoding: "utf8",
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: tree.folder, LINT_NODE: process.execPath, LINT_PROGRAM: PROGRAM, LINT_FILE: tree.path("wiki.nix") },
  });
  expect([status, stdout, stderr]).toEqual([0, "seen: the module's own finding\nseen: a violation that was typed\nseen: it gone again\n", ""]);
});
