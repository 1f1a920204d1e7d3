/** `.gitignore` files mean what they mean to git, which judges here, and reading them always ends. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GitIgnore } from "../../src/cli/gitignore.ts";
import { walk } from "../../src/cli/walk.ts";
import { Tree } from "./program.ts";

const hasGit = spawnSync("git", ["--version"]).status === 0;

describe("patterns", () => {
  it.each<[string, string, boolean, boolean | null]>([
    ["*.log", "a/b.log", false, true],
    ["/a.nix", "b/a.nix", false, null],
    ["a/b", "x/a/b", false, null],
    ["**/a/b", "x/a/b", false, true],
    ["build/", "build", false, null],
    ["build/", "x/build", true, true],
    ["!keep", "keep", false, false],
    ["\\!keep", "!keep", false, true],
    ["\\#a", "#a", false, true],
    ["# comment", "# comment", false, null],
    ["a ", "a", false, true],
    ["a\\ ", "a ", false, true],
    ["a\r", "a", false, true],
    ["{a,b}", "a", false, null],
    ["[a-c].nix", "b.nix", false, true],
  ])("%j on %s (folder: %s): %s", (pattern, path, isFolder, verdict) => {
    expect(new GitIgnore(pattern).verdict(path, isFolder)).toBe(verdict);
  });

  it("end, whatever they are", () => {
    expect(new GitIgnore(`${"*a".repeat(100)}b`).verdict("a".repeat(250), false)).toBeNull();
  });
});

describe("the walk", () => {
  it.skipIf(!hasGit)("finds the files that git would (needs git)", () => {
    const name = fc.constantFrom("a", "b", "x.nix", "y.nix", "a.nix", "b.nix");
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => [...parts.slice(0, -1).map((part) => part.replace(".nix", "")), (parts.at(-1) as string).replace(/^([ab])$/, "$1.nix")].join("/"));
    const part = fc.constantFrom("a", "b", "x", "*", "**", "?", "x.nix", "*.nix", "[ab]", "[!a]", "y*");
    const pattern = fc.tuple(fc.constantFrom("", "", "!", "/", "!/"), fc.array(part, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "", "/")).map(([before, parts, after]) => before + parts.join("/") + after);
    const ignore = fc.array(pattern, { maxLength: 4 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 3, maxLength: 12 }), ignore, fc.option(fc.tuple(fc.constantFrom("a", "b"), ignore)), (paths, top, nested) => {
        const tree = new Tree({}, { git: false });
        spawnSync("git", ["init", "-q", tree.folder]);
        const files = [...paths.map((each) => [each, ""] as const), [".gitignore", top] as const, ...(nested === null ? [] : [[`${nested[0]}/.gitignore`, nested[1]] as const])];
        for (const [file, text] of files) {
          mkdirSync(dirname(join(tree.folder, file)), { recursive: true });
          writeFileSync(join(tree.folder, file), text);
        }
        const { stdout } = spawnSync("git", ["ls-files", "--others", "--exclude-standard", "-z"], { cwd: tree.folder, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: "/nonexistent", XDG_CONFIG_HOME: "/nonexistent" } });
        const expected = stdout.split("\0").filter((file) => file.endsWith(".nix")).sort();
        expect([top, nested, walk(tree.folder, "none").nixFiles]).toEqual([top, nested, expected]);
      }),
      { numRuns: 60 },
    );
  });
});
