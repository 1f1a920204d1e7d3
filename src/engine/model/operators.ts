/** Nix's operators on values of which parts may not be known. */
import type { At } from "./at.ts";
import type { Evaluator } from "./evaluate.ts";
import { join, normalise } from "./paths.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type Piece, type UnknownValue, type Value, attrs, bool, list, number, string, textOf, unknown } from "./values.ts";

/** `!value`; the negation of an unknown remembers what it negates. */
export function negate(value: Value, place: At | null): Value {
  if (value.t === "bool") return bool(!value.v, place);
  if (value.t !== "unknown") return unknown("not a boolean", place);
  return value.not ?? { ...unknown(value.reason, place), not: value };
}

/** Whether two undecided conditions are each other's opposite. */
export function areOpposite(a: Value, b: Value): boolean {
  return a.t === "unknown" && b.t === "unknown" && (a.not === b || b.not === a);
}

/** `a == b`; functions are never equal in Nix, references only to themselves as far as can be known. */
export function equal(a: Value, b: Value, place: At | null): Value {
  const verdict = isEqual(a, b, 0);
  return verdict === null ? unknown("a comparison with something unknown", place) : bool(verdict, place);
}

const MAX_COMPARE_DEPTH = 60;

/** Whether two values are equal as Nix sees it; null where it cannot be known. */
export function isEqual(a: Value, b: Value, depth = 0): boolean | null {
  if (depth > MAX_COMPARE_DEPTH) return null;
  if (isOpaque(a) || isOpaque(b)) {
    return a.t === "ref" && b.t === "ref" && a.path.join(".") === b.path.join(".") ? true : null;
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
      if (a.open !== null || other.open !== null || [...a.items, ...other.items].some((item) => item.maybe)) return null;
      if (a.items.length !== other.items.length) return false;
      return every(a.items.map((item, index) => () => isEqual(item.thunk.force(), (other.items[index] as typeof item).thunk.force(), depth + 1)));
    }
    case "attrs": {
      const other = b as typeof a;
      if (a.open !== null || other.open !== null) return null;
      if ([...a.attrs.values(), ...other.attrs.values()].some((attr) => attr.conditions.length > 0)) return null;
      if (a.attrs.size !== other.attrs.size || [...a.attrs.keys()].some((name) => !other.attrs.has(name))) return false;
      return every([...a.attrs].map(([name, attr]) => () => isEqual(attr.thunk.force(), (other.attrs.get(name) as Attr).thunk.force(), depth + 1)));
    }
    default:
      return false;
  }
}

function every(verdicts: readonly (() => boolean | null)[]): boolean | null {
  let known = true;
  for (const verdict of verdicts) {
    const answer = verdict();
    if (answer === false) return false;
    if (answer === null) known = false;
  }
  return known ? true : null;
}

function isOpaque(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call" || value.t === "wrap" || value.t === "option";
}

export function compare(operator: "<" | ">" | "<=" | ">=", a: Value, b: Value, place: At | null): Value {
  const order = orderOf(a, b);
  if (order === null) return unknown("a comparison with something unknown", place);
  return bool(operator === "<" ? order < 0 : operator === ">" ? order > 0 : operator === "<=" ? order <= 0 : order >= 0, place);
}

/** Less than, equal or greater than zero as `a` sorts before, with or after `b`; null where that cannot be known. */
export function orderOf(a: Value, b: Value): number | null {
  if ((a.t === "int" || a.t === "float") && (b.t === "int" || b.t === "float")) return a.v - b.v;
  const [left, right] = [textOf(a), textOf(b)];
  // Nix compares bytes of UTF-8, which is the order of code points, not of UTF-16 units.
  return left === null || right === null ? null : compareCodePoints(left, right);
}

