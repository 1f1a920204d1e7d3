/** Reads a tree as it was in a base revision: what has changed since, and the old texts of that. */
import { Project } from "../engine/model/index.ts";
import type { Host, Kind } from "../engine/model/index.ts";
import type { BaseTree } from "../engine/run/index.ts";
import type { NixParser } from "../engine/syntax/index.ts";
import { decode } from "./decode.ts";
import { type DiskHost, MOST_BYTES } from "./disk-host.ts";
import { git, mergeBase, withoutFilters } from "./git.ts";
import { UsageError } from "./usage-error.ts";

/** What has changed since a revision. */
export interface Changes {
  readonly revision: string;
  /** Every path that is not what it was. */
  readonly changed: ReadonlySet<string>;
  /** The blobs that files were; null for files that were not there. */
  readonly blobs: ReadonlyMap<string, string | null>;
  /** Old paths by new ones. */
  readonly renamed: ReadonlyMap<string, string>;
}

/**
 * What has changed in the working tree, staged or not, since a revision, or since `HEAD` where none is named. Files that git does not
 * know are not among it, save with `withUntracked`. Null where there is nothing to compare with and nobody has asked for it.
 * @param root the top of the working tree
 * @throws UsageError where a named revision cannot be used
 */
export async function changesSince(root: string, revision: string | null, withUntracked = false): Promise<Changes | null> {
  const commit = revision === null ? "HEAD" : await mergeBase(root, revision);
  const diff = await git(root, ["diff-index", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", commit, "--"], { settings: await withoutFilters(root) });
  if (!diff.ok) {
    if (revision !== null || withUntracked) throw new UsageError(`git cannot compare with \`${revision ?? "HEAD"}\` (${diff.stderr.split("\n")[0] ?? ""}).`);
    return null;
  }
  const entries = rawEntries(diff.stdout.toString());
  const blobs = new Map(entries.map(({ path, blob }) => [path, /^0+$/.test(blob) ? null : blob]));
  const renamed = new Map<string, string>();
  if (entries.some(({ status }) => status === "A") && entries.some(({ status }) => status === "D")) {
    // In the index alone: a similarity to what is only on the disk would be found by reading that.
    const renames = await git(root, ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "-M", "--diff-filter=R", "--no-ext-diff", "--no-textconv", commit, "--"]);
    for (const { path, from } of rawEntries(renames.stdout.toString())) if (from !== null) renamed.set(path, from);
  }
  const changed = new Set(blobs.keys());
  if (withUntracked) {
    const others = await git(root, ["ls-files", "-z", "--others", "--exclude-standard"]);
    for (const path of others.stdout.toString().split("\0")) if (path !== "") changed.add(path);
  }
  return { revision: revision ?? "HEAD", changed, blobs, renamed };
}

interface RawEntry {
  readonly status: string;
  readonly blob: string;
  readonly path: string;
  readonly from: string | null;
}

/** The entries of `--raw -z` (git-diff-index, "Raw output format"): `:mode mode blob blob status NUL path NUL`, two paths for a rename. */
function rawEntries(output: string): RawEntry[] {
  const parts = output.split("\0");
  const entries: RawEntry[] = [];
  for (let index = 0; index + 1 < parts.length; ) {
    const [, , blob = "", , status = ""] = (parts[index] as string).split(" ");
    const isRename = status.startsWith("R") || status.startsWith("C");
    entries.push({ status: status.slice(0, 1), blob, path: parts[index + (isRename ? 2 : 1)] as string, from: isRename ? (parts[index + 1] as string) : null });
    index += isRename ? 3 : 2;
  }
  return entries;
}

const isRead = (path: string): boolean => /\.(?:nix|json)$/.test(path);

/** The tree as it was before some changes; null where none of them concerns modules. */
export async function baseTree(disk: DiskHost, changes: Changes, parser: NixParser): Promise<BaseTree | null> {
  const wanted = [...changes.blobs].filter(([path]) => isRead(path));
  if (wanted.length === 0) return null;
  const ids = [...new Set(wanted.flatMap(([, blob]) => blob ?? []))];
  const contents = ids.length === 0 ? new Map<string, Buffer>() : blobsOf((await git(disk.root, ["cat-file", "--batch"], { input: ids.map((id) => `${id}\n`).join("") })).stdout);
  const texts = new Map(wanted.map(([path, blob]) => [path, blob === null ? null : textOf(contents.get(blob))]));
  return { revision: changes.revision, project: new Project(new BaseHost(disk, texts), parser), changed: changes.changed, pathOf: (path) => changes.renamed.get(path) ?? path };
}

function textOf(bytes: Buffer | undefined): string | null {
  if (bytes === undefined || bytes.length > MOST_BYTES) return null;
  const decoded = decode(bytes);
  return "text" in decoded ? decoded.text : null;
}

/** The answers of `cat-file --batch`: `id type size LF contents LF`, or `id missing LF`. */
function blobsOf(output: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let index = 0; index < output.length; ) {
    const end = output.indexOf(10, index);
    if (end < 0) break;
    const [id = "", , size] = output.toString("latin1", index, end).split(" ");
    index = end + 1;
    if (size === undefined) continue;
    contents.set(id, output.subarray(index, index + Number(size)));
    index += Number(size) + 1;
  }
  return contents;
}

/** The present tree with old texts in the place of what has changed. */
class BaseHost implements Host {
  readonly #now: Host;
  /** Null for what was not there. */
  readonly #texts: ReadonlyMap<string, string | null>;

  constructor(now: Host, texts: ReadonlyMap<string, string | null>) {
    this.#now = now;
    this.#texts = texts;
  }

  read(path: string): string | null {
    const text = this.#texts.get(path);
    return text === undefined ? this.#now.read(path) : text;
  }

  kind(path: string): Kind {
    const text = this.#texts.get(path);
    if (text === undefined) return this.#now.kind(path);
    return text === null ? null : "file";
  }

  realPath(path: string): string {
    return this.#now.realPath?.(path) ?? path;
  }

  list(folder: string): readonly string[] {
    const prefix = folder === "" ? "" : `${folder}/`;
    const names = new Set(this.#now.list(folder));
    for (const [path, text] of this.#texts) {
      if (!path.startsWith(prefix)) continue;
      const [name = "", ...rest] = path.slice(prefix.length).split("/");
      if (text !== null) names.add(name);
      else if (rest.length === 0) names.delete(name);
    }
    return [...names];
  }

  nixFiles(): readonly string[] {
    const files = new Set(this.#now.nixFiles());
    for (const [path, text] of this.#texts) if (text === null) files.delete(path);
    else if (path.endsWith(".nix")) files.add(path);
    return [...files].sort();
  }
}
