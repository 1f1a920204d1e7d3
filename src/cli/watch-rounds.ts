/** What is known of the watched trees from check to check: only what no longer holds is judged again. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Host, Project, baseName } from "../engine/model/index.ts";
import { BASELINE_NAME } from "../engine/run/baseline/name.ts";
import { type RunResult, groupsOf } from "../engine/run/index.ts";
import { visible } from "../report/text.ts";
import type { LintOptions } from "./arguments.ts";
import type { Changes } from "./base.ts";
import { type Judged, type Parsers, judge } from "./judging.ts";
import { STDERR, STDOUT, print } from "./output.ts";
import { RecordingHost } from "./recording-host.ts";
import { merged } from "./results.ts";
import type { OpenDisk } from "./targets.ts";
import { PORTION } from "./threads.ts";
import type { Memory } from "./watch.ts";
import { type Change, WatchedDisk, stampOf, whatOf } from "./watched-disk.ts";
import { Folders } from "./watched-folders.ts";

/** As many changes are named. */
const MOST_NAMED = 3;

/** What is known of all trees, from check to check. */
export class Rounds implements Memory {
  readonly folders = new Folders();
  readonly #cwd: string;
  readonly #isScreen: boolean;
  readonly #disks = new Map<string, WatchedDisk>();
  readonly #kept = new Map<string, readonly Kept[]>();
  /** Files beside the trees that a check hangs on, with what they were like. */
  readonly #beside: Map<string, string>;
  #began = performance.now();
  #checked = 0;
  #files = 0;
  #git = 0;

