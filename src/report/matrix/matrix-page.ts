/** The state of a whole fleet as one HTML page that needs nothing else: the matrix, filters, and every finding with its source. */
import { createHash } from "node:crypto";
import type { RunResult, Severity } from "../../engine/run/result.ts";
import type { ReportOptions } from "../options.ts";
import { themeTitle } from "../rules-page.ts";
import { summarySentence } from "../summary.ts";
import { type Fleet, SEVERITIES, fleetOf } from "./fleet.ts";
import { Markup, html, prose } from "./html.ts";
import script from "./page/script.js?raw";
import style from "./page/style.css?raw";
import { findingsSection } from "./page-findings.ts";
import { matrixTable } from "./page-table.ts";

/** The page; the same result gives the same bytes. Suppressed findings are shown as what they are. */
export function matrixHtml(result: RunResult, options: ReportOptions): string {
  const fleet = fleetOf(result);
  const { summary, tool } = result;
  const title = `${tool.name}: ${summarySentence(result, false)}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#matrix">To the matrix</a>
<a class="skip" href="#findings">To the findings</a>
<header class="top">
<h1>Conventions across the fleet</h1>
<p class="summary">${prose(`${summarySentence(result, options.fixHint)}.`)}</p>
<button type="button" id="scheme" aria-pressed="false" hidden>Dark</button>
</header>
${failures(result)}
<main>
${filters(fleet, summary.suppressed)}
<p id="status" class="status" role="status"></p>
${matrixTable(fleet)}
${findingsSection(fleet)}
</main>
<footer><p>Made by <a href="${tool.url}">${tool.name}</a> ${tool.version}. A quiet cell says that nothing is reported there: the convention holds, is turned off, or cannot be judged without evaluating Nix.</p></footer>
<script>${raw(script)}</script>
</body>
</html>
`;
  return page.source;
}

/** Nothing is loaded from anywhere, and only the page's own script runs (Content Security Policy Level 3, 2.3.1 and 6.7.3). */
function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

/** The page's own text, which stands in elements whose content is not escaped. */
function raw(text: string): Markup {
  return new Markup(text);
}

function failures({ failures: all }: RunResult): Markup | null {
  if (all.length === 0) return null;
  const items = all.map(({ path, rule, message }) => html`<li>${[path, rule].filter((part) => part !== null).join(", ")}${path === null && rule === null ? null : ": "}${prose(message)}</li>
`);
  return html`<section class="failures" aria-labelledby="failed"><h2 id="failed">This is not the whole answer</h2><ul>
${items}</ul></section>
`;
}

/** What only works with the script is hidden until it runs. */
function filters(fleet: Fleet, suppressed: number): Markup {
  const count = (severity: Severity): number => fleet.rows.reduce((sum, { counts }) => sum + counts[severity], 0);
  const severities = [...SEVERITIES.map((severity) => ({ name: severity as string, count: count(severity) })), { name: "suppressed", count: suppressed }].filter(({ count: found }) => found > 0);
  const themes = [...new Set(fleet.columns.map(({ theme }) => theme))].map((theme) => ({
    theme,
    count: fleet.columns.filter((column) => column.theme === theme).reduce((sum, column) => sum + column.count, 0),
  }));
  return html`<form class="filters" id="filters" role="search" aria-label="Filter" hidden>
<div class="find"><label for="search">Search</label><input type="search" id="search" placeholder="module, convention or message" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><kbd aria-hidden="true">/</kbd></div>
<fieldset><legend>Severity</legend>
${severities.map(({ name, count: found }) => html`<label class="chip ${name}"><input type="checkbox" name="severity" value="${name}" checked>${name} <b>${found}</b></label>
`)}</fieldset>
<details id="more-filters"><summary>Themes and more</summary><div class="choices">
<fieldset><legend>Theme</legend>
${themes.map(({ theme, count: found }) => html`<label class="chip"><input type="checkbox" name="theme" value="${theme}" checked>${themeName(theme)} <b>${found}</b></label>
`)}<button type="button" id="all-themes" class="quiet">All</button><button type="button" id="no-themes" class="quiet">None</button></fieldset>
<fieldset><legend>Show too</legend>
<label class="chip"><input type="checkbox" id="clean-rules">conventions without findings</label>
<label class="chip"><input type="checkbox" id="clean-modules" checked>files without findings</label></fieldset>
<button type="reset" class="quiet">Clear filters</button>
</div></details>
</form>
`;
}

/** A theme as people read it. */
export function themeName(theme: string): string {
  return theme === "" ? "Other" : themeTitle(theme);
}
