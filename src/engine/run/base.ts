/** The tree as it was in a base revision of git, for rules about what must not change. */
import type { Configuration, Project } from "../model/index.ts";
import type { Entry } from "./entries.ts";
import { Roles } from "./roles.ts";
import type { SettingsOf } from "./settings.ts";

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
export class Past {
  readonly #base: BaseTree;
  readonly #roles: Roles;

  constructor(base: BaseTree, settingsOf: SettingsOf) {
    this.#base = base;
    this.#roles = new Roles(base.project, settingsOf);
  }

  /** What an entry was; null where it is new, or nothing that it is made of has changed. */
  of(entry: Entry, roles: Roles): Before | null {
    const { changed, revision } = this.#base;
    if (!entry.modules.some((path) => isTouched(path, roles, changed))) return null;
    const config = this.#configuration(entry);
    return config === null ? null : { revision, config, isChanged: (path) => changed.has(path) };
  }

  #configuration({ file, output }: Entry): Configuration | null {
    const path = this.#base.pathOf(file.path);
    if (output === null) return this.#base.project.configuration(path);
    return this.#roles.flakes().find(({ name, direct }) => name === output && direct.includes(path))?.configuration ?? null;
  }
}

/** Whether a module, its JSON or a file that it takes in has changed. */
function isTouched(path: string, roles: Roles, changed: ReadonlySet<string>): boolean {
  return changed.has(path) || changed.has(path.replace(/\.nix$/, ".json")) || roles.importedBy(path).some((imported) => changed.has(imported));
}
