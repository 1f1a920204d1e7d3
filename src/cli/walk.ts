/** Finds the `.nix` files of a tree, leaving out what git ignores. */
import { type Dirent, readFileSync, readdirSync } from "node:fs";
import { GitIgnore } from "./gitignore.ts";

/** Folders that are never part of a tree's own text. */
const SKIPPED = new Set([".git", "node_modules", ".direnv"]);

/** What a walk found; paths are relative to the root. */
export interface Walked {
  /** Sorted. */
  readonly nixFiles: readonly string[];
  /** Whether a file of the given name stands anywhere in the tree. */
  readonly hasConfig: boolean;
  /** Folders that could not be listed. */
  readonly closed: readonly { readonly path: string; readonly code: string }[];
}

/**
 * Walks a tree. Links are not followed: what they lead to is found where it is. Own code rather than globby, which takes
 * twelve times as long for the same list, on every start.
 * @param root an absolute path
 * @param enters whether a folder is to be looked into
 */
export function walk(root: string, configName: string, enters: (folder: string) => boolean = () => true): Walked {
  const nixFiles: string[] = [];
  const closed: { path: string; code: string }[] = [];
  let hasConfig = false;
  const pending: { folder: string; ignores: readonly Scope[] }[] = [{ folder: "", ignores: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { folder } = next;
    let entries: Dirent[];
    try {
      entries = readdirSync(folder === "" ? root : `${root}/${folder}`, { withFileTypes: true });
    } catch (error) {
      closed.push({ path: folder, code: (error as NodeJS.ErrnoException).code ?? "" });
      continue;
    }
    const prefix = folder === "" ? "" : `${folder}/`;
    const ignores = entries.some((entry) => entry.name === ".gitignore" && entry.isFile()) ? [...next.ignores, scopeOf(root, prefix)] : next.ignores;
    for (const entry of entries) {
      const { name } = entry;
      if (name === configName) hasConfig = true;
      const isFolder = entry.isDirectory();
      if (isFolder ? SKIPPED.has(name) : !name.endsWith(".nix") || !entry.isFile()) continue;
      const path = prefix + name;
      if (isIgnored(path, isFolder, ignores)) continue;
      if (!isFolder) nixFiles.push(path);
      else if (enters(path)) pending.push({ folder: path, ignores });
    }
  }
  return { nixFiles: nixFiles.sort(), hasConfig, closed };
}

/** A `.gitignore` with the folder that it counts from, empty or with `/` at its end. */
interface Scope {
  readonly prefix: string;
  readonly ignore: GitIgnore;
}

function scopeOf(root: string, prefix: string): Scope {
  let text = "";
  try {
    text = readFileSync(`${root}/${prefix}.gitignore`, "utf8");
  } catch {
    // One that cannot be read ignores nothing, as git has it.
  }
  return { prefix, ignore: new GitIgnore(text) };
}

/** The nearest `.gitignore` that says anything decides. */
function isIgnored(path: string, isFolder: boolean, scopes: readonly Scope[]): boolean {
  for (let i = scopes.length - 1; i >= 0; i--) {
    const { prefix, ignore } = scopes[i] as Scope;
    const verdict = ignore.verdict(path.slice(prefix.length), isFolder);
    if (verdict !== null) return verdict;
  }
  return false;
}
