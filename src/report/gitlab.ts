/** The report for GitLab's code quality, which shows findings in a merge request. */
import { posix } from "node:path";
import type { RunResult, Severity } from "../engine/run/result.ts";
import type { ReportOptions } from "./options.ts";
import { jsonText, visible } from "./text.ts";

/** GitLab's severities (docs.gitlab.com, "Code Quality report format"). */
const severities: Readonly<Record<Severity, string>> = { error: "critical", warning: "major", info: "info" };

/** A JSON array with paths from the root of the repository; suppressed findings are left out. A fingerprint is unique in the whole report. */
export function gitlab(result: RunResult, options: ReportOptions): string {
  const issues = result.files.flatMap((file) => {
    const open = file.findings.filter(({ suppressed }) => !suppressed);
    const path = posix.join(options.prefix, file.path);
    return open.map(({ rule, severity, message, start, end, fingerprints }) => ({
      description: visible(message),
      check_name: rule,
      fingerprint: `${fingerprints.join("-")}:${path}`,
      severity: severities[severity],
      location: { path, lines: { begin: start.line, end: end.line } },
    }));
  });
  return jsonText(issues);
}
