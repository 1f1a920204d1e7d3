/** Says in one sentence what a run came to. */

import type { RunResult } from "../engine/run/result.ts";

/**
 * The counts of a run in one line without a line break: findings by severity, the files they stand in, what was
 * suppressed, what the baseline knows, what failed and, if asked for, what `--fix` could mend.
 */
export function summarySentence(result: RunResult, fixHint: boolean): string {
  const { errors, warnings, infos, suppressed, files } = result.summary;
  const found = [counted(errors, "error"), counted(warnings, "warning"), counted(infos, "info")].filter((part) => part !== "");
  const parts = [found.length > 0 ? `${found.join(", ")} in ${places(result)}` : clean(files)];
  if (suppressed > 0) parts.push(`${suppressed} suppressed`);
  parts.push(...baselineParts(result));
  if (fixHint) parts.push(...fixes(result));
  const failures = counted(result.failures.length, "failure");
  if (failures !== "") parts.push(`${failures}, so this is not the whole answer`);
  return parts.join("; ");
}

function baselineParts({ baselines = [] }: RunResult): string[] {
  const known = baselines.reduce((sum, baseline) => sum + baseline.known, 0);
  const stale = baselines.reduce((sum, baseline) => sum + baseline.stale.length, 0);
  const parts = known > 0 ? [`${known} known from the baseline`] : [];
  return stale > 0 ? [...parts, `${stale} in the baseline no longer ${stale === 1 ? "occurs" : "occur"}`] : parts;
}

/** A number with its noun in the singular or plural; empty for none. */
function counted(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function clean(files: number): string {
  return files === 0 ? "No files were linted" : `No findings in ${counted(files, "file")}`;
}

/** The files with findings of all that were linted; one number where that is the same. */
function places(result: RunResult): string {
  const hit = result.files.filter((file) => file.findings.some((finding) => !finding.suppressed)).length;
  const all = counted(result.summary.files, "file");
  return hit === result.summary.files ? all : `${hit} of ${all}`;
}

function fixes(result: RunResult): string[] {
  const open = result.files.flatMap((file) => file.findings.filter((finding) => !finding.suppressed));
  const safe = open.filter((finding) => finding.fix === "safe").length;
  const proposed = open.filter((finding) => finding.fix === "proposed").length;
  if (safe === 0) return proposed === 0 ? [] : [`${proposed} can be mended with --fix-proposed`];
  const more = proposed === 0 ? "" : `, ${proposed} more with --fix-proposed`;
  return [`${safe} can be mended with --fix${more}`];
}
