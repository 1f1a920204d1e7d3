/** A place in a file of the tree: where a value, a name or a definition was written. */
import type { Span, Syntax } from "../syntax/index.js";
/** A parsed file of the tree. */
export interface SourceFile {
    /** Relative to the root, with `/`. */
    readonly path: string;
    /** Where its relative paths start: its folder, for a link that of the file that it leads to (Nix, `resolveExprPath`). */
    readonly folder: string;
    readonly syntax: Syntax;
}
/** A span in a file; offsets are UTF-16 units from 0. */
export interface At extends Span {
    readonly file: SourceFile;
}
export declare function at(file: SourceFile, span: Span): At;
