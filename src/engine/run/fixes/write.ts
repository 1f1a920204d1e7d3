/** Writes definitions as text, in the layout that their place asks for. */
import { showPath } from "../../model/index.ts";
import type { Edit } from "./apply.ts";
import type { Slot } from "./slots.ts";
import { indented } from "./style.ts";

/** The values below one name, in the order in which they came. */
interface Tree {
  readonly value: string | null;
  readonly children: Map<string, Tree>;
}

/** One edit for each place. */
export function writeSlots(slots: readonly Slot[]): Edit[] {
  const places = new Map<string, Slot[]>();
  for (const slot of slots) {
    const place = places.get(slot.key) ?? [];
    places.set(slot.key, place);
    if (!place.some((other) => other.path.join("\0") === slot.path.join("\0"))) place.push(slot);
  }
  return [...places.values()].map((place) => ({ ...(place[0] as Slot).span, text: textOf(place.map((slot, index) => ({ slot, index })).sort((a, b) => orderOf(a.slot) - orderOf(b.slot) || a.index - b.index).map(({ slot }) => slot)) }));
}

function orderOf({ pattern }: Slot): number {
  return pattern?.index ?? Infinity;
}

function textOf(slots: readonly Slot[]): string {
  const first = slots[0] as Slot;
  const { indent, layout, unit, isApart, needsGap } = first;
  if (layout === "inline") {
    const all = statements(slots, unit).map((statement) => statement.replace(/\n\s*/g, " "));
    return first.span.start === first.span.end && all.length > 0 ? all.map((statement) => ` ${statement}`).join("") : "";
  }
  if (layout === "empty") return `{\n${lines(statements(slots, unit), indent)}\n${indent.slice(0, indent.length - unit.length)}}`;
  const isBlock = layout === "block-after" || layout === "block-before";
  const isHeaded = isBlock || (first.mayHead && slots.length > 2);
  const text = isHeaded ? blocks(slots, indent, unit) : lines(statements(slots, unit), indent, first.column);
  if (layout === "after" || layout === "block-after") return `${isApart ? "\n" : ""}\n${text}${needsGap ? "\n" : ""}`;
  return `${text}\n${needsGap ? "\n" : ""}`;
}

/** The sections of the handbook, each under its comment. */
function blocks(slots: readonly Slot[], indent: string, unit: string): string {
  const sections = new Map<string | null, Slot[]>();
  for (const slot of slots) {
    const title = slot.pattern?.section.title ?? null;
    sections.set(title, [...(sections.get(title) ?? []), slot]);
  }
  return [...sections].map(([title, all]) => `${title === null ? "" : `${indent}# ${title}\n`}${lines(statements(all, unit), indent)}`).join("\n\n");
}

function lines(all: readonly string[], indent: string, column = 0): string {
  return all.map((statement) => indent + indented(aligned(statement, column), indent)).join("\n");
}

/** A definition with its `=` where those of its neighbours are, if it has a name that leaves room for that. */
function aligned(statement: string, column: number): string {
  const [, name, rest] = /^(\S+) (=[^]*)$/.exec(statement) ?? [];
  return name === undefined || rest === undefined ? statement : `${`${name} `.padEnd(column)}${rest}`;
}

/** The definitions; those of one thing together. */
function statements(slots: readonly Slot[], unit: string): string[] {
  const things = new Map<string, { name: readonly string[]; tree: Tree }>();
  const flat = slots[0]?.flat ?? null;
  for (const { path, thing, value } of slots) {
    const name = path.slice(0, thing);
    const found = things.get(name.join("\0")) ?? { name, tree: { value: null, children: new Map() } };
    things.set(name.join("\0"), found);
    put(found.tree, path.slice(thing), value, things, name);
  }
  return [...things.values()].flatMap(({ name, tree }) => write(name, tree, unit, flat));
}

function put(tree: Tree, path: readonly string[], value: string, things: Map<string, { name: readonly string[]; tree: Tree }>, name: readonly string[]): void {
  const [first, ...rest] = path;
  if (first === undefined) {
    things.set(name.join("\0"), { name, tree: { ...tree, value } });
    return;
  }
  if (rest.length === 0) tree.children.set(first, { value, children: new Map() });
  else {
    const child = tree.children.get(first) ?? { value: null, children: new Map() };
    tree.children.set(first, child);
    put(child, rest, value, things, name);
  }
}

/** Two values side by side, or three in all, make a set; fewer are written flat, and more beside what is flat. */
function write(name: readonly string[], tree: Tree, unit: string, flat: readonly string[] | null): string[] {
  if (tree.value !== null) return [`${showPath(name)} = ${tree.value};`];
  const children = [...tree.children];
  const direct = children.filter(([, child]) => child.value !== null).length;
  const isFlat = flat !== null && flat.length > name.length && name.every((each, index) => flat[index] === each);
  const isSet = !isFlat && name.length > 0 && children.length > 1 && (direct > 1 || countValues(tree) > 2);
  if (!isSet) return children.flatMap(([child, inner]) => write([...name, child], inner, unit, flat));
  const inside = children.flatMap(([child, inner]) => write([child], inner, unit, null));
  return [`${showPath(name)} = {\n${inside.map((line) => unit + indented(line, unit)).join("\n")}\n};`];
}

function countValues(tree: Tree): number {
  return tree.value !== null ? 1 : [...tree.children.values()].reduce((sum, child) => sum + countValues(child), 0);
}
