/** The names that an expression can see. */
import type { SourceFile } from "./at.js";
import type { Thunk } from "./thunk.js";
/** A chain of scopes. Names bound by `let`, `rec` and functions win over those of `with` (Nix manual, "With-expressions"). */
export declare class Env {
    readonly file: SourceFile;
    readonly parent: Env | null;
    readonly vars: ReadonlyMap<string, Thunk> | null;
    /** The set of a `with`, for a scope that is one. */
    readonly scope: Thunk | null;
    constructor(file: SourceFile, parent: Env | null, vars: ReadonlyMap<string, Thunk> | null, scope?: Thunk | null);
    /** The binding of a name that is not from a `with`. */
    lookup(name: string): Thunk | null;
    /** The sets of the `with`s around, innermost first. */
    scopes(): Generator<Thunk>;
}
