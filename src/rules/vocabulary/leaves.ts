/** Every string that a configuration sets, with the name under which it stands. */
import type { At, Configuration, OptionNode, Value } from "../../engine/model/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { type SourcedText, sourcedText, sureDefinitions } from "./text.ts";

/** One string. */
export interface Leaf {
  /** The names on the way to it: the option's path, then attributes inside its value. */
  readonly path: readonly string[];
  readonly text: SourcedText;
  /** It is the whole value of its name, not an element of a list or an argument of a call. */
  readonly isWhole: boolean;
  /** It counts whatever the conditions around it come to. */
  readonly isSure: boolean;
  /** The function that it is an argument of (`pkgs.writeText`), by its last name, and which argument it is, from 0. */
  readonly call: { readonly name: string | null; readonly index: number } | null;
}

const MAX_DEPTH = 12;
const MAX_NODES = 30;
/** Values of one configuration that are looked at: sets that hold each other have no end, and more than one way through them. */
const MAX_VALUES = 30_000;

/** The strings that NixOS takes or may take, in the order of their options; those of arguments of calls (scripts) too. */
export const leavesOf = onceFor((config: Configuration): readonly Leaf[] => collect(config, true));

/** All strings that are written, also where a stronger definition or a condition keeps them from counting. */
export const writtenLeavesOf = onceFor((config: Configuration): readonly Leaf[] => collect(config, false));

type Rest = Pick<Leaf, "path" | "isWhole" | "isSure" | "call">;

function collect(config: Configuration, onlyCounting: boolean): Leaf[] {
  const found: Leaf[] = [];
  let left = MAX_VALUES;
  const visit = (given: Value, at: At | null, rest: Rest, depth: number): void => {
    if (depth > MAX_DEPTH || left-- <= 0) return;
    switch (given.t) {
      case "string":
        found.push({ path: rest.path, text: sourcedText(given, at ?? given.at), isWhole: rest.isWhole, isSure: rest.isSure, call: rest.call });
        if (!onlyCounting) for (const piece of given.pieces) if ("hole" in piece) visit(piece.hole, piece.at, { ...rest, isWhole: false }, depth + 1);
        return;
      case "list":
        for (const { thunk, maybe } of given.items) visit(thunk.force(), thunk.at, { path: rest.path, isWhole: false, isSure: rest.isSure && !maybe, call: rest.call }, depth + 1);
        return;
      case "attrs":
        for (const [name, attr] of given.attrs) visit(attr.thunk.force(), attr.thunk.at, { path: [...rest.path, name], isWhole: true, isSure: rest.isSure && attr.conditions.length === 0, call: rest.call }, depth + 1);
        return;
      case "call": {
        const name = given.fn.t === "ref" ? (given.fn.path[given.fn.path.length - 1] ?? null) : null;
        for (const [index, arg] of given.args.entries()) visit(arg.force(), arg.at, { ...rest, isWhole: false, call: { name, index } }, depth + 1);
        return;
      }
      case "unknown":
        if (!onlyCounting) for (const value of given.maybe) visit(value, value.at ?? at, { ...rest, isSure: false }, depth + 1);
        return;
      case "wrap":
        if (!onlyCounting && given.kind !== "merge") visit(given.content.force(), given.content.at ?? at, { ...rest, isSure: false }, depth + 1);
        return;
      default:
    }
  };
  const open = (node: OptionNode, depth: number): void => {
    if (node.isSet && depth < MAX_NODES) {
      for (const name of node.names()) open(node.child(name), depth + 1);
      return;
    }
    const answer = node.answer();
    const sure = new Set(sureDefinitions(answer).map(({ value }) => value));
    const definitions = onlyCounting ? answer.winners : node.definitions;
    for (const { value, valueAt } of definitions) visit(value, valueAt, { path: node.path, isWhole: true, isSure: sure.has(value), call: null }, 0);
  };
  open(config.root, 0);
  return found;
}
