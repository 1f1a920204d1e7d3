/** Puts mended texts in the place of files, if these are still as they were read. */
import { type Stats, closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { decode, markOf } from "./decode.ts";
import { MOST_BYTES } from "./disk-host.ts";
import { reasonOf, writeReasonOf } from "./reason.ts";
import { isInside } from "./roots.ts";
import { writeWhole } from "./whole-file.ts";

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
 * Puts a text in the place of a file that was found, unless that has changed meanwhile.
 * @returns what keeps it from being written, without a full stop; null where it is written
 */
export function replaceFile({ place, stats, mark }: Exclude<Found, { problem: string }>, text: string): string | null {
  try {
    return writeWhole(place, mark + text, () => isSame(lstatSync(place), stats)) ? null : CHANGED;
  } catch (error) {
    return (error as NodeJS.ErrnoException).syscall === "fchown" ? "it belongs to another user or group, which a new file could not" : writeReasonOf(error);
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev && a.size === b.size && a.mtimeMs === b.mtimeMs;
}
