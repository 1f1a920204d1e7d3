/** Compares runs with the baselines of their trees, and writes these. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { type Baseline, BASELINE_NAME, BaselineError, type Judged, baselineText, compareWithBaseline, parseBaseline, pruned, recorded } from "../engine/run/baseline/index.ts";
import type { BaselineUse, FileResult, RunResult } from "../engine/run/index.ts";
import type { LintOptions } from "./arguments.ts";
import { DiskHost } from "./disk-host.ts";
import { writeReasonOf } from "./reason.ts";
import { isInside } from "./roots.ts";
import type { Tree } from "./trees.ts";
import { UsageError } from "./usage-error.ts";
import { Writing, writeWhole } from "./whole-file.ts";

/** Entries that no longer occur which are told one by one. */
const MOST_TOLD = 10;

/** Syntax errors hide what else a file has. */
const SYNTAX = "parse-error";

/** A baseline on the disk; its paths count from the root of the tree. */
export interface BaselineFile {
  /** Absolute. */
  readonly place: string;
  /** As it is shown. */
  readonly shown: string;
  readonly baseline: Baseline;
  /** Null where there is none yet. */
  readonly text: string | null;
}

/** One tree's part of a run. */
export interface TreeRun {
  readonly tree: Tree;
  readonly result: RunResult;
  readonly baseline: BaselineFile | null;
}

type Asked = Pick<LintOptions, "baseline" | "rewriteBaseline" | "changed" | "dependents" | "rules" | "ignoredRules">;

/**
 * The baseline of a tree: the named one, else the one at its top; null where there is none and none is to be written.
 * @throws UsageError where it cannot be read or is damaged: without it old findings would come back as new ones
 */
export function readBaseline({ disk }: Tree, { baseline, rewriteBaseline }: Pick<LintOptions, "baseline" | "rewriteBaseline">, cwd: string): BaselineFile | null {
  if (baseline === false) return null;
  const place = baseline === null ? join(disk.root, BASELINE_NAME) : resolve(cwd, baseline);
  const shown = baseline ?? relative(cwd, place);
  // Writing one would make a file where it leads.
  if (baseline === null && disk.kind(BASELINE_NAME) === "link") throw new UsageError(`The baseline ${shown} is a link that leads to nothing inside the tree, and is never followed; put a file in its place.`);
  if (!existsSync(place)) {
    if (rewriteBaseline === "write") return { place, shown, baseline: new Map(), text: null };
    if (baseline === null && rewriteBaseline === null) return null;
    throw new UsageError(`The baseline ${shown} does not exist; write one with \`--write-baseline\`${baseline === null ? "" : ", or check its name"}.`);
  }
  // One that is found is part of the tree, which nothing may lead out of; a named one is what the caller says.
  const host = baseline === null ? disk : new DiskHost(realpathSync.native(dirname(place)));
  const path = basename(place);
  const text = host.read(path);
  if (text === null) throw new UsageError(`The baseline ${shown} cannot be read: ${host.problem(path) ?? "it is gone"}.`);
  try {
    return { place, shown, baseline: parseBaseline(text), text };
  } catch (error) {
    if (error instanceof BaselineError) throw new UsageError(`The baseline ${shown} cannot be used: ${error.message}.`);
    throw error;
  }
}

/**
 * Compares what was found in several trees with their baselines, and writes these where that is asked for.
 * @param tell is given what has become of the baselines, and what no longer occurs
 * @param isWhole nothing kept the run from its work; otherwise nothing is said to be gone, and nothing written
 * @returns the results with what is known set apart, and whether every baseline that was to be written is
 */
export async function applyBaselines(runs: readonly TreeRun[], asked: Asked, cwd: string, isWhole: boolean, tell: (message: string) => void): Promise<{ readonly results: readonly RunResult[]; readonly isWritten: boolean }> {
  let isWritten = true;
  const writing = asked.rewriteBaseline === null ? null : new Writing();
  const results = runs.map(({ tree, result, baseline: file }) => {
    if (file === null) return result;
    const judged = judgedIn(tree, result, asked, cwd, isWhole);
    let { baseline } = file;
    if (asked.rewriteBaseline !== null) {
      const next = asked.rewriteBaseline === "write" ? recorded(judged, baseline) : pruned(judged, baseline);
      const problem = isWhole ? written(file, next, tell) : "the run failed, so it is not the whole answer";
      if (problem === null) baseline = next;
      else {
        isWritten = false;
        tell(`The baseline ${file.shown} was not written: ${problem}.`);
      }
    }
    const { files, stale } = compareWithBaseline(judged, baseline);
    const use: BaselineUse = { path: relative(cwd, file.place), known: sum([...files.values()].map(({ known = [] }) => known.length)), stale };
    tellStale(use, tell);
    return { ...result, files: [...files.values()], baselines: [use] };
  });
  await writing?.end("every baseline is either as it was or written");
  return { results, isWritten };
}

function judgedIn({ disk, folders }: Tree, result: RunResult, asked: Asked, cwd: string, isWhole: boolean): Judged {
  const files = new Map<string, FileResult>(result.files.map((file) => [relative(disk.root, resolve(cwd, file.path)), file]));
  const ran = new Set(result.rules.map(({ id }) => id));
  // A rule that is no more has nothing to say, whatever rules were chosen.
  const isChoice = asked.rules.length > 0 || asked.ignoredRules.length > 0;
  const isScoped = asked.changed || asked.dependents;
  const isCovered = (path: string): boolean => !isScoped && folders.some((folder) => folder === "" || isInside(path, folder));
  const isReadable = ({ findings }: FileResult): boolean => !findings.some(({ rule, suppressed }) => rule === SYNTAX && !suppressed);
  return {
    files,
    isJudged(path, rule) {
      if (!isWhole || (isChoice && !ran.has(rule))) return false;
      const file = files.get(path);
      return file === undefined ? isCovered(path) : rule === SYNTAX || isReadable(file);
    },
  };
}

/** Writes a baseline where it changes and says what has become of it; the reason where that cannot be done. */
function written(file: BaselineFile, next: Baseline, tell: (message: string) => void): string | null {
  const text = baselineText(next);
  if (text !== file.text) {
    try {
      writeWhole(file.place, text);
    } catch (error) {
      return writeReasonOf(error);
    }
  }
  const count = (baseline: Baseline): number => sum([...baseline.values()].map(({ length }) => length));
  const keys = (baseline: Baseline): Set<string> => new Set([...baseline].flatMap(([path, entries]) => entries.map(({ rule, fingerprints }) => JSON.stringify([path, rule, fingerprints]))));
  const [before, after] = [keys(file.baseline), keys(next)];
  const added = [...after].filter((key) => !before.has(key)).length;
  const gone = [...before].filter((key) => !after.has(key)).length;
  tell(`${file.shown}: ${count(next)} known ${count(next) === 1 ? "finding" : "findings"} (${added} added, ${gone} taken out).`);
  return null;
}

function tellStale({ path, stale }: BaselineUse, tell: (message: string) => void): void {
  if (stale.length === 0) return;
  const told = stale.slice(0, MOST_TOLD).map((entry) => `  ${entry.path}: ${entry.message} [${entry.rule}]`);
  if (stale.length > MOST_TOLD) told.push(`  and ${stale.length - MOST_TOLD} more`);
  tell(`${path} knows ${stale.length} ${stale.length === 1 ? "finding that no longer occurs" : "findings that no longer occur"}; \`--prune-baseline\` takes ${stale.length === 1 ? "it" : "them"} out:\n${told.join("\n")}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
