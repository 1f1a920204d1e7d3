/** Functions on lists (Nix manual, "Built-ins"; nixpkgs, `lib/lists.nix`). */
import type { At } from "../at.ts";
import type { Evaluator } from "../evaluate.ts";
import { isEqual } from "../equality.ts";
import { limits } from "../limits.ts";
import { concatenate } from "../operators.ts";
import { Thunk } from "../thunk.ts";
import { type Item, type Value, bool, list, number, textOf, unknown } from "../values.ts";
import { type Definition, type Table, call, computed, dunno, elements, int, later, lazy, listOf, setOf, strict } from "./define.ts";
import { orderFunctions } from "./order.ts";

const MAX_RANGE = 10_000;
const MAX_NESTING = 50;

/** The table of list functions. */
export function listFunctions(evaluator: Evaluator): Table {
  const truth = (fn: Value, args: readonly Thunk[]): boolean | null => {
    const value = call(evaluator, fn, args, null);
    return value.t === "bool" ? value.v : null;
  };

  const map = strict(2, ([fn, value], at) => {
    if (fn === undefined || value?.t !== "list" || !limits.fits(value.items.length)) return dunno(at);
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

  /** Whether an element equals one of several; null where that cannot be known. */
  const isIn = (thunk: Thunk, others: readonly Thunk[]): boolean | null => {
    let verdict: boolean | null = false;
    for (const other of others) {
      if (!limits.spend(1)) return null;
      const same = isEqual(other.force(), thunk.force());
      if (same === true) return true;
      if (same === null) verdict = null;
    }
    return verdict;
  };

  /** The elements that pass; those of which it is not known are possible ones. */
  const kept = (all: readonly Thunk[], passes: (thunk: Thunk) => boolean | null, at: At | null): Value => {
    const items: Item[] = [];
    for (const thunk of all) {
      const verdict = passes(thunk);
      if (verdict !== false) items.push({ thunk, maybe: verdict === null });
    }
    return list(items, at);
  };

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

  const slice = (value: Value | undefined, at: At | null, from: number, to?: number): Value => {
    const all = elements(value);
    return all === null ? dunno(at) : listOf(all.slice(from, to), at);
  };

  const pick = (index: (length: number) => number): Definition =>
    strict(1, ([value], at) => {
      const all = elements(value);
      return all?.[index(all.length)]?.force() ?? dunno(at);
    });

  const without = (keep: boolean): Definition =>
    strict(2, ([first, second], at) => {
      const [others, all] = [elements(first), elements(second)];
      if (others === null || all === null) return dunno(at);
      return kept(
        all,
        (thunk) => {
          const verdict = isIn(thunk, others);
          return verdict === null ? null : verdict === keep;
        },
        at,
      );
    });

  const indexed = (from: number): Definition =>
    strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      return listOf(
        all.map((thunk, index) => later(evaluator, fn, [Thunk.of(number(index + from, at)), thunk], thunk.at)),
        at,
      );
    });

  const zipWith = (first: Value | undefined, second: Value | undefined, at: At | null, make: (a: Thunk, b: Thunk) => Thunk): Value => {
    const [a, b] = [elements(first), elements(second)];
    if (a === null || b === null) return dunno(at);
    return listOf(
      a.slice(0, b.length).map((thunk, index) => make(thunk, b[index] as Thunk)),
      at,
    );
  };

  const verdicts = (fn: Value | undefined, all: readonly Thunk[] | null): readonly boolean[] | null => {
    if (fn === undefined || all === null) return null;
    const out = all.map((thunk) => truth(fn, [thunk]));
    return out.includes(null) ? null : (out as boolean[]);
  };

  return {
    ...orderFunctions(evaluator),
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
    tail: strict(1, ([value], at) => (elements(value)?.length === 0 ? dunno(at) : slice(value, at, 1))),
    init: strict(1, ([value], at) => (elements(value)?.length === 0 ? dunno(at) : slice(value, at, 0, -1))),
    take: strict(2, ([count, value], at) => ((int(count) ?? -1) < 0 ? dunno(at) : slice(value, at, 0, int(count) as number))),
    drop: strict(2, ([count, value], at) => ((int(count) ?? -1) < 0 ? dunno(at) : slice(value, at, int(count) as number))),
    sublist: strict(3, ([start, count, value], at) => {
      const [from, length] = [int(start) ?? -1, int(count) ?? -1];
      return from < 0 || length < 0 ? dunno(at) : slice(value, at, from, from + length);
    }),
    length: strict(1, ([value], at) => {
      const all = elements(value);
      return all === null ? dunno(at) : number(all.length, at);
    }),
    elemAt: strict(2, ([value, index], at) => elements(value)?.[int(index) ?? -1]?.force() ?? dunno(at)),
    reverseList: strict(1, ([value], at) => {
      const all = elements(value);
      return all === null ? dunno(at) : listOf([...all].reverse(), at);
    }),
    genList: strict(2, ([fn, count], at) => {
      const length = int(count);
      if (fn === undefined || length === null || length < 0 || !isMakeable(length)) return dunno(at);
      return listOf(
        Array.from({ length }, (_, index) => later(evaluator, fn, [Thunk.of(number(index, at))], at)),
        at,
      );
    }),
    range: strict(2, ([first, last], at) => {
      const [from, to] = [int(first), int(last)];
      if (from === null || to === null || !isMakeable(Math.max(0, to - from))) return dunno(at);
      return listOf(
        Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => Thunk.of(number(from + index, at))),
        at,
      );
    }),
    replicate: strict(2, ([count], at, [, thunk]) => {
      const length = int(count);
      if (length === null || length < 0 || thunk === undefined || !isMakeable(length)) return dunno(at);
      return listOf(
        Array.from({ length }, () => thunk),
        at,
      );
    }),
    unique: strict(1, ([value], at) => {
      const all = elements(value);
      if (all === null) return dunno(at);
      const seen: Thunk[] = [];
      return kept(
        all,
        (thunk) => {
          const verdict = isIn(thunk, seen);
          if (verdict !== true) seen.push(thunk);
          return verdict === null ? null : !verdict;
        },
        at,
      );
    }),
    allUnique: strict(1, ([value], at) => {
      const all = elements(value);
      if (all === null) return dunno(at);
      const seen: Thunk[] = [];
      const found = all.map((thunk) => {
        const verdict = isIn(thunk, seen);
        seen.push(thunk);
        return verdict;
      });
      return found.includes(true) ? bool(false, at) : found.includes(null) ? dunno(at) : bool(true, at);
    }),
    remove: strict(2, ([needle, value], at) => {
      const all = elements(value);
      if (needle === undefined || all === null) return dunno(at);
      return kept(
        all,
        (thunk) => {
          const verdict = isEqual(needle, thunk.force());
          return verdict === null ? null : !verdict;
        },
        at,
      );
    }),
    subtractLists: without(false),
    intersectLists: without(true),
    mutuallyExclusive: strict(2, ([first, second], at) => {
      const [a, b] = [elements(first), elements(second)];
      if (a === null || b === null) return dunno(at);
      const found = a.map((thunk) => isIn(thunk, b));
      return found.includes(true) ? bool(false, at) : found.includes(null) ? dunno(at) : bool(true, at);
    }),
    singleton: lazy(1, ([thunk], at) => listOf([thunk as Thunk], at)),
    toList: strict(1, ([value], at, [thunk]) => (value?.t === "list" ? value : isVague(value) ? dunno(at) : listOf([thunk as Thunk], at))),
    flatten: strict(1, ([value], at) => {
      const flat: Thunk[] = [];
      const visit = (thunk: Thunk, depth: number): boolean => {
        const inner = thunk.force();
        if (inner.t !== "list") {
          flat.push(thunk);
          return inner.t !== "unknown" && limits.spend(1);
        }
        const all = elements(inner);
        return all !== null && limits.isWithin(depth, MAX_NESTING) && limits.spend(1) && all.every((item) => visit(item, depth + 1));
      };
      if (value === undefined || !visit(Thunk.of(value), 0)) return dunno(at);
      return listOf(flat, at);
    }),
    partition: strict(2, ([fn, value], at) => {
      const all = elements(value);
      const passed = verdicts(fn, all);
      if (all === null || passed === null) return dunno(at);
      const part = (want: boolean): Thunk =>
        Thunk.of(
          listOf(
            all.filter((_, index) => passed[index] === want),
            at,
          ),
        );
      return setOf([["right", computed(part(true))], ["wrong", computed(part(false))]], at);
    }),
    count: strict(2, ([fn, value], at) => {
      const passed = verdicts(fn, elements(value));
      return passed === null ? dunno(at) : number(passed.filter(Boolean).length, at);
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
    imap0: indexed(0),
    imap1: indexed(1),
    zipListsWith: strict(3, ([fn, first, second], at) => (fn === undefined ? dunno(at) : zipWith(first, second, at, (a, b) => later(evaluator, fn, [a, b], at)))),
    zipLists: strict(2, ([first, second], at) => zipWith(first, second, at, (a, b) => Thunk.of(setOf([["fst", computed(a)], ["snd", computed(b)]], at)))),
    groupBy: strict(2, ([fn, value], at) => {
      const all = elements(value);
      if (fn === undefined || all === null) return dunno(at);
      const groups = new Map<string, Thunk[]>();
      for (const thunk of all) {
        const name = textOf(call(evaluator, fn, [thunk], at));
        if (name === null) return dunno(at);
        const group = groups.get(name);
        if (group === undefined) groups.set(name, [thunk]);
        else group.push(thunk);
      }
      return setOf(
        [...groups].map(([name, group]) => [name, computed(Thunk.of(listOf(group, at)))]),
        at,
      );
    }),
    optional: lazy(2, ([condition, thunk], at) => conditional(condition?.force(), () => listOf([thunk as Thunk], at), at)),
    optionals: lazy(2, ([condition, value], at) => conditional(condition?.force(), () => value?.force() ?? dunno(at), at)),
  };
}

/** Whether a list of so many elements may be made from nothing. */
function isMakeable(length: number): boolean {
  if (length > MAX_RANGE) limits.hit = true;
  return length <= MAX_RANGE && limits.fits(length);
}

function isVague(value: Value | undefined): boolean {
  return value === undefined || value.t === "unknown" || value.t === "ref" || value.t === "call";
}

/** A list that is there under a condition: where it cannot be decided its elements are possible ones. */
function conditional(condition: Value | undefined, content: () => Value, at: At | null): Value {
  if (condition?.t === "bool") return condition.v ? content() : list([], at);
  if (!isVague(condition)) return dunno(at);
  const value = content();
  if (value.t !== "list") return dunno(at);
  return list(
    value.items.map((item) => ({ ...item, maybe: true })),
    at,
    value.open,
  );
}
