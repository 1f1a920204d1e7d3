/** What a script does, as the rules ask for it: commands, files that it creates, key material that it prints. */
import type { Span } from "../../syntax/index.js";
import type { Text } from "./text.js";
/** What becomes of a command's failure. */
export type Fate = 
/** The script fails. */
{
    readonly kind: "counts";
}
/** The script goes on and may succeed; `at` is what hides it. */
 | {
    readonly kind: "hidden";
    readonly by: "or-true" | "pipe" | "followed" | "prefix";
    readonly at: Span;
}
/** The script looks at it, or it cannot be known. */
 | {
    readonly kind: "handled";
};
/** How a command's program is found. */
export type Program = {
    readonly kind: "builtin";
} | {
    readonly kind: "function";
}
/** A bare name, looked up in `PATH`. */
 | {
    readonly kind: "name";
}
/** An absolute path as text. */
 | {
    readonly kind: "path";
    readonly path: string;
}
/** `${pkgs.x}/bin/y`. */
 | {
    readonly kind: "package";
    readonly package: string;
} | {
    readonly kind: "unknown";
};
/** One command, in the order of execution; one inside a wrapper comes after the wrapper. */
export interface CommandUse extends Span {
    /** The program's own name (`tar`), whatever the path to it; null where it is not known. */
    readonly name: string | null;
    readonly program: Program;
    /** Where the name stands. */
    readonly nameAt: Span;
    readonly args: readonly Text[];
    readonly argsAt: readonly Span[];
    /** The files that its output is redirected to. */
    readonly outputs: readonly Text[];
    /** The files that it reads through `<`. */
    readonly inputs: readonly Text[];
    /** Its standard output is the script's own: the journal. */
    readonly isPrinted: boolean;
    /** The files in which its standard output ends up: by redirects, also around it, and behind the pipes that follow. */
    readonly flowsInto: readonly Text[];
    /** The folder that the script has gone to; null where it has not, or where that is not known. */
    readonly cwd: Text | null;
    readonly fate: Fate;
    /** Names of the wrappers around it, outermost first (`runuser`, `xargs`). */
    readonly wrappers: readonly string[];
    /** The user that a wrapper runs it as, where one does. */
    readonly user: Text | null;
    /** Runs inside a container, or on another machine. */
    readonly elsewhere: boolean;
    /** `PATH` as the script has set it; null where it has not. */
    readonly path: Text | null;
    readonly environment: ReadonlyMap<string, Text>;
    /** Commands of the same pipeline that come after it. */
    readonly pipedInto: readonly string[];
    /** Runs only under a condition. */
    readonly uncertain: boolean;
    /** The script's own variables when it runs; for looking further. */
    readonly inFunction: string | null;
}
/** A file that the script creates or writes, as it is when the script ends. */
export interface FileFact extends Span {
    readonly path: Text;
    /** The least strict mode with which it may end; null where that is not known. */
    readonly mode: number | null;
    /** The same if the file was not there before the script: what is appended to keeps its mode otherwise. */
    readonly ifNew: number | null;
    /** Holds key material that the script generated. */
    readonly secret: boolean;
    readonly how: "redirect" | "append" | "copy" | "install" | "archive" | "output" | "touch" | "temporary";
    /** What an archive or a copy was made of, as written (relative to `folder`, where there is one). */
    readonly members: readonly Text[];
    /** The file stood in a folder that the script had closed to others. */
    readonly inClosedFolder: boolean;
}
/** A folder that the script has given a mode. */
export interface FolderFact {
    readonly path: Text;
    readonly mode: number;
}
/** Key material that reaches the script's standard output or error, or the journal itself (`logger`). */
export interface PrintFact extends Span {
    readonly how: "echo" | "generator" | "trace" | "output";
    readonly stream: "out" | "err" | "log";
    /** The variable that holds it, where it is one. */
    readonly variable: string | null;
    /** For a trace: what is traced, where the span is that of `set -x`. */
    readonly traced: Span | null;
}
export interface ScriptFacts {
    readonly commands: readonly CommandUse[];
    readonly files: readonly FileFact[];
    /** Folders with the modes that the script leaves them. */
    readonly folders: readonly FolderFact[];
    readonly prints: readonly PrintFact[];
    /** Functions that the script defines. */
    readonly functions: ReadonlySet<string>;
    /** Some of it could not be read: nothing is sure to be missing. */
    readonly hasErrors: boolean;
}
