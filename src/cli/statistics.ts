/** Says what a run spent its time on: by phase, by rule, by file and by thread. A file of its own that only `--statistics` loads. */
import type { Observer, Subject, Work } from "../engine/model/index.ts";
import { visible } from "../report/text.ts";

/** What the command line is at while the engine does nothing. */
export type Phase = "start" | "finding files" | "settings and git" | "grammars" | "judging" | "threads" | "reports";

/** How long a thread did what, in milliseconds: plain data. */
export interface Times {
  readonly work: ReadonlyMap<Work | Phase, number>;
  /** By id: the rule's own time, without what it had the model compute. */
  readonly rules: ReadonlyMap<string, number>;
  /** By root-relative path: all that was done for a file that was not done before. */
  readonly files: ReadonlyMap<string, number>;
}

/** Is told of other threads. */
export interface ThreadWatch {
  /** This thread has nothing more to do but to wait for them. */
  wait(): void;
  /** What one of them did. */
  add(times: Times): void;
}

interface Frame extends Subject {
  readonly work: Work | Phase;
}

/** As many rules and files are listed. */
const MOST_RULES = 15;
const MOST_FILES = 10;

const NAMES: Readonly<Record<Work | Phase, string>> = {
  start: "start of the program",
  "finding files": "finding and opening files",
  "settings and git": "configuration, rules and git",
  grammars: "waiting for the grammars",
  parsing: "parsing",
  evaluation: "evaluation (the model)",
  scripts: "scripts",
  rules: "rules",
  judging: "roles, order and the rest of judging",
  threads: "waiting for other threads",
  reports: "reports",
};

/** What a thread does before and after its work. */
const IDLE = ["start", "grammars", "threads"] as const;

/** A watch that is told what happens; whatever happens inside something else counts for the inner one alone. */
export class Statistics implements Observer {
  readonly #now: () => number;
  readonly #work = new Map<Work | Phase, number>();
  readonly #rules = new Map<string, number>();
  /** By root-relative path, of the tree that is judged now. */
  readonly #files = new Map<string, number>();
  /** By the path that reports show, of the trees before it. */
  readonly #shown = new Map<string, number>();
  #displayPath: (path: string) => string = (path) => path;
  readonly #stack: Frame[] = [];
  readonly #others: Times[] = [];
  readonly #counts: string[] = [];
  #last: number;

  /** @param now milliseconds since the program was started */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#last = 0;
    this.#stack.push({ work: "start" });
  }

  begin(work: Work, about: Subject = {}): number {
    const depth = this.#stack.length;
    const top = this.#stack[depth - 1] as Frame;
    // Evaluation inside evaluation, by far the most frequent, is told apart by nobody.
    if (work === "evaluation" && top.work === "evaluation") return depth;
    this.#account();
    this.#stack.push({ ...top, ...about, work });
    return depth;
  }

  end(mark: number): void {
    if (this.#stack.length === mark) return;
    this.#account();
    this.#stack.length = mark;
  }

  reached(): void {}

  /** The command line goes over to something else. */
  phase(phase: Phase): void {
    this.#account();
    this.#stack.length = 1;
    this.#stack[0] = { work: phase };
  }

  /**
   * A tree is judged from now on.
   * @param displayPath turns a root-relative path into the one that reports show
   */
  tree(displayPath: (path: string) => string): void {
    this.#account();
    this.#show(this.#files);
    this.#files.clear();
    this.#displayPath = displayPath;
  }

  #show(files: Times["files"]): void {
    for (const [path, time] of files) grow(this.#shown, this.#displayPath(path), time);
  }

  /** A line on how much there was of something: of files, of hits. */
  count(line: string): void {
    this.#counts.push(line);
  }

  /** What another thread did for the tree that is judged now. */
  add(times: Times): void {
    this.#show(times.files);
    this.#others.push(times);
  }

  #account(): void {
    const now = this.#now();
    const { work, rule, file } = this.#stack[this.#stack.length - 1] as Frame;
    const time = now - this.#last;
    this.#last = now;
    grow(this.#work, work, time);
    if (rule !== undefined && work === "rules") grow(this.#rules, rule, time);
    if (file !== undefined) grow(this.#files, file, time);
  }

  /** What this thread did so far. */
  times(): Times {
    this.#account();
    return { work: this.#work, rules: this.#rules, files: this.#files };
  }

  /** A table for people. */
  table(): string {
    this.tree(this.#displayPath);
    const own = this.times();
    const threads = [own, ...this.#others];
    const [work, rules] = [sumOf(threads.map((times) => times.work)), sumOf(threads.map((times) => times.rules))];
    const whole = total(work);
    const lines = [`Time${threads.length > 1 ? ` of all ${threads.length} threads together` : ""}`, ...Object.entries(NAMES).filter(([name]) => name !== "threads" || threads.length > 1).map(([name, shown]) => row(work.get(name as Work) ?? 0, whole, shown)), row(whole, whole, "in all")];
    if (threads.length > 1) {
      lines.push("", "Threads", ...threads.map((times, index) => `${ms(total(times.work))}        ${index === 0 ? "the main one" : `thread ${index + 1}`}, ${ms(total(times.work) - IDLE.reduce((sum, name) => sum + (times.work.get(name) ?? 0), 0)).trim()} of it at work`));
    }
    if (rules.size > 0) lines.push("", "Rules, each without what it had the model compute", ...most(rules, MOST_RULES, whole, "rules", (id) => id));
    if (this.#shown.size > 0) lines.push("", "Slowest files, each with what was first computed for it", ...most(this.#shown, MOST_FILES, whole, "files", visible));
    if (this.#counts.length > 0) lines.push("", "Counts", ...this.#counts.map((line) => `  ${line}`));
    return `${lines.join("\n")}\n`;
  }
}

function grow<K>(times: Map<K, number>, key: K, time: number): void {
  times.set(key, (times.get(key) ?? 0) + time);
}

function sumOf<K>(all: readonly ReadonlyMap<K, number>[]): Map<K, number> {
  const sum = new Map<K, number>();
  for (const times of all) for (const [key, time] of times) grow(sum, key, time);
  return sum;
}

function total(times: ReadonlyMap<unknown, number>): number {
  return [...times.values()].reduce((sum, time) => sum + time, 0);
}

function ms(time: number): string {
  return `${time.toFixed(1).padStart(10)} ms`;
}

function row(time: number, whole: number, name: string): string {
  return `${ms(time)} ${(whole === 0 ? 0 : (100 * time) / whole).toFixed(1).padStart(5)} %  ${name}`;
}

/** The largest times, and what the others come to. */
function most(times: ReadonlyMap<string, number>, count: number, whole: number, noun: string, shown: (key: string) => string): string[] {
  const sorted = [...times].sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
  const rest = sorted.slice(count);
  const others = rest.length === 0 ? [] : [row(rest.reduce((sum, [, time]) => sum + time, 0), whole, `${rest.length} other ${noun}`)];
  return [...sorted.slice(0, count).map(([key, time]) => row(time, whole, shown(key))), ...others];
}
