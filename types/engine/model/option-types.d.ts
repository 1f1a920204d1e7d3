import { type Value } from "./values.js";
/** How definitions of one option become its value. */
export interface OptionKind {
    /** What strings are joined with; false where there can be only one; null where it is not known. */
    readonly joins: string | false | null;
    /** Whether the value is a set whose attributes are definitions of their own. */
    readonly holdsSet: boolean | null;
    /** Whether a value is just what is defined, with nothing changed or added by the type. */
    readonly isPlain: boolean;
    /** The type of the attributes, for sets that are alike in all of them. */
    readonly element: OptionKind | null;
}
/** Nothing is known of the type. */
export declare const ANY_KIND: OptionKind;
/** The kind of a type such as `lib.types.listOf lib.types.str`. */
export declare function kindOf(type: Value | null, depth?: number): OptionKind;
