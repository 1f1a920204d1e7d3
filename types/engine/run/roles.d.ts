/** Decides what kind of file each file of the tree is, and who imports whom. */
import { type ModuleJson } from "../domain/module-json.js";
import { type Project, type SourceFile } from "../model/index.js";
import type { Role } from "./result.js";
import type { SettingsOf } from "./settings.js";
import { type FlakeSystem } from "./flakes.js";
/** Roles and imports of one tree, each worked out when first asked for. */
export declare class Roles {
    #private;
    readonly project: Project;
    constructor(project: Project, settingsOf: SettingsOf);
    /** The role of a file; `package` for one that cannot be read as anything else. */
    roleOf(path: string): Role;
    /** Whether a file is a NixOS module rather than a package, a shell, an overlay or data. */
    isModule(file: SourceFile): boolean;
    /** The JSON beside a module (`x.json` beside `x.nix`), or null. */
    jsonOf(path: string): ModuleJson | null;
    /** The files of the tree that a file takes in directly, as modules or by `import`. */
    importedBy(path: string): readonly string[];
    /** The files of the tree that take a file in directly. */
    importersOf(path: string): readonly string[];
    /** The files of the tree that evaluate a file in any way: as a module, by `import`, as a package, or reading its text. */
    usersOf(path: string): readonly string[];
    /** The systems that the tree's flakes build. */
    flakes(): readonly FlakeSystem[];
}
