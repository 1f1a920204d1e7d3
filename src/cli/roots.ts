/** Decides which tree a file belongs to: outside it nothing is read. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { CONFIG_NAME } from "../engine/run/config/name.ts";

/** The top of the git working tree that a folder stands in (a `.git` folder, or a file in a worktree or submodule), or null. */
export function gitTop(folder: string): string | null {
  return upward(folder, ".git");
}

/** The root of the tree that a folder belongs to by a mark: git's top, else where its configuration stands. Null without marks. */
export function markedRoot(folder: string): string | null {
  return gitTop(folder) ?? upward(folder, CONFIG_NAME);
}

function upward(folder: string, name: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, name))) return current;
    if (dirname(current) === current) return null;
  }
}

/** The deepest folder that all of some folders stand in. */
export function commonFolder(folders: readonly string[]): string {
  const [first = "/", ...others] = folders;
  return others.reduce((common, folder) => {
    let current = common;
    while (!isInside(folder, current)) current = dirname(current);
    return current;
  }, first);
}

/** Whether an absolute path is a folder or something in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
