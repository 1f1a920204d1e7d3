/** Writes text whole: to a stream though its reader is slow or gone, to a file so that nobody ever sees half of it. */
import { closeSync, fsyncSync, lstatSync, openSync, readSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { visible, withoutCommands } from "../report/text.ts";

export const STDOUT = 1;
export const STDERR = 2;

/**
 * Writes a text to a stream. A reader that has gone (`| head`) is no mistake: the rest is dropped. Node's own streams are
 * not used, since loading them takes a good part of a start and they lose what is unwritten at an exit.
 */
export function print(stream: number, text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(stream, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
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

/**
 * Writes a file by way of another one beside it, so that what reads it sees the old text or the new one.
 * @throws what the system says, where it cannot be written
 */
export function writeWhole(path: string, text: string): void {
  if (!isReplaceable(path)) {
    writeFileSync(path, text);
    return;
  }
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const descriptor = openSync(temporary, "wx");
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A link, a pipe or a device such as `/dev/stdout` must stay what it is. */
function isReplaceable(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isFile();
}
