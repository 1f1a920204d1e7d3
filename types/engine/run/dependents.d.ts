/** Finds what a change reaches: the modules whose findings may depend on a file. */
import { type Project } from "../model/index.js";
import type { SettingsOf } from "./settings.js";
/**
 * The `.nix` files of the tree that some files are or are part of, sorted: themselves, what takes them in directly or by way of others,
 * the module beside a JSON, the flake beside a lock, everything below a configuration.
 * @param paths relative to the root, also of files that are gone
 */
export declare function dependentsOf(project: Project, settingsOf: SettingsOf, paths: readonly string[]): readonly string[];
