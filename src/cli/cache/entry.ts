/** What is kept of a run, as JSON: the parts in which it was judged, and the questions that each of them hangs on. */
import type { FileResult, Summary } from "../../engine/run/index.ts";
import type { Changes } from "../base.ts";
import type { Part } from "../judging.ts";
import { type Answers, isAboutBase, isAboutMentions, kindQuestion, LISTING, textPathOf, textQuestion } from "./questions.ts";

/** A file's result without its text, which is read anew. */
export type KeptFile = Omit<FileResult, "text">;

/** Some files that were judged together. */
export interface KeptPart {
  readonly targets: readonly string[];
  /** Indices of questions. */
  readonly asked: readonly number[];
  readonly files: readonly KeptFile[];
  readonly summary: Summary;
}

export interface Entry {
  /** What all parts hang on: program, root, rules. */
  readonly context: string;
  /** What git compares with, where no git need be asked as long as nothing else has changed; null where it must be. */
  readonly commit: string | null;
  /** Old paths by the paths of all that had changed since the base. */
  readonly changed: readonly (readonly [string, string])[];
  readonly questions: readonly string[];
  readonly answers: readonly string[];
  readonly parts: readonly KeptPart[];
}

/** Old paths by the paths of all that has changed. */
export function changedPaths(changes: Changes | null): ReadonlyMap<string, string> {
  return new Map([...(changes?.changed ?? [])].map((path) => [path, changes?.renamed.get(path) ?? path]));
}

/** The indices of the questions that are answered otherwise now, without those about the base. */
export function newlyAnswered({ questions, answers: old }: Entry, answers: Answers): Set<number> {
  const found = new Set<number>();
  const compare = (wanted: (question: string) => boolean): void => questions.forEach((question, index) => void (wanted(question) && answers.of(question) !== old[index] && found.add(index)));
  compare((question) => !isAboutMentions(question) && !isAboutBase(question));
  // Who names whom is written in the texts of the files that are listed, and all of these are among the questions.
  const isOfTexts = (question: string): boolean => question === LISTING || answers.listed.has(textPathOf(question) ?? "");
  if ([...found].some((index) => isOfTexts(questions[index] as string))) compare(isAboutMentions);
  return found;
}

/** The indices of the questions about the base that are answered otherwise now, and of those about files that differ from the base in another way. */
export function newlyCompared({ questions, answers: old, changed }: Entry, answers: Answers, changes: Changes | null): Set<number> {
  const before = new Map(changed);
  const now = changedPaths(changes);
  const moved = new Set([...before.keys(), ...now.keys()].filter((path) => before.get(path) !== now.get(path)));
  // A module has changed where its JSON has.
  const concerned = new Set([...moved].flatMap((path) => [textQuestion(path), kindQuestion(path), ...(path.endsWith(".json") ? [textQuestion(path.replace(/\.json$/, ".nix"))] : [])]));
  return new Set(questions.flatMap((question, index) => (concerned.has(question) || (isAboutBase(question) && answers.of(question) !== old[index]) ? [index] : [])));
}

/** An entry in the making. */
export class EntryMaker {
  readonly #indices = new Map<string, number>();
  readonly #answers: string[] = [];
  readonly #parts: KeptPart[] = [];
  #isSound = true;

  /** A part that still stands. */
  keep(entry: Entry, part: KeptPart): void {
    this.#parts.push({ ...part, asked: part.asked.map((index) => this.#index(entry.questions[index] as string, entry.answers[index] as string)) });
  }

  /** A part that was judged just now. One that failed is judged again. */
  add({ targets, result, asked }: Part): void {
    if (asked === null || result.failures.length > 0) return;
    this.#parts.push({ targets, asked: [...asked].map(([question, answer]) => this.#index(question, answer)), files: result.files.map(({ text: _, ...file }) => file), summary: result.summary });
  }

  /** What mentions hang on besides. */
  addTexts(answers: Answers): void {
    for (const path of answers.listed) this.#index(textQuestion(path), answers.of(textQuestion(path)));
  }

  /** The entry; null where the parts do not fit together, since a file has changed while they were judged. */
  entry(context: string, commit: string | null, changes: Changes | null): Entry | null {
    return this.#isSound ? { context, commit, changed: [...changedPaths(changes)], questions: [...this.#indices.keys()], answers: this.#answers, parts: this.#parts } : null;
  }

  #index(question: string, answer: string): number {
    const known = this.#indices.get(question);
    if (known !== undefined) {
      this.#isSound &&= this.#answers[known] === answer;
      return known;
    }
    this.#answers.push(answer);
    this.#indices.set(question, this.#answers.length - 1);
    return this.#answers.length - 1;
  }
}
