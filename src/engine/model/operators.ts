/** Nix's operators on values of which parts may not be known. */
import type { At } from "./at.ts";
import { isEqual, isSameUnknown } from "./equality.ts";
import { limits } from "./limits.ts";
import { join, normalise } from "./paths.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type Item, type ListValue, type Piece, type UnknownValue, type Value, attrs, bool, list, number, textOf, unknown } from "./values.ts";

/** `!value`; the negation of an unknown remembers what it negates. */
export function negate(value: Value, place: At | null): Value {
  if (value.t === "bool") return bool(!value.v, place);
  if (value.t !== "unknown") return unknown("not a boolean", place);
  return value.not ?? { ...unknown(value.reason, place), not: value };
}

/** Whether two undecided conditions are each other's opposite. */
export function areOpposite(a: Value, b: Value): boolean {
  if (a.t !== "unknown" || b.t !== "unknown") return false;
  return (a.not !== null && isSameUnknown(a.not, b)) || (b.not !== null && isSameUnknown(b.not, a));
}

/** `a == b`; references are equal only to themselves as far as can be known. */
export function equal(a: Value, b: Value, place: At | null): Value {
  const verdict = isEqual(a, b);
  return verdict === null ? unknown("a comparison with something unknown", place) : bool(verdict, place);
}

/** `-`, `*` and `/` on numbers. */
export function arithmetic(operator: "-" | "*" | "/", left: Value, right: Value, place: At | null): Value {
  if (!isNumber(left) || !isNumber(right)) return unknown("not a number", place);
  const whole = left.t === "int" && right.t === "int";
  if (operator === "/" && right.v === 0) return unknown("division by zero", place);
  const v = operator === "-" ? left.v - right.v : operator === "*" ? left.v * right.v : left.v / right.v;
  return whole ? number(Math.trunc(v), place) : { t: "float", v, at: place };
}

function isNumber(value: Value): value is Extract<Value, { t: "int" | "float" }> {
  return value.t === "int" || value.t === "float";
}

/** `a + b`: numbers, strings, paths and references in strings. */
export function add(a: Value, b: Value, place: At | null): Value {
  if (isNumber(a) && isNumber(b)) return a.t === "int" && b.t === "int" ? number(a.v + b.v, place) : { t: "float", v: a.v + b.v, at: place };
  if (a.t === "path") {
    const text = b.t === "path" ? (b.base === "absolute" ? b.path : null) : textOf(b);
    if (text === null) return unknown("a computed path", place);
    if (a.base !== "root") return { t: "path", base: a.base, path: normalise(a.path + text), at: place };
    if (text.startsWith("/")) return { t: "path", base: "root", path: join(a.path, text.slice(1)), at: place };
    // The root folder's own name is not known.
    return a.path === "" || a.path.endsWith("..") ? unknown("a path outside the tree", place) : { t: "path", base: "root", path: normalise(a.path + text), at: place };
  }
  const isText = (value: Value): boolean => value.t === "string" || value.t === "ref" || value.t === "call" || value.t === "unknown";
  if (isText(a) && isText(b) && (a.t === "string" || b.t === "string" || (isOutside(a) && isOutside(b)))) {
    // Something unknown on the left may be a number or a path, but then the addition of a string fails.
    if (a.t === "unknown" && b.t !== "string") return unknown("an addition of something unknown", place);
    return joinPieces([piecesOf(a), piecesOf(b)], place);
  }
  return unknown("an addition of something unknown", place);
}

function isOutside(value: Value): boolean {
  return value.t === "ref" || value.t === "call";
}

function piecesOf(value: Value): readonly Piece[] {
  return value.t === "string" ? value.pieces : [{ hole: value, at: value.at }];
}

/** A string of several runs of pieces, if it does not grow beyond measure. */
export function joinPieces(runs: readonly (readonly Piece[])[], place: At | null): Value {
  let count = 0;
  let length = 0;
  for (const run of runs) {
    count += run.length;
    for (const piece of run) if ("text" in piece) length += piece.text.length;
  }
  if (!limits.fits(count, length)) return unknown(limits.reason, place);
  return { t: "string", pieces: runs.length === 1 ? (runs[0] as readonly Piece[]) : runs.flat(), at: place };
}

/** `a ++ b ++ …`; what is not a list makes the result open. */
export function concatenate(values: readonly Value[], place: At | null): ListValue {
  let open: ListValue["open"] = null;
  let count = 0;
  for (const value of values) {
    if (value.t === "list") {
      open ??= value.open;
      count += value.items.length;
    } else open ??= value.t === "unknown" ? value : unknown("not a list", place);
  }
  if (!limits.fits(count)) return list([], place, unknown(limits.reason, place));
  const items: Item[] = [];
  for (const value of values) if (value.t === "list") for (const item of value.items) items.push(item);
  return list(items, place, open);
}

