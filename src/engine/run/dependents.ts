/** Finds what a change reaches: the modules whose findings may depend on a file. */
import { type Project, baseName, folderOf } from "../model/index.ts";
import { CONFIG_NAME } from "./config/name.ts";
import { referencesOf } from "./references.ts";
import { Roles } from "./roles.ts";
import type { SettingsOf } from "./settings.ts";

/**
 * The `.nix` files of the tree that some files are or are part of, sorted: themselves, what takes them in directly or by way of others,
 * the module beside a JSON, the flake beside a lock, everything below a configuration.
 * @param paths relative to the root, also of files that are gone
 */
export function dependentsOf(project: Project, settingsOf: SettingsOf, paths: readonly string[]): readonly string[] {
  const roles = new Roles(project, settingsOf);
  const all = project.host.nixFiles();
  const reached = new Set<string>();
  const pending = [...paths];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    pending.push(...all.filter((other) => !reached.has(other) && isBuiltOn(project, roles, other, path as string)));
  }
  return [...reached].filter((path) => path.endsWith(".nix") && project.host.kind(path) === "file").sort();
}

/** Whether a `.nix` file depends on another file directly. */
function isBuiltOn(project: Project, roles: Roles, path: string, on: string): boolean {
  const folder = folderOf(on);
  if (baseName(on) === CONFIG_NAME) return folder === "" || path.startsWith(`${folder}/`);
  if (baseName(on) === "flake.lock") return path === (folder === "" ? "flake.nix" : `${folder}/flake.nix`);
  if (on.endsWith(".json") && path === on.replace(/\.json$/, ".nix")) return true;
  // Only a text that names a file can take it in; a folder stands for its `default.nix`.
  const name = baseName(on) === "default.nix" ? baseName(folder) : baseName(on);
  const file = path !== on && (project.host.read(path)?.includes(name) ?? false) ? project.file(path) : null;
  if (file === null) return false;
  // An import of what is gone leads nowhere any more, so the name has to do.
  if (project.host.kind(on) === null) return true;
  const target = baseName(on) === "default.nix" ? [on, folder] : [on];
  return roles.importedBy(path).includes(on) || referencesOf(file).some((reference) => target.includes(reference.path));
}
