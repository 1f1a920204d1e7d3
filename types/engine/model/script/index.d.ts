/** The scripts of a configuration with what they do: what rules about shell work on. */
import { type ShellParser } from "../../syntax/shell/index.js";
import type { Span } from "../../syntax/index.js";
import type { At } from "../at.js";
import type { Configuration } from "../configuration.js";
import type { ScriptFacts } from "./facts.js";
import { type ScriptSource } from "./sources.js";
export type { CommandUse, Fate, FileFact, PrintFact, Program, ScriptFacts } from "./facts.js";
export { BUILTINS, packageOf } from "./program-name.js";
export type { ScriptKind, ScriptSource } from "./sources.js";
export { scriptCall } from "./sources.js";
export { applyMode, hasOption, option, readArguments, type Arguments } from "./arguments.js";
export { type Gap, type Text, baseNameOf, display, head, keyOf, known, matches, tail, whole } from "./text.js";
/** A script with what it does. */
export interface Script {
    readonly source: ScriptSource;
    readonly facts: ScriptFacts;
    readonly text: string;
    /** The place in the source of a span of the script. */
    at(span: Span): At | null;
}
/** All scripts of a configuration; null while the shell grammar is not loaded and there is a script to read. */
export declare function readScripts(config: Configuration, shell: ShellParser | null): readonly Script[] | null;
