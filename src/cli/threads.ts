/** Judges a large tree in several threads: the groups of its files lie on one pile, from which each thread takes the next. */
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { observed } from "../engine/model/index.ts";
import { type FileResult, type RunResult, groupsOf } from "../engine/run/index.ts";
import type { Changes } from "./base.ts";
import type { Answers } from "./cache/questions.ts";
import type { Seen } from "./disk-host.ts";
import { type Judged, type Parsers, type Part, READER, displayPathOf, judgePart } from "./judging.ts";
import type { ThreadWatch, Times } from "./statistics.ts";
import { THREAD } from "./thread-start.ts";

/** As much text as a thread judges at a time, at least: what is next to each other shares what it is read with. */
export const PORTION = 100_000;

/**
 * How much more than what is in use a thread may have before V8 collects, in per cent (`node --v8-options`): left to itself, V8 lets the
 * memory of each grow to the fourfold.
 */
const GROWTH = 25;

/** What another thread is sent. */
export interface Job {
  readonly tree: Seen;
  readonly cwd: string;
  /** The configuration named on the command line. */
  readonly config: string | null;
  readonly rules: readonly string[];
  readonly changes: Changes | null;
  readonly portions: readonly (readonly string[])[];
  /** Whether the thread is to say how long it did what. */
  readonly isMeasured: boolean;
  /** Holds the index of the next portion. */
  readonly next: Int32Array;
  /** Somebody wants to know what each result hangs on. */
  readonly records: boolean;
}

/** What another thread sends back. */
export interface Answer {
  readonly parts: readonly Part[];
  readonly times: Times | null;
}

/** Threads that are starting while the main one still asks what is to be done. */
export interface Threads {
  /** Judges the targets together with the main thread. `recorded` as the `answers` of `judgePart`. */
  judge(judged: Judged, config: string | null, targets: readonly string[], parsers: Parsers, recorded: Answers | null, measure: ThreadWatch | null): Promise<readonly Part[]>;
}

/** Starts threads beside the main one. */
export function startThreads(count: number): Threads {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  const workers = Array.from({ length: count }, () => new Worker(new URL("tappaas-lint.js", import.meta.url), { argv: [THREAD] }));
  return { judge: (...job) => together(workers, ...job) };
}

async function together(workers: readonly Worker[], judged: Judged, config: string | null, targets: readonly string[], parsers: Parsers, recorded: Answers | null, measure: ThreadWatch | null): Promise<readonly Part[]> {
  const { disk, cwd, changes, rules } = judged;
  const portions = portionsOf(judged, targets);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const job: Job = { tree: disk.seen(), cwd, config, rules: rules.map(({ id }) => id), changes: await changes, portions, isMeasured: measure !== null, next, records: recorded !== null };
  // What was read to find the groups is read again, group by group. What is recorded must stay the text that was judged.
  const letGo = (): void => {
    if (recorded === null) disk.letGo();
  };
  letGo();
  const answers = workers.map((worker) => answerOf(worker, job, measure));
  // A thread that fails is told of when all are waited for.
  for (const answer of answers) answer.catch(() => undefined);
  const displayPath = displayPathOf(disk, cwd);
  const paths = new Map(targets.map((path) => [displayPath(path), path]));
  const read = ({ path }: FileResult): string | null => disk.read(paths.get(path) ?? path);
  const lean = (result: RunResult): RunResult => {
    letGo();
    return { ...result, files: result.files.map((file) => (file.findings.length === 0 ? withLazyText(file, read) : file)) };
  };
  const own = await judgePortions(judged, portions, next, { ...parsers, nix: READER }, recorded, lean);
  measure?.wait();
  const others = await Promise.all(answers);
  // Texts are read here as well as there, and are not sent.
  const withTexts = (part: Part): Part => ({ ...part, result: { ...part.result, files: part.result.files.map((file) => (file.findings.length === 0 ? withLazyText(file, read) : { ...file, text: read(file) })) } });
  return [...own, ...others.flat().map(withTexts)];
}

/** The same with a text that is read when somebody asks for it: nobody does where nothing was found, and thousands of texts fill the memory. */
function withLazyText({ text: _, ...file }: FileResult, read: (file: FileResult) => string | null): FileResult {
  return {
    ...file,
    get text() {
      return read(this);
    },
  };
}

/** Takes portions from the pile until none is left. Of each portion, `keep` says what is kept of its result. */
export async function judgePortions(judged: Judged, portions: readonly (readonly string[])[], next: Int32Array, parsers: Parsers, recorded: Answers | null, keep: (result: RunResult) => RunResult): Promise<Part[]> {
  const parts: Part[] = [];
  for (let index = Atomics.add(next, 0, 1); index < portions.length; index = Atomics.add(next, 0, 1)) {
    observed.by?.reached("portions", index, portions.length);
    const part = await judgePart(judged, portions[index] as readonly string[], parsers, recorded);
    parts.push({ ...part, result: keep(part.result) });
  }
  return parts;
}

function answerOf(worker: Worker, job: Job, measure: ThreadWatch | null): Promise<readonly Part[]> {
  return new Promise((resolve, reject) => {
    worker.on("message", ({ parts, times }: Answer) => {
      if (times !== null) measure?.add(times);
      resolve(parts);
    });
    worker.on("error", reject);
    worker.on("exit", (status) => reject(new Error(`a thread ended with ${status}`)));
    worker.postMessage(job);
  });
}

/** Groups of files that are worth being judged at once, the largest first, so that no thread has the last one for itself. */
function portionsOf({ host }: Judged, targets: readonly string[]): string[][] {
  const sizeOf = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + (host.read(path)?.length ?? 0), 0);
  const portions: { paths: string[]; size: number }[] = [];
  let open: { paths: string[]; size: number } | null = null;
  for (const group of groupsOf(host, targets)) {
    const size = sizeOf(group);
    if (open === null) portions.push((open = { paths: group, size }));
    else {
      open.paths.push(...group);
      open.size += size;
    }
    if (open.size >= PORTION) open = null;
  }
  return portions.sort((a, b) => b.size - a.size).map(({ paths }) => paths);
}
