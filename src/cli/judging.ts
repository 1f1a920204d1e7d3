/** Judges files of one tree, in the main thread or in another: all that it needs can be sent from one to the other. */
import { relative, join } from "node:path";
import { type Host, type Parser, Project } from "../engine/model/index.ts";
import { type BaseTree, type LintRequest, type Rule, type RunResult, type SettingsOf, prepare } from "../engine/run/index.ts";
import { parse } from "../engine/syntax/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";
import type { Changes } from "./base.ts";
import type { Answers, Asked } from "./cache/questions.ts";
import type { DiskHost } from "./disk-host.ts";
import { UNCONFIGURED } from "./settings.ts";
import { TOOL } from "./version.ts";

/** What is judged of a tree, and by what. */
export interface Judged {
  readonly disk: DiskHost;
  readonly host: Host;
  readonly settings: SettingsOf;
  /** What git says has changed, or is still asked for; null where nobody needs it. */
  readonly changes: Promise<Changes | null>;
  readonly rules: readonly Rule[];
  readonly knownRules: ReadonlySet<string>;
  readonly cwd: string;
  /** Stands between the tree as it was and whoever reads it. */
  readonly watchBase?: (host: Host) => Host;
}

/** Files that were judged together. */
export interface Part {
  readonly targets: readonly string[];
  readonly result: RunResult;
  /** What the result hangs on; null where nobody wants to know. */
  readonly asked: Asked | null;
}

/**
 * Reads Nix where there is so much of it that threads are worth their start: once V8 has optimised it, our own reader takes a tenth of
 * the time that tree-sitter and reading its trees out of WebAssembly take. Both give the same nodes.
 */
export const READER: Parser = { parse };

/** The parsers of a thread. */
export interface Parsers {
  readonly nix: Parser;
  /** Loads the one for scripts, when it is first asked for. */
  shell(): Promise<ShellParser>;
}

/** What the engine is asked, for some files that can be read, save what they are compared with. */
export function requestOf({ disk, settings, rules, knownRules, cwd }: Judged, targets: readonly string[], project: Project): LintRequest {
  return { project, targets, rules, knownRules, settingsOf: settings, displayPath: displayPathOf(disk, cwd), tool: TOOL };
}

/** What they are compared with, as soon as git has answered. */
export async function baseOf({ disk, changes, watchBase }: Judged, { nix }: Parsers): Promise<BaseTree | null> {
  const known = await changes;
  return known === null ? null : (await import("./base.ts")).baseTree(disk, known, nix, watchBase);
}

/** Judges some files that can be read. */
export async function judge(judged: Judged, targets: readonly string[], parsers: Parsers, project = new Project(judged.host, parsers.nix)): Promise<RunResult> {
  // Git answers meanwhile.
  const run = prepare(requestOf(judged, targets, project));
  if (run.needsShell) project.shell = await parsers.shell();
  return run.result(await baseOf(judged, parsers));
}

/**
 * Judges some files that can be read as a part of a run.
 * @param answers are taken down for what is asked meanwhile; null where nobody wants to know
 * @param project has read files of the tree already, where nobody wants to know
 */
export async function judgePart(judged: Judged, targets: readonly string[], parsers: Parsers, answers: Answers | null, project?: Project): Promise<Part> {
  if (answers === null) return { targets, result: await judge(judged, targets, parsers, project), asked: null };
  const { Recorder } = await import("./cache/questions.ts");
  const recorder = new Recorder(answers);
  const settings = judged.settings === UNCONFIGURED ? UNCONFIGURED : recorder.settings(judged.settings);
  const result = await judge({ ...judged, settings, host: recorder.host(judged.host), watchBase: (host) => recorder.base(host) }, targets, parsers);
  return { targets, result, asked: recorder.asked() };
}

/** Turns root-relative paths into the ones that reports show. */
export function displayPathOf(disk: DiskHost, cwd: string): (path: string) => string {
  return (path) => relative(cwd, join(disk.root, path)) || ".";
}
