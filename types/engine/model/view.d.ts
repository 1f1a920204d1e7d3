import { type Configuration } from "./configuration.js";
import { type Value } from "./values.js";
/** One definition of an option. */
export interface DefinitionView {
    readonly path: string;
    readonly line: number;
    readonly column: number;
    readonly priority: number;
    readonly conditional: boolean;
}
/** One option. `value` is there for `known` only. */
export interface OptionView {
    readonly state: "known" | "conditional" | "unknown" | "conflict";
    readonly value?: Json;
    readonly priority: number | null;
    readonly definitions: readonly DefinitionView[];
}
export type Json = null | boolean | number | string | readonly Json[] | {
    readonly [name: string]: Json;
};
/** The options of a configuration by their path, in the order of their names. */
export declare function optionView(configuration: Configuration): Record<string, OptionView>;
/** A value as JSON; undefined where a part of it is not known. */
export declare function toJson(value: Value, depth?: number): Json | undefined;
