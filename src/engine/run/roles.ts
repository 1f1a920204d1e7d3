/** Decides what kind of file each file of the tree is, and who imports whom. */
import { parseModuleJson, type ModuleJson } from "../domain/module-json.ts";
import { isOptionRoot } from "../domain/option-roots.ts";
import { type Configuration, type Project, type SourceFile, baseName, folderOf, join } from "../model/index.ts";
import { CONFIG_NAME } from "./config/name.ts";
import { Mentions, mentioning } from "./mentions.ts";
import { referencesOf } from "./references.ts";
import type { Role } from "./result.ts";
import type { SettingsOf } from "./settings.ts";
import { type FlakeSystem, flakeSystems } from "./flakes.ts";

/** Argument names that only a NixOS module has. */
const MODULE_ARGUMENTS = new Set(["config", "options", "modulesPath"]);
const STRUCTURE = ["imports", "options", "config"];

/** How many files of a tree stay worked out while another is looked at. More than a usual tree has, and few enough for any memory. */
const MOST_ALIVE = 60;

/** What is asked of a module again and again, when its configuration may be gone. */
interface ModuleFacts {
  /** The files of the modules that its configuration is made of, itself among them. */
  readonly modules: readonly string[];
  /** The files that it imports as modules directly. */
  readonly imports: readonly string[];
  readonly importsHardware: boolean;
}

const NO_MODULE: ModuleFacts = { modules: [], imports: [], importsHardware: false };

/** Roles and imports of one tree, each worked out when first asked for. */
export class Roles {
  readonly project: Project;
  readonly #settingsOf: SettingsOf;
  readonly #mentions: Mentions;
  readonly #roles = new Map<string, Role>();
  readonly #facts = new Map<string, ModuleFacts>();
  readonly #imports = new Map<string, readonly string[]>();
  readonly #json = new Map<string, ModuleJson | null>();
  #flakes: readonly FlakeSystem[] | null = null;

  constructor(project: Project, settingsOf: SettingsOf) {
    this.project = project;
    this.#settingsOf = settingsOf;
    this.#mentions = new Mentions(project.host);
  }

  /** The role of a file; `package` for one that cannot be read as anything else. */
  roleOf(path: string): Role {
    let role = this.#roles.get(path);
    if (role === undefined) {
      role = this.#settingsOf(path).role ?? this.#recognise(path);
      this.#roles.set(path, role);
    }
    return role;
  }

  #recognise(path: string): Role {
    if (baseName(path) === "flake.nix") return "flake";
    const file = this.project.file(path);
    if (file === null || !this.isModule(file)) return "package";
    if (this.#factsOf(path).importsHardware) return "system";
    if ((this.jsonOf(path)?.vmname ?? null) !== null) return "system";
    if (!this.#setsStateVersion(path)) return "fragment";
    return this.importersOf(path).length > 0 || this.flakes().some((flake) => flake.direct.includes(path)) ? "baseline" : "system";
  }

  /** Whether a file is a NixOS module rather than a package, a shell, an overlay or data. */
  isModule(file: SourceFile): boolean {
    const value = this.project.value(file);
    if (value.t === "lambda") {
      const { formals, param } = value.expr;
      if (formals === null) return param === "config" && this.#looksLikeModule(file);
      if (!formals.open) return false;
      if (formals.list.some(({ name }) => MODULE_ARGUMENTS.has(name))) return this.#body(file) !== null;
      return this.#looksLikeModule(file);
    }
    return value.t === "attrs" && this.#looksLikeModule(file);
  }

  #body(file: SourceFile): Configuration["modules"][number] | null {
    return this.project.configuration(file.path)?.modules.find((module) => module.file === file) ?? null;
  }

  #looksLikeModule(file: SourceFile): boolean {
    const names = [...(this.#body(file)?.value.attrs.keys() ?? [])];
    return names.some((name) => STRUCTURE.includes(name) || isOptionRoot(name)) || this.#isImportedAsModule(file.path);
  }

  #isImportedAsModule(path: string): boolean {
    return this.#candidates(path).some((other) => this.#factsOf(other).imports.includes(path));
  }