export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = ((left[i] as string).codePointAt(0) as number) - ((right[i] as string).codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** `a + b`: numbers, strings, paths and references in strings. */
export function add(a: Value, b: Value, place: At | null): Value {
  if ((a.t === "int" || a.t === "float") && (b.t === "int" || b.t === "float")) {
    return a.t === "int" && b.t === "int" ? number(a.v + b.v, place) : { t: "float", v: a.v + b.v, at: place };
  }
  if (a.t === "path") {
    const text = b.t === "path" ? (b.base === "absolute" ? b.path : null) : textOf(b);
    if (text === null) return unknown("a computed path", place);
    if (a.base === "root") return { t: "path", base: "root", path: text.startsWith("/") ? join(a.path, text.slice(1)) : normalise(a.path + text), at: place };
    return { t: "path", base: a.base, path: normalise(a.path + text), at: place };
  }
  if (a.t === "string" || b.t === "string" || isReference(a)) {
    if (a.t === "string" || isReference(a)) {
      if (b.t === "string" || isReference(b) || b.t === "unknown") return { t: "string", pieces: [...piecesOf(a), ...piecesOf(b)], at: place };
    }
    if (a.t === "unknown") return { t: "string", pieces: [...piecesOf(a), ...piecesOf(b)], at: place };
  }
  return unknown("an addition of something unknown", place);
}

function isReference(value: Value): boolean {
  return value.t === "ref" || value.t === "call";
}

function piecesOf(value: Value): readonly Piece[] {
  return value.t === "string" ? value.pieces : [{ hole: value, at: value.at }];
}

/** What `${value}` puts into a string (Nix manual, "String interpolation"). */
export function coerce(evaluator: Evaluator, value: Value, place: At): readonly Piece[] {
  switch (value.t) {
    case "string":
      return value.pieces;
    case "attrs": {
      const out = evaluator.select(value, "__toString", place);
      if (out !== null && out.t !== "unknown") return coerce(evaluator, evaluator.apply(out, Thunk.of(value), place), place);
      const path = evaluator.select(value, "outPath", place);
      return path === null ? [{ hole: unknown("a set in a string", place), at: place }] : coerce(evaluator, path, place);
    }
    case "null":
    case "bool":
    case "int":
    case "float":
    case "list":
    case "lambda":
    case "builtin":
      return [{ hole: unknown("a value that cannot stand in a string", place), at: place }];
    default:
      return [{ hole: value, at: place }];
  }
}

/** `toString value` and the coercions that behave like it (Nix manual, "Built-ins", `toString`); null where it is unknown. */
export function asString(value: Value, place: At | null): Value {
  switch (value.t) {
    case "string":
      return value;
    case "null":
      return string("", place);
    case "bool":
      return string(value.v ? "1" : "", place);
    case "int":
      return string(String(value.v), value.at ?? place);
    case "float":
      return string(value.v.toFixed(6), place);
    case "list": {
      const pieces: Piece[] = [];
      if (value.open !== null || value.items.some((item) => item.maybe)) return unknown("a list that is not wholly known", place);
      value.items.forEach((item, index) => {
        if (index > 0) pieces.push({ text: " ", at: null, map: null });
        const text = asString(item.thunk.force(), place);
        pieces.push(...(text.t === "string" ? text.pieces : [{ hole: text, at: place }]));
      });
      return { t: "string", pieces, at: place };
    }
    case "ref":
    case "call":
    case "unknown":
      return { t: "string", pieces: [{ hole: value, at: place }], at: place };
    default:
      return unknown("cannot be made a string", place);
  }
}

/** What `if condition then a else b` comes to when the condition is not known: what both branches share. */
export function choice(condition: Value, a: Value, b: Value, place: At | null): Value {
  if (isEqual(a, b) === true) return a;
  const why: UnknownValue = condition.t === "unknown" ? condition : unknown("a condition that cannot be decided", place);
  const yes = Thunk.of(why);
  const no = Thunk.of(negate(why, place));
  if (a.t === "attrs" && b.t === "attrs") {
    const map = new Map<string, Attr>();
    for (const [name, attr] of a.attrs) {
      const other = b.attrs.get(name);
      if (other === undefined) map.set(name, { ...attr, conditions: [...attr.conditions, yes] });
      else if (attr.conditions.length === 0 && other.conditions.length === 0) {
        map.set(name, { ...attr, thunk: new Thunk(() => choice(condition, attr.thunk.force(), other.thunk.force(), place), attr.thunk.at) });
      } else map.set(name, { ...attr, thunk: Thunk.of(unknown("under a condition", place)) });
    }
    for (const [name, attr] of b.attrs) if (!a.attrs.has(name)) map.set(name, { ...attr, conditions: [...attr.conditions, no] });
    return attrs(map, place, a.open ?? b.open);
  }
  if (a.t === "list" && b.t === "list") {
    const shared = new Set(a.items.filter((item, index) => item.thunk === b.items[index]?.thunk));
    const items = [...a.items.map((item) => (shared.has(item) ? item : { ...item, maybe: true })), ...b.items.filter((item) => !a.items.some((other) => other.thunk === item.thunk)).map((item) => ({ ...item, maybe: true }))];
    return list(items, place, a.open ?? b.open);
  }
  return unknown("under a condition that cannot be decided", place, [a, b]);
}
