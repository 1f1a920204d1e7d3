/** The options that a tree declares itself: their paths, types and defaults. */
import type { Source } from "./definitions.js";
import type { Module } from "./modules.js";
import { type OptionKind } from "./option-types.js";
import { type OptionValue } from "./values.js";
/** What is declared at one path: an option, or options below it. */
export declare class Declared {
    #private;
    readonly children: Map<string, Declared>;
    option: OptionValue | null;
    /** How the definitions of the option merge; null above options. */
    get kind(): OptionKind | null;
}
/** The declarations of several modules. */
export interface Declarations {
    readonly root: Declared;
    readonly paths: readonly (readonly string[])[];
    /** Some declarations could not be read. */
    readonly open: boolean;
    /** The defaults as definitions. */
    readonly defaults: readonly Source[];
}
/** Reads the `options` of all modules. */
export declare function declarationsOf(modules: readonly Module[]): Declarations;
