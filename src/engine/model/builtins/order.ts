/** Functions that put lists into an order or join strings (Nix manual, "Built-ins"; nixpkgs, `lib/lists.nix`, `lib/strings.nix`). */
import type { At } from "../at.ts";
import { coerce } from "../coercion.ts";
import { compareCodePoints, orderOf } from "../equality.ts";
import type { Evaluator } from "../evaluate.ts";
import { joinPieces } from "../operators.ts";
import { Thunk } from "../thunk.ts";
import { type Piece, type Value, number, string, textOf } from "../values.ts";
import { type Definition, type Table, call, dunno, elements, later, lazy, listOf, strict, texts } from "./define.ts";

/** The table. */
export function orderFunctions(evaluator: Evaluator): Table {
  /** Sorted stably; null where the order of two elements is not known or makes no sense. */
  const sorted = (all: readonly Thunk[], before: (a: Thunk, b: Thunk) => boolean | null): readonly Thunk[] | null => {
    let sure = true;
    const out = [...all].sort((a, b) => {
      const [less, more] = [before(a, b), before(b, a)];
      if (less === null || more === null || (less && more)) sure = false;
      return less === true ? -1 : more === true ? 1 : 0;
    });
    return sure ? out : null;
  };

  const sortBy = (value: Value | undefined, at: At | null, before: (a: Thunk, b: Thunk) => boolean | null): Value => {
    const all = elements(value);
    const out = all === null ? null : sorted(all, before);
    return out === null ? dunno(at) : listOf(out, at);
  };

  const mapped = (fn: Value | undefined, value: Value | undefined, at: At | null, indexed: boolean): Value => {
    const all = elements(value);
    if (fn === undefined || all === null) return dunno(at);
    return listOf(
      all.map((thunk, index) => later(evaluator, fn, indexed ? [Thunk.of(number(index + 1, at)), thunk] : [thunk], thunk.at)),
      at,
    );
  };

  /** Joins strings, keeping each one's way back to the source. */
  const joined = (separator: Value, value: Value | undefined, at: At | null): Value => {
    const all = elements(value);
    if (all === null || separator.t !== "string") return dunno(at);
    const runs: (readonly Piece[])[] = [];
    all.forEach((thunk, index) => {
      if (index > 0) runs.push(separator.pieces);
      runs.push(coerce(evaluator, thunk.force(), thunk.at));
    });
    return joinPieces(runs, at);
  };

  const concatMapSep = strict(3, ([separator, fn, value], at) => (separator === undefined ? dunno(at) : joined(separator, mapped(fn, value, at, false), at)));
  const concatSep: Definition = strict(2, ([separator, value], at) => (separator === undefined ? dunno(at) : joined(separator, value, at)));

  return {
    sort: strict(2, ([fn, value], at) => {
      if (fn === undefined) return dunno(at);
      return sortBy(value, at, (a, b) => {
        const verdict = call(evaluator, fn, [a, b], null);
        return verdict.t === "bool" ? verdict.v : null;
      });
    }),
    sortOn: strict(2, ([fn, value], at) => {
      if (fn === undefined) return dunno(at);
      return sortBy(value, at, (a, b) => {
        const order = orderOf(call(evaluator, fn, [a], at), call(evaluator, fn, [b], at));
        return order === null ? null : order < 0;
      });
    }),
    naturalSort: strict(1, ([value], at) =>
      sortBy(value, at, (a, b) => {
        const [left, right] = [textOf(a.force()), textOf(b.force())];
        return left === null || right === null || /\d/.test(left + right) ? null : compareCodePoints(left, right) < 0;
      }),
    ),
    uniqueStrings: strict(1, ([value], at) => {
      const all = texts(value);
      const found = all === null ? null : [...new Set(all)].sort(compareCodePoints);
      return found === null
        ? dunno(at)
        : listOf(
            found.map((text) => Thunk.of(string(text, at))),
            at,
          );
    }),
    concatStrings: strict(1, ([value], at) => joined(string(""), value, at)),
    concatStringsSep: concatSep,
    join: concatSep,
    concatMapStrings: strict(2, ([fn, value], at) => joined(string(""), mapped(fn, value, at, false), at)),
    concatMapStringsSep: concatMapSep,
    concatImapStringsSep: strict(3, ([separator, fn, value], at) => (separator === undefined ? dunno(at) : joined(separator, mapped(fn, value, at, true), at))),
    concatLines: lazy(1, ([value], at) => {
      const all = value?.force();
      const lines = joined(string("\n"), all, at);
      if (lines.t !== "string" || elements(all)?.length === 0) return lines;
      return joinPieces([lines.pieces, [{ text: "\n", at: null, map: null }]], at);
    }),
  };
}
