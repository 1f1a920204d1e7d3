/** Groups: which files of a tree are judged together, and that it makes no difference to what is found. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupsOf } from "../../../src/engine/run/index.ts";
import { Mentions } from "../../../src/engine/run/mentions.ts";
import { rules } from "../../../src/rules/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { lintTree } from "../../support/lint.ts";

const groups = (files: Record<string, string>, targets = Object.keys(files)): string[][] => groupsOf(memoryHost(files), targets);

describe("groups", () => {
  it("hold what names one another, by way of files that are no targets too", () => {
    const files = { "a.nix": "./common.nix", "b.nix": "{ imports = [ ./common.nix ]; }", "c.nix": "{ }", "common.nix": "{ }" };
    expect(groups(files)).toEqual([["a.nix", "b.nix", "common.nix"], ["c.nix"]]);
    expect(groups(files, ["c.nix", "b.nix", "a.nix"])).toEqual([["a.nix", "b.nix"], ["c.nix"]]);
  });

  it("take the name of a folder for that of its default.nix", () => {
    expect(groups({ "a.nix": "import ./tool { }", "tool/default.nix": "{ }", "x/default.nix": "{ }" })).toEqual([["a.nix", "tool/default.nix"], ["x/default.nix"]]);
  });

  it("find names with characters that words have not", () => {
    expect(groups({ "a.nix": './. + "/my module.nix"', "my module.nix": "{ }", "über.nix": "{ }", "b.nix": "./über.nix" })).toEqual([["a.nix", "my module.nix"], ["b.nix", "über.nix"]]);
  });

  it("are the same with many folders of their own as with few", () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`m${index}/default.nix`, index % 2 === 0 ? "{ }" : `import ../m${index - 1} { }`]));
    expect(groups(many)).toEqual(Array.from({ length: 20 }, (_, index) => [`m${2 * index}/default.nix`, `m${2 * index + 1}/default.nix`]).map((pair) => [...pair].sort()).sort((one, two) => ((one[0] as string) < (two[0] as string) ? -1 : 1)));
  });
});

describe("mentions", () => {
  it("find every file that a path in a text leads to", () => {
    const name = fc.stringMatching(/^[a-z0-9_.+-]{1,12}$/).map((stem) => `${stem}.nix`);
    const around = fc.constantFrom(["./", ""], ["../x/", " "], ['"${dir}/', '"'], ["<", ">"], ["[ ", " ]"], ['"', '"']);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), fc.array(fc.tuple(fc.nat(5), fc.nat(5), around), { maxLength: 12 }), (names, uses) => {
        const files = Object.fromEntries(names.map((each) => [each, "{ }"]));
        const expected = new Set<string>();
        for (const [from, to, [before, after]] of uses) {
          const [user, used] = [names[from % names.length] as string, names[to % names.length] as string];
          files[user] += ` ${before}${used}${after}`;
          expected.add(`${user} ${used}`);
        }
        const mentions = new Mentions(memoryHost(files));
        const found = names.flatMap((used) => mentions.of(used).map((user) => `${user} ${used}`));
        expect(new Set(found)).toEqual(expected);
      }),
    );
  });

  it("take time that grows with the text, whatever stands in it", () => {
    const text = "a".repeat(300_000) + ".nix".repeat(100_000);
    expect(new Mentions(memoryHost({ "x.nix": text })).of("x.nix")).toEqual([]);
  });
});

describe("each group alone", () => {
  const root = join(import.meta.dirname, "../../../examples");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => /\.(?:nix|json|lock|sh)$/.test(path));
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));

  it("gets the findings that a run over everything gives it", () => {
    const whole = lintTree(files, rules);
    const parts = groups(files, whole.files.map(({ path }) => path)).flatMap((targets) => lintTree(files, rules, { targets }).files);
    expect(parts.length).toBeGreaterThan(20);
    expect(new Map(parts.map((file) => [file.path, file.findings]))).toEqual(new Map(whole.files.map((file) => [file.path, file.findings])));
  });
});
