/** Computes what a Nix expression comes to, as far as it can be known: lazily, on any input, without running anything. */
import { type AttrName, type Expr } from "../syntax/index.js";
import { type At } from "./at.js";
import { type Builtins } from "./builtins/index.js";
import { Env } from "./env.js";
import type { Kind } from "./host.js";
import { Thunk } from "./thunk.js";
import { type Attr, type PathValue, type Value } from "./values.js";
/** What evaluation needs of the tree. */
export interface World {
    /** The text of a file of the tree, or null. */
    read(path: string): string | null;
    kind(path: string): Kind;
    /** The value of a file, for `import`. */
    importFile(path: PathValue, at: At | null): Value;
}
export declare class Evaluator {
    #private;
    readonly world: World;
    readonly builtins: Builtins;
    constructor(world: World, builtins: (evaluator: Evaluator) => Builtins);
    /** A limit was reached since this was last set to false: some answers are unknown for that reason alone. */
    get limited(): boolean;
    set limited(value: boolean);
    /** Starts a new budget of steps, for the judgement of one file. */
    refill(): void;
    thunk(expr: Expr, env: Env): Thunk;
    evaluate(expr: Expr, env: Env): Value;
    /** The value of an attribute; unknown where it is there only under a condition that cannot be decided. */
    attr(attr: Attr, place: At | null): Value;
    /** One attribute of a value; null where it certainly has none of that name. */
    select(base: Value, name: string, place: At | null): Value | null;
    /** The name that one step of an attribute path stands for, or null. */
    name(name: AttrName, env: Env): string | null;
    /** `value ? name`. */
    hasAttr(value: Value, name: string, place: At | null): Value;
    /** Calls a function. */
    apply(fn: Value, arg: Thunk, place: At | null): Value;
    /** The text of a file that a path names, where it stands in the tree. */
    readPath(path: PathValue): string | null;
}
