/** Finds what a change reaches: the modules whose findings may depend on a file. */
import type { Project } from "../model/index.ts";
import { Roles } from "./roles.ts";
import type { SettingsOf } from "./settings.ts";

/**
 * The `.nix` files of the tree that some files are or are part of, sorted: themselves, and what is built on them directly or by way of
 * others (`Roles.builtOn`).
 * @param paths relative to the root, also of files that are gone
 */
export function dependentsOf(project: Project, settingsOf: SettingsOf, paths: readonly string[]): readonly string[] {
  const roles = new Roles(project, settingsOf);
  const reached = new Set<string>();
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    pending.push(...roles.builtOn(path));
  }
  return [...reached].filter((path) => path.endsWith(".nix") && project.host.kind(path) === "file").sort();
}
