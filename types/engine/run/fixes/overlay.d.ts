/** Texts that are not written yet, laid over the files of a tree. */
import type { Host } from "../../model/index.js";
/** A Host in which some files, all of which exist below, have other texts. */
export declare class TextOverlay implements Host {
    #private;
    constructor(base: Host, texts: ReadonlyMap<string, string>);
    read(path: string): string | null;
    kind(path: string): "file" | "folder" | null;
    list(folder: string): readonly string[];
    nixFiles(): readonly string[];
}
