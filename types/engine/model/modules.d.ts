/** Collects the modules that make up one configuration: an entry file and all that it imports. */
import { type At, type SourceFile } from "./at.js";
import type { Source } from "./definitions.js";
import type { Evaluator } from "./evaluate.js";
import type { Kind } from "./host.js";
import { Thunk } from "./thunk.js";
import { type AttrsValue, type UnknownValue, type Value } from "./values.js";
/** What became of one entry of an `imports` list. */
export interface Import {
    /** The entry as written. */
    readonly at: At | null;
    /**
     * `file`: followed to a file of the tree · `inline`: a module written in place · `hardware`: a hardware configuration,
     * followed where it is in the tree · `missing`: no such file in the tree, or none that is read · `outside`: leads out of the tree ·
     * `computed`: cannot be known.
     */
    readonly kind: "file" | "inline" | "hardware" | "missing" | "outside" | "computed";
    /** The path, for all kinds that have one: relative to the root, or absolute as written. */
    readonly path: string | null;
    /** The module whose list it stands in. */
    readonly from: SourceFile;
}
/** One module of a configuration. */
export interface Module {
    readonly file: SourceFile;
    readonly value: AttrsValue;
    readonly imports: readonly Import[];
    /** The places of `imports = …`, for findings about what is missing. */
    readonly importsAt: At | null;
    /** Where the module's body starts. */
    readonly bodyAt: At;
}
/** How modules get at files and at the configuration that they are part of. */
export interface ModuleContext {
    readonly evaluator: Evaluator;
    sourceFile(path: string): SourceFile | null;
    kind(path: string): Kind;
    /** The finished configuration, for `config`. */
    readonly config: Thunk;
    /** The value of an argument that only `_module.args` or `specialArgs` can give. */
    argument(name: string): Value;
    readonly specialArgs: AttrsValue | null;
}
/** Everything collected. */
export interface Collected {
    /** The entry first, then breadth first. */
    readonly modules: readonly Module[];
    /** Imports and modules that could not be followed: what they define is unknown. */
    readonly unfollowed: readonly UnknownValue[];
}
/**
 * Collects as nixpkgs does (`lib/modules.nix`, `collectModules`): all that is imported is opened and may disable others; what
 * is disabled is then left out with what only it imports. Each key counts once, where it comes first, breadth first.
 */
export declare function collect(context: ModuleContext, roots: readonly {
    readonly thunk: Thunk;
    readonly file: SourceFile;
}[]): Collected;
/** The definitions that a module makes, before any wrapper is taken off; `index` is its place in the order of collection. */
export declare function configOf(module: Module, index: number): Source[];
