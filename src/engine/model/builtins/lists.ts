/** Functions on lists (Nix manual, "Built-ins"; nixpkgs, `lib/lists.nix`). */
import type { Evaluator } from "../evaluate.ts";
import { compareCodePoints, isEqual, orderOf } from "../equality.ts";
import { concatenate } from "../operators.ts";
import { Thunk } from "../thunk.ts";
import { type Item, type Value, bool, list, number, string, textOf, unknown } from "../values.ts";
import { type Definition, type Table, call, computed, dunno, elements, int, later, lazy, setOf, strict } from "./define.ts";

const MAX_RANGE = 10_000;

function items(thunks: readonly Thunk[]): Item[] {
  return thunks.map((thunk) => ({ thunk, maybe: false }));
}

/** The table of list functions. */
export function listFunctions(evaluator: Evaluator): Table {
  const truth = (fn: Value, args: readonly Thunk[]): boolean | null => {
    const value = call(evaluator, fn, args, null);
    return value.t === "bool" ? value.v : null;
  };

  const map = strict(2, ([fn, value], at) => {
    if (fn === undefined || value?.t !== "list") return dunno(at);
    const mapped = value.items.map((item) => ({ ...item, thunk: later(evaluator, fn, [item.thunk], item.thunk.at) }));
    return list(mapped, at, value.open);
  });

  const filter = strict(2, ([fn, value], at) => {
    if (fn === undefined || value?.t !== "list") return dunno(at);
    const kept: Item[] = [];
    for (const item of value.items) {
      const verdict = truth(fn, [item.thunk]);
      if (verdict !== false) kept.push(verdict === true ? item : { ...item, maybe: true });
    }
    return list(kept, at, value.open);
  });

  const concatLists = strict(1, ([value], at) => {
    if (value?.t !== "list") return dunno(at);
    if (value.open !== null || value.items.some((item) => item.maybe)) return list([], at, unknown("a list that is not wholly known", at));
    return concatenate(
      value.items.map((item) => item.thunk.force()),
      at,
    );
  });

  const concatMap: Definition = lazy(2, (args, at) => concatLists.run([Thunk.of(map.run(args, at))], at));

  const fold = (right: boolean): Definition =>
    strict(3, ([fn, , value], at, [, start]) => {
      const all = elements(value);
      if (fn === undefined || all === null || start === undefined) return dunno(at);
      let result = start;
      for (const item of right ? [...all].reverse() : all) {
        const step = result;
        result = later(evaluator, fn, right ? [item, step] : [step, item], at);
        if (!right) result.force();
      }
      return result.force();
    });

  const quantifier = (stop: boolean): Definition =>
    strict(2, ([fn, value], at) => {
      if (fn === undefined || value?.t !== "list") return dunno(at);
      let sure = value.open === null;
      for (const item of value.items) {
        const verdict = truth(fn, [item.thunk]);
        if (verdict === stop && !item.maybe) return bool(stop, at);
        if (verdict !== !stop) sure = false;
      }
      return sure ? bool(!stop, at) : dunno(at);
    });

  const elem = strict(2, ([needle, value], at) => {
    if (needle === undefined || value?.t !== "list") return dunno(at);
    let sure = value.open === null;
    for (const item of value.items) {
      const verdict = isEqual(needle, item.thunk.force());
      if (verdict === true && !item.maybe) return bool(true, at);
      if (verdict !== false) sure = false;
    }
    return sure ? bool(false, at) : dunno(at);
  });

  const sorted = (all: readonly Thunk[], before: (a: Thunk, b: Thunk) => boolean | null): readonly Thunk[] | null => {
    let sure = true;
    const out = [...all].sort((a, b) => {
      const less = before(a, b);
      if (less === null) sure = false;
      return less === true ? -1 : before(b, a) === true ? 1 : 0;
    });
    return sure ? out : null;
  };

  const slice = (from: number, to: number | undefined, value: Value | undefined, at: Parameters<Definition["run"]>[1]): Value => {
    const all = elements(value);
    return all === null ? dunno(at) : list(items(all.slice(from, to)), at);
  };

  const unique = strict(1, ([value], at) => {
    const all = elements(value);
    if (all === null) return value?.t === "list" ? value : dunno(at);
    const kept: Thunk[] = [];
    for (const thunk of all) if (!kept.some((other) => isEqual(other.force(), thunk.force()) === true)) kept.push(thunk);
    return list(items(kept), at);
  });

  const without = (keep: boolean): Definition =>
    strict(2, ([first, second], at) => {
      const [others, all] = [elements(first), elements(second)];
      if (others === null || all === null) return dunno(at);
      return list(items(all.filter((thunk) => others.some((other) => isEqual(other.force(), thunk.force()) === true) === keep)), at);
    });

  const pick = (index: (length: number) => number): Definition =>
    strict(1, ([value], at) => {
      const all = elements(value);
      return all?.[index(all.length)]?.force() ?? dunno(at);
    });

  return {
    map,
    filter,
    concatLists,
    concatMap,
    forEach: lazy(2, ([value, fn], at) => map.run([fn as Thunk, value as Thunk], at)),
    "foldl'": fold(false),
    foldl: fold(false),
    foldr: fold(true),
    fold: fold(true),
    all: quantifier(false),
    any: quantifier(true),
    elem,
    head: pick(() => 0),
    last: pick((length) => length - 1),
    tail: strict(1, ([value], at) => slice(1, undefined, value, at)),
    init: strict(1, ([value], at) => slice(0, -1, value, at)),
    take: strict(2, ([count, value], at) => slice(0, int(count) ?? 0, int(count) === null ? undefined : value, at)),
    drop: strict(2, ([count, value], at) => slice(int(count) ?? 0, undefined, int(count) === null ? undefined : value, at)),
    sublist: strict(3, ([start, count, value], at) => {
      const [from, length] = [int(start), int(count)];
      return from === null || length === null ? dunno(at) : slice(from, from + length, value, at);
    }),
    length: strict(1, ([value], at) => {
      const all = elements(value);
      return all === null ? dunno(at) : number(all.length, at);
    }),
    elemAt: strict(2, ([value, index], at) => elements(value)?.[int(index) ?? -1]?.force() ?? dunno(at)),
    reverseList: strict(1, ([value], at) => {
      const all = elements(value);
      return all === null ? dunno(at) : list(items([...all].reverse()), at);
    }),
    genList: strict(2, ([fn, count], at) => {
      const length = int(count);
      if (fn === undefined || length === null || length < 0 || length > MAX_RANGE) return dunno(at);
      return list(items(Array.from({ length }, (_, index) => later(evaluator, fn, [Thunk.of(number(index, at))], at))), at);
    }),
    range: strict(2, ([first, last], at) => {
      const [from, to] = [int(first), int(last)];
      if (from === null || to === null || to - from > MAX_RANGE) return dunno(at);
      return list(items(Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => Thunk.of(number(from + index, at)))), at);
    }),
    replicate: strict(2, ([count], at, [, thunk]) => {
      const length = int(count);
      if (length === null || length < 0 || length > MAX_RANGE || thunk === undefined) return dunno(at);
      return list(items(Array.from({ length }, () => thunk)), at);
    }),
    sort: strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      const out = sorted(all, (a, b) => truth(fn, [a, b]));
      return out === null ? dunno(at) : list(items(out), at);
    }),
    sortOn: strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      const out = sorted(all, (a, b) => {
        const order = orderOf(call(evaluator, fn, [a], at), call(evaluator, fn, [b], at));
        return order === null ? null : order < 0;
      });
      return out === null ? dunno(at) : list(items(out), at);
    }),
    naturalSort: strict(1, ([value], at) => {
      const all = elements(value);
      if (all === null) return dunno(at);
      const out = sorted(all, (a, b) => {
        const [left, right] = [textOf(a.force()), textOf(b.force())];
        return left === null || right === null || /\d/.test(left + right) ? null : compareCodePoints(left, right) < 0;
      });
      return out === null ? dunno(at) : list(items(out), at);
    }),
    unique,
    uniqueStrings: unique,
    remove: strict(2, ([needle, value], at) => {
      const all = elements(value);
      if (needle === undefined || all === null) return dunno(at);
      return list(items(all.filter((thunk) => isEqual(needle, thunk.force()) !== true)), at);
    }),
    subtractLists: without(false),
    intersectLists: without(true),
    singleton: lazy(1, ([thunk], at) => list(items([thunk as Thunk]), at)),
    toList: strict(1, ([value], at, [thunk]) => (value?.t === "list" ? value : value === undefined || value.t === "unknown" ? dunno(at) : list(items([thunk as Thunk]), at))),
    flatten: strict(1, ([value], at) => {
      const flat: Thunk[] = [];
      const visit = (thunk: Thunk, depth: number): boolean => {
        const inner = thunk.force();
        if (inner.t !== "list") {
          flat.push(thunk);
          return inner.t !== "unknown";
        }
        const all = elements(inner);
        return all !== null && depth < 50 && all.every((item) => visit(item, depth + 1));
      };
      if (value === undefined || !visit(Thunk.of(value), 0)) return dunno(at);
      return list(items(flat), at);
    }),
    partition: strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      const verdicts = all.map((thunk) => truth(fn, [thunk]));
      if (verdicts.includes(null)) return dunno(at);
      const part = (want: boolean): Thunk => Thunk.of(list(items(all.filter((_, index) => verdicts[index] === want)), at));
      return setOf([["right", computed(part(true))], ["wrong", computed(part(false))]], at);
    }),
    count: strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      const verdicts = all.map((thunk) => truth(fn, [thunk]));
      return verdicts.includes(null) ? dunno(at) : number(verdicts.filter(Boolean).length, at);
    }),
    findFirst: strict(3, ([fn, , value], at, [, fallback]) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      for (const thunk of all) {
        const verdict = truth(fn, [thunk]);
        if (verdict === null) return dunno(at);
        if (verdict) return thunk.force();
      }
      return fallback?.force() ?? dunno(at);
    }),
    imap0: indexed(evaluator, 0),
    imap1: indexed(evaluator, 1),
    zipListsWith: strict(3, ([fn, first, second], at) => {
      const [a, b] = [elements(first), elements(second)];
      if (fn === undefined || a === null || b === null) return dunno(at);
      return list(items(a.slice(0, b.length).map((thunk, index) => later(evaluator, fn, [thunk, b[index] as Thunk], at))), at);
    }),
    zipLists: strict(2, ([first, second], at) => {
      const [a, b] = [elements(first), elements(second)];
      if (a === null || b === null) return dunno(at);
      const pair = (thunk: Thunk, index: number): Thunk => Thunk.of(setOf([["fst", computed(thunk)], ["snd", computed(b[index] as Thunk)]], at));
      return list(items(a.slice(0, b.length).map(pair)), at);
    }),
    groupBy: strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      const groups = new Map<string, Thunk[]>();
      for (const thunk of all) {
        const name = textOf(call(evaluator, fn, [thunk], at));
        if (name === null) return dunno(at);
        groups.set(name, [...(groups.get(name) ?? []), thunk]);
      }
      return setOf([...groups].map(([name, group]) => [name, computed(Thunk.of(list(items(group), at)))]), at);
    }),
    optional: strict(2, ([condition], at, [, thunk]) => conditional(condition, list(items([thunk as Thunk]), at), list([], at), at)),
    optionals: lazy(2, ([condition, value], at) => {
      const decided = condition?.force();
      return decided?.t === "bool" ? (decided.v ? (value?.force() ?? dunno(at)) : list([], at)) : conditional(decided, value?.force() ?? dunno(at), list([], at), at);
    }),
    concatStrings: strict(1, ([value], at) => joined(string(""), value, at)),
    concatStringsSep: strict(2, ([separator, value], at) => (separator === undefined ? dunno(at) : joined(separator, value, at))),
    concatMapStrings: lazy(2, (args, at) => joined(string(""), map.run(args, at), at)),
    concatMapStringsSep: lazy(3, ([separator, ...rest], at) => joined(separator?.force() ?? dunno(at), map.run(rest, at), at)),
    concatImapStringsSep: lazy(3, ([separator, ...rest], at) => joined(separator?.force() ?? dunno(at), indexed(evaluator, 1).run(rest, at), at)),
    concatLines: strict(1, ([value], at) => {
      const all = joined(string("\n"), value, at);
      return all.t === "string" ? { ...all, pieces: [...all.pieces, ...(elements(value)?.length === 0 ? [] : [{ text: "\n", at: null, map: null }])] } : all;
    }),
  };
}

