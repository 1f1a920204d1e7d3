/** Remembers what scripts do: the same script stands in many systems, and in an editor most of them stay as they are. */
import type { ShellParser } from "../../syntax/shell/index.ts";
import type { Value } from "../values.ts";
import type { ScriptFacts } from "./facts.ts";
import type { ScriptStart } from "./interpret.ts";
import type { ScriptText } from "./script-text.ts";
import type { Text } from "./text.ts";

/** Scripts that are remembered; the one that was asked for longest ago goes first. */
const MOST = 400;

const memories = new WeakMap<ShellParser, Map<string, ScriptFacts>>();

/** The facts of a script that starts as it is said, worked out by `find` where nobody has asked for the same. */
export function remembered(shell: ShellParser, isLine: boolean, text: ScriptText, start: Omit<ScriptStart, "parse">, find: () => ScriptFacts): ScriptFacts {
  const key = keyOf(isLine, text, start);
  if (key === null) return find();
  let memory = memories.get(shell);
  if (memory === undefined) memories.set(shell, (memory = new Map()));
  const known = memory.get(key);
  if (known !== undefined) {
    memory.delete(key);
    memory.set(key, known);
    return known;
  }
  const facts = find();
  memory.set(key, facts);
  if (memory.size > MOST) memory.delete(memory.keys().next().value as string);
  return facts;
}

/** All that the facts hang on, as one text; null where that cannot be told from the outside. */
function keyOf(isLine: boolean, { text, holes }: ScriptText, { errexit, pipefail, umask, environment }: Omit<ScriptStart, "parse">): string | null {
  const parts = [`${isLine} ${errexit} ${pipefail} ${umask}`, text];
  for (const hole of holes) {
    const key = keyOfHole(hole, holes);
    if (key === null) return null;
    parts.push(key);
  }
  for (const [name, value] of environment) {
    const key = keyOfText(value);
    if (key === null) return null;
    parts.push(name, key);
  }
  return JSON.stringify(parts);
}

/** Of an interpolation the facts keep the value, of which nothing but what it refers to is ever asked. */
function keyOfHole(value: Value, all: readonly Value[]): string | null {
  if (value.t === "ref") return `ref ${value.path.join("\0")}`;
  // One that has no name is told from the others by its place.
  return value.t === "unknown" && value.maybe.length === 0 ? `unknown ${value.id ?? all.indexOf(value)}` : null;
}

function keyOfText({ parts, secret, glob, splits }: Text): string | null {
  return parts.every((part) => typeof part === "string") ? JSON.stringify([parts, secret, glob, splits]) : null;
}
