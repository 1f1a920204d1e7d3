/** The shape of Nix source as the rest of the program sees it: plain nodes with spans, no parser behind them. */
import type { TextMap } from "./strings.js";
import type { Span } from "./text.js";
/** Nix's expressions (Nix manual, "Language"). Spans are UTF-16 offsets from 0; parentheses are not kept as nodes. */
export type Expr = VarExpr | LiteralExpr | StringExpr | PathExpr | SearchPathExpr | ListExpr | AttrsExpr | SelectExpr | HasExpr | ApplyExpr | LambdaExpr | LetExpr | WithExpr | AssertExpr | IfExpr | UnaryExpr | BinaryExpr | ErrorExpr;
export interface VarExpr extends Span {
    readonly kind: "var";
    readonly name: string;
}
/** An integer (64 bits in Nix) or a float, as written. */
export interface LiteralExpr extends Span {
    readonly kind: "int" | "float";
    readonly text: string;
}
/** A stretch of literal text of a string, decoded, with the way back to the source. */
export interface TextPart {
    readonly text: string;
    readonly map: TextMap;
}
/** `${…}` in a string, path or attribute path; the span includes the braces. */
export interface HolePart extends Span {
    readonly expr: Expr;
}
export type StringPart = TextPart | HolePart;
export interface StringExpr extends Span {
    readonly kind: "string";
    /** `''…''` rather than `"…"`; a URI counts as a plain string. */
    readonly indented: boolean;
    readonly parts: readonly StringPart[];
}
/** `./x`, `/x`, `../x`, `~/x`, possibly with interpolations. */
export interface PathExpr extends Span {
    readonly kind: "path";
    readonly parts: readonly StringPart[];
}
/** `<nixpkgs>`. */
export interface SearchPathExpr extends Span {
    readonly kind: "search-path";
    readonly text: string;
}
export interface ListExpr extends Span {
    readonly kind: "list";
    readonly items: readonly Expr[];
}
/** One step of an attribute path: a known name or an expression that gives it. */
export type AttrName = ({
    readonly name: string;
    readonly expr: null;
} | {
    readonly name: null;
    readonly expr: Expr;
}) & Span;
/** `a.b.c = value;` */
export interface Binding extends Span {
    readonly kind: "binding";
    readonly path: readonly AttrName[];
    readonly value: Expr;
}
/** `inherit a b;` or `inherit (from) a b;` */
export interface Inherit extends Span {
    readonly kind: "inherit";
    readonly from: Expr | null;
    readonly names: readonly AttrName[];
}
export interface AttrsExpr extends Span {
    readonly kind: "attrs";
    readonly recursive: boolean;
    readonly bindings: readonly (Binding | Inherit)[];
    /** A syntax error inside: there may be bindings that are not seen. */
    readonly broken: boolean;
}
export interface SelectExpr extends Span {
    readonly kind: "select";
    readonly base: Expr;
    readonly path: readonly AttrName[];
    readonly fallback: Expr | null;
}
export interface HasExpr extends Span {
    readonly kind: "has";
    readonly base: Expr;
    readonly path: readonly AttrName[];
}
export interface ApplyExpr extends Span {
    readonly kind: "apply";
    readonly fn: Expr;
    readonly arg: Expr;
}
export interface Formal extends Span {
    readonly name: string;
    readonly fallback: Expr | null;
}
/** The `{ a, b ? c, ... }` of a function. */
export interface Formals extends Span {
    readonly list: readonly Formal[];
    readonly open: boolean;
}
export interface LambdaExpr extends Span {
    readonly kind: "lambda";
    /** The name of the whole argument (`x: …`, `args@{ … }: …`). */
    readonly param: string | null;
    readonly formals: Formals | null;
    readonly body: Expr;
}
export interface LetExpr extends Span {
    readonly kind: "let";
    readonly bindings: readonly (Binding | Inherit)[];
    readonly body: Expr;
    readonly broken: boolean;
}
export interface WithExpr extends Span {
    readonly kind: "with";
    readonly scope: Expr;
    readonly body: Expr;
}
export interface AssertExpr extends Span {
    readonly kind: "assert";
    readonly condition: Expr;
    readonly body: Expr;
}
export interface IfExpr extends Span {
    readonly kind: "if";
    readonly condition: Expr;
    readonly then: Expr;
    readonly otherwise: Expr;
}
export interface UnaryExpr extends Span {
    readonly kind: "unary";
    readonly operator: "!" | "-";
    readonly arg: Expr;
}
export interface BinaryExpr extends Span {
    readonly kind: "binary";
    readonly operator: string;
    readonly left: Expr;
    readonly right: Expr;
}
/** Source that could not be read as an expression. */
export interface ErrorExpr extends Span {
    readonly kind: "error";
    readonly reason: "syntax" | "depth";
}
/** A line comment or a block comment, with its marks. */
export interface Comment extends Span {
    readonly text: string;
}
/** A place where the text stops being Nix. */
export interface SyntaxError extends Span {
    /** What was found and what was expected, one sentence without a full stop. */
    readonly message: string;
}
