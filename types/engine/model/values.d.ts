/** What an expression can come to when only part of it can be known: Nix values with origins, references and holes. */
import type { LambdaExpr, TextMap } from "../syntax/index.js";
import type { At } from "./at.js";
import type { Env } from "./env.js";
import type { Thunk } from "./thunk.js";
export type Value = NullValue | BoolValue | NumberValue | StringValue | PathValue | ListValue | AttrsValue | LambdaValue | BuiltinValue | RefValue | CallValue | WrapValue | OptionValue | UnknownValue;
export interface NullValue {
    readonly t: "null";
    readonly at: At | null;
}
export interface BoolValue {
    readonly t: "bool";
    readonly v: boolean;
    readonly at: At | null;
}
/** An integer that a double holds exactly, or a float. */
export interface NumberValue {
    readonly t: "int" | "float";
    readonly v: number;
    readonly at: At | null;
}
/** A stretch of known text; `map` leads from its characters to the source, where it was written there. */
export interface TextPiece {
    readonly text: string;
    readonly at: At | null;
    readonly map: TextMap | null;
    /** The interpolation of the enclosing string that it came through, where it did. */
    readonly site?: At;
}
/** A part of a string whose text is not known: a reference, a call or an unknown value. */
export interface HolePiece {
    readonly hole: Value;
    readonly at: At | null;
    readonly site?: At;
}
export type Piece = TextPiece | HolePiece;
export interface StringValue {
    readonly t: "string";
    readonly pieces: readonly Piece[];
    readonly at: At | null;
}
/** Where a path starts: the root of the tree (then it may begin with `..`), the file system, or a home folder. */
export type PathBase = "root" | "absolute" | "home";
export interface PathValue {
    readonly t: "path";
    readonly base: PathBase;
    /** Normalised; relative to the root without a leading `/`, absolute with one. */
    readonly path: string;
    readonly at: At | null;
}
/** An element of a list; `maybe` says that it is there only under a condition that cannot be decided. */
export interface Item {
    readonly thunk: Thunk;
    readonly maybe: boolean;
}
export interface ListValue {
    readonly t: "list";
    readonly items: readonly Item[];
    /** Set where there may be elements besides `items`, anywhere among them. */
    readonly open: UnknownValue | null;
    readonly at: At | null;
}
export interface Attr {
    readonly thunk: Thunk;
    /** The attribute path as written, from its first name to this one; null where the attribute was computed. */
    readonly key: At | null;
    /** Conditions under which the attribute is there at all, each giving a boolean. */
    readonly conditions: readonly Thunk[];
    /**
     * Whether the attribute is there, for `?` alone: an option is read without asking whether it is defined, and asking
     * would need the conditions of its definitions, which may read that very option. Absent: it is there.
     */
    readonly present?: Thunk;
}
export interface AttrsValue {
    readonly t: "attrs";
    readonly attrs: ReadonlyMap<string, Attr>;
    /** What an attribute is that is not among `attrs`; null where there are no others. */
    readonly open: UnknownValue | null;
    readonly at: At | null;
}
export interface LambdaValue {
    readonly t: "lambda";
    readonly expr: LambdaExpr;
    readonly env: Env;
    readonly at: At;
}
/** What a built-in function does once it has all its arguments. `at` is the place of the call. */
export type BuiltinRun = (args: readonly Thunk[], at: At | null) => Value;
export interface BuiltinValue {
    readonly t: "builtin";
    readonly name: string;
    readonly arity: number;
    readonly args: readonly Thunk[];
    readonly run: BuiltinRun;
    readonly at: At | null;
}
/** A thing from outside the tree that is known by name: `pkgs.postgresql_17`, `modulesPath`. */
export interface RefValue {
    readonly t: "ref";
    readonly path: readonly string[];
    readonly at: At | null;
}
/** A call of something outside the tree, kept as it is; `select` are the attributes taken from its result. */
export interface CallValue {
    readonly t: "call";
    readonly fn: RefValue | CallValue;
    readonly args: readonly Thunk[];
    readonly select: readonly string[];
    readonly at: At | null;
}
/** The properties of the module system (nixpkgs, `lib/modules.nix`): conditions, priorities, order and merging. */
export type WrapValue = {
    readonly t: "wrap";
    readonly kind: "if";
    readonly condition: Thunk;
    readonly content: Thunk;
    readonly at: At | null;
} | {
    readonly t: "wrap";
    readonly kind: "override";
    readonly priority: number;
    readonly content: Thunk;
    readonly at: At | null;
} | {
    readonly t: "wrap";
    readonly kind: "order";
    readonly order: number;
    readonly content: Thunk;
    readonly at: At | null;
} | {
    readonly t: "wrap";
    readonly kind: "merge";
    readonly contents: ListValue;
    readonly at: At | null;
};
/** An option declaration (`lib.mkOption`). */
export interface OptionValue {
    readonly t: "option";
    readonly fallback: Thunk | null;
    readonly type: Thunk | null;
    /** It has an `apply`: what modules read is not what they defined. */
    readonly applies: boolean;
    readonly at: At | null;
}
export interface UnknownValue {
    readonly t: "unknown";
    readonly reason: string;
    /** The values it may be, where it is one of a few. */
    readonly maybe: readonly Value[];
    /** For a negated condition: the condition. Lets `c` and `!c` be seen as the two halves of all cases. */
    readonly not: UnknownValue | null;
    /** Two unknowns of the same name are the same value, read in two places. */
    readonly id?: string;
    readonly at: At | null;
}
export declare function unknown(reason: string, at?: At | null, maybe?: readonly Value[]): UnknownValue;
/** Something unknown that has a name of its own, such as an option that nothing in the tree sets. */
export declare function unknownNamed(id: string, reason: string, at: At | null): UnknownValue;
export declare function bool(v: boolean, at?: At | null): BoolValue;
export declare function number(v: number, at?: At | null): Value;
export declare function string(text: string, at?: At | null): StringValue;
export declare function list(items: readonly Item[], at?: At | null, open?: UnknownValue | null): ListValue;
export declare function attrs(map: ReadonlyMap<string, Attr>, at?: At | null, open?: UnknownValue | null): AttrsValue;
export declare function ref(path: readonly string[], at?: At | null): RefValue;
/** The whole text of a string, or null where a part of it is not known. */
export declare function textOf(value: Value): string | null;
