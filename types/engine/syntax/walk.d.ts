/** Visits the nodes of a file's syntax, for rules about the text itself. */
import type { Expr } from "./ast.js";
/** The expressions directly inside an expression, in the order in which they stand. */
export declare function childrenOf(expr: Expr): Expr[];
/**
 * Every expression of a tree, each before what is inside it. Uses no call stack, so any depth is fine; made once for a
 * tree, since rule after rule asks for it.
 */
export declare function walk(root: Expr): readonly Expr[];
