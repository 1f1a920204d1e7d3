/** The matrix of the page: an ARIA grid, a row for each file and a column for each convention. */
import { themeTitle } from "../rules-page.ts";
import { type Cell, type Column, type Fleet, type Row, SEVERITIES } from "./fleet.ts";
import { type Markup, html } from "./html.ts";

/** The table in a box of its own that scrolls. Columns of conventions without findings are hidden at first. */
export function matrixTable(fleet: Fleet): Markup {
  const { columns, rows } = fleet;
  const hasFindings = columns.map((_, index) => rows.some(({ cells }) => (cells[index] as Cell).findings.length > 0));
  const themes = [...new Set(columns.map(({ theme }) => theme))];
  const groups = themes.map((theme) => {
    const title = theme === "" ? "Other" : themeTitle(theme);
    const count = columns.filter((column, index) => column.theme === theme && hasFindings[index] === true).length;
    return html`<th scope="colgroup" class="theme" data-theme="${theme}" colspan="${Math.max(1, count)}"${hiddenIf(count === 0)}><span title="${title}">${title}</span></th>`;
  });
  const first = (index: number): Markup | null => (index === 0 || columns[index - 1]?.theme !== columns[index]?.theme ? html` first` : null);
  const heads = columns.map((column, index) => html`<th scope="col" class="rule${first(index)}" data-theme="${column.theme}"${hiddenIf(hasFindings[index] !== true)}>${ruleLink(column)}</th>`);
  const body = rows.map((row, at) => rowOf(row, at, fleet, hasFindings, first));
  return html`<section class="matrix" id="matrix" aria-labelledby="matrix-title" tabindex="-1">
<h2 id="matrix-title">Matrix</h2>
<p class="help">${legend()}<span class="keys"> <kbd>←</kbd><kbd>↑</kbd><kbd>→</kbd><kbd>↓</kbd> move, <kbd>Enter</kbd> findings, <kbd>d</kbd> documentation, <kbd>/</kbd> search</span></p>
<div class="scroll">
<table role="grid" aria-labelledby="matrix-title" aria-readonly="true">
<thead>
<tr><td class="corner" colspan="4"></td>${groups}</tr>
<tr><th scope="col" class="name"><span>File</span></th>${SEVERITIES.map((severity) => html`<th scope="col" class="total ${severity}"><span>${severity}s</span></th>`)}${heads}</tr>
</thead>
<tbody>
${body}</tbody>
</table>
</div>
</section>
`;
}

function legend(): Markup {
  return html`<span class="mark error">1</span> errors, <span class="mark warning">1</span> warnings, <span class="mark info">1</span> infos, <span class="mark suppressed">s</span> suppressed, <span class="mark quiet">·</span> nothing reported, blank: of no concern to such a file.`;
}

function hiddenIf(isHidden: boolean): Markup | null {
  return isHidden ? html` hidden` : null;
}

function ruleLink({ rule, title, url }: Column): Markup {
  return url === null ? html`<span title="${title}">${rule}</span>` : html`<a href="${url}" title="${title}" rel="noopener noreferrer">${rule}</a>`;
}

function rowOf(row: Row, at: number, { columns }: Fleet, hasFindings: readonly boolean[], first: (index: number) => Markup | null): Markup {
  const { file, name, place, cells, counts } = row;
  const label = html`${name}${place === "" ? null : html` <small>${place}</small>`}`;
  const head = file.findings.length > 0 ? html`<a href="#m${at}" title="${file.path}">${label}</a>` : html`<span title="${file.path}">${label}</span>`;
  const totals = SEVERITIES.map((severity) => html`<td class="total ${severity}">${counts[severity] === 0 ? "" : counts[severity]}</td>`);
  const own = cells.map((cell, index) => cellOf(cell, index, at, row, columns[index] as Column, hiddenIf(hasFindings[index] !== true), first(index)));
  return html`<tr data-row="${at}"><th scope="row" class="name">${head}${file.role === "system" ? null : html` <small class="role">${file.role}</small>`}</th>${totals}${own}</tr>
`;
}

const LABELS = { quiet: "nothing reported", apart: "not concerned" } as const;

function cellOf({ state, findings }: Cell, index: number, at: number, row: Row, column: Column, hidden: Markup | null, first: Markup | null): Markup {
  if (state === "quiet" || state === "apart") return html`<td class="${state}${first}" aria-label="${LABELS[state]}"${hidden}></td>`;
  const open = findings.filter(({ suppressed }) => !suppressed).length;
  const label = `${state === "suppressed" ? `${findings.length} suppressed` : counted(open, state)}: ${column.rule} in ${row.name}`;
  const docs = column.url === null ? null : html`<a class="docs" href="${column.url}" rel="noopener noreferrer" aria-label="documentation of ${column.rule}" title="${column.rule}: ${column.title}">?</a>`;
  return html`<td class="${state}${first}"><a class="count" id="x${at}-${index}" href="#c${at}-${index}" aria-label="${label}">${state === "suppressed" ? "s" : open}</a>${docs}</td>`;
}

/** Findings of a cell in words: `3 findings, the worst an error`. */
function counted(count: number, worst: string): string {
  return count === 1 ? `1 ${worst}` : `${count} findings, up to ${worst}`;
}
