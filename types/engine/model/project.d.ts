/** One linted tree: its files parsed once, their values, and the configurations made from them. */
import type { NixParser } from "../syntax/index.js";
import type { ShellParser } from "../syntax/shell/index.js";
import { type SourceFile } from "./at.js";
import { Configuration } from "./configuration.js";
import { Evaluator } from "./evaluate.js";
import type { Host } from "./host.js";
import { Thunk } from "./thunk.js";
import { type AttrsValue, type Value } from "./values.js";
/** What turns texts into syntax; one that keeps what it has parsed saves an editor most of the work. */
export type Parser = Pick<NixParser, "parse">;
/** The files of a tree and what they come to. Everything is computed when first asked for and kept. */
export declare class Project {
    #private;
    readonly host: Host;
    readonly evaluator: Evaluator;
    /** Reads shell; null until somebody who has seen `needsShell` loads it. */
    shell: ShellParser | null;
    constructor(host: Host, parser: Parser);
    /** A parsed file, or null where it cannot be read. */
    file(path: string): SourceFile | null;
    /** What a file's expression comes to. */
    value(file: SourceFile): Value;
    /** The configuration that a module file makes with all it imports, or null where it cannot be read. */
    configuration(path: string): Configuration | null;
    /** The configuration made from several modules, as a flake's `nixosSystem` does. */
    compose(entry: SourceFile, modules: readonly {
        readonly thunk: Thunk;
        readonly file: SourceFile;
    }[], specialArgs: AttrsValue | null): Configuration;
}
