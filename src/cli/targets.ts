/** Turns the paths of a command line into the files to lint, by the tree that each belongs to. */
import { lstatSync, realpathSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { nearestName } from "../engine/domain/nearest-name.ts";
import type { Failure } from "../engine/run/index.ts";
import { DiskHost } from "./disk-host.ts";
import { reasonOf } from "./reason.ts";
import { commonFolder, isInside, markedRoot } from "./roots.ts";

/** What is to be linted of one tree. */
export interface Tree {
  readonly host: DiskHost;
  /** Root-relative paths, sorted, each once. */
  readonly targets: readonly string[];
  /** Those of them that were named themselves rather than found in a folder. */
  readonly named: ReadonlySet<string>;
  /** Root-relative paths of the folders that were named. */
  readonly folders: readonly string[];
}

export interface Targets {
  readonly trees: readonly Tree[];
  /** What was asked for and cannot be linted. */
  readonly failures: readonly Failure[];
}

/** Opens a tree. */
export type OpenDisk = (...asked: ConstructorParameters<typeof DiskHost>) => DiskHost;

/** A path that exists, absolute, with the links of its folder followed. */
interface Place {
  /** A `match` was found by a pattern: what git ignores is left out, as in a folder. */
  readonly kind: "file" | "folder" | "match";
  readonly path: string;
  /** As it was written. */
  readonly written: string;
}

/**
 * Resolves paths, folders and globs. Nothing is thrown for a path that cannot be used: it becomes a failure and the
 * others are still linted.
 * @param commands names that a mistyped path may have meant
 * @param disk opens a tree, by its root and the folders that the search looks into
 */
export async function resolveTargets(paths: readonly string[], cwd: string, commands: readonly string[], disk: OpenDisk = (root, enters) => new DiskHost(root, enters)): Promise<Targets> {
  const failures: Failure[] = [];
  const places: Place[] = [];
  for (const written of paths) {
    const found = await placesOf(written, cwd, commands);
    if (typeof found === "string") failures.push({ path: written, rule: null, message: found });
    else places.push(...found);
  }
  const matched = new Set<string>();
  const trees = groupByRoot(places, cwd).map(({ root, members }) => {
    const hasFolder = members.some(({ kind }) => kind === "folder");
    const folders = members.map(({ kind, path }) => relative(root.path, kind === "folder" ? path : dirname(path)));
    // A folder without marks may be anything, such as a home: for single files only what lies on the way is looked at.
    const host = disk(root.path, root.isMarked || hasFolder ? undefined : (folder) => folders.some((target) => isInside(target, folder)));
    const named = new Set<string>();
    const targets = new Set<string>();
    for (const { kind, path, written } of members) {
      const inside = relative(root.path, path);
      if (kind === "file") named.add(inside);
      if (kind === "folder") failures.push(...closedIn(inside, host, cwd));
      const found = kind === "file" ? [inside] : kind === "folder" ? filesIn(inside, host) : host.nixFiles().filter((file) => file === inside);
      for (const file of found) targets.add(file);
      if (found.length > 0) matched.add(written);
    }
    return { host, targets: [...targets].sort(), named, folders: members.flatMap(({ kind, path }) => (kind === "folder" ? [relative(root.path, path)] : [])) };
  });
  for (const written of new Set(places.map((place) => place.written))) {
    if (!matched.has(written)) failures.push({ path: written, rule: null, message: "There is no `.nix` file here that git does not ignore; name a folder with modules, or a file." });
  }
  return { trees: trees.filter(({ targets }) => targets.length > 0), failures };
}

function filesIn(folder: string, host: DiskHost): readonly string[] {
  return folder === "" ? host.nixFiles() : host.nixFiles().filter((path) => path.startsWith(`${folder}/`));
}

function closedIn(folder: string, host: DiskHost, cwd: string): Failure[] {
  return host
    .walked()
    .closed.filter(({ path }) => isInside(path, folder) || folder === "")
    .map(({ path, code }) => ({ path: relative(cwd, join(host.root, path)) || ".", rule: null, message: `This folder cannot be listed: ${reasonOf({ code, message: code })}.` }));
}

/** What a written path stands for, or why it stands for nothing. */
async function placesOf(written: string, cwd: string, commands: readonly string[]): Promise<readonly Place[] | string> {
  const path = resolve(cwd, written);
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return [{ kind: "folder", path: realpathSync.native(path), written }];
    if (stats.isFile()) return [{ kind: "file", path: join(realpathSync.native(dirname(path)), basename(path)), written }];
    return "This is neither a file nor a folder (a pipe, a socket or a device), and is not read; name a `.nix` file.";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && isLink(path)) return "This is a link that leads nowhere; name the file itself.";
    if (code !== "ENOENT" && code !== "ENOTDIR") return `This cannot be read: ${reasonOf(error)}.`;
  }
  if (!/[*?[\]{}]/.test(written)) return `There is no such file or folder; ${hint(written, path, commands)}`;
  return (await placesOfGlob(written, cwd)) ?? "No `.nix` file fits this pattern; check it, and quote it so that the shell leaves it alone.";
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

async function placesOfGlob(written: string, cwd: string): Promise<readonly Place[] | null> {
  const { filesOfGlob } = await import("./find-globs.ts");
  // A pattern that cannot be read fits nothing.
  const files = await filesOfGlob(written, cwd).catch(() => []);
  return files.length === 0 ? null : files.map((path) => ({ kind: "match", path: join(realpathSync.native(dirname(path)), basename(path)), written }));
}

/** What a path that does not exist may have meant. */
function hint(written: string, path: string, commands: readonly string[]): string {
  const command = nearestName(written, commands);
  if (command !== null) return `did you mean the command \`${command}\`?`;
  try {
    const nearest = nearestName(basename(path), readdirSync(dirname(path)).sort());
    return nearest === null ? "check the path." : `did you mean \`${join(dirname(written), nearest)}\`?`;
  } catch {
    return "check the path.";
  }
}

interface Root {
  readonly path: string;
  readonly isMarked: boolean;
}

/** The tree of each place: its own git or configured tree, else what it shares with the others that have none. */
function groupByRoot(places: readonly Place[], cwd: string): { readonly root: Root; readonly members: readonly Place[] }[] {
  const working = markedRoot(cwd);
  const folderOf = ({ kind, path }: Place): string => (kind === "folder" ? path : dirname(path));
  const marks = new Map<string, string | null>();
  const marked = (folder: string): string | null => {
    if (working !== null && isInside(folder, working)) return working;
    if (!marks.has(folder)) marks.set(folder, markedRoot(folder));
    return marks.get(folder) ?? null;
  };
  const unmarked = places.filter((place) => marked(folderOf(place)) === null);
  const common: Root = { path: commonFolder(unmarked.map(folderOf)), isMarked: false };
  const groups = new Map<string, { root: Root; members: Place[] }>();
  for (const place of places) {
    const path = marked(folderOf(place));
    const root = path === null ? common : { path, isMarked: true };
    const group = groups.get(root.path) ?? { root, members: [] };
    group.members.push(place);
    groups.set(root.path, group);
  }
  return [...groups.values()];
}
