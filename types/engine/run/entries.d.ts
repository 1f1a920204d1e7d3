/** Decides which configurations are judged so that every target gets the findings that a run over everything would give it. */
import type { ModuleJson } from "../domain/module-json.js";
import type { Configuration, SourceFile } from "../model/index.js";
import type { Roles } from "./roles.js";
/** One configuration to judge. */
export interface Entry {
    readonly config: Configuration;
    /** The file that stands for it. */
    readonly file: SourceFile;
    readonly role: "system" | "baseline" | "fragment";
    readonly isFlakeBuilt: boolean;
    readonly json: ModuleJson | null;
    /** The flake output it is, for the one name that two outputs of a file would share. */
    readonly output: string | null;
}
/** The configurations that concern any of the targets: their own, those that import them, and what shares their baselines. */
export declare function entriesFor(roles: Roles, targets: readonly string[]): Entry[];
