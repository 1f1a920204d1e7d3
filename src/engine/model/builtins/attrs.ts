/** Functions on attribute sets (Nix manual, "Built-ins"; nixpkgs, `lib/attrsets.nix`). */
import type { At } from "../at.ts";
import type { Evaluator } from "../evaluate.ts";
import { coerce } from "../coercion.ts";
import { isEqual } from "../equality.ts";
import { joinPieces, update } from "../operators.ts";
import { limits } from "../limits.ts";
import { Thunk } from "../thunk.ts";
import { type Attr, type Value, attrs, bool, list, string, textOf, unknown } from "../values.ts";
import { type Definition, type Table, call, computed, dunno, elements, entries, later, lazy, setOf, strict, text, texts } from "./define.ts";

const MAX_DEPTH = 40;

function isOpaque(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call" || value.t === "wrap" || value.t === "option";
}

/** One of two opaque things replaced by the other: packages replace each other, sets would be merged. */
function unsure(a: Value, b: Value, at: At | null): Value {
  return a.t !== "attrs" && (b.t === "ref" || b.t === "call") && (a.t === "ref" || a.t === "call") ? b : dunno(at);
}

/** The table of functions on sets. */
export function attrsFunctions(evaluator: Evaluator): Table {
  const fields = (value: Value): { name: string; value: Thunk } | null => {
    const name = value.t === "attrs" ? textOf(value.attrs.get("name")?.thunk.force() ?? unknown("")) : null;
    const content = value.t === "attrs" ? value.attrs.get("value")?.thunk : undefined;
    return name === null || content === undefined ? null : { name, value: content };
  };

  const listToAttrs = strict(1, ([value], at) => {
    if (value?.t !== "list") return dunno(at);
    const map = new Map<string, Attr>();
    let open = value.open;
    for (const item of value.items) {
      const pair = item.maybe ? null : fields(item.thunk.force());
      if (pair === null) open ??= unknown("a computed attribute name", at);
      else if (!map.has(pair.name)) map.set(pair.name, computed(pair.value));
    }
    return attrs(map, at, open);
  });

  const mapAttrs = strict(2, ([fn, value], at) => {
    if (fn === undefined || value?.t !== "attrs") return dunno(at);
    const map = new Map<string, Attr>();
    for (const [name, attr] of value.attrs) {
      map.set(name, { ...attr, thunk: later(evaluator, fn, [Thunk.of(string(name, attr.key)), attr.thunk], attr.thunk.at) });
    }
    return attrs(map, at, value.open === null ? null : unknown("a function of something unknown", at));
  });

  const mapToList = strict(2, ([fn, value], at) => {
    const all = entries(value);
    if (fn === undefined || all === null) return dunno(at);
    return list(
      all.map(([name, attr]) => ({ thunk: later(evaluator, fn, [Thunk.of(string(name, attr.key)), attr.thunk], attr.thunk.at), maybe: false })),
      at,
    );
  });

  const genAttrs = strict(2, ([names, fn], at) => {
    const all = elements(names);
    if (all === null || fn === undefined) return dunno(at);
    const map = new Map<string, Attr>();
    for (const thunk of all) {
      const name = textOf(thunk.force());
      if (name === null) return dunno(at);
      map.set(name, computed(later(evaluator, fn, [thunk], at)));
    }
    return attrs(map, at);
  });

  const recursiveUpdate = (left: Value, right: Value, at: At | null, depth: number): Value => {
    if (!limits.isWithin(depth, MAX_DEPTH)) return dunno(at);
    if (left.t !== "attrs" || right.t !== "attrs") return dunno(at);
    if (right.open !== null || !limits.spend(left.attrs.size + right.attrs.size)) return dunno(at);
    const merged = new Map(left.attrs);
    for (const [name, attr] of right.attrs) {
      const old = merged.get(name);
      if (old === undefined) merged.set(name, attr);
      else if (attr.conditions.length > 0) merged.set(name, computed(Thunk.of(dunno(at))));
      else {
        const thunk = new Thunk(() => {
          const [a, b] = [old.thunk.force(), attr.thunk.force()];
          if (old.conditions.length > 0 && (a.t === "attrs" || isOpaque(a)) && (b.t === "attrs" || isOpaque(b))) return dunno(at);
          if (a.t === "attrs" && b.t === "attrs") return recursiveUpdate(a, b, at, depth + 1);
          // A set from outside the tree on either side would be merged too.
          return (b.t === "attrs" && isOpaque(a)) || (a.t === "attrs" && isOpaque(b)) || (isOpaque(a) && isOpaque(b)) ? unsure(a, b, at) : b;
        }, attr.thunk.at);
        merged.set(name, { ...attr, thunk });
      }
    }
    return attrs(merged, at, left.open);
  };

  const walk = (path: readonly string[], value: Value, at: At | null): Value | null => {
    let current: Value | null = value;
    for (const name of path) {
      if (current === null) return null;
      current = evaluator.select(current, name, at);
    }
    return current;
  };

  const filterAttrs = strict(2, ([fn, value], at) => {
    if (fn === undefined || value?.t !== "attrs") return dunno(at);
    const map = new Map<string, Attr>();
    for (const [name, attr] of value.attrs) {
      const verdict = call(evaluator, fn, [Thunk.of(string(name, attr.key)), attr.thunk], at);
      if (verdict.t === "bool") {
        if (verdict.v) map.set(name, attr);
      } else map.set(name, { ...attr, conditions: [...attr.conditions, Thunk.of(verdict.t === "unknown" ? verdict : dunno(at))] });
    }
    return attrs(map, at, value.open);
  });

  const without = (value: Value | undefined, names: readonly string[] | null, at: At | null): Value => {
    if (value?.t !== "attrs" || names === null) return dunno(at);
    const map = new Map(value.attrs);
    for (const name of names) map.delete(name);
    return attrs(map, at, value.open);
  };

  const optionalAttrs = lazy(2, ([condition, value], at) => {
    const decided = condition?.force();
    if (decided?.t === "bool") return decided.v ? (value?.force() ?? dunno(at)) : attrs(new Map(), at);
    const content = value?.force();
    if (decided !== undefined && !isOpaque(decided)) return dunno(at);
    if (content?.t !== "attrs" || decided === undefined) return attrs(new Map(), at, unknown("attributes under a condition", at));
    const why = Thunk.of(decided.t === "unknown" ? decided : dunno(at));
    return attrs(new Map([...content.attrs].map(([name, attr]) => [name, { ...attr, conditions: [...attr.conditions, why] }])), at, content.open);
  });

  const mergeAll = (values: readonly Value[], at: At | null): Value => values.reduce<Value>((all, value) => update(all, value, at), attrs(new Map(), at));

  return {
    listToAttrs,
    mapAttrs,
    mapAttrsToList: mapToList,
    attrsToList: strict(1, ([value], at) => {
      const all = entries(value);
      if (all === null) return dunno(at);
      return list(
        all.map(([name, attr]) => ({ thunk: Thunk.of(pair(string(name, attr.key), attr.thunk, at)), maybe: false })),
        at,
      );
    }),
    "mapAttrs'": lazy(2, (args, at) => listToAttrs.run([Thunk.of(mapToList.run(args, at))], at)),
    concatMapAttrs: lazy(2, (args, at) => {
      const sets = elements(mapToList.run(args, at));
      return sets === null
        ? dunno(at)
        : mergeAll(
            sets.map((thunk) => thunk.force()),
            at,
          );
    }),
    nameValuePair: lazy(2, ([name, value], at) => pair(name?.force() ?? dunno(at), value as Thunk, at)),
    genAttrs,
    "genAttrs'": strict(2, ([names, fn], at) => {
      const all = elements(names);
      if (all === null || fn === undefined) return dunno(at);
      return listToAttrs.run([Thunk.of(list(all.map((thunk) => ({ thunk: later(evaluator, fn, [thunk], at), maybe: false })), at))], at);
    }),
    attrNames: strict(1, ([value], at) => {
      const all = entries(value);
      return all === null ? dunno(at) : list(all.map(([name, attr]) => ({ thunk: Thunk.of(string(name, attr.key)), maybe: false })), at);
    }),
    attrValues: strict(1, ([value], at) => {
      const all = entries(value);
      return all === null ? dunno(at) : list(all.map(([, attr]) => ({ thunk: attr.thunk, maybe: false })), at);
    }),
    attrVals: strict(2, ([names, value], at) => {
      const wanted = texts(names);
      if (wanted === null || value === undefined) return dunno(at);
      return list(wanted.map((name) => ({ thunk: new Thunk(() => evaluator.select(value, name, at) ?? dunno(at), at), maybe: false })), at);
    }),
    catAttrs: strict(2, ([name, value], at) => {
      const [wanted, all] = [text(name), elements(value)];
      if (wanted === null || all === null) return dunno(at);
      const found: Thunk[] = [];
      for (const thunk of all) {
        const inner = thunk.force();
        if (inner.t !== "attrs") return dunno(at);
        const attr = inner.attrs.get(wanted);
        if (attr !== undefined) found.push(attr.thunk);
        else if (inner.open !== null) return dunno(at);
      }
      return list(found.map((thunk) => ({ thunk, maybe: false })), at);
    }),
    getAttr: strict(2, ([name, value], at) => {
      const wanted = text(name);
      return wanted === null || value === undefined ? dunno(at) : (evaluator.select(value, wanted, at) ?? unknown(`no attribute \`${wanted}\``, at));
    }),
    hasAttr: strict(2, ([name, value], at) => {
      const wanted = text(name);
      return wanted === null || value === undefined || (value.t !== "attrs" && !isOpaque(value)) ? dunno(at) : evaluator.hasAttr(value, wanted, at);
    }),
    attrByPath: strict(3, ([path, , value], at, [, fallback]) => {
      const names = texts(path);
      if (names === null || value === undefined) return dunno(at);
      const found = walk(names, value, at);
      // What is outside the tree may or may not have it.
      if (found !== null && names.length > 0 && (found.t === "ref" || found.t === "call")) return dunno(at);
      return found ?? fallback?.force() ?? dunno(at);
    }),
    hasAttrByPath: strict(2, ([path, value], at) => {
      const names = texts(path);
      if (names === null || value === undefined) return dunno(at);
      let current = value;
      for (const name of names) {
        const there = evaluator.hasAttr(current, name, at);
        if (there.t !== "bool" || !there.v) return there;
        current = evaluator.select(current, name, at) ?? dunno(at);
      }
      return bool(true, at);
    }),
    getAttrFromPath: strict(2, ([path, value], at) => {
      const names = texts(path);
      return names === null || value === undefined ? dunno(at) : (walk(names, value, at) ?? dunno(at));
    }),
    setAttrByPath: strict(2, ([path], at, [, value]) => {
      const names = texts(path);
      if (names === null || value === undefined) return dunno(at);
      return names.reduceRight<Thunk>((inner, name) => Thunk.of(setOf([[name, computed(inner)]], at)), value).force();
    }),
    removeAttrs: strict(2, ([value, names], at) => without(value, texts(names), at)),
    filterAttrs,
    intersectAttrs: strict(2, ([first, second], at) => {
      const [names, all] = [entries(first), entries(second)];
      if (names === null || all === null) return dunno(at);
      const wanted = new Set(names.map(([name]) => name));
      return setOf(
        all.filter(([name]) => wanted.has(name)),
        at,
      );
    }),
    getAttrs: strict(2, ([names, value], at) => {
      const wanted = texts(names);
      if (wanted === null || value?.t !== "attrs") return dunno(at);
      const found: [string, Attr][] = [];
      for (const name of wanted) {
        const attr = value.attrs.get(name);
        if (attr === undefined) return dunno(at);
        found.push([name, attr]);
      }
      return setOf(found, at);
    }),
    recursiveUpdate: strict(2, ([left, right], at) => (left === undefined || right === undefined ? dunno(at) : recursiveUpdate(left, right, at, 0))),
    mergeAttrs: strict(2, ([left, right], at) => (left === undefined || right === undefined ? dunno(at) : update(left, right, at))),
    mergeAttrsList: strict(1, ([value], at) => {
      const all = elements(value);
      return all === null
        ? dunno(at)
        : mergeAll(
            all.map((thunk) => thunk.force()),
            at,
          );
    }),
    optionalAttrs,
    foldlAttrs: strict(3, ([fn, , value], at, [, start]) => {
      const all = entries(value);
      if (fn === undefined || all === null || start === undefined) return dunno(at);
      return all.reduce<Value>((result, [name, attr]) => call(evaluator, fn, [Thunk.of(result), Thunk.of(string(name, attr.key)), attr.thunk], at), start.force());
    }),
    zipAttrsWith: zip(evaluator),
    zipAttrs: lazy(1, (args, at) => zip(evaluator).run([Thunk.of({ t: "builtin", name: "zipAttrs", arity: 2, args: [], run: ([, values]) => values?.force() ?? dunno(at), at }), ...args], at)),
    matchAttrs: strict(2, ([pattern, value], at) => {
      const verdict = pattern === undefined || value === undefined ? null : matches(pattern, value, 0);
      return verdict === null ? dunno(at) : bool(verdict, at);
    }),
    concatMapAttrsStringSep: strict(3, ([separator, fn, value], at) => {
      const parts = elements(mapToList.run([Thunk.of(fn ?? dunno(at)), Thunk.of(value ?? dunno(at))], at));
      if (parts === null || separator?.t !== "string") return dunno(at);
      return joinPieces(
        parts.flatMap((thunk, index) => [...(index > 0 ? [separator.pieces] : []), coerce(evaluator, thunk.force(), at)]),
        at,
      );
    }),
    isAttrs: strict(1, ([value], at) => (value === undefined || ["unknown", "call", "ref"].includes(value.t) ? dunno(at) : bool(["attrs", "wrap", "option"].includes(value.t), at))),
  };
}

