/** Mends the files of a tree in memory, pass by pass, until nothing is left that can be mended. */
import type { Host, Project } from "../../model/index.ts";
import { type LintRequest, prepare } from "../lint.ts";
import type { RunResult } from "../result.ts";
import { applyEdits } from "./apply.ts";
import type { FixKind } from "./operations.ts";
import { TextOverlay } from "./overlay.ts";
import type { PlannedFix } from "./plan.ts";
import { Batch } from "./render.ts";

/** What is to be mended, and how far. */
export interface FixRequest extends Omit<LintRequest, "project" | "edits"> {
  readonly host: Host;
  /** Makes a project over a host, with the shell grammar in it. */
  readonly open: (host: Host) => Project;
  readonly kinds: ReadonlySet<FixKind>;
  /** Whether a fix of these kinds is meant; left out, each is. */
  readonly takes?: (fix: PlannedFix) => boolean;
}

/** A file that was mended. */
export interface FixedFile {
  /** Root-relative. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The findings that are gone by a fix of their own, in the order in which they were mended. */
  readonly mended: readonly { readonly rule: string; readonly message: string; readonly title: string }[];
}

export interface FixOutcome {
  /** By path; nothing is written yet. */
  readonly files: readonly FixedFile[];
  /** Files that stay as they were, since their fixes would not settle or made no Nix. Root-relative. */
  readonly unsettled: readonly string[];
  /** What is found in the mended tree. */
  readonly result: RunResult;
}

/** A fix makes room for another one now and then; more passes than this mean that two of them fight. */
const MOST_PASSES = 10;

/** Mends in memory. Files with a syntax error are never touched, and no result is kept that has one. */
export function fixFiles(request: FixRequest): FixOutcome {
  const unsettled = new Set<string>();
  for (;;) {
    const attempt = new Attempt(request, unsettled);
    const bad = attempt.run();
    // Without those files the others may come to something else.
    if (bad.length === 0) return { ...attempt.outcome(), unsettled: [...unsettled].sort() };
    for (const path of bad) unsettled.add(path);
  }
}

class Attempt {
  readonly #request: FixRequest;
  readonly #left: ReadonlySet<string>;
  /** Nothing else is written, whatever is found to be mended there. */
  readonly #targets: ReadonlySet<string>;
  readonly #texts = new Map<string, string>();
  readonly #mended = new Map<string, { rule: string; message: string; title: string }[]>();
  #result: RunResult | null = null;

  constructor(request: FixRequest, left: ReadonlySet<string>) {
    this.#request = request;
    this.#left = left;
    this.#targets = new Set(request.targets);
  }

  /** Returns the files that would not settle. */
  run(): string[] {
    for (let pass = 0; ; pass++) {
      const { host, open, kinds, takes } = this.#request;
      const project = open(new TextOverlay(host, this.#texts));
      const { result, fixes } = prepare({ ...this.#request, project, edits: true }).resultWithFixes();
      this.#result = result;
      const wanted = fixes.filter((fix) => kinds.has(fix.kind) && (takes?.(fix) ?? true) && filesOf(fix).every((path) => this.#targets.has(path) && !this.#left.has(path)));
      if (pass === MOST_PASSES) return [...new Set(wanted.flatMap(filesOf))];
      const batch = new Batch();
      const first = wanted.filter(({ goesFirst }) => goesFirst);
      const taken = (first.length > 0 ? first : wanted).filter((fix) => batch.add(fix.operations));
      let isChanged = false;
      const broken: string[] = [];
      for (const { file, edits } of batch.edits()) {
        const before = file.syntax.source.text;
        const after = applyEdits(before, edits);
        if (after === before) continue;
        isChanged = true;
        this.#texts.set(file.path, after);
        const read = open(new TextOverlay(host, this.#texts)).file(file.path);
        if (read === null || read.syntax.errors.length > 0) broken.push(file.path);
      }
      if (broken.length > 0) return broken;
      if (!isChanged) return [];
      for (const { path, finding, title } of taken) {
        const list = this.#mended.get(path) ?? [];
        list.push({ rule: finding.rule, message: finding.message, title });
        this.#mended.set(path, list);
      }
    }
  }

  outcome(): Omit<FixOutcome, "unsettled"> {
    const files = [...this.#texts].map(([path, after]) => ({ path, before: this.#request.host.read(path) ?? "", after, mended: this.#mended.get(path) ?? [] }));
    return { files: files.filter(({ before, after }) => before !== after).sort((a, b) => (a.path < b.path ? -1 : 1)), result: this.#result as RunResult };
  }
}

function filesOf({ operations }: PlannedFix): string[] {
  return [...new Set(operations.map((operation) => (operation.do === "replace" ? operation.at.file.path : operation.file.path)))];
}
