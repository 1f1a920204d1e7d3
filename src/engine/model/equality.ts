/** Nix's `==` and `<` on values of which parts may not be known. */
import type { At } from "./at.ts";
import { limits } from "./limits.ts";
import { type Attr, type Item, type UnknownValue, type Value, bool, textOf, unknown } from "./values.ts";

/** Whether two unknowns are certainly the same value. */
export function isSameUnknown(a: UnknownValue, b: UnknownValue): boolean {
  if (a === b || (a.id !== undefined && a.id === b.id)) return true;
  return a.not !== null && b.not !== null && isSameUnknown(a.not, b.not);
}

/** Whether two values are equal as Nix sees it; null where it cannot be known. */
export function isEqual(a: Value, b: Value): boolean | null {
  if (!limits.enter()) return null;
  try {
    return compareDeep(a, b);
  } finally {
    limits.leave();
  }
}

function compareDeep(a: Value, b: Value): boolean | null {
  if (isOpaque(a) || isOpaque(b)) {
    if (a.t === "unknown" && b.t === "unknown") return isSameUnknown(a, b) ? true : null;
    // Functions equal nothing, not even themselves, but what is outside the tree may be a function.
    if (a.t !== "ref" || b.t !== "ref" || a.path[0] === "lib" || a.path[0] === "builtins") return null;
    return a.path.length === b.path.length && a.path.every((name, index) => name === b.path[index]) ? true : null;
  }
  if ((a.t === "int" || a.t === "float") && (b.t === "int" || b.t === "float")) return a.v === b.v;
  if (a.t !== b.t) return false;
  switch (a.t) {
    case "null":
      return true;
    case "bool":
      return a.v === (b as typeof a).v;
    case "string": {
      const [left, right] = [textOf(a), textOf(b)];
      return left === null || right === null ? null : left === right;
    }
    case "path":
      return a.base === (b as typeof a).base && a.path === (b as typeof a).path;
    case "list": {
      const other = b as typeof a;
      if (a.open !== null || other.open !== null || a.items.some(isMaybe) || other.items.some(isMaybe)) return null;
      if (a.items.length !== other.items.length) return false;
      return every(a.items, (item, index) => isEqual(item.thunk.force(), (other.items[index] as Item).thunk.force()));
    }
    case "attrs": {
      const other = b as typeof a;
      if (a.open !== null || other.open !== null || hasConditions(a.attrs) || hasConditions(other.attrs)) return null;
      // Derivations are equal where their paths are, whatever else they hold.
      if (a.attrs.has("type") && other.attrs.has("type")) return null;
      if (a.attrs.size !== other.attrs.size) return false;
      for (const name of a.attrs.keys()) if (!other.attrs.has(name)) return false;
      return every([...a.attrs], ([name, attr]) => isEqual(attr.thunk.force(), (other.attrs.get(name) as Attr).thunk.force()));
    }
    default:
      // Nix compares functions by where they are stored, which cannot be seen from here.
      return null;
  }
}

function isMaybe(item: Item): boolean {
  return item.maybe;
}

function hasConditions(map: ReadonlyMap<string, Attr>): boolean {
  for (const attr of map.values()) if (attr.conditions.length > 0) return true;
  return false;
}

function every<T>(all: readonly T[], test: (item: T, index: number) => boolean | null): boolean | null {
  let verdict: boolean | null = true;
  for (let index = 0; index < all.length; index++) {
    const answer = test(all[index] as T, index);
    if (answer === false) return false;
    if (answer === null) verdict = null;
  }
  return verdict;
}

function isOpaque(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call" || value.t === "wrap" || value.t === "option";
}

/** `a < b` and its kin on numbers and strings. */
export function compare(operator: "<" | ">" | "<=" | ">=", a: Value, b: Value, place: At | null): Value {
  const order = orderOf(a, b);
  if (order === null) return unknown("a comparison with something unknown", place);
  return bool(operator === "<" ? order < 0 : operator === ">" ? order > 0 : operator === "<=" ? order <= 0 : order >= 0, place);
}

/** Less than, equal or greater than zero as `a` sorts before, with or after `b`; null where that cannot be known. */
export function orderOf(a: Value, b: Value): number | null {
  if ((a.t === "int" || a.t === "float") && (b.t === "int" || b.t === "float")) return a.v - b.v;
  const [left, right] = [textOf(a), textOf(b)];
  return left === null || right === null ? null : compareCodePoints(left, right);
}

/** Nix compares bytes of UTF-8, which is the order of code points, not of UTF-16 units. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    // Surrogates stand for points beyond U+FFFF, but their units sort below U+E000 to U+FFFF.
    if (x !== y) return weight(x) - weight(y);
  }
  return a.length - b.length;
}

function weight(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
