/** The option view: every option that a configuration sets, as plain data for people and programs. */
import type { At } from "./at.js";
import { type Configuration } from "./configuration.js";
import type { OptionNode } from "./option-node.js";
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
/** The options of a configuration by their path, in the order of their names; those at and below a node where one is given. */
export declare function optionView(configuration: Configuration, from?: OptionNode): Record<string, OptionView>;
/** What is written at a place. */
export interface OptionAt {
    readonly node: OptionNode;
    /** The attribute path as it is written there. */
    readonly key: At;
}
/**
 * The option that a file defines at an offset (UTF-16 units from 0): on its attribute path, or on a value that stands on one
 * line with it. Where several are written there, the one furthest inside; null where none is.
 */
export declare function optionAt(configuration: Configuration, path: string, offset: number): OptionAt | null;
/** A value as JSON; undefined where a part of it is not known. */
export declare function toJson(value: Value, depth?: number): Json | undefined;
