/** The Markdown report, for a job's summary or a comment: counts, a table by rule, a table of the findings by file. */
import type { RunResult } from "../engine/run/result.ts";
import { summarySentence } from "./summary.ts";
import { visible } from "./text.ts";

/** Findings that are listed; GitHub drops a job summary of more than a megabyte without showing any of it. */
const most = 500;

/** Suppressed findings are left out. */
export function markdown(result: RunResult): string {
  const open = result.files.flatMap(({ path, findings }) => findings.filter(({ suppressed }) => !suppressed).map((finding) => ({ path, ...finding })));
  const urls = new Map(result.rules.map(({ id, url }) => [id, url]));
  const named = (rule: string): string => {
    const url = urls.get(rule) ?? "";
    return /^https:\/\/[\w./#-]+$/u.test(url) ? `[${rule}](${url})` : inline(rule);
  };
  const counts = new Map<string, { count: number; files: Set<string> }>();
  for (const { rule, path } of open) {
    const seen = counts.get(rule) ?? { count: 0, files: new Set() };
    seen.count += 1;
    seen.files.add(path);
    counts.set(rule, seen);
  }
  const byRule = [...counts].sort(([a, left], [b, right]) => right.count - left.count || (a < b ? -1 : 1));
  const parts = [`## ${result.tool.name}`, `${inline(summarySentence(result, false))}.`];
  if (result.failures.length > 0) parts.push(result.failures.map(({ path, message }) => `- ${path === null ? "" : `${inline(path)}: `}${inline(message)}`).join("\n"));
  if (byRule.length > 0) parts.push(table(["rule", "findings", "files"], byRule.map(([rule, { count, files }]) => [named(rule), String(count), String(files.size)])));
  if (open.length > 0) parts.push(table(["file", "line", "severity", "rule", "message"], open.slice(0, most).map(({ path, start, severity, rule, message }) => [inline(path), String(start.line), severity, named(rule), inline(message)])));
  if (open.length > most) parts.push(`${open.length - most} more are not listed here.`);
  return `${parts.join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Plain text in Markdown: every mark is escaped (CommonMark, 2.4), and what is code stays readable; nothing becomes a link, a mention or HTML. */
function inline(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_{}[\]()#+!|~^$>]/gu, "\\$&")
    .replace(/@(?=\w)/gu, "@\u2060")
    .replace(/(https?):/giu, "$1\u2060:");
}
