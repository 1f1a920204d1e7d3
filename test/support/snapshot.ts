/** The repository as it stands, as one commit of a git repository of its own: what hook managers install from. */
import { cpSync, existsSync, lstatSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Tree } from "../cli/program.ts";
import { commit, git } from "./git.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Null where this is no git working tree, so that what belongs to it cannot be told. */
export function snapshot(): { readonly folder: string; readonly revision: string } | null {
  if (!existsSync(join(ROOT, ".git"))) return null;
  const tree = new Tree({}, { git: false });
  const files = git(ROOT, "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0").filter((path) => path !== "");
  for (const path of files) {
    if (lstatSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() !== true) continue;
    tree.write(join(dirname(path), ".keep"), "");
    cpSync(join(ROOT, path), tree.path(path));
  }
  git(tree.folder, "init", "-q", "-b", "main");
  commit(tree);
  return { folder: tree.folder, revision: git(tree.folder, "rev-parse", "HEAD").trim() };
}
