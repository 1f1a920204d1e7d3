/** Runs the script model on shell text that stands in a test. */
import { type ScriptFacts } from "../../../../src/engine/model/script/facts.ts";
import { display } from "../../../../src/engine/model/script/index.ts";
import { interpret } from "../../../../src/engine/model/script/interpret.ts";
import { shell } from "../../../support/parser.ts";

/** What a script does that starts as `writeShellScript` makes it: Bash without options, the usual mask. */
export function factsOf(text: string, more: { readonly errexit?: boolean; readonly pipefail?: boolean; readonly umask?: number | null } = {}): ScriptFacts {
  return interpret(shell.parse(text), [], { errexit: false, pipefail: false, umask: 0o022, environment: new Map(), parse: (script) => shell.parse(script), ...more });
}

/** Path and mode (octal, `?` where it is not known) of each file, with `secret` for key material and `closed` for its folder. */
export function filesOf(text: string, umask: number | null = 0o022): string[] {
  return factsOf(text, { umask }).files.map(({ path, mode, secret, inClosedFolder }) => `${display(path)} ${mode === null ? "?" : mode.toString(8)}${secret ? " secret" : ""}${inClosedFolder ? " closed" : ""}`);
}

/** The texts of what is printed, with the stream and the variable. */
export function printsOf(text: string): string[] {
  return factsOf(text).prints.map(({ start, end, how, stream, variable }) => `${how} ${stream} ${variable ?? "-"}: ${text.slice(start, end)}`);
}
