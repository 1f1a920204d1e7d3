/** The scripts of a configuration with what they do: what rules about shell work on. */
import { type ShellParser, type ShellScript } from "../../syntax/shell/index.ts";
import { type Span, onceFor } from "../../syntax/index.ts";
import type { At } from "../at.ts";
import type { Configuration } from "../configuration.ts";
import { limits } from "../limits.ts";
import { commandLine } from "./command-line.ts";
import type { ScriptFacts } from "./facts.ts";
import { interpret } from "./interpret.ts";
import { remembered } from "./memory.ts";
import { type ScriptText, scriptText } from "./script-text.ts";
import { type ScriptSource, scriptsOf } from "./sources.ts";
import { type Text, known } from "./text.ts";

export type { CommandUse, Fate, FileFact, PrintFact, Program, ScriptFacts } from "./facts.ts";
export { BUILTINS, packageOf } from "./program-name.ts";
export type { ScriptKind, ScriptSource } from "./sources.ts";
export { scriptCall } from "./sources.ts";
export { applyMode, hasOption, option, readArguments, type Arguments } from "./arguments.ts";
export { type Gap, type Text, baseNameOf, display, head, keyOf, known, matches, tail, whole } from "./text.ts";

/** A script with what it does. */
export interface Script {
  readonly source: ScriptSource;
  readonly facts: ScriptFacts;
  readonly text: string;
  /** The place in the source of a span of the script. */
  at(span: Span): At | null;
}

/** The user's mask that systemd gives to units (systemd.exec(5), `UMask=`). */
const UNIT_UMASK = 0o022;

/** All scripts of a configuration; null while the shell grammar is not loaded and there is a script to read. */
export function readScripts(config: Configuration, shell: ShellParser | null): readonly Script[] | null {
  return shell === null ? (scriptsOf(config).length > 0 ? null : []) : allScripts(config, shell);
}

const allScripts = onceFor((config: Configuration, shell: ShellParser): readonly Script[] =>
  scriptsOf(config).flatMap((source): Script[] => {
    const text = scriptText(source.value);
    if (text === null) return [];
    return [{ source, text: text.text, facts: factsOf(config, source, text, shell), at: (span) => text.at(span) ?? source.at }];
  }),
);

function factsOf(config: Configuration, source: ScriptSource, text: ScriptText, shell: ShellParser): ScriptFacts {
  const isStrict = source.kind === "application" || (source.kind === "option" && isStrictUnit(config, source));
  const start = {
    // `#!/bin/sh -e` in the first line of a script that is written whole sets it too.
    errexit: isStrict || source.kind === "option" || (source.hasInterpreter && /^#![^\n]*\s-[a-z]*e/.test(text.text)),
    pipefail: isStrict,
    umask: umaskOf(config, source),
    environment: environmentOf(config, source),
  };
  const isLine = source.kind === "command-line";
  const facts = remembered(shell, isLine, text, start, (holes) => {
    const parse = (script: string): ShellScript => {
      const read = shell.parse(script);
      if (read.isGivenUp === true) limits.hit = true;
      return read;
    };
    return interpret(isLine ? commandLine(text.text) : parse(text.text), holes, { ...start, parse });
  });
  if (!source.ignoresFailure) return facts;
  const hidden = { kind: "hidden", by: "prefix", at: { start: 0, end: text.text.length } } as const;
  return { ...facts, commands: facts.commands.map((command) => (command.fate.kind === "counts" ? { ...command, fate: hidden } : command)) };
}

/** NixOS makes the scripts of such a unit with `writeShellApplication` (nixpkgs, `nixos/lib/systemd-lib.nix`, `makeJobScript`). */
function isStrictUnit(config: Configuration, source: ScriptSource): boolean {
  const { state, value } = config.option([...unitPath(source), "enableStrictShellChecks"]);
  return state === "known" && value?.t === "bool" && value.v;
}

function unitPath(source: ScriptSource): string[] {
  return source.manager === "user" ? ["systemd", "user", "services", source.unit ?? ""] : ["systemd", "services", source.unit ?? ""];
}

function umaskOf(config: Configuration, source: ScriptSource): number | null {
  if (source.unit === null) return UNIT_UMASK;
  const answer = config.option([...unitPath(source), "serviceConfig", "UMask"]);
  if (answer.state === "undefined" || (answer.state === "unknown" && answer.definitions.length === 0)) return UNIT_UMASK;
  const value = answer.state === "known" ? answer.value : null;
  const digits = value?.t === "string" ? value.pieces.map((piece) => ("text" in piece ? piece.text : "x")).join("") : value?.t === "int" ? String(value.v) : "x";
  return /^[0-7]{1,4}$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** The environment that the unit gives its scripts, as far as it is text. */
function environmentOf(config: Configuration, source: ScriptSource): Map<string, Text> {
  const environment = new Map<string, Text>();
  if (source.unit === null) return environment;
  const path = [...unitPath(source), "environment"];
  for (const name of config.node(path).names()) {
    const answer = config.option([...path, name]);
    if (answer.state !== "known" || answer.value?.t !== "string" || name === "PATH") continue;
    const parts = answer.value.pieces.map((piece) => ("text" in piece ? piece.text : { value: piece.hole }));
    environment.set(name, parts.length === 1 && typeof parts[0] === "string" ? known(parts[0]) : { parts, secret: false, glob: false, splits: false });
  }
  return environment;
}
