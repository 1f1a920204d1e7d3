/** Puts together what was found in several trees, or by several threads. */
import { type Failure, type Rule, type RunResult, infoOf } from "../engine/run/index.ts";
import { TOOL } from "./version.ts";

/** The results of several trees, or of parts of one, as one. */
export function merged(results: readonly RunResult[], failures: readonly Failure[], rules: readonly Rule[]): RunResult {
  const files = results.flatMap((result) => result.files).sort((a, b) => compare(a.path, b.path));
  const baselines = results.flatMap((result) => result.baselines ?? []);
  // Threads that judge the same configuration fail in the same way.
  const told = new Map([...failures, ...results.flatMap((result) => result.failures)].map((failure) => [JSON.stringify([failure.path, failure.rule, failure.message]), failure]));
  const all = [...told.values()].sort((a, b) => compare(a.path ?? "", b.path ?? "") || compare(a.rule ?? "", b.rule ?? ""));
  return {
    files,
    summary: summaryOf(files, results.reduce((sum, { summary }) => sum + summary.suppressed, 0)),
    failures: all,
    ...(baselines.length === 0 ? {} : { baselines }),
    // Trees may have rules of their own beside those that all have.
    rules: [...new Map([...rules.map(infoOf), ...results.flatMap((result) => result.rules)].map((rule) => [rule.id, rule])).values()].sort((a, b) => compare(a.id, b.id)),
    tool: TOOL,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the findings of some files come to. */
export function summaryOf(files: RunResult["files"], suppressed: number): RunResult["summary"] {
  const open = files.flatMap(({ findings }) => findings.filter((finding) => !finding.suppressed));
  const count = (severity: string): number => open.filter((finding) => finding.severity === severity).length;
  return { files: files.length, errors: count("error"), warnings: count("warning"), infos: count("info"), suppressed, fixable: open.filter(({ fix }) => fix !== null).length };
}
