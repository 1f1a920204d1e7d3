/** The tree of option paths of one configuration, opened only where somebody looks. */
import type { At } from "./at.js";
import type { Declared } from "./declarations.js";
import { type ActiveDefinition, type Definition, type Source } from "./definitions.js";
import { type Merged } from "./merge.js";
import type { OptionKind } from "./option-types.js";
import { type UnknownValue, type Value } from "./values.js";
/** The answer for one option path. */
export interface Answer extends Merged {
    readonly path: readonly string[];
    /** All definitions that may take part, in module order. */
    readonly definitions: readonly ActiveDefinition[];
}
/** One path of the tree with all its definitions. */
export declare class OptionNode {
    #private;
    readonly path: readonly string[];
    constructor(path: readonly string[], sources: readonly Source[], lost: UnknownValue | null, declared: Declared | null, kind: OptionKind | null, otherwise?: UnknownValue | null);
    /** The definitions with their wrappers taken off, whatever their conditions. */
    get definitions(): readonly Definition[];
    /** Whether the path holds a set of further paths rather than a value. */
    get isSet(): boolean;
    /** Whether anything says something here, be it under a condition. */
    get isDefined(): boolean;
    child(name: string): OptionNode;
    /** The names defined below this path, in the order in which they first stand. */
    names(): string[];
    /** Why there may be names that `names` does not give; null where there are none. */
    get open(): UnknownValue | null;
    /** What NixOS takes here. For a path that holds a set the value is the merged set. */
    answer(): Answer;
    /** The value that `config.<path>` has; unknown where nothing in the tree decides it. */
    value(): Value;
    /** Where the path is written, one place a definition. */
    keys(): At[];
}
