/**
 * A fix does what it says and nothing else. Over all fixtures: its finding is gone, nothing else is found, the text is Nix,
 * all comments are still there, and a second run changes nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Role, Rule, RunResult } from "../../src/engine/run/index.ts";
import { parse } from "../../src/engine/syntax/index.ts";
import { rules } from "../../src/rules/index.ts";
import { FIXTURES, comments, readCase } from "../support/fixtures.ts";
import { fixTree, lintTree, unmarkTree } from "../support/lint.ts";
import { hasNix } from "../support/nix.ts";

interface Sample {
  readonly title: string;
  readonly rule: Rule;
  readonly files: Readonly<Record<string, string>>;
  readonly options: { readonly roles: Readonly<Record<string, Role>>; readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

const samples = rules.flatMap((rule) =>
  readdirSync(join(FIXTURES, rule.id))
    .filter((name) => name.startsWith("bad-"))
    .map((name): Sample => {
      const path = join(FIXTURES, rule.id, name);
      const { files } = unmarkTree(readCase(path, name));
      const given = comments(Object.values(files).join("\n"), "options")[0];
      const roles = Object.fromEntries(Object.entries(files).flatMap(([file, text]) => comments(text, "role").map((role) => [file, role as Role])));
      return { title: `${rule.id}/${name}`, rule, files, options: { roles, options: given === undefined ? {} : { [rule.id]: JSON.parse(given) as Record<string, unknown> } } };
    }),
);

const commentsOf = (text: string): string[] => parse(text).comments.map((comment) => comment.text).sort();
/** What is in a list and not, or not as often, in another. */
function lost(before: readonly string[], after: readonly string[]): string[] {
  const left = [...after];
  return before.filter((text) => {
    const place = left.indexOf(text);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

const findings = (result: RunResult): string[] => result.files.flatMap(({ path, findings: all }) => all.map(({ rule, message, suppressed }) => `${path} ${rule}: ${message} ${suppressed}`)).sort();

/** What stands behind an entry goes with it, and a suppression is a comment itself. */
const TAKES_COMMENTS = new Set(["unused-version", "unused-suppression"]);

const texts = new Map<string, string>();
let mended = 0;

it.each(samples.map((sample) => [sample.title, sample] as const))("mends %s", (title, { rule, files, options }) => {
  // What a suppression keeps back is what the other rules find.
  const ran = rule.scope === "suppressions" ? rules : [rule];
  const before = lintTree(files, ran, { ...options, edits: true });
  const fixable = before.files.flatMap(({ findings: all }) => all.filter((finding) => finding.rule === rule.id && finding.fix !== null));
  const outcome = fixTree(files, ran, ["safe", "proposed"], options);
  expect(outcome.unsettled).toEqual([]);
  expect(outcome.result.failures).toEqual([]);
  // Without one suppression another is used.
  if (rule.scope === "suppressions") return;
  const left = outcome.result.files.flatMap(({ findings: all }) => all.filter(({ fix }) => fix !== null));
  expect(left).toEqual([]);
  const old = new Set(findings(before));
  expect(findings(outcome.result).filter((finding) => !old.has(finding))).toEqual([]);
  expect(findings(outcome.result)).toHaveLength(findings(before).length - fixable.length);
  mended += fixable.length;
  const after = { ...files };
  for (const { path, before: text, after: now } of outcome.files) {
    expect(parse(now).errors).toEqual([]);
    if (!TAKES_COMMENTS.has(rule.id)) expect(lost(commentsOf(text), commentsOf(now))).toEqual([]);
    after[path] = now;
    texts.set(`${title}: ${path}`, now);
  }
  expect(fixTree(after, ran, ["safe", "proposed"], options).files).toEqual([]);
});

it("mends many", () => {
  expect(mended).toBeGreaterThan(100);
});

it.skipIf(!hasNix)("leaves Nix", () => {
  const folder = mkdtempSync(join(tmpdir(), "tappaas-lint-fixes-"));
  try {
    const paths = [...texts].map(([title, text], index) => {
      const path = join(folder, `${index}.nix`);
      writeFileSync(path, text);
      return { title, path };
    });
    const run = spawnSync("nix-instantiate", ["--parse", ...paths.map(({ path }) => path)], { encoding: "utf8", maxBuffer: 100_000_000 });
    expect(run.stderr).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
