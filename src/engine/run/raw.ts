/** What is known of a finding on its way to a result: still in terms of the tree, and no longer holding what its rule looked at. */
import type { At } from "../model/index.ts";
import type { Withheld } from "./fixes/operations.ts";
import type { PlannedFix } from "./fixes/plan.ts";
import { type AnyProblem, type RelatedPlace, type Rule, fillIn } from "./rule.ts";

/** A finding on its way: still in terms of the tree. */
export interface Raw {
  readonly rule: Rule;
  readonly problem: AnyProblem;
  readonly at: At;
  /** Its fix as it was planned at once, so that nobody needs to hold what that is made of; undefined where it is still to be planned. */
  readonly planned: Planned | undefined;
}

/** The fix of a finding, or why there is none that can be trusted; null where the rule has none. */
export type Planned = Omit<PlannedFix, "path" | "finding"> | Withheld | null;

/** A problem of a configuration that has no place yet. */
export interface Placeless {
  readonly rule: Rule;
  readonly problem: AnyProblem;
  /** Its fix at each place that it may be given. */
  readonly planned: ReadonlyMap<At, Planned | undefined>;
}

/** What is kept of a finding until its file is done. */
export function settled(rule: Rule, problem: AnyProblem, at: At, planned: Planned | undefined): Raw {
  return { rule, problem: planned === undefined ? problem : withoutFix(problem), at, planned };
}

/** A fix holds on to all that it was made of. */
export function withoutFix({ fix: _, ...problem }: AnyProblem): AnyProblem {
  return problem as AnyProblem;
}

/** Where to mend by hand, unless the finding shows that place already. */
export function placeToLook({ at, problem }: Raw, withheld: Withheld | null): RelatedPlace[] {
  const look = withheld?.look;
  if (withheld === null || look === undefined) return [];
  const isShown = [at, ...(problem.related ?? []).map((related) => related.at)].some((place) => place.file === look.file && place.start === look.start);
  return isShown ? [] : [{ at: look, message: `no fix, since ${withheld.since}: look here` }];
}

/** The message of a finding, without line breaks. */
export function messageOf(rule: Rule, problem: AnyProblem): string {
  return fillIn(rule.messages[problem.message] ?? problem.message, problem.data).replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? " " : blanks));
}
