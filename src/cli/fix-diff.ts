/** Shows what would be written as a unified diff, which `git apply` and `patch -p1` take. */
import { FILE_HEADERS_ONLY, createTwoFilesPatch } from "diff";
import { visible } from "../report/text.ts";

/** A text that would take the place of another. */
export interface Change {
  /** As it is shown, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The diff of some files, with three lines around each change.
 * @param chalk colours for a terminal, where nothing in a file shall steer it; null for a program, which gets every byte as it is
 */
export async function diffOf(changes: readonly Change[], colors: 0 | 1 | 2 | 3, isTerminal: boolean): Promise<string> {
  const text = changes.map(({ path, before, after }) => createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY })).join("");
  if (!isTerminal) return text;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: colors });
  const paint = (line: string): string => {
    if (/^(?:---|\+\+\+) /.test(line)) return chalk.bold(line);
    if (line.startsWith("@@")) return chalk.cyan(line);
    return line.startsWith("+") ? chalk.green(line) : line.startsWith("-") ? chalk.red(line) : line;
  };
  return text.split("\n").map((line) => paint(visible(line.replace(/\r$/, "").replaceAll("\t", "    ")))).join("\n");
}
