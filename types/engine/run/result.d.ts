/** The plain data that a run hands to every report, the cache and the editor: no classes, no trees, no protocol. */
/** How much a finding weighs; `off` never reaches a result. */
export type Severity = "error" | "warning" | "info";
/** The role a file plays (see `roles.ts`); it decides which rules apply. */
export type Role = "system" | "baseline" | "fragment" | "flake" | "package";
/** A position in a file: line from 1, column in UTF-16 units from 1. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/** A second place that helps to understand a finding. */
export interface Related {
    /** Path relative to the working directory, with `/`. */
    readonly path: string;
    readonly start: Position;
    readonly end: Position;
    readonly message: string;
}
/** One change of a file's text (without byte order mark): offsets are UTF-16 units from 0, `end` exclusive. */
export interface TextEdit {
    /** Path relative to the working directory, with `/`. */
    readonly path: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
}
/** What mends a finding, as text. */
export interface Mend {
    /** What it does, as an instruction without a full stop. */
    readonly title: string;
    /** In any order, none overlapping another; all or none are to be made. */
    readonly edits: readonly TextEdit[];
}
/** One violation of one rule at one place. */
export interface Finding {
    /** The rule's fixed id. */
    readonly rule: string;
    readonly severity: Severity;
    /** What is wrong and what to write, as one plain-text sentence or two; never empty, no line breaks. */
    readonly message: string;
    readonly start: Position;
    /** Exclusive end; equal to `start` for a point. */
    readonly end: Position;
    /** Tell it from all others of its file, also when the file has changed around it: one for each of its parts, at least one (see `baseline/fingerprint.ts`). */
    readonly fingerprints: readonly string[];
    readonly suppressed: boolean;
    /** The reason given in the suppression, where there is one. */
    readonly reason?: string;
    /** How it can be mended by machine; null also where the fix is withheld here. */
    readonly fix: "safe" | "proposed" | null;
    /** Why there is no fix here though the rule has one: a clause that ends "No fix, since …". */
    readonly withheld?: string;
    /** The text edits of the fix, where the request asked for them and there is one. */
    readonly mend?: Mend;
    readonly related: readonly Related[];
}
/** What was found in one file; every linted file has one, also a clean one. */
export interface FileResult {
    /** Path relative to the working directory, with `/`. */
    readonly path: string;
    readonly role: Role;
    /** By position, then rule, then message. */
    readonly findings: readonly Finding[];
    /** Findings that the baseline knows; they are not among `findings`, and nothing fails by them. */
    readonly known?: readonly Finding[];
    /** The file's text without byte order mark, for code frames and hashes; null where it could not be read. */
    readonly text: string | null;
}
/** Something that kept the run from doing its work: it ends with status 2. */
export interface Failure {
    /** The file concerned, relative to the working directory; null where no single file is. */
    readonly path: string | null;
    /** The rule that crashed; null otherwise. */
    readonly rule: string | null;
    /** Names the thing and the next step, no line breaks. */
    readonly message: string;
}
/** Counts over all files; suppressed findings are only in `suppressed`. */
export interface Summary {
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly suppressed: number;
    readonly fixable: number;
}
/** What a baseline knows though it is no longer found. */
export interface StaleEntry {
    /** Relative to where the paths of a baseline count from, with `/`. */
    readonly path: string;
    readonly rule: string;
    readonly message: string;
}
/** A baseline that findings were compared with. */
export interface BaselineUse {
    /** Path relative to the working directory, with `/`. */
    readonly path: string;
    /** Findings that it knows. */
    readonly known: number;
    readonly stale: readonly StaleEntry[];
}
/** What reports need to know of a rule, without its code. */
export interface RuleInfo {
    readonly id: string;
    /** The convention in one line, as an instruction ("Harden SSH"). */
    readonly title: string;
    /** The default severity. */
    readonly severity: Severity;
    readonly theme: string;
    /** The convention in full, Markdown. */
    readonly convention: string;
    /** Where the handbook states it, Markdown. */
    readonly handbook: string;
    /** Why it matters, Markdown. */
    readonly why: string;
    /** The roles of the files that it judges. */
    readonly roles: readonly Role[];
    /** Its options, with their defaults as JSON. */
    readonly options: readonly {
        readonly name: string;
        readonly description: string;
        readonly default: string;
    }[];
    /** A CVSS-like score above 0 for rules about security; null for others. */
    readonly security: number | null;
    /** What it marks are secrets, which no report repeats. */
    readonly marksSecrets: boolean;
    readonly fix: "safe" | "proposed" | null;
    /** Where its documentation stands on the web. */
    readonly url: string;
    /** Shown examples; `code` is whole-file Nix. */
    readonly examples: {
        readonly bad: readonly {
            code: string;
            says: string;
        }[];
        readonly good: readonly {
            code: string;
        }[];
    };
}
/** Everything that a run found. */
export interface RunResult {
    /** By path. */
    readonly files: readonly FileResult[];
    readonly summary: Summary;
    readonly failures: readonly Failure[];
    /** One for each tree that has a baseline; left out where none has. */
    readonly baselines?: readonly BaselineUse[];
    /** The rules that took part, by id. */
    readonly rules: readonly RuleInfo[];
    readonly tool: {
        readonly name: string;
        readonly version: string;
        readonly url: string;
    };
}
