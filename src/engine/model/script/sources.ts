/** Finds the scripts of a configuration: every place where a module holds shell. */
import type { At } from "../at.ts";
import type { Configuration } from "../configuration.ts";
import type { Thunk } from "../thunk.ts";
import { type CallValue, type Piece, type StringValue, type Value, textOf } from "../values.ts";

/** How the text is run. */
export type ScriptKind =
  /** A `script` or `preStart` option: NixOS runs it with `set -e` (nixpkgs, `nixos/lib/systemd-lib.nix`, `makeJobScript`). */
  | "option"
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

const SCRIPT_OPTIONS = ["script", "preStart", "postStart", "preStop", "postStop", "reload"] as const;
const EXEC_OPTIONS = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost"] as const;

/** The scripts of a unit, of all units, of activation and of the packages that a system installs. */
export function scriptsOf(config: Configuration): ScriptSource[] {
  const found: ScriptSource[] = [];
  for (const [manager, root] of [["system", ["systemd", "services"]], ["user", ["systemd", "user", "services"]]] as const) {
    for (const unit of config.node(root).names()) found.push(...scriptsOfUnit(config, [...root, unit], unit, manager));
  }
  const activation = ["system", "activationScripts"];
  for (const name of config.node(activation).names()) {
    const node = config.node([...activation, name]);
    const value = (node.isSet ? config.node([...activation, name, "text"]) : node).answer().value;
    if (value?.t === "string") found.push(source("activation", null, "system", `activationScripts.${name}`, value, value.at, false));
  }
  const installed = config.option("environment.systemPackages").value;
  if (installed?.t === "list") for (const item of installed.items) found.push(...scriptOfPackage(item.thunk, item.maybe));
  return found.flatMap((each) => [each, ...scriptsRunBy(each, 0)]);
}

const MAX_NESTED = 4;
/** What stands right before a command on its line: keywords, then a shell or a wrapper with its options. */
const KEYWORDS = ["exec", "then", "do", "else", "if", "while", "time"];
const WRAPPERS = ["runuser", "sudo", "env", "timeout", "nice", "bash", "sh"];

