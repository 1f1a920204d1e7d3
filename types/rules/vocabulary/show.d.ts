/** Puts values and names into messages as a person would write them in Nix. */
import { type Value } from "../../engine/model/index.js";
/** A value in Nix's notation, shortened; without control characters. */
export declare function showValue(value: Value): string;
/** A string in quotes, with Nix's escapes. */
export declare function quoted(text: string): string;
/** `a`, `a and b`, `a, b and c`. */
export declare function enumerate(parts: readonly string[], word?: string): string;
/** Code in a message. */
export declare function code(text: string): string;
