/** Tells the options of a command from its operands, as getopt does for the commands that the model knows. */
import type { Span } from "../../syntax/index.js";
import { type Text } from "./text.js";
export interface Operand {
    readonly text: Text;
    readonly at: Span;
}
export interface Arguments {
    /** Options by name (`-m`, `--mode`), each with its values; a flag has the value null. */
    readonly options: ReadonlyMap<string, readonly (Operand | null)[]>;
    readonly operands: readonly Operand[];
    /** An argument that may be an option or several words was met: the rest may mean anything. */
    readonly unclear: boolean;
}
/**
 * Reads arguments. `withValue` names the short options that take a value (`"mogt"`), `longWithValue` the long ones whose
 * value may be the next word.
 */
export declare function readArguments(args: readonly Text[], spans: readonly Span[], withValue: string, longWithValue?: readonly string[]): Arguments;
/** The value of the last of several spellings of an option. */
export declare function option(args: Arguments, ...names: readonly string[]): Operand | null;
export declare function hasOption(args: Arguments, ...names: readonly string[]): boolean;
/**
 * The mode that `chmod` and `install -m` make of an old one (chmod(1)): octal or symbolic; null where it is not known.
 * Permissions that a symbolic mode leaves alone stay as they were, and are unknown if they were.
 */
export declare function applyMode(spec: Text | undefined, old: number | null): number | null;
