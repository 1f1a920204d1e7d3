/** Says what must hold of a run over any text whatever: it ends, nothing crashes, and what it says is well-formed. */
import type { RunResult } from "../../src/engine/run/index.ts";
import { loadReporter, plainOptions } from "../../src/report/index.ts";
import { rules } from "../../src/rules/index.ts";
import { lintTree } from "../support/lint.ts";

/** What no report for people may contain: it would steer their terminal or reorder a line. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Lints a tree and returns what is wrong with the run itself; nothing if all is well.
 * @param files texts by path
 * @param reports whether the reports are made and looked at too
 */
export async function complaintsAbout(files: Readonly<Record<string, string>>, reports: boolean): Promise<string[]> {
  let result: RunResult;
  try {
    result = lintTree(files, rules);
  } catch (error) {
    return [`the run throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
  const complaints = result.failures.map(({ rule, message }) => `${rule ?? "the run"} fails: ${message}`);
  for (const { path, findings, text } of result.files) {
    const lines = (text ?? "").split(/\r\n?|\n/);
    for (const { rule, start, end, message } of findings) {
      const isInside = [start, end].every(({ line, column }) => line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] as string).length + 1);
      if (!isInside) complaints.push(`${rule} points outside ${path}: ${JSON.stringify([start, end])}`);
      if (end.line < start.line || (end.line === start.line && end.column < start.column)) complaints.push(`${rule} ends before it starts: ${JSON.stringify([start, end])}`);
      if (message === "" || /[\r\n]/.test(message)) complaints.push(`${rule} has no message of one line: ${JSON.stringify(message)}`);
    }
  }
  if (reports) complaints.push(...(await complaintsAboutReports(result)));
  return complaints;
}

async function complaintsAboutReports(result: RunResult): Promise<string[]> {
  const complaints: string[] = [];
  for (const format of ["pretty", "compact", "github", "json", "sarif"] as const) {
    let report: string;
    try {
      report = await (await loadReporter(format))(result, { ...plainOptions, fixHint: false, prefix: "" });
    } catch (error) {
      complaints.push(`the report ${format} throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      continue;
    }
    if (UNSAFE.test(report)) complaints.push(`the report ${format} holds ${JSON.stringify(UNSAFE.exec(report)?.[0])}`);
    if (format !== "json" && format !== "sarif") continue;
    try {
      JSON.parse(report);
    } catch {
      complaints.push(`the report ${format} is no JSON`);
    }
  }
  return complaints;
}
