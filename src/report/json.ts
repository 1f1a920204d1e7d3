/** The JSON report that other programs build on; its keys and their order are a contract (version 1). */

import type { Finding, Position, RunResult, StaleEntry } from "../engine/run/result.ts";
import { jsonText } from "./text.ts";

/**
 * One JSON document with an entry for every linted file, also the clean ones; columns count UTF-16 units from 1. `baselines` is there
 * only where findings were compared with one.
 */
export function json(result: RunResult): string {
  const { files, errors, warnings, infos, suppressed, fixable } = result.summary;
  return jsonText({
    version: 1,
    tool: { name: result.tool.name, version: result.tool.version },
    files: result.files.map((file) => ({ path: file.path, role: file.role, findings: file.findings.map(findingEntry) })),
    summary: { files, errors, warnings, infos, suppressed, fixable },
    ...(result.baselines === undefined ? {} : { baselines: result.baselines.map(({ path, known, stale }) => ({ path, known, stale: stale.map(staleEntry) })) }),
  });
}

function staleEntry({ path, rule, message }: StaleEntry): object {
  return { path, rule, message };
}

function findingEntry(finding: Finding): object {
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    start: positionEntry(finding.start),
    end: positionEntry(finding.end),
    suppressed: finding.suppressed,
    ...(finding.suppressed && finding.reason !== undefined ? { reason: finding.reason } : {}),
    fix: finding.fix,
    related: finding.related.map((related) => ({
      path: related.path,
      start: positionEntry(related.start),
      end: positionEntry(related.end),
      message: related.message,
    })),
  };
}

/** Named key by key, so that nothing a run may add to a position leaks into the contract. */
function positionEntry(position: Position): object {
  return { line: position.line, column: position.column };
}
