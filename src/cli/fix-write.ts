/** Puts mended texts in the place of files: each is the old one or the new one at any moment, and stays whose it was. */
import { randomBytes } from "node:crypto";
import { type Stats, accessSync, closeSync, constants, fchmodSync, fchownSync, fstatSync, fsyncSync, lstatSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decode, markOf } from "./decode.ts";
import { MOST_BYTES, reasonOf } from "./disk-host.ts";
import { isInside } from "./roots.ts";

/** A file as it is on the disk now, or what keeps it from being written, without a full stop. */
export type Found = { readonly place: string; readonly stats: Stats; readonly mark: string } | { readonly problem: string };

const CHANGED = "it has changed since it was read; run it again";

/**
 * Looks at a file that is to be written.
 * @param root the tree's root, without links
 * @param path root-relative; links on the way are followed inside the tree
 * @param before the text that was read, without byte order mark
 */
export function findFile(root: string, path: string, before: string): Found {
  try {
    const place = realpathSync.native(join(root, path));
    if (!isInside(place, root)) return { problem: "it is a link that leads out of the tree, which is never followed" };
    const descriptor = openSync(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return { problem: "it is no regular file" };
      if (stats.size > MOST_BYTES) return { problem: CHANGED };
      const bytes = readFileSync(descriptor);
      const decoded = decode(bytes);
      if (!("text" in decoded) || decoded.text !== before) return { problem: CHANGED };
      return { place, stats, mark: markOf(bytes) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

/**
 * Writes a text beside a file that was found, with its mode and owner, and renames it over it: who reads the file meanwhile, or after
 * the machine has stopped at any point, sees all of the old text or all of the new one (rename(2), fsync(2)).
 * @returns what keeps it from being written, without a full stop; null where it is written
 */
export function replaceFile({ place, stats, mark }: Exclude<Found, { problem: string }>, text: string): string | null {
  const folder = dirname(place);
  // A name of its own length, which is no longer than names may be; it ends so that nobody takes it for a module.
  const temporary = join(folder, `.tappaas-lint-${randomBytes(6).toString("hex")}.tmp`);
  try {
    // A new file could replace one that nobody may write.
    accessSync(place, constants.W_OK);
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(descriptor, mark + text);
      keepOwner(descriptor, stats);
      fchmodSync(descriptor, stats.mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (!isSame(lstatSync(place), stats)) {
      rmSync(temporary, { force: true });
      return CHANGED;
    }
    renameSync(temporary, place);
    return null;
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === "fchown") return "it belongs to another user or group, which a new file could not";
    return code === "EACCES" || code === "EPERM" || code === "EROFS" ? "you may not write it, or not in its folder; check the permissions" : reasonOf(error);
  }
}

function keepOwner(descriptor: number, { uid, gid }: Stats): void {
  const own = fstatSync(descriptor);
  if (own.uid !== uid || own.gid !== gid) fchownSync(descriptor, uid, gid);
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev && a.size === b.size && a.mtimeMs === b.mtimeMs;
}
