/** The report for people at a terminal: findings by file, each with its source, and a line with the counts. */

import { Chalk, type ChalkInstance } from "chalk";
import type { FileResult, Failure, Finding, RunResult, Severity } from "../engine/run/result.ts";
import { concealed, secretPlaces } from "./conceal.ts";
import { frame, type Row } from "./frame.ts";
import { measureFor, type Measure } from "./measure.ts";
import type { ReportOptions } from "./options.ts";
import { summarySentence } from "./summary.ts";
import { sourceLines, visible, withoutCommands } from "./text.ts";
import { wrap } from "./wrap.ts";

/** Longer lines of prose are hard to read, however wide the terminal is. */
const widestProse = 100;

/** Below this a frame is of no use; a narrower terminal wraps it. */
const narrowest = 24;

/** UTF-16 units of a message that are shown; more is no message but a piece of the file. */
const longestMessage = 2000;

/** What the parts of a report need to know. */
interface Look {
  readonly width: number;
  readonly chalk: ChalkInstance;
  readonly measure: Measure;
  /** The address of a rule's documentation where the terminal can follow one. */
  readonly urls: ReadonlyMap<string, string>;
  readonly hasFixHint: boolean;
  readonly secrets: ReturnType<typeof secretPlaces>;
}

/** The whole report; for a clean run one line. Suppressed findings are only counted. */
export async function pretty(result: RunResult, options: ReportOptions): Promise<string> {
  const look: Look = {
    width: Math.max(options.width, narrowest),
    chalk: new Chalk({ level: options.colors }),
    measure: await measureFor(shownTexts(result)),
    urls: new Map(options.hyperlinks ? result.rules.map(({ id, url }) => [id, url]) : []),
    hasFixHint: options.fixHint,
    secrets: secretPlaces(result),
  };
  const blocks = result.files.flatMap((file) => fileBlocks(file, look));
  if (result.failures.length > 0) blocks.push(result.failures.flatMap((failure) => failureLines(failure, look)));
  blocks.push([summaryLine(result, look)]);
  return withoutCommands(blocks.map((block) => `${block.join("\n")}\n`).join("\n"));
}

/** Every text that may be shown: what decides how widths are measured. */
function shownTexts(result: RunResult): (string | null)[] {
  const files = result.files.filter((file) => openFindings(file).length > 0);
  const findings = files.flatMap(openFindings);
  return [
    ...result.failures.flatMap(({ path, message }) => [path, message]),
    ...files.flatMap((file) => [file.path, ...shownLines(file)]),
    ...findings.map(({ message }) => message),
    ...findings.flatMap(({ related }) => related.flatMap(({ path, message }) => [path, message])),
  ];
}

/** The lines of a file that frames may show: those of its findings and one around. */
function shownLines(file: FileResult): string[] {
  const lines = file.text === null ? [] : sourceLines(file.text);
  return openFindings(file).flatMap(({ start, end }) => lines.slice(Math.max(0, start.line - 2), end.line + 1));
}

function openFindings(file: FileResult): Finding[] {
  return file.findings.filter((finding) => !finding.suppressed);
}

/** The lines of each finding of a file, the first with the file's name above it. */
function fileBlocks(file: FileResult, look: Look): string[][] {
  const open = openFindings(file);
  const lines = file.text === null || open.length === 0 ? null : concealed(file.path, sourceLines(file.text), look.secrets);
  const [first = [], ...others] = open.map((finding) => findingLines(finding, lines, look));
  return open.length === 0 ? [] : [[look.chalk.bold.underline(visible(file.path)), "", ...first], ...others];
}

function findingLines(finding: Finding, lines: readonly string[] | null, look: Look): string[] {
  const { chalk } = look;
  const paint = severityPaint(finding.severity, chalk);
  const position = `${finding.start.line}:${finding.start.column}`;
  const fix = look.hasFixHint && finding.fix !== null ? chalk.dim(` (${finding.fix} fix)`) : "";
  return [
    `  ${position}  ${paint.bold(finding.severity)}  ${chalk.dim(ruleName(finding.rule, look))}${fix}`,
    ...prose(finding.message, 2, look),
    ...(lines === null ? [] : frameLines(finding, lines, paint, look)),
    ...finding.related.flatMap(({ path, start, message }) => hanging(`see ${path}:${start.line}:${start.column}: ${message}`, look)),
  ];
}

function severityPaint(severity: Severity, chalk: ChalkInstance): ChalkInstance {
  return { error: chalk.red, warning: chalk.yellow, info: chalk.blue }[severity];
}

/** The rule's id, as a hyperlink where the terminal follows one (OSC 8, closed by the string terminator). */
function ruleName(rule: string, look: Look): string {
  const name = visible(rule);
  const url = look.urls.get(rule);
  return url !== undefined && /^https?:\/\/[\x21-\x7e]+$/u.test(url) ? `\u001b]8;;${url}\u001b\\${name}\u001b]8;;\u001b\\` : name;
}

function prose(text: string, indent: number, look: Look): string[] {
  const width = Math.min(look.width, widestProse) - indent;
  const shown = text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
  return emphasised(wrap(visible(shown), width, look.measure), look.chalk).map((line) => " ".repeat(indent) + line);
}

function hanging(text: string, look: Look): string[] {
  return prose(text, 6, look).map((line, index) => (index === 0 ? `    ${look.chalk.dim("→")} ${line.slice(6)}` : line));
}

/** Quoted code in colour; Chalk ends and begins it anew where a quotation runs over several lines. */
function emphasised(lines: readonly string[], chalk: ChalkInstance): string[] {
  return lines.join("\n").replace(/`[^`]*`/gu, (code) => chalk.cyan(code)).split("\n");
}

function frameLines(finding: Finding, lines: readonly string[], paint: ChalkInstance, look: Look): string[] {
  const digits = String(lines.length).length;
  const width = look.width - digits - 7;
  return frame(lines, finding.start, finding.end, width, look.measure).map((row) => frameLine(row, digits, paint, look.chalk));
}

function frameLine(row: Row, digits: number, paint: ChalkInstance, chalk: ChalkInstance): string {
  const gutter = chalk.dim(`    ${row.gutter.padStart(digits)} │`);
  const text = { source: row.text, context: chalk.dim(row.text), marks: paint.bold(row.text) }[row.kind];
  return `${gutter} ${paint.bold(row.lead)}${text}`.trimEnd();
}

function failureLines(failure: Failure, look: Look): string[] {
  const place = failure.path ?? "";
  const rule = failure.rule === null ? "" : `rule ${failure.rule}`;
  const head = [place, rule].filter((part) => part !== "").join(", ");
  return [
    `${look.chalk.red.bold("failed")}${head === "" ? "" : `  ${look.chalk.bold(visible(head))}`}`,
    ...prose(failure.message, 2, look),
  ];
}

function summaryLine(result: RunResult, look: Look): string {
  const { errors, warnings } = result.summary;
  const { chalk } = look;
  const sentence = summarySentence(result, look.hasFixHint);
  if (errors > 0 || result.failures.length > 0) return chalk.red.bold(sentence);
  return warnings > 0 ? chalk.yellow.bold(sentence) : chalk.green(sentence);
}
