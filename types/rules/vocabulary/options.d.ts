/** The sentence that most conventions are: this option has this value. */
import { type ActiveDefinition, type Answer, type At, type Configuration, type SourceFile, type Value } from "../../engine/model/index.js";
import type { ConfigurationContext, MakeFix, RelatedPlace } from "../../engine/run/index.js";
/** What a value must be: as Nix text to write, and as a test that may not know. */
export interface Want {
    /** The right value as Nix text (`true`, `lib.mkForce false`). */
    readonly write: string;
    /** Whether a value is right; null where that cannot be known. */
    test(value: Value): boolean | null;
    /** For lists: what is to be added to a wrong value, as Nix text. Other modules may add to a list too. */
    lacks?(value: Value): readonly string[];
}
/** Exactly this boolean or string. */
export declare function is(wanted: boolean | string): Want;
/** Any string that is not empty. */
export declare function isText(write: string): Want;
/** A list of strings with at least these elements. */
export declare function hasAll(wanted: readonly string[]): Want;
/** The same for a setting that also takes its elements as the words of one string (`nix.settings`, nix.conf(5)). */
export declare function hasAllWords(wanted: readonly string[]): Want;
/** Whether a value tells nothing about itself. */
export declare function isVague(value: Value): boolean;
/** One option of a thing with what it must be. */
export interface Part {
    readonly path: string;
    readonly want: Want;
}
/** What was found of a part. */
export type Verdict = {
    readonly kind: "right" | "unknown";
} | {
    readonly kind: "missing";
    readonly part: Part;
} | {
    readonly kind: "wrong";
    readonly part: Part;
    readonly answer: Answer;
    readonly value: Value;
    readonly at: At;
};
/** Judges one option that has to be set. A conflict is another rule's finding. */
export declare function judge(config: Configuration, part: Part): Verdict;
/** Where a wrong value stands: the value of the last definition that counts. */
export declare function placeOf(answer: Answer): At | null;
/** The definition to look at first: one that NixOS takes. */
export declare function decisive(answer: Answer): ActiveDefinition | null;
/**
 * Of the definitions that count, the one that a system's author would edit: in the judged file itself, else in a part of
 * it, else in the baseline.
 */
export declare function ownDefinition({ config, entry }: ConfigurationContext<unknown>, answer: Answer): ActiveDefinition | null;
/** Whether a file of the configuration is a baseline rather than a part of the judged one: it sets the state version. */
export declare function isBaselineOf(config: Configuration, entry: SourceFile, file: SourceFile): boolean;
/** Messages for rules made of `requireOptions`; `reason` says what goes wrong otherwise. */
export declare function optionMessages<const Reason extends string>(reason: Reason): {
    readonly missing: `{thing} is not set: write {write} ({reason})`;
    readonly incomplete: `{thing} lacks {what}: write {write} ({reason})`;
    readonly wrong: `{option} is {found}: write {write} ({reason})`;
    readonly lacking: `{option} lacks {what}: add {it} ({reason})`;
    readonly reason: Reason;
};
type OptionMessages = ReturnType<typeof optionMessages>;
/** A problem that `requireOptions` finds. */
export type OptionProblem = {
    readonly fix?: MakeFix;
} & ({
    readonly message: "missing";
    readonly missing: readonly string[];
    readonly data: {
        readonly thing: string;
        readonly write: string;
        readonly reason: string;
    };
} | {
    readonly message: "incomplete";
    readonly missing: readonly string[];
    readonly near: At;
    readonly data: {
        readonly thing: string;
        readonly what: string;
        readonly write: string;
        readonly reason: string;
    };
} | {
    readonly message: "lacking";
    readonly missing: readonly string[];
    readonly near: At;
    readonly data: {
        readonly option: string;
        readonly what: string;
        readonly it: string;
        readonly reason: string;
    };
} | {
    readonly message: "wrong";
    readonly at: At;
    readonly data: {
        readonly option: string;
        readonly found: string;
        readonly write: string;
        readonly reason: string;
    };
    readonly related: readonly RelatedPlace[];
});
/**
 * All parts of a thing hold. A wrong value is a problem at the value, a list without some elements a lack of the list;
 * missing parts are one lack: of the thing where a part of it exists, else of the module.
 */
export declare function requireOptions(context: ConfigurationContext<unknown>, messages: OptionMessages, thing: string, parts: readonly Part[]): Generator<OptionProblem>;
/** Where a value was written, if that is elsewhere than the place at which it is used (a name bound by `let`). */
export declare function originOf(value: Value, use: At): RelatedPlace[];
/** Where a thing is written, if any part of it counts; the first place in the order of the modules. */
export declare function thingAt(config: Configuration, thing: string | readonly string[]): At | null;
/** The name of a priority (`mkDefault`), or `mkOverride n`. */
export declare function priorityName(priority: number): string;
export {};