/** Whether what follows a part of a line is run as a command. */
function leadsToCommand(line: string): boolean {
  const part = line.split(/[\n;&|(!]/).pop() ?? "";
  if (/[^ \t]$/.test(part)) return false;
  const word = part.split(/[ \t]+/).find((each) => each !== "" && !KEYWORDS.includes(each));
  return word === undefined || (WRAPPERS.includes(word.split("/").pop() ?? "") && !part.includes(")"));
}

/** The scripts made in place that a script runs: `script = "${backup}/bin/backup --all";`. */
function scriptsRunBy(outer: ScriptSource, depth: number): ScriptSource[] {
  if (depth >= MAX_NESTED || outer.unit === null) return [];
  const found: ScriptSource[] = [];
  let line = "";
  for (const piece of outer.value.pieces) {
    if ("text" in piece) {
      line = (line + piece.text).slice(-200);
      continue;
    }
    const made = leadsToCommand(line) ? scriptCall(piece.hole) : null;
    if (made !== null) {
      const inner = { ...outer, kind: made.kind, value: made.text, at: made.text.at ?? outer.at, inputs: made.inputs, hasInterpreter: made.hasInterpreter };
      found.push(inner, ...scriptsRunBy(inner, depth + 1));
    }
    line += "x";
  }
  return found;
}

function source(kind: ScriptKind, unit: string | null, manager: ScriptSource["manager"], option: string, value: StringValue, at: At | null, uncertain: boolean, more: Partial<ScriptSource> = {}): ScriptSource {
  return { kind, unit, manager, option, value, at, ignoresFailure: false, isPrivileged: false, inputs: null, hasInterpreter: false, uncertain, ...more };
}

function scriptsOfUnit(config: Configuration, path: readonly string[], unit: string, manager: ScriptSource["manager"]): ScriptSource[] {
  const found: ScriptSource[] = [];
  for (const option of SCRIPT_OPTIONS) {
    const answer = config.option([...path, option]);
    for (const { value, valueAt, undecided } of answer.winners) {
      if (value.t === "string") found.push(source("option", unit, manager, option, value, valueAt, undecided.length > 0));
    }
  }
  for (const option of EXEC_OPTIONS) {
    const answer = config.option([...path, "serviceConfig", option]);
    for (const { value, valueAt, undecided } of answer.winners) {
      const items = value.t === "list" ? value.items.map((item) => ({ value: item.thunk.force(), at: item.thunk.at, maybe: item.maybe })) : [{ value, at: valueAt, maybe: false }];
      for (const item of items) found.push(...execLine(item.value, item.at, unit, manager, option, item.maybe || undecided.length > 0));
    }
  }
  return found;
}

/** What an `Exec…=` line runs: a script made in place, or the line itself (systemd.service(5), "Command lines"). */
function execLine(value: Value, at: At | null, unit: string, manager: ScriptSource["manager"], option: string, uncertain: boolean): ScriptSource[] {
  const made = scriptCall(value);
  if (made !== null) return [source(made.kind, unit, manager, option, made.text, made.text.at ?? at, uncertain, { inputs: made.inputs, hasInterpreter: made.hasInterpreter })];
  if (value.t !== "string" || value.pieces.length === 0) return [];
  const { prefix, pieces } = takePrefix(value.pieces);
  const flags = { ignoresFailure: prefix.includes("-"), isPrivileged: /[+!]/.test(prefix) };
  const [first, second] = pieces;
  const inner = first !== undefined && "hole" in first ? scriptCall(first.hole) : null;
  if (inner !== null) {
    // `${pkgs.writeShellScriptBin "x" "…"}/bin/x --option`: arguments come in as `$1` and so on.
    const tail = second !== undefined && "text" in second ? second.text : "";
    if (pieces.length === 1 || /^(?:\/bin\/[^\s/]+)?(?:\s|$)/.test(tail)) return [source(inner.kind, unit, manager, option, inner.text, inner.text.at ?? at, uncertain, { ...flags, inputs: inner.inputs, hasInterpreter: inner.hasInterpreter })];
  }
  return [source("command-line", unit, manager, option, { ...value, pieces }, at, uncertain, flags)];
}

/** Takes systemd's prefixes (`-`, `@`, `:`, `+`, `!`, `!!`) off a command line. */
function takePrefix(pieces: readonly Piece[]): { readonly prefix: string; readonly pieces: readonly Piece[] } {
  const [first, ...rest] = pieces;
  if (first === undefined || !("text" in first)) return { prefix: "", pieces };
  const prefix = /^[-@:+!|]*/.exec(first.text)?.[0] ?? "";
  if (prefix === "") return { prefix, pieces };
  const text = first.text.slice(prefix.length);
  const map = first.map === null ? null : first.map.map((entry, index) => (index % 2 === 0 ? entry - prefix.length : entry));
  return { prefix, pieces: text === "" ? rest : [{ ...first, text, map }, ...rest] };
}

interface MadeScript {
  readonly kind: "shell" | "application";
  readonly text: StringValue;
  readonly inputs: readonly Value[] | null;
  readonly hasInterpreter: boolean;
}

/** The text in a call such as `pkgs.writeShellScript "name" "…"`, or null. */
export function scriptCall(value: Value): MadeScript | null {
  if (value.t !== "call" || value.select.length > 0) return null;
  const name = value.fn.t === "ref" ? value.fn.path[value.fn.path.length - 1] : undefined;
  const argument = (index: number): Value | null => value.args[index]?.force() ?? null;
  switch (name) {
    case "writeShellScript":
    case "writeShellScriptBin":
    case "writeBash":
    case "writeBashBin":
    case "writeDash":
    case "writeDashBin": {
      const text = argument(1);
      return text?.t === "string" ? { kind: "shell", text, inputs: null, hasInterpreter: false } : null;
    }
    case "writeScript":
    case "writeScriptBin": {
      const text = argument(1);
      return text?.t === "string" && isShell(text) ? { kind: "shell", text, inputs: null, hasInterpreter: true } : null;
    }
    case "writeShellApplication":
      return application(argument(0));
    case "getExe":
    case "getBin":
      return scriptCallIn(value);
    default:
      return null;
  }
}

function scriptCallIn(value: CallValue): MadeScript | null {
  const inner = value.args[0]?.force();
  return inner === undefined ? null : scriptCall(inner);
}

function application(argument: Value | null): MadeScript | null {
  if (argument?.t !== "attrs") return null;
  const text = argument.attrs.get("text")?.thunk.force();
  const inputs = argument.attrs.get("runtimeInputs")?.thunk.force();
  if (text?.t !== "string") return null;
  const known = inputs?.t === "list" && inputs.open === null ? inputs.items.map((item) => item.thunk.force()) : inputs === undefined ? [] : null;
  const inherits = argument.attrs.get("inheritPath")?.thunk.force();
  const isPlain = argument.open === null && (inherits === undefined || (inherits.t === "bool" && inherits.v));
  return { kind: "application", text, inputs: isPlain ? known : null, hasInterpreter: false };
}

/** Whether a script's first line names a shell. */
function isShell(text: StringValue): boolean {
  const [first, second] = text.pieces;
  const start = first !== undefined && "text" in first ? first.text : "";
  const more = second !== undefined && "hole" in second && start === "#!" ? `${textOf({ ...text, pieces: text.pieces.slice(2, 3) }) ?? ""}` : "";
  const line = (start + more).split("\n")[0] ?? "";
  return line.startsWith("#!") && /\b(?:ba|da|z)?sh\b/.test(line);
}

function scriptOfPackage(thunk: Thunk, uncertain: boolean): ScriptSource[] {
  const made = scriptCall(thunk.force());
  return made === null ? [] : [source(made.kind, null, "system", "environment.systemPackages", made.text, made.text.at, uncertain, { inputs: made.inputs })];
}
