/**
 * A fix does what it says and nothing else (see `test/support/mending.ts`): over all fixtures, the same spelled otherwise, the
 * examples, and modules made of them by taking definitions away and turning values around.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type AttrsExpr, parse, walk } from "../../src/engine/syntax/index.ts";
import type { Role, Rule } from "../../src/engine/run/index.ts";
import { rules } from "../../src/rules/index.ts";
import { Dice } from "../fuzz/dice.ts";
import { mutated } from "../fuzz/mutate.ts";
import { FIXTURES, comments, readCase } from "../support/fixtures.ts";
import { type TreeOptions, unmarkTree } from "../support/lint.ts";
import { ABOUT, mend } from "../support/mending.ts";
import { hasNix } from "../support/nix.ts";
import { inner, outer } from "../support/rewrite.ts";

interface Sample {
  readonly title: string;
  readonly rule: Rule;
  readonly files: Readonly<Record<string, string>>;
  readonly options: TreeOptions;
}

function readSample(rule: Rule, name: string): Sample {
  const all = readCase(join(FIXTURES, rule.id, name), name);
  const isBefore = (path: string): boolean => path.startsWith("before/");
  const { files } = unmarkTree(Object.fromEntries(Object.entries(all).filter(([path]) => !isBefore(path))));
  const before = Object.fromEntries(Object.entries(all).flatMap(([path, text]) => (isBefore(path) ? [[path.slice("before/".length), text === "" ? null : text]] : [])));
  const given = comments(Object.values(files).join("\n"), "options")[0];
  const roles = Object.fromEntries(Object.entries(files).flatMap(([path, text]) => comments(text, "role").map((role) => [path, role as Role])));
  return {
    title: `${rule.id}/${name}`,
    rule,
    files,
    options: { roles, ...(Object.keys(before).length === 0 ? {} : { before }), ...(given === undefined ? {} : { options: { [rule.id]: JSON.parse(given) as Record<string, unknown> } }) },
  };
}

const fixtures = rules.flatMap((rule) => readdirSync(join(FIXTURES, rule.id)).map((name) => readSample(rule, name)));
const violating = fixtures.filter(({ title }) => title.includes("/bad-"));
const BOTH = ["safe", "proposed"] as const;

/** Texts that came of fixes, for Nix to read. */
const texts = new Map<string, string>();
const mended = new Map<string, number>();

/** Mends and tells what is wrong with that. */
function mistakesOf(title: string, files: Readonly<Record<string, string>>, chosen: readonly Rule[], options: TreeOptions): readonly string[] {
  const outcome = mend(files, chosen, BOTH, options);
  if (!outcome.wasRefused) for (const path of outcome.changed) texts.set(`${title}: ${path}`, outcome.files[path] as string);
  for (const [rule, count] of outcome.mended) mended.set(rule, (mended.get(rule) ?? 0) + count);
  return outcome.mistakes;
}

describe("fixtures", () => {
  it.each(violating.map((sample) => [sample.title, sample] as const))("%s", (title, { rule, files, options }) => {
    // What a suppression keeps back is what the other rules find.
    expect(mistakesOf(title, files, rule.scope === "suppressions" ? rules : [rule], options)).toEqual([]);
  });

  it("show a fix of each rule that has one", () => {
    expect(rules.filter(({ id, fix }) => fix !== null && !mended.has(id)).map(({ id }) => id)).toEqual([]);
    expect(Object.keys(ABOUT).sort()).toEqual(rules.flatMap(({ id, fix }) => (fix === null ? [] : [id])).sort());
  });
});

describe("fixtures spelled otherwise", { tags: ["long"] }, () => {
  const spellings = Object.entries({
    ...inner,
    ...outer,
    "with carriage returns": (text: string) => text.replaceAll("\n", "\r\n"),
    "with tabs": (text: string) => text.replace(/^(?: {2})+/gm, (blanks) => "\t".repeat(blanks.length / 2)),
  });
  // Each fixture in two spellings, so that each spelling has its share.
  const cases = violating.flatMap((sample, index) => {
    const [path, ...others] = Object.keys(sample.files).filter((name) => name.endsWith(".nix"));
    if (path === undefined || others.length > 0 || sample.rule.fix === null || sample.rule.scope !== "configuration") return [];
    return [index, index + 7].flatMap((turn) => {
      const [spelling, rewrite] = spellings[turn % spellings.length] as (typeof spellings)[number];
      const text = rewrite(sample.files[path] as string);
      return text === null ? [] : [[`${sample.title} ${spelling}`, { ...sample, files: { ...sample.files, [path]: text } }] as const];
    });
  });

  it.each(cases)("%s", (title, { rule, files, options }) => {
    expect(mistakesOf(title, files, [rule], options)).toEqual([]);
  });

  it("are many", () => {
    expect(cases.length).toBeGreaterThan(100);
  });
});

/** A tree of the examples, by path. */
function readTree(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder, { recursive: true, encoding: "utf8" }).sort().filter((path) => statSync(join(folder, path)).isFile()).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

const root = new URL("../..", import.meta.url).pathname;
const conforming = readTree(join(root, "examples/conforming"));

