/** Decides what NixOS takes for one option from its definitions: priorities, conditions, joining and conflicts. */
import type { ActiveDefinition } from "./definitions.js";
import type { OptionKind } from "./option-types.js";
import { type UnknownValue, type Value } from "./values.js";
/** How sure an answer is. */
export type State = "known" | "undefined" | "conditional" | "unknown" | "conflict";
/** What NixOS takes for an option, as far as it can be said. */
export interface Merged {
    readonly state: State;
    /** For `known`; for lists also when `conditional`, with possible elements marked; the reason where `unknown`. */
    readonly value: Value | null;
    /** Of the winning definitions. */
    readonly priority: number | null;
    readonly winners: readonly ActiveDefinition[];
}
/**
 * Merges leaf definitions (nixpkgs, `lib/modules.nix`, `mergeDefinitions`).
 * @param kind of the option, where the tree declares it
 */
export declare function merge(path: readonly string[], definitions: readonly ActiveDefinition[], lost: UnknownValue | null, kind: OptionKind | null): Merged;
