/** Judges a tree with what an earlier run has found of it: only what hangs on something that is not as it was is judged again. */
import { createHash } from "node:crypto";
import type { RunResult } from "../../engine/run/index.ts";
import type { LintOptions } from "../arguments.ts";
import type { Changes } from "../base.ts";
import { type Judged, type Part, displayPathOf } from "../judging.ts";
import { isInside } from "../roots.ts";
import { UNCONFIGURED } from "../settings.ts";
import { realPlace } from "../trees.ts";
import { UsageError } from "../usage-error.ts";
import { BUILD, TOOL } from "../version.ts";
import { commitState } from "./commit.ts";
import { type Entry, EntryMaker, type KeptPart, newlyAnswered, newlyCompared } from "./entry.ts";
import { type Answers, answersFor, digestOf, isAboutBase } from "./questions.ts";
import { cacheFolder, entryFile, readEntry, writeEntry } from "./store.ts";

/** What the run does where the cache does not know. */
export interface Work {
  /** Whether rules compare with a base in git. */
  readonly compares: boolean;
  /** What has changed since the base. */
  changes(): Promise<Changes | null>;
  judge(judged: Judged, targets: readonly string[], answers: Answers): Promise<readonly Part[]>;
}

type Named = Pick<LintOptions, "paths" | "config" | "rules" | "ignoredRules" | "base" | "cacheLocation">;

/** Opens the cache for a command line; null where there is no place for one, or nobody knows which program this is. */
export function openCache(options: Named, cwd: string): Cache | null {
  const folder = BUILD === null ? null : cacheFolder(options.cacheLocation, cwd);
  return folder === null ? null : new Cache(folder, options, cwd);
}

/** What is kept of runs of one command line in one folder. */
export class Cache {
  readonly #folder: string;
  readonly #file: string;
  readonly #isNamed: boolean;
  readonly #entry: Entry | null;
  #next: Entry | null = null;

  constructor(folder: string, { paths, config, rules, ignoredRules, base, cacheLocation }: Named, cwd: string) {
    const name = createHash("sha256").update(JSON.stringify([TOOL.version, BUILD, cwd, paths, config, rules, ignoredRules, base])).digest("hex");
    this.#folder = folder;
    this.#file = entryFile(folder, name);
    this.#isNamed = cacheLocation !== null;
    this.#entry = readEntry(this.#file) as Entry | null;
  }

  /** There is something that may spare the run its work. */
  get hasEntry(): boolean {
    return this.#entry !== null;
  }

  /**
   * Whether a tree may be judged with this cache: what stands in the tree that is linted could be of whoever wrote that.
   * @throws UsageError where the command line asks for that
   */
  isOutside(root: string): boolean {
    const place = realPlace(this.#file);
    if (!isInside(place, root)) return true;
    if (!this.#isNamed) return false;
    throw new UsageError(`\`--cache-location\` leads into the tree that is linted (${root}), which could bring a cache of its own; name a folder outside of it, or use \`--no-cache\`.`);
  }

  /** The results of some files that can be read, of which together they are what judging all of them comes to. */
  async judge(asked: Omit<Judged, "changes">, targets: readonly string[], work: Work): Promise<readonly RunResult[]> {
    const { disk, cwd } = asked;
    const context = contextOf(asked, targets);
    const entry = this.#entry?.context === context ? this.#entry : null;
    const commit = work.compares ? commitState(disk) : "";
    let changes: Changes | null = null;
    const answers = answersFor(asked);
    const changed = entry === null ? new Set<number>() : newlyAnswered(entry, answers);
    const isSettled = entry !== null && changed.size === 0 && commit !== null && entry.commit === commit && !entry.questions.some(isAboutBase);
    if (!isSettled) {
      changes = await work.changes();
      await answers.compare(disk, changes);
      if (entry !== null) for (const index of newlyCompared(entry, answers, changes)) changed.add(index);
    }
    const wanted = new Set(targets);
    const stands = (part: KeptPart): boolean => part.asked.every((index) => !changed.has(index)) && part.targets.every((path) => wanted.has(path));
    const standing = entry?.parts.filter(stands) ?? [];
    for (const part of standing) for (const path of part.targets) wanted.delete(path);
    const parts = wanted.size === 0 ? [] : await work.judge({ ...asked, changes: Promise.resolve(changes) }, [...wanted], answers);
    if (!isSettled) this.#next = this.#made(entry, standing, parts, answers, context, changes, commit === null || commit !== (work.compares ? commitState(disk) : "") || changes?.isOfCommit === false || (work.compares && changes === null) ? null : commit);
    const texts = new Map(targets.map((path) => [displayPathOf(disk, cwd)(path), asked.host.read(path)]));
    const results = standing.map(({ files, summary }): RunResult => ({ files: files.map((file) => ({ ...file, text: texts.get(file.path) ?? null })), summary, failures: [], rules: [], tool: TOOL }));
    return [...results, ...parts.map(({ result }) => result)];
  }

  #made(entry: Entry | null, standing: readonly KeptPart[], parts: readonly Part[], answers: Answers, context: string, changes: Changes | null, commit: string | null): Entry | null {
    const maker = new EntryMaker();
    if (entry !== null) for (const part of standing) maker.keep(entry, part);
    for (const part of parts) maker.add(part);
    maker.addTexts(answers);
    return maker.entry(context, commit, changes);
  }

  /** Keeps what was found for the next run; to be called when all else is done. */
  write(): void {
    if (this.#next !== null) writeEntry(this.#folder, this.#file, this.#next);
  }
}

/** What all judgements of a tree hang on. */
function contextOf({ disk, rules, knownRules, settings }: Omit<Judged, "changes">, targets: readonly string[]): string {
  const own = settings === UNCONFIGURED ? null : [...new Set(targets.flatMap((path) => settings(path).requirements))];
  return digestOf(JSON.stringify([TOOL.version, BUILD, disk.root, rules.map(({ id }) => id), [...knownRules], own]));
}
