/** Says what git would compare a tree with, without starting git: that takes as long as all else where nothing has changed. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DiskHost } from "../disk-host.ts";
import { digestOf } from "./questions.ts";

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * A text that stays the same as long as `HEAD` is the same commit and the JSON beside modules stays; null where that cannot be told
 * (gitrepository-layout(5); references that are kept in another way have no such files).
 */
export function commitState(disk: DiskHost): string | null {
  const commit = headOf(disk.root);
  if (commit === null) return null;
  const beside = disk.nixFiles().map((path) => disk.read(path.replace(/\.nix$/, ".json")));
  return `${commit} ${digestOf(JSON.stringify(beside))}`;
}

function headOf(root: string): string | null {
  try {
    const folder = gitFolder(join(root, ".git"));
    const head = line(join(folder, "HEAD"));
    if (ID.test(head)) return head;
    const [, name] = /^ref: (refs\/heads\/\S+)$/.exec(head) ?? [];
    return name === undefined || name.includes("..") ? null : referenceOf(commonFolder(folder), name);
  } catch {
    return null;
  }
}

function line(file: string): string {
  return readFileSync(file, "utf8").trimEnd();
}

/** Where a work tree or a submodule has its own part of the repository. */
function gitFolder(place: string): string {
  try {
    const [, folder] = /^gitdir: (.+)$/.exec(line(place)) ?? [];
    return folder === undefined ? place : resolve(place, "..", folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EISDIR") return place;
    throw error;
  }
}

/** Where all work trees of a repository have what they share. */
function commonFolder(folder: string): string {
  try {
    return resolve(folder, line(join(folder, "commondir")));
  } catch {
    return folder;
  }
}

function referenceOf(folder: string, name: string): string | null {
  try {
    const id = line(join(folder, name));
    return ID.test(id) ? id : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") return null;
  }
  // "packed-refs": an id, a blank and a name on each line.
  const packed = line(join(folder, "packed-refs")).split("\n").find((entry) => entry.endsWith(` ${name}`));
  const id = packed?.slice(0, -name.length - 1) ?? "";
  return ID.test(id) ? id : null;
}
