/** Finds the NixOS systems that a flake builds, so that they are judged as what they are. */
import { type Configuration, type Project, type SourceFile } from "../model/index.js";
/** One `nixosSystem` of a flake. */
export interface FlakeSystem {
    readonly flake: SourceFile;
    readonly name: string;
    readonly configuration: Configuration;
    /** The files of the tree that its `modules` name directly. */
    readonly direct: readonly string[];
    /** The input whose `nixosSystem` is called, where that can be seen. */
    readonly input: string | null;
}
/** The systems under `nixosConfigurations` that can be made out. */
export declare function flakeSystems(project: Project, flake: SourceFile): FlakeSystem[];
