/** Says file by file what was mended, and what was not though its rule has a fix. */
import type { FixedFile, RunResult } from "../engine/run/index.ts";
import { visible, withoutCommands } from "../report/text.ts";
import { paintFor } from "./paint.ts";

/** A file that was mended, or would be. */
export interface MendedFile {
  /** As it is shown, with `/`. */
  readonly path: string;
  readonly mended: FixedFile["mended"];
}

export interface Tone {
  readonly colors: 0 | 1 | 2 | 3;
  /** False where nothing is written: the text says what would be. */
  readonly isDone: boolean;
  /** Proposed fixes were made too. */
  readonly isProposed: boolean;
}

/** What was mended in each file, what was withheld there and where to look, and a line with the counts. */
export async function mendingText(files: readonly MendedFile[], results: readonly RunResult[], { colors, isDone, isProposed }: Tone): Promise<string> {
  const paint = await paintFor(colors);
  const shown = (text: string): string => visible(text).replace(/`[^`]*`/g, (code) => paint.code(code));
  const blocks = new Map<string, string[]>();
  const add = (path: string, line: string): void => void blocks.set(path, [...(blocks.get(path) ?? []), line]);
  for (const { path, mended } of files) for (const { rule, title } of mended) add(path, `  ${isDone ? "mended" : "to mend"}  ${paint.dim(rule)}  ${shown(title)}`);
  const left = results.flatMap((result) => result.files).flatMap(({ path, findings }) => findings.filter(({ suppressed }) => !suppressed).map((finding) => ({ path, finding })));
  let withheld = 0;
  for (const { path, finding } of left) {
    if (finding.withheld === undefined) continue;
    withheld++;
    add(path, `  no fix  ${finding.start.line}:${finding.start.column}  ${paint.dim(finding.rule)}  since ${shown(finding.withheld)}${placeToLook(finding)}`);
  }
  const count = files.reduce((sum, { mended }) => sum + mended.length, 0);
  const proposed = left.filter(({ finding }) => finding.fix === "proposed").length;
  const parts = [
    count === 0 ? (isDone ? "Nothing was mended" : "Nothing to mend") : `${isDone ? "Mended" : "Would mend"} ${counted(count, "finding")} in ${counted(files.filter(({ mended }) => mended.length > 0).length, "file")}`,
    ...(left.length === 0 ? [] : [`${counted(left.length, "finding")} ${left.length === 1 ? "remains" : "remain"}`]),
    ...(withheld === 0 ? [] : [`${withheld} without a fix here though the rule has one`]),
    ...(proposed === 0 || isProposed ? [] : [`${proposed} can be mended with --fix-proposed`]),
  ];
  const texts = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, lines]) => `${paint.title(visible(path))}\n${lines.join("\n")}\n`);
  return withoutCommands([...texts, `${parts.join("; ")}\n`].join("\n"));
}

/** The place that the finding names for those who mend by hand. */
function placeToLook({ related }: RunResult["files"][number]["findings"][number]): string {
  const last = related[related.length - 1];
  return last === undefined ? "" : visible(` (see ${last.path}:${last.start.line}:${last.start.column})`);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
