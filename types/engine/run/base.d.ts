/** The tree as it was in a base revision of git, for rules about what must not change. */
import type { Configuration, Project } from "../model/index.js";
import type { Entry } from "./entries.js";
import { Roles } from "./roles.js";
import type { SettingsOf } from "./settings.js";
/** A base revision, as the caller has read it; paths are relative to the root. */
export interface BaseTree {
    /** The revision as people know it (`HEAD`, `main`). */
    readonly revision: string;
    readonly project: Project;
    /** What is not the same in the base: changed, added, renamed and removed files. */
    readonly changed: ReadonlySet<string>;
    /** The path that a file had in the base, where it was renamed since; the path itself otherwise. */
    pathOf(path: string): string;
}
/** What a configuration was in the base. */
export interface Before {
    readonly revision: string;
    readonly config: Configuration;
    /** Whether a file is not what it was. */
    isChanged(path: string): boolean;
}
/** Finds configurations again in a base. */
export declare class Past {
    #private;
    constructor(base: BaseTree, settingsOf: SettingsOf);
    /** What an entry was; null where it is new, or nothing that it is made of has changed. */
    of(entry: Entry, roles: Roles): Before | null;
}
