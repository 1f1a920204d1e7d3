/** One line a finding, in the form that editors, terminals and grep know; nothing at all for a clean run. */

import type { RunResult } from "../engine/run/result.ts";
import { visible, withoutCommands } from "./text.ts";

/** `path:line:column: severity: message [rule]`, by file; suppressed findings are left out, failures come last. */
export function compact(result: RunResult): string {
  const lines: string[] = [];
  for (const file of result.files) {
    for (const finding of file.findings) {
      if (finding.suppressed) continue;
      const { line, column } = finding.start;
      lines.push(`${file.path}:${line}:${column}: ${finding.severity}: ${finding.message} [${finding.rule}]`);
    }
  }
  for (const failure of result.failures) {
    const place = failure.path === null ? "" : `${failure.path}: `;
    const rule = failure.rule === null ? "" : ` [${failure.rule}]`;
    lines.push(`${place}failure: ${failure.message}${rule}`);
  }
  return withoutCommands(lines.map((line) => `${visible(line)}\n`).join(""));
}
