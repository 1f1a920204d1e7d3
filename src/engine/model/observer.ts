/** Tells whoever measures a run, or shows how far it is, what it is at: nobody, in a plain run. */

/** What judging spends its time on. */
export type Work = "parsing" | "evaluation" | "scripts" | "rules";

/** What work is about; what is left out is what the work around it is about. */
export interface Subject {
  readonly rule?: string;
  /** Relative to the root. */
  readonly file?: string;
}

/** Is told when work begins and ends; what happens inside other work is the inner one's. */
export interface Observer {
  /** @returns what `end` is given */
  begin(work: Work, about?: Subject): number;
  /** Work ends, with all that has begun inside it. */
  end(mark: number): void;
  /** So many of the configurations, or of the portions that threads share, have been judged. */
  reached(what: "configurations" | "portions", done: number, of: number): void;
}

/** There is one for the process: all work is synchronous, and none is done for two runs at a time. */
export const observed: { by: Observer | null } = { by: null };

/** Does some work, and tells of it where somebody is to be told. */
export function during<T>(work: Work, about: Subject | undefined, compute: () => T): T {
  const { by } = observed;
  if (by === null) return compute();
  const mark = by.begin(work, about);
  try {
    return compute();
  } finally {
    by.end(mark);
  }
}
