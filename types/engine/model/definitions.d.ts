/** The definitions of one option path: gathered from all modules, wrappers taken off, conditions decided. */
import type { At, SourceFile } from "./at.js";
import { Thunk } from "./thunk.js";
import { type UnknownValue, type Value } from "./values.js";
/**
 * The wrappers that NixOS takes off one value, from the outside in: any conditions and merges, then one priority, then one
 * order (nixpkgs, `lib/modules.nix`, `mergeDefinitions`). Anything else stays in the value, which is then of no type.
 */
type Stage = "conditions" | "priority" | "order";
/** A definition as it came in: its value may still be wrapped. */
export interface Source {
    readonly thunk: Thunk;
    /** The attribute path as written. */
    readonly key: At | null;
    readonly file: SourceFile;
    /** The place of its module in the order of collection, the entry being 0; definitions of later modules come first. */
    readonly module: number;
    /** Set by a wrapper further out; null for none yet. */
    readonly priority: number | null;
    readonly order: number | null;
    readonly stage: Stage;
    readonly conditions: readonly Thunk[];
    /** The default of an option that the tree declares. */
    readonly isDefault: boolean;
}
/** A definition with its wrappers taken off. */
export interface Definition {
    /** What is defined, in weak head normal form, never a wrapper. */
    readonly value: Value;
    /** The attribute path as written; null where it was computed. */
    readonly key: At | null;
    /** The value as written, without wrappers (`true` of `lib.mkDefault true`). */
    readonly valueAt: At | null;
    /** The value as written, with wrappers. */
    readonly wholeAt: At | null;
    readonly file: SourceFile;
    readonly module: number;
    readonly priority: number;
    readonly order: number;
    readonly conditions: readonly Thunk[];
    readonly isDefault: boolean;
    /** What the wrappers hand down to the options inside, where the value is a set above options. */
    readonly inner: Pick<Source, "priority" | "stage">;
}
/** A definition whose conditions have been decided as far as they can be. */
export interface ActiveDefinition extends Definition {
    /** Conditions that cannot be decided; the definition counts only if they hold. */
    readonly undecided: readonly UnknownValue[];
}
/**
 * Takes the wrappers off.
 * @param isOption whether a set at this path is an option's value (`true`) or holds options (`false`): the wrappers of
 *   a set above options are handed down to them one by one (nixpkgs, `lib/modules.nix`, `pushDownProperties`); null where it
 *   is not known
 */
export declare function unwrap(source: Source, isOption: boolean | null): Definition[];
/** The definitions that take part, with what is undecided about them. */
export declare function active(definitions: readonly Definition[]): ActiveDefinition[];
export {};
