/** Whatever is typed, a tree that has seen all of it on the way says what a run over the last text says. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Disk, Platform } from "../../src/lsp/platform.ts";
import { Grammars } from "../../src/lsp/grammars.ts";
import { Tree } from "../../src/lsp/tree.ts";
import { rules } from "../../src/rules/index.ts";
// @ts-expect-error The benchmark is plain JavaScript.
import { MODULE, keystrokes } from "../../bench/lsp/module.mjs";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { lintTree } from "../support/lint.ts";
import { newShell, parser, shell } from "../support/parser.ts";

const PATH = "archive.nix";
const JSON_TEXT = '{ "vmname": "archive" }';
const tool = { name: "tappaas-lint", version: "0.0.0", url: "" };
/** Every so many keystrokes both are asked. */
const STEP = 6;

async function openTree(files: Readonly<Record<string, string>>): Promise<Tree> {
  const disk: Disk = { ...memoryHost(files), root: "/", problem: () => null, forget: () => undefined };
  const platform: Pick<Platform, "loadNixParser" | "loadShellParser"> = { loadNixParser: () => Promise.resolve(parser), loadShellParser: () => Promise.resolve(shell) };
  return new Tree(disk, await Grammars.load(platform as Platform), { tool, rules });
}

it("agrees with a run from scratch after each of many keystrokes", async () => {
  const tree = await openTree({ [PATH]: MODULE as string, "archive.json": JSON_TEXT });
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

/** The texts below a folder of the repository, by their paths from there. */
function textsIn(folder: string): Record<string, string> {
  const root = join(import.meta.dirname, "../..", folder);
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.(?:nix|json|lock)$/.test(path) && !path.endsWith(".tappaas-lint.json"));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** What somebody may type or paste, where it belongs and where it does not. */
const INSERTED = ["x", " ", "\n", "\n\n", ";", "}", "{", "''", '"', "${", "# tappaas-lint: disable-line\n", "enable = false; ", "lib.mkForce ", 'PASSWORD="hunter22"\n', "chmod 600 /etc/secrets/x\n", "let a = 1; in ", "/* ", "*/", "$(openssl rand -hex 32)", "|| true", "import ./x.nix"];

it.each(["examples/violations", "examples/conforming"])("agrees with a run from scratch after any edits of %s", async (folder) => {
  const files = textsIn(folder);
  const modules = Object.keys(files).filter((path) => path.endsWith(".nix"));
  const edit = fc.record({ path: fc.constantFrom(...modules), at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(80)), insert: fc.oneof(fc.constant(""), fc.constantFrom(...INSERTED)) });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 10 }), async (edits) => {
      const tree = await openTree(files);
      const now = { ...files };
      for (const { path, at, remove, insert } of edits) {
        const text = now[path] as string;
        const start = Math.floor(at * text.length);
        now[path] = text.slice(0, start) + insert + text.slice(start + remove);
        tree.lay(path, now[path]);
        await tree.judge(path);
      }
      const fresh = await newShell();
      for (const path of new Set(edits.map((each) => each.path))) {
        const { file, failures } = await tree.judge(path);
        const expected = lintTree(now, rules, { edits: true, targets: [path], shell: fresh });
        expect(failures).toEqual(expected.failures);
        expect(file).toEqual(expected.files[0]);
      }
    }),
    { numRuns: 40, seed: 7 },
  );
}, 300_000);
