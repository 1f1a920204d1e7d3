/** Mends what a run found: in memory first, then on the disk, as a diff, or to standard output. */
import { type Failure, type FixOutcome, type LintRequest, type RunResult, TextOverlay, fixFiles, prepare } from "../engine/run/index.ts";
import type { Host, Project } from "../engine/model/index.ts";
import type { LintOptions } from "./arguments.ts";
import type { Change } from "./fix-diff.ts";
import { type MendedFile, mendingText } from "./fix-report.ts";
import { findFile, replaceFile } from "./fix-write.ts";
import { STDOUT, complain, print } from "./output.ts";
import { terminalOptions } from "./terminal.ts";
import type { Tree } from "./trees.ts";
import { Writing } from "./whole-file.ts";

/** What of a lint run mending needs. */
export interface Mendable {
  readonly tree: Tree;
  readonly request: LintRequest;
  /** Makes a project over other texts of the same tree. */
  readonly open: (host: Host) => Project;
}

/** A tree that is mended in memory. */
export interface Mended extends Mendable {
  readonly outcome: FixOutcome;
}

/** What mending came to. */
export interface Mending {
  /** Of each tree: what is found in what is now on the disk, or would be. */
  readonly results: readonly RunResult[];
  readonly failures: readonly Failure[];
  /** What was mended and what was not, to be shown before a report for people. */
  readonly text: string;
  /** Standard output has a diff or a mended text on it, and nothing else shall be there. */
  readonly takesOutput: boolean;
  /** `--diff` has something to show. */
  readonly wouldWrite: boolean;
}

/** Mends one tree in memory; nothing is written. */
export function mendInMemory(run: Mendable, fix: "safe" | "proposed"): Mended {
  const { tree, request, open } = run;
  const kinds = new Set(fix === "safe" ? (["safe"] as const) : (["safe", "proposed"] as const));
  return { ...run, outcome: fixFiles({ ...request, host: tree.host, open, kinds }) };
}

/** Brings what was mended to where the command line wants it. */
export async function finish(trees: readonly Mended[], options: Pick<LintOptions, "diff" | "color" | "fix">): Promise<Mending> {
  const failures: Failure[] = [];
  const refused = trees.map(() => new Map<string, string>());
  const changes: Change[] = [];
  const writing = options.diff || trees.every(({ tree, outcome }) => tree.input !== null || outcome.files.length === 0) ? null : new Writing();
  for (const [index, { tree, request, outcome }] of trees.entries()) {
    for (const { path, before, after } of outcome.files) {
      const shown = request.displayPath(path);
      if (tree.input !== null) {
        changes.push({ path: shown, before: tree.input.mark + before, after: tree.input.mark + after });
        continue;
      }
      const found = findFile(tree.disk.root, path, before);
      const signal = (await writing?.signal()) ?? null;
      const problem = "problem" in found ? found.problem : writing === null ? null : signal === null ? replaceFile(found, after) : `${signal} came before`;
      if (problem !== null) {
        refused[index]?.set(path, before);
        failures.push({ path: shown, rule: null, message: `This file was not mended: ${problem}.` });
      } else if (!("problem" in found)) changes.push({ path: shown, before: found.mark + before, after: found.mark + after });
    }
  }
  const results = trees.map((mended, index) => resultOf(mended, refused[index] ?? new Map<string, string>()));
  const input = trees[0]?.tree.input ?? null;
  const { isTerminal, colors } = await terminalOptions(options.color);
  if (options.diff) {
    if (changes.length > 0) print(STDOUT, await (await import("./fix-diff.ts")).diffOf(changes, colors, isTerminal));
  } else if (input !== null) print(STDOUT, changes[0]?.after ?? input.mark + input.text);
  const text = await mendingText(trees.flatMap(({ outcome, request }, index) => mendedFiles(outcome, request, refused[index])), results, { colors, isDone: !options.diff, isProposed: options.fix === "proposed" });
  for (const { outcome, request } of trees) for (const path of outcome.unsettled) complain(`${request.displayPath(path)} stays as it was: its fixes do not settle. This is a mistake in tappaas-lint; please report it with the file.`);
  await writing?.end("every file is either as it was or mended", text);
  return { results, failures, text, takesOutput: options.diff || input !== null, wouldWrite: changes.length > 0 };
}

/** What is found in the tree as it is now: with the old texts of files that could not be written. */
function resultOf({ tree, request, open, outcome }: Mended, refused: ReadonlyMap<string, string>): RunResult {
  if (refused.size === 0) return outcome.result;
  const texts = new Map(outcome.files.filter(({ path }) => !refused.has(path)).map(({ path, after }) => [path, after]));
  return prepare({ ...request, project: open(new TextOverlay(tree.host, texts)) }).result();
}

function mendedFiles({ files }: FixOutcome, { displayPath }: LintRequest, refused: ReadonlyMap<string, string> | undefined): MendedFile[] {
  return files.filter(({ path }) => refused?.has(path) !== true).map(({ path, mended }) => ({ path: displayPath(path), mended }));
}
