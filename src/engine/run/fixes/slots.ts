/** Finds the place in a module where a definition belongs. */
import { type PatternPlace, commonLength, patternPlace } from "../../domain/base-pattern.ts";
import type { SourceFile } from "../../model/index.ts";
import type { AttrsExpr, Binding, Inherit } from "../../syntax/index.ts";
import { bindingAt, isSoleUse, literalSet, moduleBody, namesOf } from "./nodes.ts";
import type { Definition } from "./operations.ts";
import { endOfStatementLine, indentAt, indentUnit, isFirstOnLine, lineStart, startWithComments } from "./style.ts";

/** How a definition is put there: as lines behind or before others, on one line with them, as the first of an empty set, or as a block with blank lines around. */
export type Layout = "after" | "before" | "inline" | "empty" | "block-after" | "block-before";

/** A place for a definition. */
export interface Slot {
  /** The same for all definitions that go there. */
  readonly key: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly layout: Layout;
  readonly indent: string;
  readonly unit: string;
  /** Whether a blank line separates it from what it follows. */
  readonly isApart: boolean;
  /** Whether what follows needs a blank line. */
  readonly needsGap: boolean;
  /** It is the first of its section, which has no comment yet: several definitions together get one. */
  readonly mayHead: boolean;
  /** The names from the set that it stands in. */
  readonly path: readonly string[];
  readonly value: string;
  /** Where the neighbours have their `=`, in columns from the start of the name; 0 where these are not aligned. */
  readonly column: number;
  /** The names of a definition of the same thing that is written flat; null where there is none. */
  readonly flat: readonly string[] | null;
  /** How many of the names belong to the thing whose definitions are written together. */
  readonly thing: number;
  readonly pattern: PatternPlace | null;
}

/** A set and where in it. */
interface Place {
  readonly set: AttrsExpr;
  readonly rest: readonly string[];
  /** The last binding with the longest common path, and its length; null and 0 where there is none. */
  readonly relative: Binding | null;
  readonly common: number;
  /** Names matched from the top of the module. */
  readonly depth: number;
}

/** Null where the definition has no place: Nix would refuse it there, or nobody can say what is there already. */
export function findSlot(definition: Definition): Slot | null {
  const { near } = definition;
  if (near !== undefined) {
    const bound = bindingAt(near.at);
    if (bound === null || bound.holder.kind !== "attrs" || bound.holder.broken || bound.holder.recursive || !isSoleUse(near.at)) return null;
    const written = bound.binding.path.filter(({ end }) => end <= near.at.end).length;
    const body = moduleBody(definition.file);
    if (bound.holder !== body?.set) {
      const depth = near.names - written;
      const place = depth < 0 ? null : findPlace(definition.file, bound.holder, definition.path.slice(depth), depth);
      return place === null ? null : slotAt(definition, place, 0);
    }
  }
  const body = moduleBody(definition.file);
  if (body === null) return null;
  const path = [...body.prefix, ...definition.path];
  const place = findPlace(definition.file, body.set, path, 0);
  return place === null ? null : slotAt(definition, place, body.prefix.length);
}

function findPlace(file: SourceFile, set: AttrsExpr, rest: readonly string[], depth: number): Place | null {
  let best: Place = { set, rest, relative: null, common: 0, depth };
  for (const binding of set.bindings) {
    if (binding.kind === "inherit") {
      if (binding.names.some(({ name }) => name === null || name === rest[0])) return null;
      continue;
    }
    const names = namesOf(binding);
    const common = commonLength(names, rest);
    if (names.length === common && names.length < binding.path.length) return null;
    if (common === names.length) {
      const inner = common < rest.length ? literalSet(file, binding.value) : null;
      const found = inner === null ? null : findPlace(file, inner, rest.slice(common), depth + common);
      if (found === null) return null;
      if (found.depth + found.common >= best.depth + best.common) best = found;
      continue;
    }
    if (common === rest.length) return null;
    if (common > 0 && depth + common >= best.depth + best.common && best.set === set) best = { set, rest, relative: binding, common, depth };
    else if (common > 0 && depth + common > best.depth + best.common) best = { set, rest, relative: binding, common, depth };
  }
  return best;
}

