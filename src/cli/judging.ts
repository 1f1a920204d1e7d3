/** Judges files of one tree, in the main thread or in another: all that it needs can be sent from one to the other. */
import { relative, join } from "node:path";
import { type Host, type Parser, Project } from "../engine/model/index.ts";
import { type BaseTree, type LintRequest, type Rule, type RunResult, type SettingsOf, prepare } from "../engine/run/index.ts";
import { parse } from "../engine/syntax/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";
import type { Changes } from "./base.ts";
import type { DiskHost } from "./disk-host.ts";
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
}

/**
 * Reads Nix where there is so much of it that threads are worth their start: our own reader takes a tenth of tree-sitter's time
 * once V8 has optimised it, and longer before. Both give the same nodes.
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
export async function baseOf({ disk, changes }: Judged, { nix }: Parsers): Promise<BaseTree | null> {
  const known = await changes;
  return known === null ? null : (await import("./base.ts")).baseTree(disk, known, nix);
}

/** Judges some files that can be read. */
export async function judge(judged: Judged, targets: readonly string[], parsers: Parsers, project = new Project(judged.host, parsers.nix)): Promise<RunResult> {
  // Git answers meanwhile.
  const run = prepare(requestOf(judged, targets, project));
  if (run.needsShell) project.shell = await parsers.shell();
  return run.result(await baseOf(judged, parsers));
}

/** Turns root-relative paths into the ones that reports show. */
export function displayPathOf(disk: DiskHost, cwd: string): (path: string) => string {
  return (path) => relative(cwd, join(disk.root, path)) || ".";
}
