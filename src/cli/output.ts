/** Writes text whole to a stream, though its reader is slow or gone. */
import { readSync, writeSync } from "node:fs";
import { visible, withoutCommands } from "../report/text.ts";
import { writeReasonOf } from "./reason.ts";
import { UsageError } from "./usage-error.ts";

export const STDOUT = 1;
export const STDERR = 2;

/**
 * Writes a text to a stream. A reader that has gone (`| head`) is no mistake: the rest is dropped. Node's own streams are
 * not used, since loading them takes a good part of a start and they lose what is unwritten at an exit.
 * @throws UsageError where standard output cannot be written; of standard error there is nowhere to tell
 */
export function print(stream: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(stream, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE" || (code !== "EAGAIN" && stream === STDERR)) return;
      if (code !== "EAGAIN") throw new UsageError(`Standard output cannot be written: ${writeReasonOf(error)}.`);
      pause();
    }
  }
}

/** Prints a complaint; names of files in it can steer neither the terminal nor a workflow. */
export function complain(message: string): void {
  print(STDERR, withoutCommands(`tappaas-lint: ${message.split("\n").map(visible).join("\n")}\n`));
}

/** Everything from standard input, up to a limit in bytes; null where there is more. */
export function readInput(limit: number): Buffer | null {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(65_536);
    let count: number;
    try {
      count = readSync(0, part);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") break;
      if (code !== "EAGAIN") throw error;
      pause();
      continue;
    }
    if (count === 0) break;
    length += count;
    if (length > limit) return null;
    parts.push(part.subarray(0, count));
  }
  return Buffer.concat(parts);
}

/** A stream that is not ready will be soon. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
