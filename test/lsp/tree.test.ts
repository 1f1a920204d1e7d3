/** Whatever is typed, a tree that has seen all of it on the way says what a run over the last text says. */
import { expect, it } from "vitest";
import type { Disk, Platform } from "../../src/lsp/platform.ts";
import { Grammars } from "../../src/lsp/grammars.ts";
import { Tree } from "../../src/lsp/tree.ts";
import { rules } from "../../src/rules/index.ts";
// @ts-expect-error The benchmark is plain JavaScript.
import { MODULE, keystrokes } from "../../bench/lsp/module.mjs";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { lintTree } from "../support/lint.ts";
import { parser, shell } from "../support/parser.ts";

const PATH = "archive.nix";
const JSON_TEXT = '{ "vmname": "archive" }';
const tool = { name: "tappaas-lint", version: "0.0.0", url: "" };
/** Every so many keystrokes both are asked. */
const STEP = 6;

it("agrees with a run from scratch after each of many keystrokes", async () => {
  const disk: Disk = { ...memoryHost({ [PATH]: MODULE as string, "archive.json": JSON_TEXT }), root: "/", problem: () => null, forget: () => undefined };
  const platform: Pick<Platform, "loadNixParser" | "loadShellParser"> = { loadNixParser: () => Promise.resolve(parser), loadShellParser: () => Promise.resolve(shell) };
  const tree = new Tree(disk, await Grammars.load(platform as Platform), { tool, rules });
  let text = MODULE as string;
  let asked = 0;
  for (const [index, { offset, remove, insert }] of (keystrokes(250) as { offset: number; remove: number; insert: string }[]).entries()) {
    text = text.slice(0, offset) + insert + text.slice(offset + remove);
    tree.lay(PATH, text);
    const { file, failures } = await tree.judge(PATH);
    expect(failures).toEqual([]);
    if (index % STEP !== 0) continue;
    const [expected] = lintTree({ [PATH]: text, "archive.json": JSON_TEXT }, rules, { edits: true }).files;
    expect(file).toEqual(expected);
    asked++;
  }
  expect(text).toBe(MODULE);
  expect(asked).toBeGreaterThan(40);
}, 300_000);
