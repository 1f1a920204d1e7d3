/** Reads a tree as it was in a base revision: what has changed since, and the old texts of that. Plain data, which a thread can be sent. */
import { type Host, type Kind, type Parser, Project } from "../engine/model/index.ts";
import type { BaseTree } from "../engine/run/index.ts";
import { decode } from "./decode.ts";
import { type DiskHost, MOST_BYTES } from "./disk-host.ts";
import { git, gitNow, mergeBase, withoutFilters } from "./git.ts";
import { UsageError } from "./usage-error.ts";

/** What has changed since a revision. */
export interface Changes {
  readonly revision: string;
  /** Every path that is not what it was. */
  readonly changed: ReadonlySet<string>;
  /** The old texts of modules and JSON among it; null for files that were not there, or no texts. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** Old paths by new ones. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Files that are gone are not among all this, and are to be looked up if somebody asks for them. */
  readonly lacksGone: boolean;
  /** Nothing else would change it than another commit, another text of a module or of a JSON beside one, and another list of modules. */
  readonly isOfCommit: boolean;
}

/** A tree with more modules is faster compared by what git knows of their times than by their texts. */
const MOST_COMPARED = 500;

/**
 * What has changed in the modules of a working tree, and in the JSON beside them, since `HEAD`. One question to git that needs neither the
 * index nor the times of files, so that no filter can take part. Null where there is nothing to compare with.
 */
export async function changesSinceHead(disk: DiskHost): Promise<Changes | null> {
  const modules = disk.nixFiles();
  if (modules.length > MOST_COMPARED) return changesSince(disk.root, null);
  const paths = modules.flatMap((path) => [path, path.replace(/\.nix$/, ".json")]).filter((path) => !path.includes("\n"));
  const answer = await git(disk.root, ["cat-file", "--batch"], { input: paths.map((path) => `HEAD:${path}\n`).join("") });
  if (!answer.ok) return null;
  const contents = answersOf(answer.stdout);
  const texts = new Map<string, string | null>();
  let hasNew = false;
  for (const [index, path] of paths.entries()) {
    const old = contents[index]?.content ?? null;
    const now = disk.read(path);
    if (old === null ? now === null : textOf(old) === now) continue;
    texts.set(path, old === null ? null : textOf(old));
    hasNew ||= old === null && path.endsWith(".nix");
  }
  return { revision: "HEAD", changed: new Set(texts.keys()), texts, renamed: hasNew ? await renamesSince(disk.root, "HEAD") : new Map(), lacksGone: true, isOfCommit: !hasNew };
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
  const hasMoved = entries.some(({ status }) => status === "A") && entries.some(({ status }) => status === "D");
  const renamed = hasMoved ? await renamesSince(root, commit) : new Map<string, string>();
  const changed = new Set(entries.map(({ path }) => path));
  if (withUntracked) {
    const others = await git(root, ["ls-files", "-z", "--others", "--exclude-standard"]);
    for (const path of others.stdout.toString().split("\0")) if (path !== "") changed.add(path);
  }
  return { revision: revision ?? "HEAD", changed, texts: await textsOf(root, entries), renamed, lacksGone: false, isOfCommit: false };
}

/** Old paths by new ones, of the index alone: a similarity to what is only on the disk would be found by reading that. */
async function renamesSince(root: string, commit: string): Promise<ReadonlyMap<string, string>> {
  const renames = await git(root, ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "-M", "--diff-filter=R", "--no-ext-diff", "--no-textconv", commit, "--"]);
  return new Map(rawEntries(renames.stdout.toString()).flatMap(({ path, from }) => (from === null ? [] : [[path, from]])));
}

/** The old texts of modules and JSON. */
async function textsOf(root: string, entries: readonly RawEntry[]): Promise<ReadonlyMap<string, string | null>> {
  const wanted = entries.filter(({ path }) => isRead(path));
  const ids = [...new Set(wanted.map(({ blob }) => blob))].filter((id) => !/^0+$/.test(id));
  const answers = ids.length === 0 ? [] : answersOf((await git(root, ["cat-file", "--batch"], { input: ids.map((id) => `${id}\n`).join("") })).stdout);
  const contents = new Map(answers.map(({ id, content }) => [id, content]));
  return new Map(wanted.map(({ path, blob }) => [path, textOf(contents.get(blob) ?? null)]));
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

/**
 * The tree as it was before some changes; null where none of them concerns modules.
 * @param watch puts something between the files and whoever reads them
 */
export function baseTree(disk: DiskHost, changes: Changes, parser: Parser, watch: (host: Host) => Host = (host) => host): BaseTree | null {
  const { revision, changed, renamed } = changes;
  const host = baseHost(disk, changes);
  return host === null ? null : { revision, project: new Project(watch(host), parser), changed, pathOf: (path) => renamed.get(path) ?? path };
}

/** The files of the tree as it was; null where no module has changed. */
export function baseHost(disk: DiskHost, { revision, texts, lacksGone }: Changes): Host | null {
  if (texts.size === 0) return null;
  const gone = (path: string): string | null => (lacksGone && isRead(path) && !path.includes("\n") ? textOf(answersOf(gitNow(disk.root, ["cat-file", "--batch"], `${revision}:${path}\n`))[0]?.content ?? null) : null);
  return new BaseHost(disk, texts, gone);
}

function textOf(bytes: Buffer | null): string | null {
  if (bytes === null || bytes.length > MOST_BYTES) return null;
  const decoded = decode(bytes);
  return "text" in decoded ? decoded.text : null;
}

interface ObjectAnswer {
  readonly id: string;
  /** Null for what is not there. */
  readonly content: Buffer | null;
}

/** The answers of `cat-file --batch` in the order of the questions: `id type size LF contents LF`, or `question missing LF`. */
function answersOf(output: Buffer): ObjectAnswer[] {
  const answers: ObjectAnswer[] = [];
  for (let index = 0; index < output.length; ) {
    const end = output.indexOf(10, index);
    if (end < 0) break;
    const [, id = "", size] = /^([0-9a-f]{40,64}) [a-z]+ (\d+)$/.exec(output.toString("latin1", index, end)) ?? [];
    index = end + 1;
    answers.push({ id, content: size === undefined ? null : output.subarray(index, index + Number(size)) });
    if (size !== undefined) index += Number(size) + 1;
  }
  return answers;
}

/** The present tree with old texts in the place of what has changed. */
class BaseHost implements Host {
  readonly #now: Host;
  /** Null for what was not there. */
  readonly #texts: Map<string, string | null>;
  readonly #gone: (path: string) => string | null;

  /** @param gone the old text of what is no longer there; null where there was none */
  constructor(now: Host, texts: ReadonlyMap<string, string | null>, gone: (path: string) => string | null) {
    this.#now = now;
    this.#texts = new Map(texts);
    this.#gone = gone;
  }

  read(path: string): string | null {
    const text = this.#old(path);
    return text === undefined ? this.#now.read(path) : text;
  }

  kind(path: string): Kind {
    const text = this.#old(path);
    if (text === undefined) return this.#now.kind(path);
    return text === null ? null : "file";
  }

  realPath(path: string): string {
    return this.#now.realPath?.(path) ?? path;
  }

  /** Undefined for what is as it was. */
  #old(path: string): string | null | undefined {
    if (!this.#texts.has(path) && isRead(path) && this.#now.kind(path) === null) this.#texts.set(path, this.#gone(path));
    return this.#texts.get(path);
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
