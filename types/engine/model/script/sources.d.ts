/** Finds the scripts of a configuration: every place where a module holds shell. */
import type { At } from "../at.js";
import type { Configuration } from "../configuration.js";
import { type StringValue, type Value } from "../values.js";
/** How the text is run. */
export type ScriptKind = 
/** A `script` or `preStart` option: NixOS runs it with `set -e` (nixpkgs, `nixos/lib/systemd-lib.nix`, `makeJobScript`). */
"option"
/** `writeShellScript`, `writeShellScriptBin`: Bash without options. */
 | "shell"
/** `writeShellApplication`: `errexit`, `nounset` and `pipefail`, with its `runtimeInputs` in `PATH`. */
 | "application"
/** A command line that systemd runs itself, without a shell. */
 | "command-line"
/** An activation script: part of one big script. */
 | "activation";
/** One script, and where it runs. */
export interface ScriptSource {
    readonly kind: ScriptKind;
    /** The systemd unit, without `.service`; null for scripts outside units. */
    readonly unit: string | null;
    /** `system` or `user` services. */
    readonly manager: "system" | "user";
    /** The option that holds it (`script`, `ExecStart`). */
    readonly option: string;
    readonly value: StringValue;
    /** The value as written. */
    readonly at: At | null;
    /** `-` in front of a command line: its failure is ignored. */
    readonly ignoresFailure: boolean;
    /** `+` or `!`: runs with full privileges, whatever the unit's user. */
    readonly isPrivileged: boolean;
    /** Packages that `writeShellApplication` puts into `PATH`; null where they cannot be known. */
    readonly inputs: readonly Value[] | null;
    /** Its first line names the interpreter (`writeScript`); all other scripts get Bash from NixOS. */
    readonly hasInterpreter: boolean;
    /** There only under a condition. */
    readonly uncertain: boolean;
}
/** The scripts of a unit, of all units, of activation and of the packages that a system installs. */
export declare function scriptsOf(config: Configuration): ScriptSource[];
interface MadeScript {
    readonly kind: "shell" | "application";
    readonly text: StringValue;
    readonly inputs: readonly Value[] | null;
    readonly hasInterpreter: boolean;
}
/** The text in a call such as `pkgs.writeShellScript "name" "…"`, or null. */
export declare function scriptCall(value: Value): MadeScript | null;
export {};
