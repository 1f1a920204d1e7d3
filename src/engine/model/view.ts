/** The option view: every option that a configuration sets, as plain data for people and programs. */
import type { At } from "./at.ts";
import { type Configuration, showPath } from "./configuration.ts";
import { limits } from "./limits.ts";
import type { OptionNode } from "./option-node.ts";
import { type CallValue, textOf, type Value } from "./values.ts";

/** One definition of an option. */
export interface DefinitionView {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly priority: number;
  readonly conditional: boolean;
}

/** One option. `value` is there for `known` only. */
export interface OptionView {
  readonly state: "known" | "conditional" | "unknown" | "conflict";
  readonly value?: Json;
  readonly priority: number | null;
  readonly definitions: readonly DefinitionView[];
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const MAX_DEPTH = 64;

/** The options of a configuration by their path, in the order of their names; those at and below a node where one is given. */
export function optionView(configuration: Configuration, from: OptionNode = configuration.root): Record<string, OptionView> {
  const found: [string, OptionView][] = [];
  visit(from, 0, (node, isLeaf) => {
    const view = isLeaf && node.path.length > 0 ? viewOf(node) : null;
    if (view !== null) found.push([showPath(node.path), view]);
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function visit(node: OptionNode, depth: number, each: (node: OptionNode, isLeaf: boolean) => void): void {
  const names = node.isSet && limits.isWithin(depth, MAX_DEPTH) ? node.names() : [];
  each(node, names.length === 0);
  for (const name of names) visit(node.child(name), depth + 1, each);
}

/** What is written at a place. */
export interface OptionAt {
  readonly node: OptionNode;
  /** The attribute path as it is written there. */
  readonly key: At;
}

/**
 * The option that a file defines at an offset (UTF-16 units from 0): on its attribute path, or on a value that stands on one
 * line with it. Where several are written there, the one furthest inside; null where none is.
 */
export function optionAt(configuration: Configuration, path: string, offset: number): OptionAt | null {
  let found: OptionAt | null = null;
  visit(configuration.root, 0, (node, isLeaf) => {
    if (found !== null && found.node.path.length > node.path.length) return;
    const keys = node.keys();
    // A value that is no set may be asked for, too.
    const values = isLeaf && keys.some(({ file }) => file.path === path) ? node.definitions : [];
    const key = keys.find((place) => covers(place, path, offset)) ?? values.find(({ key: start, wholeAt }) => start !== null && wholeAt !== null && start.file === wholeAt.file && covers({ ...start, end: wholeAt.end }, path, offset))?.key ?? null;
    if (key !== null) found = { node, key };
  });
  return found;
}

function covers({ file, start, end }: At, path: string, offset: number): boolean {
  return file.path === path && start <= offset && offset <= end && !file.syntax.source.text.slice(start, end).includes("\n");
}

function viewOf(node: OptionNode): OptionView | null {
  const answer = node.answer();
  if (answer.state === "undefined" || answer.definitions.length === 0) return null;
  const definitions = answer.definitions.map((definition): DefinitionView => {
    const place: At | null = definition.key ?? definition.valueAt;
    const { line, column } = place === null ? { line: 1, column: 1 } : place.file.syntax.source.position(place.start);
    return { path: place?.file.path ?? definition.file.path, line, column, priority: definition.priority, conditional: definition.undecided.length > 0 };
  });
  const { state, priority } = answer;
  if (state !== "known" || answer.value === null) return { state: state === "known" ? "unknown" : (state as "unknown"), priority, definitions };
  const value = answer.value.t === "attrs" && answer.value.attrs.size === 0 && node.isSet ? {} : toJson(answer.value);
  return value === undefined ? { state: "unknown", priority, definitions } : { state, value, priority, definitions };
}

/** A value as JSON; undefined where a part of it is not known. */
export function toJson(value: Value, depth = 0): Json | undefined {
  if (!limits.isWithin(depth, MAX_DEPTH) || !limits.spend(1)) return undefined;
  switch (value.t) {
    case "null":
      return null;
    case "bool":
    case "int":
    case "float":
      return value.v;
    case "string":
      return textOf(value) ?? pieces(value.pieces, depth);
    case "path":
      return value.base === "absolute" ? value.path : { $path: value.path };
    case "list": {
      if (value.open !== null || value.items.some((item) => item.maybe)) return undefined;
      return all(value.items, (item) => toJson(item.thunk.force(), depth + 1));
    }
    case "attrs": {
      if (value.open !== null || [...value.attrs.values()].some((attr) => attr.conditions.length > 0)) return undefined;
      const entries: [string, Json][] = [];
      for (const [name, attr] of value.attrs) {
        const inner = toJson(attr.thunk.force(), depth + 1);
        if (inner === undefined) return undefined;
        entries.push([name, inner]);
      }
      return Object.fromEntries(entries);
    }
    case "ref":
      return { $ref: showPath(value.path) };
    case "call": {
      if (isComputable(value)) return undefined;
      const args = all(value.args, (arg) => toJson(arg.force(), depth + 1));
      const fn = toJson(value.fn, depth + 1);
      if (args === undefined || fn === undefined || value.select.length > 0) return undefined;
      return { $call: typeof fn === "object" && fn !== null && "$ref" in fn ? (fn.$ref as Json) : fn, args };
    }
    default:
      return undefined;
  }
}

/** A function of lib or of Nix itself that the model does not know gives a value, not a call; but for the program of a package. */
function isComputable({ fn }: CallValue): boolean {
  if (fn.t === "call") return isComputable(fn);
  return fn.path[0] === "builtins" || (fn.path[0] === "lib" && fn.path[1] !== "types" && fn.path[1] !== "getExe");
}

function pieces(parts: readonly ({ readonly text: string } | { readonly hole: Value })[], depth: number): Json | undefined {
  const out: Json[] = [];
  for (const part of parts) {
    const last = out[out.length - 1];
    if ("text" in part) {
      if (typeof last === "string") out[out.length - 1] = last + part.text;
      else out.push(part.text);
      continue;
    }
    const inner = toJson(part.hole, depth + 1);
    if (inner === undefined) return undefined;
    out.push(inner);
  }
  return { $text: out };
}

/** Converts all, or stops at the first that cannot be. */
function all<T>(items: readonly T[], convert: (item: T) => Json | undefined): Json[] | undefined {
  const out: Json[] = [];
  for (const item of items) {
    const inner = convert(item);
    if (inner === undefined) return undefined;
    out.push(inner);
  }
  return out;
}