  constructor({ config, baseline }: LintOptions, cwd: string, isScreen: boolean) {
    this.#cwd = cwd;
    this.#isScreen = isScreen;
    this.#beside = new Map([config, baseline].flatMap((path) => (typeof path === "string" ? [[resolve(cwd, path), ""]] : [])));
    for (const path of this.#beside.keys()) this.#beside.set(path, stampOf(path));
  }

  get isEmpty(): boolean {
    return this.#disks.size === 0;
  }

  readonly disk: OpenDisk = (root, enters) => {
    let disk = this.#disks.get(root);
    if (disk === undefined) {
      disk = new WatchedDisk(root, enters);
      this.#disks.set(root, disk);
      for (const name of [".git/HEAD", ".git/index", BASELINE_NAME]) this.#beside.set(join(root, name), stampOf(join(root, name)));
    }
    return disk;
  };

  async judge(judged: Judged, targets: readonly string[], parsers: Parsers): Promise<RunResult> {
    const { host, disk, rules } = judged;
    const changes = await judged.changes;
    const wanted = groupsIn(host, targets);
    const kept: Kept[] = (this.#kept.get(disk.root) ?? []).filter((portion) => portion.groups.every((group) => wanted.has(group)) && portion.host.stands(host) && portion.base === baseOf(portion.host, changes, this.#git));
    for (const { groups } of kept) for (const group of groups) wanted.delete(group);
    this.#files += targets.length;
    for (const portion of portionsOf(host, wanted)) {
      // A signal is heard between two portions.
      await new Promise((go) => setImmediate(go));
      const paths = portion.flatMap(([, group]) => group);
      const recorder = new RecordingHost(host);
      const result = await judge({ ...judged, host: recorder }, paths, parsers, new Project(recorder, parsers.nix));
      kept.push({ groups: portion.map(([group]) => group), host: recorder, base: baseOf(recorder, changes, this.#git), result });
      this.#checked += paths.length;
    }
    this.#kept.set(disk.root, kept);
    return merged(kept.map(({ result }) => result), [], rules);
  }

  isDone(): void {
    if (this.#isScreen) print(STDOUT, "\x1b[2J\x1b[H");
  }

  /** Looks at what there is on the disk; afterwards answers are as they are now. */
  refresh(): readonly Change[] {
    this.#began = performance.now();
    this.#checked = 0;
    this.#files = 0;
    const changes: Change[] = [];
    for (const [path, before] of this.#beside) {
      const after = stampOf(path);
      if (after === before) continue;
      this.#beside.set(path, after);
      if (isGit(path)) this.#git++;
      changes.push({ path, what: whatOf(before, after) });
    }
    for (const disk of this.#disks.values()) {
      const { changed, isSettings } = disk.refresh((path) => (this.#kept.get(disk.root) ?? []).some(({ host }) => host.knows(path)));
      if (isSettings) this.#kept.delete(disk.root);
      changes.push(...changed);
    }
    // One named on the command line is read by no tree.
    if (changes.some(({ path }) => this.#beside.has(path) && !path.endsWith(`/${BASELINE_NAME}`) && !isGit(path))) this.#kept.clear();
    return [...new Map(changes.map((change) => [change.path, change])).values()];
  }

  /** Keeps an eye on the folders that there are now. */
  follow(): void {
    const folders = new Set([...this.#disks.values()].flatMap((disk) => disk.folders()));
    for (const path of this.#beside.keys()) if (existsSync(dirname(path))) folders.add(dirname(path));
    this.folders.follow(folders);
  }

  /** Says what was done, and that it goes on. */
  say(changes: readonly Change[]): void {
    const time = performance.now() - this.#began;
    const shown = time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;
    const files = (count: number): string => `${count.toLocaleString("en")} ${count === 1 ? "file" : "files"}`;
    const named = changes.slice(0, MOST_NAMED).map(({ path, what }) => `${isGit(path) ? "git" : visible(relative(this.#cwd, path))} ${what === "changed" ? "changed" : `is ${what}`}`);
    const more = changes.length > MOST_NAMED ? [`${changes.length - MOST_NAMED} more`] : [];
    const what = changes.length === 0 ? `Checked ${files(this.#files)} in ${shown}` : `${[...new Set([...named, ...more])].join(", ")}: ${this.#files === 0 ? "nothing could be checked" : `checked ${this.#checked.toLocaleString("en")} of ${files(this.#files)} again in ${shown}`}`;
    print(STDERR, `\n${new Date().toTimeString().slice(0, 8)}  ${what}; waiting for changes (Ctrl-C ends)\n`);
  }
}

/** Whether an absolute path leads into what git keeps for itself. */
function isGit(path: string): boolean {
  return path.includes("/.git/");
}

/** Portions of a tree that were judged, with all that their judgement read. */
interface Kept {
  /** Each group with all its members and targets. */
  readonly groups: readonly string[];
  readonly host: RecordingHost;
  /** What it was compared with. */
  readonly base: string;
  readonly result: RunResult;
}

/** The targets of each group of files that hang together, by the names of all its files: a file that comes or goes makes another group. */
function groupsIn(host: Host, targets: readonly string[]): Map<string, readonly string[]> {
  const isTarget = new Set(targets);
  const all = [...new Set([...host.nixFiles(), ...targets])];
  return new Map(groupsOf(host, all).flatMap((members) => {
    const own = members.filter((path) => isTarget.has(path));
    return own.length === 0 ? [] : [[`${members.join("\0")}\0\0${own.join("\0")}`, own] as const];
  }));
}

/** Each group by itself, so that little is judged again; where there are flakes, which each judgement reads, several together. */
function portionsOf(host: Host, groups: ReadonlyMap<string, readonly string[]>): (readonly [string, readonly string[]])[][] {
  const portions: (readonly [string, readonly string[]])[][] = [];
  const most = host.nixFiles().some((path) => baseName(path) === "flake.nix") ? PORTION : 0;
  let size = most;
  for (const group of groups) {
    if (size >= most) {
      portions.push([]);
      size = 0;
    }
    portions[portions.length - 1]?.push(group);
    size += group[1].reduce((sum, path) => sum + (host.read(path)?.length ?? 0), 0);
  }
  return portions;
}

/**
 * What of git's changes a judgement hangs on: nothing where none of the files that it asked for has changed or is gone.
 * @param state of git, a number that grows with each change there
 */
function baseOf(host: RecordingHost, changes: Changes | null, state: number): string {
  if (changes === null) return "";
  const changed = [...changes.changed].filter((path) => host.knows(path));
  return changed.length === 0 && !host.missesAny() ? "" : JSON.stringify([state, changed.map((path) => [path, changes.texts.get(path) ?? null, changes.renamed.get(path) ?? null])]);
}
