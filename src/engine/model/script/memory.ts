/** Remembers what scripts do: the same script stands in many systems, and in an editor most of them stay as they are. */
import type { ShellParser } from "../../syntax/shell/index.ts";
import type { Value } from "../values.ts";
import type { ScriptFacts } from "./facts.ts";
import type { ScriptStart } from "./interpret.ts";
import type { ScriptText } from "./script-text.ts";
import type { Text } from "./text.ts";

/** Scripts that are remembered; the one that was asked for longest ago goes first. */
const MOST = 400;
/** Characters of a script; larger ones would fill the memory. */
const LONGEST = 50_000;

const memories = new WeakMap<ShellParser, Map<string, ScriptFacts>>();

/**
 * The facts of a script that starts as it is said, worked out by `find` where nobody has asked for the same. It is given the
 * values of the interpolations: for facts that are kept they are without their places, which would keep whole files.
 */
export function remembered(shell: ShellParser, isLine: boolean, text: ScriptText, start: Omit<ScriptStart, "parse">, find: (holes: readonly Value[]) => ScriptFacts): ScriptFacts {
  const key = text.text.length > LONGEST ? null : keyOf(isLine, text, start);
  if (key === null) return find(text.holes);
  let memory = memories.get(shell);
  if (memory === undefined) memories.set(shell, (memory = new Map()));
  const known = memory.get(key);
  if (known !== undefined) {
    memory.delete(key);
    memory.set(key, known);
    return known;
  }
  const facts = find(withoutPlaces(text.holes));
  memory.set(key, facts);
  if (memory.size > MOST) memory.delete(memory.keys().next().value as string);
  return facts;
}

/** The same value stays the same one. */
function withoutPlaces(holes: readonly Value[]): Value[] {
  const bare = new Map<Value, Value>();
  for (const hole of holes) bare.set(hole, { ...hole, at: null } as Value);
  return holes.map((hole) => bare.get(hole) as Value);
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
  return value.t === "unknown" && value.maybe.length === 0 && value.not === null ? `unknown ${value.id ?? all.indexOf(value)}` : null;
}

function keyOfText({ parts, secret, glob, splits }: Text): string | null {
  return parts.every((part) => typeof part === "string") ? JSON.stringify([parts, secret, glob, splits]) : null;
}
