/** The findings of the page: by file, and in it by convention, so that each cell of the matrix has one place to lead to. */
import type { FileResult, Finding } from "../../engine/run/result.ts";
import { sourceLines } from "../text.ts";
import { excerpt } from "./excerpt.ts";
import type { Column, Fleet, Row } from "./fleet.ts";
import { type Markup, html, prose } from "./html.ts";

/** A heading for each file with findings, an anchor for each cell. */
export function findingsSection({ rows, columns }: Fleet): Markup {
  const files = rows.map((row, at) => (row.file.findings.length === 0 ? null : fileOf(row, at, columns))).filter((part) => part !== null);
  return html`<section class="findings" id="findings" aria-labelledby="findings-title" tabindex="-1">
<h2 id="findings-title">Findings</h2>
${files.length === 0 ? html`<p>There are none.</p>
` : files}</section>
`;
}

function fileOf({ file, cells }: Row, at: number, columns: readonly Column[]): Markup {
  const lines = file.text === null ? [] : sourceLines(file.text);
  const groups = cells.map(({ findings }, index) => (findings.length === 0 ? null : groupOf(findings, file, lines, at, index, columns[index] as Column))).filter((part) => part !== null);
  return html`<section class="file" id="m${at}" tabindex="-1" aria-labelledby="m${at}-title">
<h3 id="m${at}-title">${file.path} <small class="role">${file.role}</small></h3>
${groups}</section>
`;
}

function groupOf(findings: readonly Finding[], file: FileResult, lines: readonly string[], at: number, index: number, { rule, title, url, theme }: Column): Markup {
  const docs = url === null ? null : html` <a class="more" href="${url}" rel="noopener noreferrer" aria-label="documentation of ${rule}">documentation</a>`;
  return html`<section class="group" id="c${at}-${index}" data-row="${at}" data-col="${index}" data-theme="${theme}" tabindex="-1" aria-labelledby="c${at}-${index}-title">
<h4><span id="c${at}-${index}-title">${rule}</span> <span class="title">${title}</span>${docs} <a class="back" href="#x${at}-${index}" aria-label="back to the matrix, ${rule}">↑ matrix</a></h4>
${findings.map((finding) => findingOf(finding, file, lines))}</section>
`;
}

function findingOf(finding: Finding, file: FileResult, lines: readonly string[]): Markup {
  const { severity, suppressed, start, end, message, reason, fix } = finding;
  const kind = suppressed ? "suppressed" : severity;
  const related = finding.related.map(({ path, start: { line, column }, message: said }) => html`<p class="related">see ${path}:${line}:${column}: ${prose(said)}</p>
`);
  return html`<article class="finding ${kind}" data-kind="${kind}">
<p class="place"><span class="badge ${kind}">${suppressed ? `${severity}, suppressed` : severity}</span> <span class="where">${file.path}:${start.line}:${start.column}</span>${fix === null ? null : html` <span class="fix">${fix} fix</span>`}</p>
<p class="message">${prose(message)}</p>
${suppressed ? html`<p class="reason">${reason === undefined ? "No reason is given." : `Reason: ${reason}`}</p>
` : null}${lines.length === 0 ? null : excerpt(lines, start, end)}${related}</article>
`;
}
