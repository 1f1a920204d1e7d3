/** Decides whether a finding's fix can be trusted here, and turns it into text edits where somebody asks for them. */
import type { At } from "../../model/index.js";
import type { FixKind, MakeFix, Operation, Withheld } from "./operations.js";
import type { Finding, Mend } from "../result.js";
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
 * The fix of a problem at its place, or why it is withheld: what it would touch is ignored, has a syntax error, or is
 * written in a way that it has no place in.
 * @param isJudged whether a file (root-relative) is not ignored; whether it is among those that a run is about makes no difference to what its findings say
 */
export declare function plan(fix: MakeFix, at: At, kind: FixKind, isJudged: (path: string) => boolean): Omit<PlannedFix, "path" | "finding"> | Withheld;
/** Whether there is a reason instead of a fix. */
export declare function isWithheld(made: object): made is Withheld;
/** The edits of one fix by itself. */
export declare function mendOf({ title, operations }: Pick<PlannedFix, "title" | "operations">, displayPath: (path: string) => string): Mend;
