/** Decides which configurations are judged so that every target gets the findings that a run over everything would give it. */
import type { ModuleJson } from "../domain/module-json.ts";
import type { Configuration, Project, SourceFile } from "../model/index.ts";
import type { Roles } from "./roles.ts";

/** One configuration to judge. */
export interface Entry {
  /** Made anew where it was let go of: hold on to it no longer than it is judged. */
  readonly config: Configuration;
  /** The files of its modules, root-relative. */
  readonly modules: readonly string[];
  /** The file that stands for it. */
  readonly file: SourceFile;
  readonly role: "system" | "baseline" | "fragment";
  readonly isFlakeBuilt: boolean;
  readonly json: ModuleJson | null;
  /** The flake output it is, for the one name that two outputs of a file would share. */
  readonly output: string | null;
}

/** The configurations that concern any of the targets: their own, those that import them, and what shares their baselines. */
export function entriesFor(roles: Roles, targets: readonly string[]): Entry[] {
  const wanted = new Set<string>();
  const pending = [...targets];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (wanted.has(path)) continue;
    wanted.add(path);
    // What is only called as a package is reached through its caller, too.
    for (const user of roles.usersOf(path)) if (roles.roleOf(user) !== "flake") pending.push(user);
    // Whether a baseline or each of its systems is to blame for a lack depends on all of them.
    if (roles.roleOf(path) === "system") for (const imported of modulePaths(roles, path)) if (roles.roleOf(imported) === "baseline") pending.push(imported);
    roles.trim();
  }
  const entries: Entry[] = [];
  const built = new Set<string>();
  for (const flake of roles.flakes()) {
    const paths = flake.configuration.modules.map((module) => module.file.path);
    const path = flake.direct.find((candidate) => roles.roleOf(candidate) === "system") ?? flake.direct.find((candidate) => roles.roleOf(candidate) === "baseline") ?? flake.direct[0];
    const file = path === undefined ? null : roles.project.file(path);
    if (path === undefined || file === null || !paths.some((candidate) => wanted.has(candidate))) continue;
    const role = roles.roleOf(path);
    if (role === "flake" || role === "package") continue;
    built.add(path);
    entries.push({ config: flake.configuration, modules: paths, file, role, isFlakeBuilt: true, json: roles.jsonOf(path), output: flake.name });
  }
  for (const path of [...wanted].sort()) {
    const role = roles.roleOf(path);
    if (role === "flake" || role === "package" || built.has(path)) continue;
    // What an importer judges as part of its configuration is not judged alone.
    if (role !== "system" && isJudgedElsewhere(roles, path)) continue;
    const file = roles.project.file(path);
    if (file !== null) entries.push(new OwnEntry(roles, file, role));
    roles.trim();
  }
  return entries;
}

/** What a file is by itself. */
class OwnEntry implements Entry {
  readonly file: SourceFile;
  readonly role: Entry["role"];
  readonly modules: readonly string[];
  readonly isFlakeBuilt = false;
  readonly json: ModuleJson | null;
  readonly output = null;
  readonly #project: Project;

  constructor(roles: Roles, file: SourceFile, role: Entry["role"]) {
    this.file = file;
    this.role = role;
    this.modules = roles.modulesOf(file.path);
    this.json = roles.jsonOf(file.path);
    this.#project = roles.project;
  }

  get config(): Configuration {
    return this.#project.configuration(this.file.path) as Configuration;
  }
}

function isModuleRole(roles: Roles, path: string): boolean {
  const role = roles.roleOf(path);
  return role !== "package" && role !== "flake";
}

/** The files of the modules that a file's configuration is made of, without itself. */
function modulePaths(roles: Roles, path: string): string[] {
  return roles.modulesOf(path).filter((other) => other !== path);
}

/**
 * Whether something that imports a file, directly or by way of others, is judged with it: a system, a flake's, or for a part
 * whatever it is a part of. A baseline is to be whole by itself where no system shows that it is.
 */
function isJudgedElsewhere(roles: Roles, path: string): boolean {
  const seen = new Set<string>();
  const isPart = roles.roleOf(path) === "fragment";
  const visit = (current: string): boolean =>
    takersOf(roles, current).some((importer) => {
      if (seen.has(importer)) return false;
      seen.add(importer);
      return roles.roleOf(importer) === "system" || visit(importer) || (isPart && takersOf(roles, importer).length === 0);
    });
  return visit(path) || roles.flakes().some((flake) => flake.configuration.modules.some((module) => module.file.path === path));
}

/** The modules that take a file in as a module. */
function takersOf(roles: Roles, path: string): string[] {
  return roles.importersOf(path).filter((importer) => isModuleRole(roles, importer) && modulePaths(roles, importer).includes(path));
}

/** How many systems each file is part of, by its root-relative path. */
export function systemsByModule(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const systems = new Map<string, number>();
  for (const { role, modules } of entries) if (role === "system") for (const path of new Set(modules)) systems.set(path, (systems.get(path) ?? 0) + 1);
  return systems;
}