/** `left // right`. */
export function update(left: Value, right: Value, place: At | null): Value {
  if (left.t === "attrs" && right.t === "attrs") {
    if (!limits.spend(left.attrs.size + right.attrs.size)) return unknown(limits.reason, place);
    const merged = new Map(left.attrs);
    for (const [name, attr] of right.attrs) {
      const old = merged.get(name);
      merged.set(name, old === undefined || attr.conditions.length === 0 ? attr : either(attr, old, place));
    }
    // What the right side may hold besides can replace anything of the left.
    if (right.open !== null) {
      for (const [name, attr] of left.attrs) {
        if (!right.attrs.has(name)) merged.set(name, { thunk: Thunk.of({ ...right.open, at: place }), key: attr.key, conditions: [] });
      }
    }
    return attrs(merged, place, right.open ?? left.open);
  }
  if (right.t === "attrs" && (left.t === "unknown" || left.t === "ref" || left.t === "call")) {
    return attrs(right.attrs, place, left.t === "unknown" ? left : unknown("attributes of something outside the tree", place));
  }
  if (left.t === "attrs" && (right.t === "unknown" || right.t === "ref" || right.t === "call")) {
    // What the right side holds is not known, but what the left has is there in any case.
    const open = right.t === "unknown" ? right : unknown("attributes of something outside the tree", place);
    return update(left, attrs(new Map(), place, open), place);
  }
  return unknown("cannot be merged", place);
}

/** An attribute that is `attr` under its conditions, else `old`. */
function either(attr: Attr, old: Attr, place: At | null): Attr {
  const thunk = new Thunk(() => {
    // Several conditions together are not the opposite of any one of them.
    const condition = attr.conditions.length === 1 ? (attr.conditions[0] as Thunk).force() : unknown("several conditions", place);
    const before = old.conditions.length === 0 ? old.thunk.force() : unknown("there only under a condition", place);
    return choice(condition, attr.thunk.force(), before, attr.thunk.at);
  }, attr.thunk.at);
  return { thunk, key: attr.key, conditions: [] };
}

/** What `if condition then a else b` comes to when the condition is not known: what both branches share. */
export function choice(condition: Value, a: Value, b: Value, place: At | null): Value {
  if (isEqual(a, b) === true) return a;
  const why: UnknownValue = condition.t === "unknown" ? condition : unknown("a condition that cannot be decided", place);
  if (a.t === "attrs" && b.t === "attrs") {
    const yes = Thunk.of(why);
    const no = Thunk.of(negate(why, place));
    const map = new Map<string, Attr>();
    for (const [name, attr] of a.attrs) {
      const other = b.attrs.get(name);
      if (other === undefined) {
        // The other branch may have it too, with another value.
        if (b.open !== null) map.set(name, { ...attr, conditions: [], thunk: Thunk.of({ ...b.open, at: place }) });
        else map.set(name, { ...attr, conditions: [...attr.conditions, yes] });
      } else if (attr.conditions.length === 0 && other.conditions.length === 0) {
        map.set(name, { ...attr, thunk: new Thunk(() => choice(why, attr.thunk.force(), other.thunk.force(), place), attr.thunk.at) });
      } else map.set(name, { ...attr, conditions: [], thunk: Thunk.of(unknown("there only under a condition", place)) });
    }
    for (const [name, attr] of b.attrs) {
      if (a.attrs.has(name)) continue;
      if (a.open !== null) map.set(name, { ...attr, conditions: [], thunk: Thunk.of({ ...a.open, at: place }) });
      else map.set(name, { ...attr, conditions: [...attr.conditions, no] });
    }
    return attrs(map, place, a.open ?? b.open);
  }
  if (a.t === "list" && b.t === "list") return eitherList(a, b, place);
  return unknown("under a condition that cannot be decided", place, [a, b]);
}

/** One list or the other: what is in both is certainly there, the rest perhaps. */
function eitherList(a: ListValue, b: ListValue, place: At | null): ListValue {
  const rest = [...b.items];
  const items: Item[] = [];
  for (const item of a.items) {
    const twin = rest.findIndex((other) => isSameItem(item, other));
    if (twin < 0) items.push({ ...item, maybe: true });
    else {
      const [other] = rest.splice(twin, 1);
      items.push({ ...item, maybe: item.maybe || (other as Item).maybe });
    }
  }
  items.push(...rest.map((item) => ({ ...item, maybe: true })));
  // The order of what is certain may differ between the two: then the whole is open to nothing but doubt.
  return list(items, place, a.open ?? b.open ?? (items.some((item) => item.maybe) ? null : unknown("an order that depends on a condition", place)));
}

function isSameItem(a: Item, b: Item): boolean {
  if (a.thunk === b.thunk) return true;
  if (!limits.spend(1)) return false;
  const [left, right] = [a.thunk.force(), b.thunk.force()];
  const isPlain = (value: Value): boolean => value.t !== "list" && value.t !== "attrs";
  return isPlain(left) && isPlain(right) && isEqual(left, right) === true;
}
