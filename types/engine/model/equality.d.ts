/** Nix's `==` and `<` on values of which parts may not be known. */
import type { At } from "./at.js";
import { type UnknownValue, type Value } from "./values.js";
/** Whether two unknowns are certainly the same value. */
export declare function isSameUnknown(a: UnknownValue, b: UnknownValue): boolean;
/** Whether two values are equal as Nix sees it; null where it cannot be known. */
export declare function isEqual(a: Value, b: Value): boolean | null;
/** `a < b` and its kin on numbers and strings. */
export declare function compare(operator: "<" | ">" | "<=" | ">=", a: Value, b: Value, place: At | null): Value;
/** Less than, equal or greater than zero as `a` sorts before, with or after `b`; null where that cannot be known. */
export declare function orderOf(a: Value, b: Value): number | null;
/** Nix compares bytes of UTF-8, which is the order of code points, not of UTF-16 units. */
export declare function compareCodePoints(a: string, b: string): number;
