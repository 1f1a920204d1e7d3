/** Decides whether a finding's fix can be trusted here, and turns it into text edits where somebody asks for them. */
import type { At } from "../../model/index.ts";
import { type FixKind, type MakeFix, type Operation } from "./operations.ts";
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
}

/**
 * The fix of a problem at its place, or null where it is withheld: what it would touch is not linted, has a syntax error,
 * or is written in a way that it has no place in.
 * @param isTarget whether a file (root-relative) is among those that the run is about
 */
export function plan(fix: MakeFix, at: At, kind: FixKind, isTarget: (path: string) => boolean): Omit<PlannedFix, "path" | "finding"> | null {
  const made = fix(at);
  if (made === null || made.operations.length === 0) return null;
  for (const operation of made.operations) {
    const file = operation.do === "replace" ? operation.at.file : operation.file;
    if (!isTarget(file.path) || file.syntax.errors.length > 0 || file.syntax.tooDeep) return null;
  }
  if (!isFeasible(made.operations)) return null;
  return { kind: made.kind ?? kind, title: made.title, operations: made.operations };
}

/** The edits of one fix by itself. */
export function mendOf({ title, operations }: Pick<PlannedFix, "title" | "operations">, displayPath: (path: string) => string): Mend {
  return { title, edits: editsOf(operations).flatMap(({ file, edits }) => edits.map((edit) => ({ path: displayPath(file.path), ...edit }))) };
}
