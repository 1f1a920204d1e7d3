/** Nix's built-in functions and the part of nixpkgs' lib that modules use, looked up by name. */
import type { Evaluator } from "../evaluate.js";
import { type Value } from "../values.js";
/** All functions by name. */
export type Builtins = ReadonlyMap<string, Value>;
/** Builds the table once for an evaluator. */
export declare function makeBuiltins(evaluator: Evaluator): Builtins;
/** What a name means that nothing around binds. */
export declare function builtinNamed(builtins: Builtins, name: string): Value | null;
/** The function that a path of names such as `lib.strings.toUpper` or `builtins.map` leads to, where it is known. */
export declare function libNamed(builtins: Builtins, path: readonly string[]): Value | null;