function zip(evaluator: Evaluator): Definition {
  return strict(2, ([fn, value], at) => {
    const sets = elements(value)?.map((thunk) => entries(thunk.force())) ?? null;
    if (fn === undefined || sets === null || sets.some((set) => set === null)) return dunno(at);
    const groups = new Map<string, Thunk[]>();
    for (const set of sets) for (const [name, attr] of set ?? []) groups.set(name, [...(groups.get(name) ?? []), attr.thunk]);
    return setOf(
      [...groups].map(([name, thunks]) => {
        const all = Thunk.of(list(thunks.map((thunk) => ({ thunk, maybe: false })), at));
        return [name, computed(later(evaluator, fn, [Thunk.of(string(name, at)), all], at))];
      }),
      at,
    );
  });
}

/** Whether a set has all that a pattern has, at every depth (nixpkgs, `lib/attrsets.nix`, `matchAttrs`). */
function matches(pattern: Value, value: Value, depth: number): boolean | null {
  const wanted = entries(pattern);
  if (wanted === null || value.t !== "attrs" || !limits.isWithin(depth, MAX_DEPTH)) return null;
  let verdict: boolean | null = true;
  for (const [name, attr] of wanted) {
    const found = value.attrs.get(name);
    if (found === undefined && value.open === null) return false;
    if (found === undefined || found.conditions.length > 0) {
      verdict = null;
      continue;
    }
    const [left, right] = [attr.thunk.force(), found.thunk.force()];
    const same = left.t === "attrs" && right.t === "attrs" ? matches(left, right, depth + 1) : isEqual(left, right);
    if (same === false) return false;
    if (same === null) verdict = null;
  }
  return verdict;
}

function pair(name: Value, value: Thunk, at: At | null): Value {
  return setOf([["name", computed(Thunk.of(name))], ["value", computed(value)]], at);
}
