/** A value that is computed when it is first asked for, once, and never runs in circles. */
import type { At } from "./at.js";
import { type Value } from "./values.js";
/**
 * A suspended computation. `at` is the expression as written where the value is used, which may stand elsewhere than the
 * literal that it comes to (`enable = sshOn;`: `at` is `sshOn`, the value's own `at` is the literal).
 */
export declare class Thunk {
    #private;
    readonly at: At | null;
    constructor(compute: () => Value, at: At | null);
    /** A value that may still change, and is therefore computed whenever it is asked for. */
    static live(compute: () => Value): Thunk;
    static of(value: Value, at?: At | null): Thunk;
    /** The value; unknown where computing it would need itself (Nix: "infinite recursion encountered") or go too deep. */
    force(): Value;
}
