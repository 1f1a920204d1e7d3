/** Narrows or widens what is linted by what has changed and what depends on it. */
import type { Project } from "../engine/model/index.ts";
import { type SettingsOf, dependentsOf } from "../engine/run/index.ts";
import type { LintOptions } from "./arguments.ts";
import type { Changes } from "./base.ts";
import type { Tree } from "./trees.ts";

/**
 * The files of a tree that a run reports on. `--changed` leaves of them what has changed and what depends on that; `--dependents` adds
 * what depends on the files that were named, in the place of those that are no modules (a JSON, a lock).
 */
export function scopeOf(tree: Tree, options: Pick<LintOptions, "changed" | "dependents">, changes: Changes | null, project: Project, settings: SettingsOf): readonly string[] {
  let targets = tree.targets;
  if (options.dependents) {
    const found = dependentsOf(project, settings, [...tree.named]).filter((path) => tree.named.has(path) || !settings(path).ignored);
    targets = [...new Set([...targets.filter((path) => path.endsWith(".nix") || !tree.named.has(path)), ...found])].sort();
  }
  if (options.changed && changes !== null) {
    const reached = new Set(dependentsOf(project, settings, [...changes.changed]));
    targets = targets.filter((path) => reached.has(path) && !settings(path).ignored);
  }
  return targets;
}
