/** Every string that a configuration sets, with the name under which it stands. */
import type { At, Configuration, OptionNode, Value } from "../../engine/model/index.ts";
import { type SourcedText, sourcedText } from "./text.ts";

/** One string. */
export interface Leaf {
  /** The names on the way to it: the option's path, then attributes inside its value. */
  readonly path: readonly string[];
  readonly text: SourcedText;
  /** It is the text of a call such as `writeShellScript`, or an element of a list. */
  readonly isWhole: boolean;
}

const MAX_DEPTH = 12;

const cache = new WeakMap<Configuration, readonly Leaf[]>();

/** All strings that count, in the order of their options; those of arguments of calls (scripts) too. */
export function leavesOf(config: Configuration): readonly Leaf[] {
  let leaves = cache.get(config);
  if (leaves === undefined) {
    leaves = collect(config);
    cache.set(config, leaves);
  }
  return leaves;
}

function collect(config: Configuration): Leaf[] {
  const found: Leaf[] = [];
  const value = (given: Value, at: At | null, path: readonly string[], isWhole: boolean, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (given.t === "string") found.push({ path, text: sourcedText(given, at ?? given.at), isWhole });
    else if (given.t === "list") for (const item of given.items) value(item.thunk.force(), item.thunk.at, path, false, depth + 1);
    else if (given.t === "attrs") for (const [name, attr] of given.attrs) value(attr.thunk.force(), attr.thunk.at, [...path, name], true, depth + 1);
    else if (given.t === "call") for (const arg of given.args) value(arg.force(), arg.at, path, false, depth + 1);
  };
  const visit = (node: OptionNode, depth: number): void => {
    if (node.isSet && depth < 30) {
      for (const name of node.names()) visit(node.child(name), depth + 1);
      return;
    }
    for (const definition of node.answer().winners) value(definition.value, definition.valueAt, node.path, true, 0);
  };
  visit(config.root, 0);
  return found;
}
