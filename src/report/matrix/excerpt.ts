/** Shows the source of a finding as HTML: a few lines with their numbers, and what is meant marked in them. */
import type { Position } from "../../engine/run/result.ts";
import { type Markup, html } from "./html.ts";

/** Lines around a finding, and lines of it, that are shown. */
const AROUND = 1;
const MOST_LINES = 6;

/** UTF-16 units of a line that are shown: a generated line may have millions. */
const LONGEST = 400;

/** The lines around a span (`end` exclusive) of a file; a span outside the file is clipped to it. */
export function excerpt(lines: readonly string[], start: Position, end: Position): Markup {
  const first = Math.min(start.line, lines.length);
  // A span that ends before the first character of a line covers no more than the line break before it.
  const last = Math.max(first, Math.min(end.column <= 1 ? end.line - 1 : end.line, lines.length));
  const shownTo = Math.min(last, first + MOST_LINES - 1);
  const rows: Markup[] = [];
  for (let number = Math.max(1, first - AROUND); number <= Math.min(lines.length, shownTo + AROUND); number++) {
    const line = lines[number - 1] as string;
    if (number < first || number > last) {
      rows.push(row(String(number), html`${clipped(line, 0).text}`));
      continue;
    }
    const from = number === first && first === start.line ? start.column - 1 : line.length - line.trimStart().length;
    const to = number === last && last === end.line ? end.column - 1 : line.length;
    rows.push(number > shownTo ? row("⋮", html`…`) : row(String(number), marked(line, Math.min(from, line.length), Math.min(to, line.length))));
  }
  return html`<pre class="code"><code>${rows}</code></pre>`;
}

function row(number: string, line: Markup): Markup {
  return html`<span class="line"><span class="number">${number}</span> ${line}</span>
`;
}

/** A line with a span (in UTF-16 units from 0) marked; an empty span marks the character behind it. */
function marked(line: string, from: number, to: number): Markup {
  const { text, start } = clipped(line, from);
  const begin = Math.max(0, from - start);
  const end = Math.max(begin, Math.min(to, line.length) - start);
  const shown = text.slice(begin, end === begin ? begin + 1 : end);
  return html`${text.slice(0, begin)}<mark>${shown === "" ? " " : shown}</mark>${text.slice(begin + shown.length)}`;
}

/** The part of a line around a place, tabs as blanks, with `…` where something was left out. */
function clipped(line: string, at: number): { readonly text: string; readonly start: number } {
  const start = line.length <= LONGEST ? 0 : Math.max(0, Math.min(at - 40, line.length - LONGEST));
  const part = line.slice(start, start + LONGEST).replaceAll("\t", " ");
  const head = start > 0 ? "…" : "";
  return { text: `${head}${part}${start + LONGEST < line.length ? "…" : ""}`, start: start - head.length };
}
