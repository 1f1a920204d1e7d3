/** The vocabulary in which Nix's built-in functions and nixpkgs' lib are written down. */
import type { At } from "../at.js";
import type { Evaluator } from "../evaluate.js";
import { Thunk } from "../thunk.js";
import { type Attr, type AttrsValue, type Value } from "../values.js";
/** A function of the table: its number of arguments, and what it gives. */
export interface Definition {
    readonly arity: number;
    readonly run: (args: readonly Thunk[], at: At | null) => Value;
}
/** A table of functions by name (`concatMap`, or `strings.toInt` where the plain name means something else). */
export type Table = Readonly<Record<string, Definition | Value>>;
/** Makes the table entry of a function; `run` gets forced arguments. */
export declare function strict(arity: number, run: (args: Value[], at: At | null, thunks: readonly Thunk[]) => Value): Definition;
/** Makes the table entry of a function that forces its arguments itself. */
export declare function lazy(arity: number, run: Definition["run"]): Definition;
/** The answer where an argument is not known well enough. */
export declare function dunno(at: At | null): Value;
/** The elements of a list that is wholly known, else null. */
export declare function elements(value: Value | undefined): readonly Thunk[] | null;
/** The attributes of a set that is wholly known, sorted by name as Nix gives them, else null. */
export declare function entries(value: Value | undefined): readonly (readonly [string, Attr])[] | null;
/** The texts of a list of strings that is wholly known, else null. */
export declare function texts(value: Value | undefined): string[] | null;
/** A list of so many elements, if it does not grow beyond measure. */
export declare function listOf(thunks: readonly Thunk[], at: At | null): Value;
export declare function text(value: Value | undefined): string | null;
export declare function int(value: Value | undefined): number | null;
/** A call that is computed when it is needed. */
export declare function later(evaluator: Evaluator, fn: Value, args: readonly Thunk[], at: At | null): Thunk;
/** Calls a function with several arguments. */
export declare function call(evaluator: Evaluator, fn: Value, args: readonly Thunk[], at: At | null): Value;
/** An attribute without a written key, as functions make them. */
export declare function computed(thunk: Thunk, from?: Attr | null): Attr;
/** A set made of computed attributes. */
export declare function setOf(pairs: Iterable<readonly [string, Attr]>, at: At | null): AttrsValue;
