/** Recognises the program that a command word names. */
import type { Value } from "../values.js";
import type { Program } from "./facts.js";
import { type Text } from "./text.js";
/** Commands that the shell itself carries out (Bash manual, "Shell Builtin Commands"). */
export declare const BUILTINS: Set<string>;
/** The attribute name of a package that a gap stands for (`pkgs.openssl`, `pkgs.lib.getBin pkgs.openssl`). */
export declare function packageOf(value: Value | null): string | null;
/** The program of a command word, and its name. */
export declare function programOf(word: Text, functions: ReadonlySet<string>): {
    readonly program: Program;
    readonly name: string | null;
};
