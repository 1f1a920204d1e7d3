/** Mends the files of a tree in memory, pass by pass, until nothing is left that can be mended. */
import type { Host, Project } from "../../model/index.js";
import { type LintRequest } from "../lint.js";
import type { RunResult } from "../result.js";
import type { FixKind } from "./operations.js";
import type { PlannedFix } from "./plan.js";
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
    readonly mended: readonly {
        readonly rule: string;
        readonly message: string;
        readonly title: string;
    }[];
}
export interface FixOutcome {
    /** By path; nothing is written yet. */
    readonly files: readonly FixedFile[];
    /** Files that stay as they were, since their fixes would not settle or made no Nix. Root-relative. */
    readonly unsettled: readonly string[];
    /** What is found in the mended tree. */
    readonly result: RunResult;
}
/** Mends in memory. Files with a syntax error are never touched, and no result is kept that has one. */
export declare function fixFiles(request: FixRequest): FixOutcome;