/** The last of the lines that follow a definition as one group, in which a new one would be a stranger: they have more names in common with it. */
function lastOfGroup(text: string, bindings: readonly (Binding | Inherit)[], first: Binding, path: readonly string[]): Binding {
  let last = first;
  const names = namesOf(first);
  for (const next of bindings.slice(bindings.indexOf(first) + 1)) {
    const isAdjacent = next.kind === "binding" && /^[^\n]*\n[ \t]*$/.test(text.slice(last.end, next.start));
    if (!isAdjacent || commonLength(names, namesOf(next)) <= commonLength(names, path)) break;
    last = next;
  }
  return last;
}

/** Whether a definition is a text of several lines. */
function isLongText(binding: Binding | Inherit, text: string): boolean {
  if (binding.kind !== "binding" || !text.slice(binding.start, binding.end).includes("\n")) return false;
  return binding.value.kind === "string" || (binding.value.kind === "apply" && text.slice(binding.start, binding.end).trimEnd().endsWith("'';"));
}

/** Where the `=` of aligned definitions stands; 0 where blanks before it are no alignment. */
function columnOf(bindings: readonly (Binding | Inherit)[], text: string): number {
  const columns = bindings.flatMap((binding) => {
    const width = binding.kind === "binding" ? (/^[^\s=]+[ \t]+(?==)/.exec(text.slice(binding.start, binding.end))?.[0].length ?? 0) : 0;
    return width === 0 ? [] : [{ width, isPadded: /[ \t]{2}=/.test(text.slice(binding.start, binding.start + width + 1)) }];
  });
  const [before, last] = columns.slice(-2);
  return before !== undefined && last !== undefined && before.width === last.width && (before.isPadded || last.isPadded) ? last.width : 0;
}

/** By custom what systemd is told stands behind what NixOS is told of a unit. */
function isServiceConfig(binding: Binding | Inherit): boolean {
  return binding.kind === "binding" && binding.path.length === 1 && binding.path[0]?.name === "serviceConfig";
}

/** Settings that stand first in a set by custom. */
const FIRST = new Set(["enable", "backend"]);

