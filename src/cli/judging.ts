/** Judges files of one tree, in the main thread or in another: all that it needs can be sent from one to the other. */
import { relative, join } from "node:path";
import { Project } from "../engine/model/index.ts";
import type { Host } from "../engine/model/index.ts";
import { type LintRequest, type Rule, type RunResult, type SettingsOf, prepare } from "../engine/run/index.ts";
import type { NixParser } from "../engine/syntax/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";
import type { Changes } from "./base.ts";
import type { DiskHost } from "./disk-host.ts";
import { TOOL } from "./version.ts";

/** What is judged of a tree, and by what. */
export interface Judged {
  readonly disk: DiskHost;
  readonly host: Host;
  readonly settings: SettingsOf;
  /** What git says has changed; null where nobody needs it. */
  readonly changes: Changes | null;
  readonly rules: readonly Rule[];
  readonly knownRules: ReadonlySet<string>;
  readonly cwd: string;
}

/** The parsers of a thread. */
export interface Parsers {
  readonly nix: NixParser;
  /** Loads the one for scripts, when it is first asked for. */
  shell(): Promise<ShellParser>;
}

/** What the engine is asked, for some files that can be read. */
export async function requestOf({ disk, settings, changes, rules, knownRules, cwd }: Judged, targets: readonly string[], parsers: Parsers, project: Project): Promise<LintRequest> {
  const base = changes === null || targets.length === 0 ? null : (await import("./base.ts")).baseTree(disk, changes, parsers.nix);
  return { project, base, targets, rules, knownRules, settingsOf: settings, displayPath: displayPathOf(disk, cwd), tool: TOOL };
}

/** Judges some files that can be read. */
export async function judge(judged: Judged, targets: readonly string[], parsers: Parsers, project = new Project(judged.host, parsers.nix)): Promise<RunResult> {
  const run = prepare(await requestOf(judged, targets, parsers, project));
  if (run.needsShell) project.shell = await parsers.shell();
  return run.result();
}

/** Turns root-relative paths into the ones that reports show. */
export function displayPathOf(disk: DiskHost, cwd: string): (path: string) => string {
  return (path) => relative(cwd, join(disk.root, path)) || ".";
}
