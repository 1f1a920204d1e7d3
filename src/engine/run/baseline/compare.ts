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
    const findings = file?.findings ?? [];
    const recordedParts = partsOf(entries);
    const isKnown = (finding: Finding): boolean => !finding.suppressed && keysOf(finding).every((key) => recordedParts.has(key));
    if (file !== undefined) compared.set(path, { ...file, findings: findings.filter((finding) => !isKnown(finding)), known: findings.filter(isKnown) });
    const found = partsOf(openOf(file));
    for (const entry of entries) if (isJudged(path, entry.rule) && !keysOf(entry).some((key) => found.has(key))) stale.push({ path, rule: entry.rule, message: entry.message });
  }
  return { files: compared, stale };
}

/** A baseline that knows all that a run has found, and of another one what the run has not looked at. */
export function recorded({ files, isJudged }: Judged, before: Baseline): Baseline {
  const after = new Map<string, readonly BaselineEntry[]>();
  for (const path of new Set([...before.keys(), ...files.keys()])) {
    const kept = (before.get(path) ?? []).filter(({ rule }) => !isJudged(path, rule));
    const keys = partsOf(kept);
    const open = openOf(files.get(path)).filter((finding) => !keysOf(finding).every((key) => keys.has(key)));
    after.set(path, [...kept, ...open.map(({ rule, fingerprints, message }) => ({ rule, fingerprints, message }))]);
  }
  return after;
}

/** A baseline without what a run has looked for and not found; of what has several parts only those are kept that are left. */
export function pruned({ files, isJudged }: Judged, before: Baseline): Baseline {
  const entriesOf = (path: string, entries: readonly BaselineEntry[]): readonly BaselineEntry[] => {
    const found = partsOf(openOf(files.get(path)));
    return entries.flatMap((entry) => {
      if (!isJudged(path, entry.rule)) return [entry];
      const fingerprints = entry.fingerprints.filter((one) => found.has(keyOf(entry.rule, one)));
      return fingerprints.length === 0 ? [] : [{ ...entry, fingerprints }];
    });
  };
  return new Map([...before].map(([path, entries]) => [path, entriesOf(path, entries)]));
}

type Recorded = Pick<BaselineEntry, "rule" | "fingerprints">;

function openOf(file: FileResult | undefined): readonly Finding[] {
  return (file?.findings ?? []).filter(({ suppressed }) => !suppressed);
}

function partsOf(all: readonly Recorded[]): ReadonlySet<string> {
  return new Set(all.flatMap(keysOf));
}

function keysOf({ rule, fingerprints }: Recorded): readonly string[] {
  return fingerprints.map((one) => keyOf(rule, one));
}

function keyOf(rule: string, fingerprint: string): string {
  return `${rule}\0${fingerprint}`;
}
