/** The Checkstyle report, which many reviewing tools read: findings by file, failures as errors of the run. */
import type { RunResult } from "../engine/run/result.ts";
import { document, element } from "./xml.ts";

/** One `file` element for every file with findings; suppressed ones are left out. */
export function checkstyle(result: RunResult): string {
  const files = result.files.flatMap(({ path, findings }) => {
    const open = findings.filter(({ suppressed }) => !suppressed);
    if (open.length === 0) return [];
    const errors = open.map(({ rule, severity, message, start }) => element("error", { line: start.line, column: start.column, severity, message, source: `${result.tool.name}.${rule}` }));
    return [element("file", { name: path }, errors)];
  });
  const failures = result.failures.map(({ path, rule, message }) => element("file", { name: path ?? result.tool.name }, [element("error", { line: 1, severity: "error", message, source: `${result.tool.name}.${rule ?? "failure"}` })]));
  return document(element("checkstyle", { version: "4.3" }, [...files, ...failures]));
}
