/** Writes files so that nobody ever sees half of one, whatever becomes of the program or of the machine. */
import { type Stats, accessSync, closeSync, constants, fchmodSync, fchownSync, fstatSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { STDERR, complain, print } from "./output.ts";

/**
 * Writes a text beside the file that it is for, and renames it over that one: who reads the file meanwhile, or after the machine has
 * stopped at any point, sees all of the old text or all of the new one (rename(2), fsync(2)). A file that is there keeps its mode
 * and its owner. A link, a pipe or a device such as `/dev/stdout` stays what it is, and is written to.
 * @param isWanted asked last, when only the renaming is left
 * @returns whether it was wanted
 * @throws what the system says where it cannot be written; then everything is as it was
 */
export function writeWhole(place: string, text: string, isWanted: () => boolean = () => true): boolean {
  const old = lstatSync(place, { throwIfNoEntry: false });
  if (old !== undefined && !old.isFile()) {
    writeFileSync(place, text);
    return true;
  }
  // A name of its own length, which is no longer than names may be; it ends so that nobody takes it for a module. Were it there, nothing would be opened.
  const temporary = join(dirname(place), `.tappaas-lint-${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}.tmp`);
  try {
    // A new file could replace one that nobody may write.
    if (old !== undefined) accessSync(place, constants.W_OK);
    const descriptor = openSync(temporary, "wx", old === undefined ? 0o666 : 0o600);
    try {
      writeFileSync(descriptor, text);
      if (old !== undefined) keep(descriptor, old);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (isWanted()) {
      renameSync(temporary, place);
      return true;
    }
    rmSync(temporary, { force: true });
    return false;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function keep(descriptor: number, { uid, gid, mode }: Stats): void {
  const own = fstatSync(descriptor);
  if (own.uid !== uid || own.gid !== gid) fchownSync(descriptor, uid, gid);
  fchmodSync(descriptor, mode & 0o7777);
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Holds signals back while files are written, so that none is left half-written and no temporary one behind: they are
 * noted, and take effect between two files.
 */
export class Writing {
  #signal: NodeJS.Signals | null = null;
  readonly #take = (signal: NodeJS.Signals): void => {
    this.#signal ??= signal;
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#take);
  }

  /** The signal that has come, if any. */
  async signal(): Promise<NodeJS.Signals | null> {
    // Signals arrive between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    return this.#signal;
  }

  /**
   * Ends the program as the signal that has come would have, if any has.
   * @param state how things stand then, as the end of a sentence
   * @param done what people would have been told of what has been done
   */
  async end(state: string, done = ""): Promise<void> {
    const signal = await this.signal();
    for (const each of SIGNALS) process.off(each, this.#take);
    if (signal === null) return;
    print(STDERR, done);
    complain(`The run was stopped by ${signal}; ${state}.`);
    process.kill(process.pid, signal);
    // It is on its way; nothing else shall be said or written.
    await new Promise(() => setInterval(() => undefined, 1000));
  }
}
