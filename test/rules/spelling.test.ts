/** Spelling does not matter: texts that Nix computes to one configuration have the same findings. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { Role, Rule } from "../../src/engine/run/index.ts";
import { parse } from "../../src/engine/syntax/index.ts";
import { rules } from "../../src/rules/index.ts";
import { hasNix } from "../engine/syntax/nix-judge.ts";
import { lintTree } from "../support/lint.ts";
import { unmark } from "../support/marked.ts";
import { inner, outer, splitInTwo } from "../support/rewrite.ts";

/** These judge the text itself, not what Nix makes of it. */
const OF_THE_TEXT = new Set(["parse-error", "duplicate-attribute", "unused-suppression", "unused-version", "versions-block", "state-version-changed", "flake-pinned", "flake-release"]);
const judged = rules.filter(({ id }) => !OF_THE_TEXT.has(id));
const root = new URL("../..", import.meta.url).pathname;

/** Nix itself refuses these: `a.b = …` beside an `a = …` that it cannot merge with it. */
const NOT_NIX = new Set<string>([]);

interface Sample {
  readonly title: string;
  readonly name: string;
  readonly text: string;
  readonly beside: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
  readonly role: Role | null;
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function comment(text: string, key: string): string | null {
  return new RegExp(`^\\s*# ${key}: (.*)$`, "m").exec(text)?.[1] ?? null;
}

const fixtures: Sample[] = judged.flatMap((rule) => {
  const folder = join(root, "test/fixtures", rule.id);
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => name.endsWith(".nix") && !NOT_NIX.has(`${rule.id}/${name}`))
    .map((name): Sample => {
      const { text } = unmark(readFileSync(join(folder, name), "utf8"));
      const options = comment(text, "options");
      return { title: `${rule.id}/${name}`, name, text, beside: {}, rules: [rule], role: comment(text, "role") as Role | null, options: options === null ? {} : { [rule.id]: JSON.parse(options) as Record<string, unknown> } };
    });
});

const conforming: Sample[] = ["notes", "wiki"].map((app) => {
  const folder = join(root, "examples/conforming/apps", app);
  const files = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  const { [`${app}.nix`]: text, ...beside } = files;
  return { title: `conforming/${app}`, name: `${app}.nix`, text: text as string, beside, rules: judged, role: null, options: {} };
});

const samples = [...fixtures, ...conforming];

/** Rules and messages. Where a second place stands is no matter of spelling: its line moves as the finding itself does. */
function findings(sample: Sample, files: Readonly<Record<string, string>>): string[] {
  const roles = sample.role === null ? {} : { [sample.name]: sample.role };
  const result = lintTree({ ...sample.beside, ...files }, sample.rules, { roles, options: sample.options });
  // A crash is a finding like others here, so that it is told once, by the test below, and not by each rewrite.
  const failures = result.failures.flatMap(({ rule }) => (rule === null ? [] : [`${rule} crashed`]));
  return [...failures, ...result.files.flatMap((file) => file.findings.map(({ rule, message }) => `${rule}: ${message.replace(/\bline \d+/g, "line N")}`))].sort();
}

const before = new Map<Sample, string[]>();
function original(sample: Sample): string[] {
  const known = before.get(sample) ?? findings(sample, { [sample.name]: sample.text });
  before.set(sample, known);
  return known;
}

/** What Nix is asked to parse at the end. */
const texts = new Set<string>();

function compare(differing: string[], sample: Sample, how: string, files: Readonly<Record<string, string>>): void {
  for (const text of Object.values(files)) {
    expect(parse(text).errors.map(({ message }) => message), `${sample.title}, ${how}:\n${text}`).toEqual([]);
    texts.add(text);
  }
  const now = findings(sample, files);
  if (JSON.stringify(now) !== JSON.stringify(original(sample))) differing.push(`${sample.title}, ${how}: ${JSON.stringify(original(sample))} became ${JSON.stringify(now)}`);
}

for (const [how, rewrite] of [...Object.entries(inner), ...Object.entries(outer)]) {
  it(`is the same: ${how}`, () => {
    const differing: string[] = [];
    let applied = 0;
    for (const sample of samples) {
      const text = rewrite(sample.text);
      if (text === null) continue;
      applied++;
      compare(differing, sample, how, { [sample.name]: text });
    }
    expect(applied).toBeGreaterThan(50);
    expect(differing).toEqual([]);
  });
}

it("is the same: split over two files", () => {
  const differing: string[] = [];
  let applied = 0;
  for (const sample of samples) {
    const files = splitInTwo(sample.name, sample.text);
    if (files === null) continue;
    applied++;
    compare(differing, sample, "split", files);
  }
  expect(applied).toBeGreaterThan(50);
  expect(differing).toEqual([]);
});

it("is the same: several rewrites after each other", () => {
  const differing: string[] = [];
  fc.assert(
    fc.property(fc.constantFrom(...samples), fc.array(fc.constantFrom(...Object.keys(inner)), { maxLength: 3 }), fc.constantFrom(...Object.keys(outer)), (sample, steps, last) => {
      const hows = [...steps, last];
      const text = hows.reduce((so, how) => (inner[how] ?? outer[how])?.(so) ?? so, sample.text);
      compare(differing, sample, hows.join(" + "), { [sample.name]: text });
    }),
    { seed: 25, numRuns: 400, endOnFailure: true },
  );
  expect(differing).toEqual([]);
});

it("crashes no rule, in no spelling", () => {
  expect(samples.flatMap((sample) => original(sample).filter((finding) => finding.endsWith(" crashed")).map((finding) => `${sample.title}: ${finding}`))).toEqual([]);
});

describe.skipIf(!hasNix)("Nix (skipped where nix-instantiate is absent)", () => {
  const folder = mkdtempSync(join(tmpdir(), "spelling-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  it("parses every rewritten text", () => {
    const store = join(folder, "nix");
    mkdirSync(store);
    const environment = { PATH: process.env["PATH"], HOME: "/homeless", NIX_STORE_DIR: join(store, "store"), NIX_STATE_DIR: join(store, "state"), NIX_LOG_DIR: join(store, "log"), NO_COLOR: "1" };
    // Names that are not bound are no fault: Nix cannot know inside a `with`.
    const names = [...texts].map((text, index) => {
      writeFileSync(join(folder, `${index}.nix`), `with null;\n${text}`);
      return join(folder, `${index}.nix`);
    });
    expect(names.length).toBeGreaterThan(0);
    for (let from = 0; from < names.length; from += 500) {
      const { status, stderr } = spawnSync("nix-instantiate", ["--parse", ...names.slice(from, from + 500)], { env: environment, encoding: "utf8", maxBuffer: 1 << 28 });
      expect(status, stderr).toBe(0);
    }
  });
});
