/** Finds the files that a file's expressions name: what it imports, calls as a package or reads. */
import { type SourceFile } from "../model/index.js";
import { type Span } from "../syntax/index.js";
/** A relative path that evaluation would follow. The span is the path's, also where it was given a name first. */
export interface Reference extends Span {
    readonly kind: "import" | "callPackage" | "readFile";
    /** Relative to the root, normalised; may lead out of it with `..`. */
    readonly path: string;
    /** As written. */
    readonly text: string;
    /** It is followed only where `pathExists` has found it. */
    readonly isGuarded: boolean;
}
/** The references of a file, in the order in which they stand. `imports` lists are not among them. */
export declare function referencesOf(file: SourceFile): readonly Reference[];
/** The paths of which a file asks with `pathExists` whether they exist, relative to the root and normalised. */
export declare function pathsAskedFor(file: SourceFile): ReadonlySet<string>;
