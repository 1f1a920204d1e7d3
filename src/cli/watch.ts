/** Checks again and again: what has changed since the last time and what hangs on it, for as long as nobody stops it. */
import type { RunResult } from "../engine/run/index.ts";
import type { LintOptions } from "./arguments.ts";
import type { Judged, Parsers } from "./judging.ts";
import { STDERR, STDOUT, complain, print } from "./output.ts";
import type { OpenDisk } from "./targets.ts";
import { isTerminalStream } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { Rounds } from "./watch-rounds.ts";

/** What is kept from one check to the next. */
export interface Memory {
  readonly disk: OpenDisk;
  /** Judges what is not known from before. */
  judge(judged: Judged, targets: readonly string[], parsers: Parsers): Promise<RunResult>;
  /** The reports are about to be printed. */
  isDone(): void;
}

/** Checks until a signal comes; the status is that of the last check. */
export async function watch(options: LintOptions, cwd: string, lintOnce: (options: LintOptions, cwd: string, memory: Memory) => Promise<0 | 1 | 2>): Promise<0 | 1 | 2> {
  const memory = new Rounds(options, cwd, await isScreen());
  const isTerminal = await isTerminalStream(STDERR);
  let status: 0 | 1 | 2 | null = null;
  const end = (signal: number): void => {
    memory.folders.close();
    if (isTerminal) print(STDERR, "\n");
    // A check that was cut off has come to nothing (bash(1), "Exit status").
    process.exit(status ?? 128 + signal);
  };
  process.on("SIGINT", () => end(2));
  process.on("SIGTERM", () => end(15));
  status = await lintOnce(options, cwd, memory);
  if (memory.isEmpty) return status;
  memory.say([]);
  for (;;) {
    memory.follow();
    await memory.folders.next();
    const changes = memory.refresh();
    if (changes.length === 0) continue;
    try {
      status = await lintOnce(options, cwd, memory);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      // A configuration that is being written may be wrong for a while.
      memory.isDone();
      complain(error.message);
      status = 2;
    }
    memory.say(changes);
  }
}

/** Whether standard output is a terminal on which the last check can make room for the next. */
async function isScreen(): Promise<boolean> {
  return process.env["TERM"] !== "dumb" && (await isTerminalStream(STDOUT));
}