  #setsStateVersion(path: string): boolean {
    const configuration = this.project.configuration(path);
    return configuration?.node("system.stateVersion").definitions.some((definition) => definition.file.path === path) ?? false;
  }

  /** The JSON beside a module (`x.json` beside `x.nix`), or null. */
  jsonOf(path: string): ModuleJson | null {
    let json = this.#json.get(path);
    if (json === undefined) {
      const text = this.project.host.read(path.replace(/\.nix$/, ".json"));
      const result = text === null || !path.endsWith(".nix") ? null : parseModuleJson(text);
      json = result?.ok === true ? result.module : null;
      this.#json.set(path, json);
    }
    return json;
  }

  #factsOf(path: string): ModuleFacts {
    let facts = this.#facts.get(path);
    if (facts === undefined) {
      facts = this.#findFacts(path);
      this.#facts.set(path, facts);
    }
    return facts;
  }

  #findFacts(path: string): ModuleFacts {
    const configuration = this.project.configuration(path);
    if (configuration === null) return NO_MODULE;
    const imports = configuration.modules.find((module) => module.file.path === path)?.imports ?? [];
    return {
      modules: configuration.modules.map((module) => module.file.path),
      imports: imports.flatMap((entry) => (entry.kind === "file" && entry.path !== null ? [entry.path] : [])),
      importsHardware: imports.some(({ kind }) => kind === "hardware"),
    };
  }

  /** The files of the modules that a file's configuration is made of, itself among them. */
  modulesOf(path: string): readonly string[] {
    return this.#factsOf(path).modules;
  }

  /** Lets go of what has been worked out of most files, where nobody has a configuration in hands; of those first that are done with. */
  trim(done: SourceFile | null = null): void {
    this.project.trim(MOST_ALIVE, done);
  }

  /** The files of the tree that a file takes in directly, as modules or by `import`. */
  importedBy(path: string): readonly string[] {
    let imported = this.#imports.get(path);
    if (imported === undefined) {
      const file = this.project.file(path);
      imported = file === null ? [] : [...new Set([...this.#factsOf(path).imports, ...this.#imported(file)])];
      this.#imports.set(path, imported);
    }
    return imported;
  }

  /** Targets of `import`, without the packages that are called: these are no part of a configuration. */
  #imported(file: SourceFile): string[] {
    return referencesOf(file).flatMap(({ kind, path }) => {
      if (kind !== "import") return [];
      return [this.project.host.kind(path) === "folder" ? `${path}/default.nix` : path];
    });
  }

  /** The files of the tree that take a file in directly. */
  importersOf(path: string): readonly string[] {
    return this.#candidates(path).filter((other) => this.importedBy(other).includes(path));
  }

  /** The files of the tree that evaluate a file in any way: as a module, by `import`, as a package, or reading its text. */
  usersOf(path: string): readonly string[] {
    const refers = (other: string): boolean => {
      const file = this.project.file(other);
      return file !== null && referencesOf(file).some((reference) => reference.path === path || `${reference.path}/default.nix` === path);
    };
    return this.#candidates(path).filter((other) => this.importedBy(other).includes(path) || refers(other));
  }

  /**
   * The files of the tree whose findings hang on a file directly: what evaluates it, the flake that builds a system of it, the module
   * beside a JSON, the flake beside a lock, everything below a configuration. Whatever names a file that is gone hangs on it: an
   * import of that leads nowhere any more.
   * @param path of any file, there or not
   */
  builtOn(path: string): readonly string[] {
    const name = baseName(path);
    const folder = folderOf(path);
    if (name === CONFIG_NAME) return this.project.host.nixFiles().filter((other) => folder === "" || other.startsWith(`${folder}/`));
    const beside = name === "flake.lock" ? join(folder, "flake.nix") : name.endsWith(".json") ? path.replace(/\.json$/, ".nix") : path;
    const companion = beside !== path && this.project.host.nixFiles().includes(beside) ? [beside] : [];
    if (this.project.host.kind(path) === null) return [...companion, ...this.#candidates(path)];
    const flakes = this.#candidates(path).some((other) => baseName(other) === "flake.nix") ? this.flakes().filter(({ direct }) => direct.includes(path)) : [];
    return [...new Set([...companion, ...this.usersOf(path), ...flakes.map(({ flake }) => flake.path)])];
  }

  /** Files whose text names a file: only these can import it. */
  #candidates(path: string): readonly string[] {
    return mentioning(this.project.host, path, this.#mentions).filter((other) => other !== path);
  }

  /** The systems that the tree's flakes build. */
  flakes(): readonly FlakeSystem[] {
    this.#flakes ??= this.project.host
      .nixFiles()
      .filter((path) => baseName(path) === "flake.nix")
      .flatMap((path) => {
        const file = this.project.file(path);
        return file === null ? [] : flakeSystems(this.project, file);
      });
    return this.#flakes;
  }
}
