/** Finds the syntax that a fix has to look at: what encloses a place, where a module's definitions stand. */
import type { At, SourceFile } from "../../model/index.js";
import { type AttrsExpr, type Binding, type Expr, type LetExpr, type Span } from "../../syntax/index.js";
/** The expressions around a place, the outermost first. */
export declare function enclosing(root: Expr, span: Span): Expr[];
/** A binding with the set or `let` that it stands in. */
export interface Bound {
    readonly holder: AttrsExpr | LetExpr;
    readonly binding: Binding;
}
/** The binding whose attribute path starts at a place. */
export declare function bindingAt({ file, start, end }: At): Bound | null;
/** The names of a binding's path up to the first that is computed. */
export declare function namesOf(binding: Binding): string[];
/** What a file's functions, `let`s and `with`s lead to. */
export declare function innerBody(expr: Expr): Expr;
/** The set in which a module's definitions stand, and the names that lead to them there. */
export declare function moduleBody(file: SourceFile): {
    readonly set: AttrsExpr;
    readonly prefix: readonly string[];
} | null;
/** How often a name is used in a file as a variable: by itself or by an `inherit` without a source. */
export declare function countUses(file: SourceFile, name: string): number;
/** The `let` binding that a variable at a place means, where it is one with a path of one name. */
export declare function letBinding(file: SourceFile, name: string, place: Span): Binding | null;
/** The set of literal bindings that an expression is, also by a `let` name that nothing else uses. */
export declare function literalSet(file: SourceFile, expr: Expr): AttrsExpr | null;
/**
 * Whether what stands at a place is part of one definition only: every `let` name on the way there is used once, and no
 * function but the file's own stands around it.
 */
export declare function isSoleUse({ file, start, end }: At): boolean;
