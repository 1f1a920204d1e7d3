/** How Nix makes strings of values, in `${…}` and by `toString`. */
import type { At } from "./at.ts";
import type { Evaluator } from "./evaluate.ts";
import { joinPieces } from "./operators.ts";
import { Thunk } from "./thunk.ts";
import { type Piece, type Value, string, unknown } from "./values.ts";

/** What `${value}` puts into a string (Nix manual, "String interpolation"). */
export function coerce(evaluator: Evaluator, value: Value, place: At | null): readonly Piece[] {
  switch (value.t) {
    case "string":
      return value.pieces;
    case "attrs": {
      const out = evaluator.select(value, "__toString", place);
      if (out?.t === "unknown") return [{ hole: out, at: place }];
      if (out !== null) return coerce(evaluator, evaluator.apply(out, Thunk.of(value), place), place);
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

/** `toString value` (Nix manual, "Built-ins", `toString`). */
export function asString(evaluator: Evaluator, value: Value, place: At | null): Value {
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
      return Math.abs(value.v) < 1e21 ? string(value.v.toFixed(6), place) : unknown("a number that is written with an exponent", place);
    case "list": {
      if (value.open !== null || value.items.some((item) => item.maybe)) return unknown("a list that is not wholly known", place);
      const runs: (readonly Piece[])[] = [];
      for (const [index, item] of value.items.entries()) {
        const inner = item.thunk.force();
        const text = asString(evaluator, inner, place);
        runs.push(text.t === "string" ? text.pieces : [{ hole: text, at: place }]);
        // An empty list in a list leaves no space behind it (Nix, `coerceToString`).
        const isEmptyList = inner.t === "list" && inner.items.length === 0 && inner.open === null;
        if (index < value.items.length - 1 && !isEmptyList) runs.push([{ text: " ", at: null, map: null }]);
      }
      return joinPieces(runs, place);
    }
    case "attrs":
      return { t: "string", pieces: coerce(evaluator, value, place ?? value.at), at: place };
    case "ref":
    case "call":
    case "unknown":
      return { t: "string", pieces: [{ hole: value, at: place }], at: place };
    default:
      return unknown("cannot be made a string", place);
  }
}
