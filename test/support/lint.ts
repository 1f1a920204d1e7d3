/** Lints modules that stand in a test rather than on a disk. */
import { type Host, Project } from "../../src/engine/model/index.ts";
import { type BaseTree, DEFAULT_SETTINGS, type Finding, type FixKind, type FixOutcome, type LintRequest, type Role, type Rule, type RunResult, type Settings, fixFiles, lint } from "../../src/engine/run/index.ts";
import type { ShellParser } from "../../src/engine/syntax/shell/index.ts";
import { unmark } from "./marked.ts";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { parser, shell } from "./parser.ts";


export interface TreeOptions {
  /** Roles by path, as a configuration would give them. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Options of the rules by id. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Which files to report on; all `.nix` files by default. */
  readonly targets?: readonly string[];
  readonly requireReasons?: boolean;
  /** Texts by path that were others in the base revision `HEAD`; null for files that are new since. */
  readonly before?: Readonly<Record<string, string | null>>;
  /** Findings carry the text edits of their fixes. */
  readonly edits?: boolean;
  /** What reads scripts; by default the one that all tests share, with all that it remembers. */
  readonly shell?: ShellParser;
}

/** Lints a tree given as texts by path. */
export function lintTree(files: Readonly<Record<string, string>>, rules: readonly Rule[], options: TreeOptions = {}): RunResult {
  const project = openProject(memoryHost(files));
  if (options.shell !== undefined) project.shell = options.shell;
  return lint({ project, ...requestOf(files, rules, options) });
}

/** Mends a tree given as texts by path. */
export function fixTree(files: Readonly<Record<string, string>>, rules: readonly Rule[], kinds: readonly FixKind[], options: TreeOptions = {}): FixOutcome {
  return fixFiles({ host: memoryHost(files), open: openProject, kinds: new Set(kinds), ...requestOf(files, rules, options) });
}

function openProject(host: Host): Project {
  const project = new Project(host, parser);
  project.shell = shell;
  return project;
}

function requestOf(files: Readonly<Record<string, string>>, rules: readonly Rule[], options: TreeOptions): Omit<LintRequest, "project"> {
  const settingsOf = (path: string): Settings => ({
    ...DEFAULT_SETTINGS,
    role: options.roles?.[path] ?? null,
    requireReasons: options.requireReasons ?? false,
    rule: (id) => {
      const given = options.options?.[id];
      const rule = rules.find((candidate) => candidate.id === id);
      return given === undefined || rule === undefined ? null : { severity: rule.severity, options: given };
    },
  });
  const targets = options.targets ?? Object.keys(files).filter((path) => path.endsWith(".nix"));
  const base = options.before === undefined ? null : baseOf(files, options.before);
  return { base, targets, rules, settingsOf, displayPath: (path) => path, tool: { name: "tappaas-lint", version: "0.0.0", url: "" }, ...(options.edits === undefined ? {} : { edits: options.edits }) };
}

function baseOf(files: Readonly<Record<string, string>>, before: Readonly<Record<string, string | null>>): BaseTree {
  const old = Object.fromEntries(Object.entries({ ...files, ...before }).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
  return { revision: "HEAD", project: new Project(memoryHost(old), parser), changed: new Set(Object.keys(before)), pathOf: (path) => path };
}

/** A finding reduced to what tests compare: where and what. */
export interface Seen {
  readonly path: string;
  readonly text: string;
  readonly message: string;
}

export interface MarkedTree {
  readonly files: Record<string, string>;
  /** The marked places, by path and then in the order in which they start. */
  readonly places: readonly { readonly path: string; readonly start: number; readonly end: number }[];
}

/** Takes the marks out of a tree. */
export function unmarkTree(files: Readonly<Record<string, string>>): MarkedTree {
  const plain: Record<string, string> = {};
  const places: { path: string; start: number; end: number }[] = [];
  for (const path of Object.keys(files).sort()) {
    const { text, spans } = unmark(files[path] as string);
    plain[path] = text;
    places.push(...spans.map((span) => ({ path, ...span })));
  }
  return { files: plain, places };
}

/** Findings in the notation in which expectations are written: `path:line:column-line:column message`. */
export function shown(path: string, finding: Pick<Finding, "start" | "end" | "message">): string {
  return `${path}:${finding.start.line}:${finding.start.column}-${finding.end.line}:${finding.end.column} ${finding.message}`;
}
