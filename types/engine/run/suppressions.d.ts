import type { SourceFile } from "../model/index.js";
import type { Span } from "../syntax/index.js";
/** A comment that keeps findings back. */
export interface Suppression extends Span {
    readonly kind: "line" | "next-line" | "file" | "region";
    /** The rule names as written with their places; empty where it stands for all rules. */
    readonly rules: readonly ({
        readonly name: string;
    } & Span)[];
    readonly reason: string | null;
    /** First and last line (from 1) that it covers. */
    readonly firstLine: number;
    readonly lastLine: number;
    /** The last lines for rules that an `enable` took out of a region before its end. */
    readonly ends: ReadonlyMap<string, number>;
}
/** A suppression comment that cannot be understood. */
export interface BrokenSuppression extends Span {
    readonly problem: string;
}
/** What the comments of a file say. */
export interface Suppressions {
    readonly all: readonly Suppression[];
    readonly broken: readonly BrokenSuppression[];
}
/** The words that a suppression comment may start with. */
export declare const SUPPRESSION_KEYWORDS: readonly string[];
/**
 * `# tappaas-lint: disable-next-line rule-a, rule-b -- reason`, `disable-line`, `disable-file`, `disable` … `enable`, in
 * Nix comments and in the comments of scripts that stand in strings. What looks like one but does nothing is told, never
 * passed over.
 */
export declare function readSuppressions(file: SourceFile): Suppressions;
/** Whether a suppression covers a finding of a rule that starts on a line (from 1). */
export declare function covers(suppression: Suppression, rule: string, line: number): boolean;
