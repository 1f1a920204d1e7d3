/** Workflow commands, by which GitHub Actions shows findings beside the changed lines without code scanning. */

import { posix } from "node:path";
import type { Finding, RunResult, Severity } from "../engine/run/result.ts";
import type { ReportOptions } from "./options.ts";
import { summarySentence } from "./summary.ts";
import { visible } from "./text.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

const mostShown = 10;

/**
 * One `::error`, `::warning` or `::notice` command for each finding that is not suppressed, one for each failure, and a
 * plain last line with the counts. Form and escapes are those of actions/toolkit (`packages/core/src/command.ts`).
 */
export function github(result: RunResult, options: ReportOptions): string {
  const lines: string[] = [];
  for (const file of result.files) {
    const path = posix.join(options.prefix, file.path);
    for (const finding of file.findings) {
      if (finding.suppressed) continue;
      const place = { file: path, ...region(finding), title: finding.rule };
      lines.push(command(commands[finding.severity], place, withRelated(finding)));
    }
  }
  for (const failure of result.failures) {
    const place = failure.path === null ? {} : { file: posix.join(options.prefix, failure.path) };
    const title = `${result.tool.name} failed${failure.rule === null ? "" : ` in ${failure.rule}`}`;
    lines.push(command("error", { ...place, title }, visible(failure.message)));
  }
  lines.push(summarySentence(result, options.fixHint) + limitHint(result));
  return lines.map((line) => `${line}\n`).join("");
}

/** GitHub shows ten annotations of a kind for a step and drops the others without a word; the log holds all. */
function limitHint(result: RunResult): string {
  const { errors, warnings, infos } = result.summary;
  const isOver = Math.max(errors + result.failures.length, warnings, infos) > mostShown;
  return isOver ? `; GitHub shows ${mostShown} of a kind beside the code, all are in this log` : "";
}

/** The runner drops columns where the region has several lines (`ValidateLinesAndColumns`), so they are not written there. */
function region(finding: Finding): Record<string, string> {
  const { start, end } = finding;
  const lines = { line: String(start.line), endLine: String(end.line) };
  return start.line === end.line ? { ...lines, col: String(start.column), endColumn: String(end.column) } : lines;
}

function withRelated(finding: Finding): string {
  const places = finding.related.map(({ path, start, message }) => `${visible(path)}:${start.line}:${start.column}: ${visible(message)}`);
  return [visible(finding.message), ...places].join("\n");
}

function command(name: string, properties: Readonly<Record<string, string>>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(visible(value))}`);
  return `::${name} ${list.join(",")}::${escapeData(data)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
