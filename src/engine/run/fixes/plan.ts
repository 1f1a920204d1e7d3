/** Decides whether a finding's fix can be trusted here, and turns it into text edits where somebody asks for them. */
import type { At } from "../../model/index.ts";
import type { FixKind, MakeFix, Operation, Withheld } from "./operations.ts";
import type { Finding, Mend } from "../result.ts";
import { editsOf, isFeasible } from "./render.ts";

/** The fix of one finding. */
export interface PlannedFix {
  /** Root-relative path of the file that the finding is in. */
  readonly path: string;
  readonly finding: Finding;
  readonly kind: FixKind;
  readonly title: string;
  readonly operations: readonly Operation[];
  readonly goesFirst: boolean;
}

const WRITTEN_OTHERWISE: Withheld = { since: "it is written in a way that a machine cannot edit with certainty" };

/**
 * The fix of a problem at its place, or why it is withheld: what it would touch is ignored, has a syntax error, or is
 * written in a way that it has no place in.
 * @param isJudged whether a file (root-relative) is not ignored; whether it is among those that a run is about makes no difference to what its findings say
 */
export function plan(fix: MakeFix, at: At, kind: FixKind, isJudged: (path: string) => boolean): Omit<PlannedFix, "path" | "finding"> | Withheld {
  const made = fix(at);
  if (made === null) return WRITTEN_OTHERWISE;
  if (isWithheld(made)) return made;
  for (const operation of made.operations) {
    const file = operation.do === "replace" ? operation.at.file : operation.file;
    const look = operation.do === "replace" ? operation.at : { file, start: 0, end: 0 };
    if (!isJudged(file.path)) return { since: "what has to be mended is in a file that the configuration ignores", look };
    if (file.syntax.errors.length > 0 || file.syntax.tooDeep) return { since: "what has to be mended is in a file with a syntax error", look };
  }
  if (made.operations.length === 0 || !isFeasible(made.operations)) return WRITTEN_OTHERWISE;
  return { kind: made.kind ?? kind, title: made.title, operations: made.operations, goesFirst: made.goesFirst === true };
}

/** Whether there is a reason instead of a fix. */
export function isWithheld(made: object): made is Withheld {
  return "since" in made;
}

/** The edits of one fix by itself. */
export function mendOf({ title, operations }: Pick<PlannedFix, "title" | "operations">, displayPath: (path: string) => string): Mend {
  return { title, edits: editsOf(operations).flatMap(({ file, edits }) => edits.map((edit) => ({ path: displayPath(file.path), ...edit }))) };
}
