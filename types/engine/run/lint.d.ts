/** Runs the rules over the targets of a tree and puts the findings where they belong. */
import { type Project } from "../model/index.js";
import { type BaseTree } from "./base.js";
import { type PlannedFix } from "./fixes/plan.js";
import type { Role, RunResult } from "./result.js";
import { type Rule } from "./rule.js";
import type { SettingsOf } from "./settings.js";
/** What is to be linted, and with what. */
export interface LintRequest {
    readonly project: Project;
    /** Root-relative paths of the files to report on. */
    readonly targets: readonly string[];
    readonly rules: readonly Rule[];
    /** Ids of all rules there are, where `rules` is a choice of them. */
    readonly knownRules?: ReadonlySet<string>;
    readonly settingsOf: SettingsOf;
    /** The base revision of git, for rules about changes; null or left out without one. */
    readonly base?: BaseTree | null;
    /** Turns a root-relative path into the one that reports show. */
    readonly displayPath: (path: string) => string;
    readonly tool: RunResult["tool"];
    /** Findings carry the text edits of their fixes. */
    readonly edits?: boolean;
}
/** A run that is about to be made. */
export interface PreparedRun {
    /** There are scripts to read: `project.shell` must be set before the result is asked for. */
    readonly needsShell: boolean;
    /** Runs the rules. Never throws for anything in the tree: a rule that crashes becomes a failure of the run. */
    result(): RunResult;
    /** The same with the fixes of the findings, in terms of the tree. */
    resultWithFixes(): {
        readonly result: RunResult;
        readonly fixes: readonly PlannedFix[];
    };
}
/** Works out what is to be judged, so that the caller can load what that needs. */
export declare function prepare(request: LintRequest): PreparedRun;
/** Lints where `project.shell` is set, or no rule that reads scripts takes part. */
export declare function lint(request: LintRequest): RunResult;
/** The role of a file, as a run would recognise it. */
export declare function roleOf(project: Project, path: string, settingsOf: SettingsOf): Role;
