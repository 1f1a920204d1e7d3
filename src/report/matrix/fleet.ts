/** Turns a result into the table that both matrix reports draw: modules down, conventions across. */
import type { FileResult, Finding, Role, RunResult, Severity } from "../../engine/run/result.ts";
import { THEMES } from "../../engine/run/rule.ts";

/** A convention as a column. */
export interface Column {
  readonly rule: string;
  readonly title: string;
  readonly theme: string;
  /** Where its documentation stands; null where that is no address on the web. */
  readonly url: string | null;
  /** Findings that are not suppressed. */
  readonly count: number;
  /** The worst of them; null where there are none. */
  readonly worst: Severity | null;
}

/** What a module has of a convention. */
export interface Cell {
  /** In the order of the file; also suppressed ones. */
  readonly findings: readonly Finding[];
  /** `quiet`: it was judged and nothing is reported; `apart`: the convention does not concern files of this role. */
  readonly state: Severity | "suppressed" | "quiet" | "apart";
}

/** A module as a row, with a cell for each column. */
export interface Row {
  readonly file: FileResult;
  /** The name of its file without `.nix`. */
  readonly name: string;
  /** What tells it from others of that name: its folder, without what theirs begin and end with too; empty where none is called the same. */
  readonly place: string;
  readonly cells: readonly Cell[];
  readonly counts: Readonly<Record<Severity, number>>;
}

/** The whole table. */
export interface Fleet {
  /** By theme, in the order of `rules.md`, then by id. */
  readonly columns: readonly Column[];
  /** Modules first; by name, then by place. */
  readonly rows: readonly Row[];
}

/** From the worst on. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** The table of a result; the same result gives the same table. Columns are all rules that took part, and whatever else is reported. */
export function fleetOf(result: RunResult): Fleet {
  const columns = columnsOf(result);
  const roles = new Map(result.rules.map(({ id, roles: judged }) => [id, new Set<string>(judged)]));
  const namesakes = new Map<string, string[]>();
  for (const { path } of result.files) namesakes.set(nameOf(path), [...(namesakes.get(nameOf(path)) ?? []), folderOf(path)]);
  const rows = result.files.map((file): Row => {
    const byRule = new Map<string, Finding[]>();
    for (const finding of file.findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
    const cells = columns.map(({ rule }): Cell => {
      const findings = byRule.get(rule) ?? [];
      const isConcerned = roles.get(rule)?.has(file.role) ?? true;
      return { findings, state: worstOf(findings) ?? (findings.length > 0 ? "suppressed" : isConcerned ? "quiet" : "apart") };
    });
    const open = file.findings.filter(({ suppressed }) => !suppressed);
    const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
    const name = nameOf(file.path);
    const place = distinction(folderOf(file.path), namesakes.get(name) ?? []);
    return { file, name, place, cells, counts: { error: count("error"), warning: count("warning"), info: count("info") } };
  });
  return { columns, rows: rows.sort((a, b) => Number(isModule(b.file.role)) - Number(isModule(a.file.role)) || compare(a.name, b.name) || compare(a.place, b.place)) };
}

/** Whether files of a role hold definitions of options. */
export function isModule(role: Role): boolean {
  return role !== "flake" && role !== "package";
}

/** The worst severity of the findings that are not suppressed; null where there are none. */
function worstOf(findings: readonly Finding[]): Severity | null {
  return SEVERITIES.find((severity) => findings.some((finding) => !finding.suppressed && finding.severity === severity)) ?? null;
}

function columnsOf(result: RunResult): Column[] {
  const all = result.files.flatMap(({ findings }) => findings);
  const described = result.rules.map(({ id, title, theme, url }) => ({ rule: id, title, theme, url: /^https?:\/\//u.test(url) ? url : null }));
  const known = new Set(described.map(({ rule }) => rule));
  const others = [...new Set(all.map(({ rule }) => rule))].filter((rule) => !known.has(rule)).map((rule) => ({ rule, title: rule, theme: "", url: null }));
  return [...described, ...others]
    .map((column) => {
      const own = all.filter(({ rule, suppressed }) => rule === column.rule && !suppressed);
      return { ...column, count: own.length, worst: worstOf(own) };
    })
    .sort((a, b) => themeOrder(a.theme) - themeOrder(b.theme) || compare(a.theme, b.theme) || compare(a.rule, b.rule));
}

function themeOrder(theme: string): number {
  const order = (THEMES as readonly string[]).indexOf(theme);
  return order < 0 ? THEMES.length : order;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/(?<=.)\.nix$/u, "");
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** What is particular to a folder among some; empty where it is the only one. */
function distinction(folder: string, folders: readonly string[]): string {
  if (folders.length < 2) return "";
  const split = folders.map((other) => other.split("/"));
  const shortest = Math.min(...split.map((names) => names.length));
  const first = split[0] as string[];
  let start = 0;
  while (start < shortest && split.every((names) => names[start] === first[start])) start++;
  let end = 0;
  while (end < shortest - start - 1 && split.every((names) => names.at(-1 - end) === first.at(-1 - end))) end++;
  const names = folder.split("/");
  return names.slice(start, names.length - end).join("/") || ".";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
