/** Tells the findings of a run that a baseline knows from new ones, and what a baseline knows that is no more. */
import type { FileResult, Finding, StaleEntry } from "../result.ts";
import type { Baseline, BaselineEntry } from "./document.ts";

/** A run as far as a baseline is concerned. */
export interface Judged {
  /** The linted files by their paths relative to the root. */
  readonly files: ReadonlyMap<string, FileResult>;
  /** Whether the run would have found what a rule has to say about a file; what it has not looked at is as it was. */
  isJudged(path: string, rule: string): boolean;
}

/** What a baseline comes to. */
export interface Compared {
  /** The same files: what the baseline knows has gone from `findings` to `known`. */
  readonly files: ReadonlyMap<string, FileResult>;
  readonly stale: readonly StaleEntry[];
}

/** Compares a run with a baseline. Suppressed findings are none that a baseline has to know. */
export function compareWithBaseline({ files, isJudged }: Judged, baseline: Baseline): Compared {
  const stale: StaleEntry[] = [];
  const compared = new Map(files);
  for (const [path, entries] of baseline) {
    const file = files.get(path);
    const wanted = new Set(entries.map(keyOf));
    const isKnown = (finding: Finding): boolean => !finding.suppressed && wanted.has(keyOf(finding));
    const known = file?.findings.filter(isKnown) ?? [];
    if (file !== undefined) compared.set(path, { ...file, findings: file.findings.filter((finding) => !isKnown(finding)), known });
    const found = new Set(known.map(keyOf));
    for (const entry of entries) if (!found.has(keyOf(entry)) && isJudged(path, entry.rule)) stale.push({ path, rule: entry.rule, message: entry.message });
  }
  return { files: compared, stale };
}

/** A baseline that knows all that a run has found, and of another one what the run has not looked at. */
export function recorded({ files, isJudged }: Judged, before: Baseline): Baseline {
  const after = new Map<string, readonly BaselineEntry[]>();
  for (const path of new Set([...before.keys(), ...files.keys()])) {
    const kept = (before.get(path) ?? []).filter(({ rule }) => !isJudged(path, rule));
    const keys = new Set(kept.map(keyOf));
    const open = (files.get(path)?.findings ?? []).filter((finding) => !finding.suppressed && !keys.has(keyOf(finding)));
    after.set(path, [...kept, ...open.map(({ rule, fingerprint, message }) => ({ rule, fingerprint, message }))]);
  }
  return after;
}

/** A baseline without what a run has looked for and not found. */
export function pruned({ files, isJudged }: Judged, before: Baseline): Baseline {
  const found = (path: string): ReadonlySet<string> => new Set((files.get(path)?.findings ?? []).filter(({ suppressed }) => !suppressed).map(keyOf));
  return new Map([...before].map(([path, entries]) => [path, entries.filter((entry) => found(path).has(keyOf(entry)) || !isJudged(path, entry.rule))]));
}

function keyOf({ rule, fingerprint }: Pick<BaselineEntry, "rule" | "fingerprint">): string {
  return `${rule}\0${fingerprint}`;
}
