/** Texts that are not written yet, laid over the files of a tree. */
import type { Host, Kind } from "../../model/index.js";
/** A Host in which some files, all of which exist below, have other texts. */
export declare class TextOverlay implements Host {
    #private;
    constructor(base: Host, texts: ReadonlyMap<string, string>);
    read(path: string): string | null;
    kind(path: string): Kind;
    realPath(path: string): string;
    list(folder: string): readonly string[];
    nixFiles(): readonly string[];
}