function slotAt(definition: Definition, place: Place, prefix: number): Slot | null {
  const { file, path, value, thing } = definition;
  const { set, rest, relative, depth } = place;
  const { text } = file.syntax.source;
  const pattern = patternPlace(path);
  const unit = indentUnit(text);
  const { bindings } = set;
  const names = rest.length;
  const make = (layout: Layout, span: { start: number; end: number }, indent: string, more: Partial<Pick<Slot, "isApart" | "needsGap">> = {}): Slot => ({
    key: `${layout} ${span.start} ${span.end}`,
    span,
    layout,
    indent,
    unit,
    isApart: false,
    needsGap: false,
    mayHead: false,
    ...more,
    path: rest,
    value,
    column: columnOf(bindings, text),
    flat: relative !== null && relative.path.length > 1 ? namesOf(relative) : null,
    thing: Math.max(0, (thing ?? path.length) + prefix - depth),
    pattern,
  });
  const last = bindings[bindings.length - 1];
  if (last === undefined) {
    const indent = `${indentAt(text, set.start)}${unit}`;
    const end = text.slice(0, set.end - 1).trimEnd().length;
    const hasComment = text.slice(set.start, end).trim() !== "{";
    if (!hasComment) return make("empty", set, indent);
    // Behind the comments in it, if the brace has a line of its own.
    return text.slice(end, set.end).includes("\n") ? make("after", { start: end, end }, indent) : null;
  }
  const indentOf = (binding: { start: number }): string => (isFirstOnLine(text, binding.start) ? indentAt(text, binding.start) : `${indentAt(text, binding.start)}${unit}`);
  const isLong = (binding: { start: number; end: number }): boolean => text.slice(binding.start, binding.end).includes("\n");
  const isTop = depth <= prefix;
  const after = (binding: { start: number; end: number }, layout: "after" | "block-after"): Slot => {
    const end = endOfStatementLine(text, binding.end);
    if (end === null) return make("inline", { start: binding.end, end: binding.end }, indentOf(binding));
    const next = text.slice(end).replace(/^\r?\n/, "");
    const isApart = layout === "block-after" || (isTop && isLong(binding));
    const needsGap = isApart && !/^[ \t]*(?:\r?\n|\})/.test(next) && next.trim() !== "";
    return make(layout, { start: end, end }, indentOf(binding), { isApart, needsGap });
  };
  const before = (binding: { start: number; end: number }, layout: "before" | "block-before"): Slot => {
    if (!isFirstOnLine(text, binding.start)) return make("inline", { start: binding.start, end: binding.start }, indentOf(binding));
    const start = layout === "before" ? lineStart(text, binding.start) : startWithComments(text, binding.start);
    return make(layout, { start, end: start }, indentOf(binding), { needsGap: layout === "block-before" || (isTop && isLong(binding)) });
  };
  /** Behind what is there, but not behind the long texts at the end, such as a unit's script. */
  const beforeScripts = (): Slot => {
    const end = bindings.findLastIndex((binding) => !isLongText(binding, text) && (rest[0] === "serviceConfig" || !isServiceConfig(binding))) + 1;
    const first = bindings[end];
    if (first === undefined) return after(last, "after");
    return end > 0 ? after(bindings[end - 1] as Binding, "after") : aboveText(first);
  };
  // A comment above it is about all of the thing.
  const aboveText = (binding: Binding | Inherit): Slot => {
    if (!isFirstOnLine(text, binding.start)) return make("inline", { start: binding.start, end: binding.start }, indentOf(binding));
    const start = lineStart(text, binding.start);
    return make("before", { start, end: start }, indentOf(binding));
  };
  if (!isTop) {
    if (names === 1 && FIRST.has(rest[0] as string)) return before(bindings[0] as Binding, "before");
    return relative === null ? beforeScripts() : after(relative, "after");
  }
  const known = bindings.flatMap((binding) => {
    const found = binding.kind === "binding" ? patternPlace(namesOf(binding).slice(prefix)) : null;
    return found === null || binding.kind !== "binding" ? [] : [{ binding, place: found }];
  });
  if (pattern === null) {
    // A line about the same thing as a long script would be lost behind it.
    if (relative !== null && isLongText(relative, text) && place.common > prefix + 2) return aboveText(relative);
    if (relative !== null) return after(relative, "after");
    const isStateVersion = known.some((each) => each.binding === last && each.place.thing.join(".") === "system.stateVersion");
    return isStateVersion ? before(last, "block-before") : after(last, "block-after");
  }
  const threshold = pattern.thing[1] === "services" ? pattern.thing.length : 2;
  const successor = known.filter((each) => each.place.section === pattern.section && each.place.index > pattern.index).sort((a, b) => a.place.index - b.place.index || a.binding.start - b.binding.start)[0];
  const isRelated = relative !== null && place.common - (depth === 0 ? prefix : 0) >= threshold;
  if (isRelated && !(successor !== undefined && known.some((each) => each.binding === relative && each.place.index > pattern.index))) return after(relative, "after");
  const predecessor = known.filter((each) => each.place.section === pattern.section && each.place.index <= pattern.index).sort((a, b) => b.place.index - a.place.index || b.binding.start - a.binding.start)[0];
  if (predecessor !== undefined) return after(lastOfGroup(text, bindings, predecessor.binding, rest), "after");
  if (successor !== undefined) {
    const above = text.slice(startWithComments(text, successor.binding.start), lineStart(text, successor.binding.start)).trim();
    const slot = before(successor.binding, above === "" || above === `# ${pattern.section.title}` ? "before" : "block-before");
    return { ...slot, mayHead: above === "" && slot.layout === "before" };
  }
  const earlier = known.filter((each) => each.place.index < pattern.index).sort((a, b) => b.place.index - a.place.index || b.binding.start - a.binding.start)[0];
  const imports = bindings.find((binding): binding is Binding => binding.kind === "binding" && binding.path[0]?.name === "imports");
  const anchor = earlier?.binding ?? imports;
  if (anchor !== undefined) return after(anchor, "block-after");
  const later = known.filter(({ place: { section } }) => section.title !== null).sort((a, b) => a.place.index - b.place.index || a.binding.start - b.binding.start)[0];
  return before(later?.binding ?? (bindings[0] as Binding), "block-before");
}
