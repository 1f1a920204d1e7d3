/** Keeps entries on the disk: whole or not at all, for their owner alone, bounded in size and age. */
import { randomUUID } from "node:crypto";
import { constants, closeSync, fstatSync, lstatSync, mkdirSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { digestOf } from "./questions.ts";

/** Bytes: a larger entry is neither read nor written. */
const MOST_BYTES = 100_000_000;

/** Bytes of all entries together; the oldest go first. */
const MOST_ALTOGETHER = 300_000_000;

/** Milliseconds. */
const DAY = 86_400_000;
const LONGEST_KEPT = 30 * DAY;

/** Entries, and what a run that was stopped has left of one; nothing else in the folder is touched. */
const OWN_FILES = /^tappaas-lint-[0-9a-f]{64}\.json(?:\.[0-9a-f-]+\.tmp)?$/;

/**
 * The folder of the cache: the one that is named, else the user's (XDG Base Directory Specification; on Windows and macOS what their
 * programs use). Null for a user without one.
 */
export function cacheFolder(named: string | null, cwd: string): string | null {
  if (named !== null) return resolve(cwd, named);
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local, HOME: home } = process.env;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "tappaas-lint");
  if (process.platform === "win32") return local !== undefined && isAbsolute(local) ? join(local, "tappaas-lint", "cache") : null;
  return home !== undefined && isAbsolute(home) ? join(home, process.platform === "darwin" ? "Library/Caches" : ".cache", "tappaas-lint") : null;
}

/** The file of an entry. */
export function entryFile(folder: string, name: string): string {
  return join(folder, `tappaas-lint-${name}.json`);
}

/** The content of an entry as it was written by this user; null where there is none, or what is there is not that. */
export function readEntry(file: string): unknown {
  try {
    const text = readOwn(file);
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === digestOf(body) ? JSON.parse(body) : null;
  } catch {
    return null;
  }
}

function readOwn(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(descriptor);
    const isOwn = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
    return stats.isFile() && isOwn && stats.size <= MOST_BYTES ? readFileSync(descriptor, "utf8") : "";
  } finally {
    closeSync(descriptor);
  }
}

/** Writes an entry, by way of a file of its own, so that another run sees the old one or the new one. Where that cannot be done there is none. */
export function writeEntry(folder: string, file: string, content: unknown): void {
  const body = JSON.stringify(content);
  if (Buffer.byteLength(body) > MOST_BYTES) return;
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    prune(folder);
    writeFileSync(temporary, `${digestOf(body)}\n${body}`, { flag: "wx", mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // It goes when it is old.
    }
  }
}

/** Takes away what is old, and the oldest of what is too much. */
function prune(folder: string): void {
  const now = Date.now();
  let size = 0;
  const files = readdirSync(folder)
    .filter((name) => OWN_FILES.test(name))
    .flatMap((name) => {
      const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, stats }];
    })
    .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
  for (const { name, stats } of files) {
    size += stats.size;
    const longest = name.endsWith(".tmp") ? DAY : LONGEST_KEPT;
    if (size > MOST_ALTOGETHER || now - stats.mtimeMs > longest) rmSync(join(folder, name), { force: true });
  }
}
