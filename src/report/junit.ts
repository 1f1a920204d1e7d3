/** The JUnit report, which CI servers show as tests: a suite for each file, a failed case for each finding, one that passed for a clean file. */
import type { FileResult, RunResult } from "../engine/run/result.ts";
import { document, element, escaped } from "./xml.ts";

/** Suppressed findings are left out; what kept the run from doing its work is an `error`, as JUnit tells it from a failed test. */
export function junit(result: RunResult): string {
  const { name } = result.tool;
  const suites = result.files.map((file) => suiteOf(file, name));
  const errors = result.failures.map(({ path, rule, message }) =>
    element("testsuite", { name: path ?? name, tests: 1, failures: 0, errors: 1 }, [element("testcase", { name: rule ?? "run", classname: path ?? name }, [element("error", { message })])]),
  );
  const { errors: found, warnings, infos } = result.summary;
  const failures = found + warnings + infos;
  const clean = result.files.filter((file) => openOf(file).length === 0).length;
  return document(element("testsuites", { name, tests: failures + clean + result.failures.length, failures, errors: result.failures.length }, [...suites, ...errors]));
}

function openOf({ findings }: FileResult): FileResult["findings"] {
  return findings.filter(({ suppressed }) => !suppressed);
}

function suiteOf(file: FileResult, tool: string): string {
  const open = openOf(file);
  const cases = open.map(({ rule, severity, message, start }) =>
    element("testcase", { name: `${rule} (${start.line}:${start.column})`, classname: file.path }, [element("failure", { type: severity, message }, [escaped(`${file.path}:${start.line}:${start.column}: ${severity}: ${message} [${rule}]`)])]),
  );
  const clean = cases.length === 0 ? [element("testcase", { name: tool, classname: file.path })] : cases;
  return element("testsuite", { name: file.path, tests: clean.length, failures: cases.length, errors: 0 }, clean);
}