function indexed(evaluator: Evaluator, from: number): Definition {
  return strict(2, ([fn, value], at) => {
    const all = elements(value);
    if (fn === undefined || all === null) return dunno(at);
    return list(items(all.map((thunk, index) => later(evaluator, fn, [Thunk.of(number(index + from, at)), thunk], thunk.at))), at);
  });
}

/** A list that is there under a condition: where it cannot be decided its elements are possible ones. */
function conditional(condition: Value | undefined, yes: Value, no: Value, at: Parameters<Definition["run"]>[1]): Value {
  if (condition?.t === "bool") return condition.v ? yes : no;
  if (yes.t !== "list") return dunno(at);
  return list(
    yes.items.map((item) => ({ ...item, maybe: true })),
    at,
    yes.open,
  );
}

/** Joins strings, keeping each one's way back to the source. */
function joined(separator: Value, value: Value | undefined, at: Parameters<Definition["run"]>[1]): Value {
  const all = elements(value);
  if (all === null || separator.t !== "string") return dunno(at);
  const pieces = all.flatMap((thunk, index) => {
    const item = thunk.force();
    const own = item.t === "string" ? item.pieces : [{ hole: item, at: thunk.at }];
    return index > 0 ? [...separator.pieces, ...own] : own;
  });
  return { t: "string", pieces, at };
}