describe("examples", { tags: ["long"] }, () => {
  it("that violate every rule are mended as far as they can be", () => {
    expect(mistakesOf("violations", readTree(join(root, "examples/violations")), rules, {})).toEqual([]);
  });

  it("that conform stay as they are", () => {
    expect(mend(conforming, rules, BOTH).changed).toEqual([]);
  });

  it.each(["apps/notes/notes.nix", "apps/wiki/wiki.nix", "apps/wiki/baseline.nix", "templates/template.nix"])("%s without one of its definitions", (path) => {
    const text = conforming[path] as string;
    const folder = path.slice(0, path.lastIndexOf("/"));
    const tree = Object.fromEntries(Object.entries(conforming).filter(([other]) => other.startsWith(folder)));
    const mistakes: string[] = [];
    for (const { start, end } of statementsOf(text).filter((_, index) => index % 3 === 0)) mistakes.push(...mistakesOf(`${path} without ${start}`, { ...tree, [path]: text.slice(0, start) + text.slice(end) }, rules, {}).map((mistake) => `${text.slice(start, end)}: ${mistake}`));
    expect(mistakes).toEqual([]);
  });
});

/** The bindings of a text's sets. */
function statementsOf(text: string): { readonly start: number; readonly end: number }[] {
  const sets = [...walk(parse(text).root)].filter((expr): expr is AttrsExpr => expr.kind === "attrs");
  return sets.flatMap(({ bindings }) => bindings);
}

/** A module that Nix reads, made of another: bindings are taken out, booleans and numbers become others, words of lists go. */
function turned(dice: Dice, text: string): string {
  let result = text;
  for (let times = 1 + dice.upTo(5); times > 0; times--) {
    const statements = statementsOf(result);
    const literals = [...walk(parse(result).root)].filter((expr) => (expr.kind === "var" && /^(?:true|false)$/.test(expr.name)) || expr.kind === "int" || expr.kind === "string");
    const lists = [...walk(parse(result).root)].flatMap((expr) => (expr.kind === "list" ? expr.items : []));
    const [all, put] = dice.oneOf([
      [statements, () => ""],
      [literals, (old: string) => (old === "true" ? "false" : old === "false" ? "true" : /^\d+$/.test(old) ? dice.oneOf(["22", "80", "5432"]) : dice.oneOf(['"no"', '"0644"', '"03:00"', '"/etc/secrets/x.env"']))],
      [lists, () => ""],
    ] as const);
    if (all.length === 0) continue;
    const { start, end } = dice.oneOf<{ readonly start: number; readonly end: number }>(all);
    const next = result.slice(0, start) + put(result.slice(start, end)) + result.slice(end);
    if (parse(next).errors.length === 0) result = next;
  }
  return result;
}

describe("generated modules", { tags: ["long"] }, () => {
  const single = fixtures.filter(({ files }) => Object.keys(files).length === 1);

  it.each(Array.from({ length: 6 }, (_, seed) => seed))("made of fixtures and examples, seed %i", (seed) => {
    const dice = new Dice(seed);
    const mistakes: string[] = [];
    for (let count = 0; count < 25; count++) {
      const { files, options, title } = dice.oneOf(single);
      const [path] = Object.keys(files) as [string];
      const text = turned(dice, files[path] as string);
      mistakes.push(...mistakesOf(`${title} seed ${seed} ${count}`, { [path]: text }, rules, options).map((mistake) => `${mistake}\n${text}`));
    }
    for (let count = 0; count < 5; count++) {
      const path = "apps/notes/notes.nix";
      const text = turned(dice, conforming[path] as string);
      mistakes.push(...mistakesOf(`conforming seed ${seed} ${count}`, { "apps/notes/notes.json": conforming["apps/notes/notes.json"] as string, [path]: text }, rules, {}).map((mistake) => `${mistake}\n${text}`));
    }
    expect(mistakes).toEqual([]);
  });

  it("that are broken are left alone, or mended into Nix", () => {
    const dice = new Dice(20);
    const others = single.flatMap(({ files }) => Object.values(files));
    for (let count = 0; count < 150; count++) {
      const text = mutated(dice, dice.oneOf(others), others);
      const { changed, files } = mend({ "x.nix": text }, rules, BOTH);
      if (changed.length > 0) expect([parse(text).errors, parse(files["x.nix"] as string).errors]).toEqual([[], []]);
    }
  });
});

describe.skipIf(!hasNix)("nix-instantiate (where it is installed)", { tags: ["long"] }, () => {
  const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-fixes-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("reads every text that came of a fix", () => {
    const all = [...texts];
    expect(all.length).toBeGreaterThan(300);
    for (let from = 0; from < all.length; from += 400) {
      const paths = all.slice(from, from + 400).map(([title, text], index) => {
        const path = join(folder, `${from + index}.nix`);
        writeFileSync(path, `# ${title.replaceAll("\n", " ")}\n${text}`);
        return path;
      });
      expect(spawnSync("nix-instantiate", ["--parse", ...paths], { encoding: "utf8", maxBuffer: 1e9 }).stderr).toBe("");
    }
  });
});
