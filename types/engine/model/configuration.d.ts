/** One configuration as NixOS would see it: an entry file, its modules, and the answer for every option. */
import type { At, SourceFile } from "./at.js";
import { type Import, type Module, type ModuleContext } from "./modules.js";
import { type Answer, OptionNode } from "./option-node.js";
import { Thunk } from "./thunk.js";
import { type AttrsValue, type UnknownValue, type Value } from "./values.js";
/** Splits a written option path (`a.b."c.d"`) into its names. */
export declare function parsePath(path: string): readonly string[];
/** Writes an option path as Nix would, quoting the names that need it. */
export declare function showPath(path: readonly string[]): string;
/** A configuration and its answers. */
export declare class Configuration {
    /** The file or flake output that it is made from. */
    readonly entry: SourceFile;
    readonly modules: readonly Module[];
    /** What could not be followed: while there is any, nothing is known to be missing. */
    readonly unfollowed: readonly UnknownValue[];
    /** Options that the tree itself declares. */
    readonly declared: readonly (readonly string[])[];
    /** Some declarations could not be read. */
    readonly declarationsOpen: boolean;
    readonly root: OptionNode;
    constructor(entry: SourceFile, roots: readonly {
        readonly thunk: Thunk;
        readonly file: SourceFile;
    }[], context: Omit<ModuleContext, "config" | "argument" | "specialArgs">, specialArgs: AttrsValue | null);
    /** The node of an option path, written (`services.redis.servers`) or in names. */
    node(path: string | readonly string[]): OptionNode;
    /**
     * What NixOS takes for an option. `undefined` means that no module of the configuration sets it; where an import could
     * not be followed that cannot be known and the state is `unknown`.
     */
    option(path: string | readonly string[]): Answer;
    /** The names set below a path, and whether there may be others. */
    names(path: string | readonly string[]): {
        readonly names: readonly string[];
        readonly open: boolean;
    };
    /** The value of an option where it is known, else null. */
    value(path: string | readonly string[]): Value | null;
    /** All imports of all modules. */
    get imports(): readonly Import[];
    /** Where a finding about something missing in a module stands: at its `imports`, else at the head of its body. */
    static placeOf(module: Module): At;
}
