/** Built-ins that concern values as such, files, and control (Nix manual, "Built-ins"). */
import type { At } from "../at.ts";
import type { Evaluator } from "../evaluate.ts";
import { orderOf } from "../equality.ts";
import { limits } from "../limits.ts";
import { isOutside } from "../paths.ts";
import { Thunk } from "../thunk.ts";
import { type Value, bool, list, number, ref, string, textOf, unknown } from "../values.ts";
import { type Definition, type Table, call, computed, dunno, elements, entries, lazy, setOf, strict, text } from "./define.ts";

const MAX_JSON_DEPTH = 100;

/** Stands in JSON for a float, which reading it would make an integer where it is whole (`2.0`). */
const FLOAT = "\0float";

/** JSON text with its floats marked. */
function markFloats(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) => (/^[^"].*[.eE]/.test(token) ? JSON.stringify({ [FLOAT]: token }) : token));
}

/** A JSON value as `builtins.fromJSON` gives it. */
function fromJson(json: unknown, at: At | null, depth = 0): Value {
  if (json === null) return { t: "null", at };
  if (typeof json === "boolean") return bool(json, at);
  if (typeof json === "number") return number(json, at);
  if (typeof json === "string") return string(json, at);
  if (!limits.isWithin(depth, MAX_JSON_DEPTH) || !limits.spend(1)) return unknown(limits.reason, at);
  const inner = (value: unknown): Thunk => Thunk.of(fromJson(value, at, depth + 1), at);
  if (Array.isArray(json)) return list(json.map((item) => ({ thunk: inner(item), maybe: false })), at);
  const all = Object.entries(json as object);
  const [first] = all;
  if (first !== undefined && first[0] === FLOAT) return { t: "float", v: Number(first[1]), at };
  return setOf(
    all.map(([key, value]) => [key, computed(inner(value))]),
    at,
  );
}

/** The JSON text of a value as `builtins.toJSON` prints it, or null where a part is not known. */
function toJson(value: Value, depth = 0): unknown {
  if (!limits.isWithin(depth, MAX_JSON_DEPTH) || !limits.spend(1)) return undefined;
  switch (value.t) {
    case "null":
      return null;
    case "bool":
    case "int":
      return value.v;
    // How floats are written depends on the version of Nix.
    case "string":
      return textOf(value) ?? undefined;
    case "list": {
      const all = elements(value)?.map((thunk) => toJson(thunk.force(), depth + 1));
      return all === undefined || all.includes(undefined) ? undefined : all;
    }
    case "attrs": {
      const all = entries(value)?.map(([name, attr]) => [name, toJson(attr.thunk.force(), depth + 1)] as const);
      if (all === undefined || all.some(([name, item]) => item === undefined || name === "outPath" || name === "__toString")) return undefined;
      return Object.fromEntries(all);
    }
    default:
      return undefined;
  }
}

function isVague(value: Value): boolean {
  return value.t === "unknown" || value.t === "ref" || value.t === "call";
}

/** A function of two booleans. */
function logic(combine: (a: boolean, b: boolean) => boolean): Definition {
  return strict(2, ([a, b], at) => (a?.t === "bool" && b?.t === "bool" ? bool(combine(a.v, b.v), at) : dunno(at)));
}

/** The table of the remaining functions. */
export function coreFunctions(evaluator: Evaluator): Table {
  const isType = (...types: readonly Value["t"][]) =>
    strict(1, ([value], at) => {
      if (value === undefined || isVague(value)) return dunno(at);
      return bool(types.includes(value.t), at);
    });
  const pathOf = (value: Value | undefined) => (value?.t === "path" ? value : null);

  const readFile = strict(1, ([value], at) => {
    const path = pathOf(value);
    const content = path === null ? null : evaluator.readPath(path);
    return content === null ? unknown("a file that cannot be read", at) : string(content, at);
  });

  const parseJson = strict(1, ([value], at) => {
    const known = text(value);
    if (known === null) return dunno(at);
    try {
      // What is not JSON must not become it by being marked.
      JSON.parse(known);
      return fromJson(JSON.parse(markFloats(known)) as unknown, at);
    } catch {
      return unknown("not valid JSON", at);
    }
  });

  const second = strict(2, ([, value], at) => value ?? dunno(at));

  return {
    import: strict(1, ([value], at) => {
      if (value?.t === "path") return evaluator.world.importFile(value, at);
      if (value?.t === "ref" && (value.path[0] === "<nixpkgs>" || value.path[0] === "nixpkgs") && value.path.length === 1) return ref(["import nixpkgs"], at);
      return unknown("an import that cannot be followed", at);
    }),
    readFile,
    fromJSON: parseJson,
    fileContents: strict(1, ([value], at) => {
      const path = pathOf(value);
      const content = path === null ? null : evaluator.readPath(path);
      return content === null ? unknown("a file that cannot be read", at) : string(content.replace(/\n$/, ""), at);
    }),
    importJSON: lazy(1, (args, at) => parseJson.run([Thunk.of(readFile.run(args, at))], at)),
    toJSON: strict(1, ([value], at) => {
      const json = value === undefined ? undefined : toJson(value);
      return json === undefined ? dunno(at) : string(JSON.stringify(json), at);
    }),
    pathExists: strict(1, ([value], at) => {
      const path = pathOf(value);
      if (path === null || path.base !== "root" || isOutside(path.path)) return dunno(at);
      const kind = evaluator.world.kind(path.path);
      // What a link out of the tree leads to may be there or not.
      return kind === "link" || kind === "closed" ? dunno(at) : bool(kind !== null, at);
    }),
    toPath: strict(1, (_, at) => dunno(at)),
    throw: strict(1, (_, at) => unknown("throws an error", at)),
    abort: strict(1, (_, at) => unknown("throws an error", at)),
    trace: second,
    traceVal: strict(1, ([value], at) => value ?? dunno(at)),
    warn: second,
    seq: second,
    deepSeq: second,
    warnIf: strict(3, ([, , value], at) => value ?? dunno(at)),
    warnIfNot: strict(3, ([, , value], at) => value ?? dunno(at)),
    throwIf: strict(3, ([condition, , value], at) => (condition?.t === "bool" && !condition.v ? (value ?? dunno(at)) : dunno(at))),
    throwIfNot: strict(3, ([condition, , value], at) => (condition?.t === "bool" && condition.v ? (value ?? dunno(at)) : dunno(at))),
    assertMsg: lazy(2, ([condition], at) => {
      const value = condition?.force() ?? dunno(at);
      return value.t === "bool" && !value.v ? unknown("an assertion fails", at) : value;
    }),
    tryEval: strict(1, ([value], at, [thunk]) => {
      if (value === undefined || value.t === "unknown" || thunk === undefined) return dunno(at);
      return setOf([["success", computed(Thunk.of(bool(true, at)))], ["value", computed(thunk)]], at);
    }),
    id: strict(1, ([value], at) => value ?? dunno(at)),
    const: lazy(2, ([value], at) => value?.force() ?? dunno(at)),
    flip: lazy(3, ([fn, a, b], at) => call(evaluator, fn?.force() ?? dunno(at), [b as Thunk, a as Thunk], at)),
    mapNullable: lazy(2, ([fn, value], at) => {
      const known = value?.force() ?? dunno(at);
      if (known.t === "null" || known.t === "unknown") return known;
      return evaluator.apply(fn?.force() ?? dunno(at), Thunk.of(known), at);
    }),
    defaultTo: lazy(2, ([fallback, value], at) => {
      const known = value?.force() ?? dunno(at);
      return known.t === "null" ? (fallback?.force() ?? dunno(at)) : known;
    }),
    and: logic((a, b) => a && b),
    or: logic((a, b) => a || b),
    xor: logic((a, b) => a !== b),
    pipe: strict(2, ([, fns], at, [start]) => {
      const all = elements(fns);
      return all === null || start === undefined ? dunno(at) : all.reduce<Value>((value, fn) => evaluator.apply(fn.force(), Thunk.of(value), at), start.force());
    }),
    isString: isType("string"),
    isInt: isType("int"),
    isFloat: isType("float"),
    isBool: isType("bool"),
    isList: isType("list"),
    isPath: isType("path"),
    isNull: isType("null"),
    isFunction: strict(1, ([value], at) => {
      // `lib.isFunction` also takes a set that can be called.
      if (value === undefined || isVague(value) || (value.t === "attrs" && (value.open !== null || value.attrs.has("__functor")))) return dunno(at);
      return bool(value.t === "lambda" || value.t === "builtin", at);
    }),
    typeOf: strict(1, ([value], at) => {
      const names: Partial<Record<Value["t"], string>> = { attrs: "set", wrap: "set", option: "set", builtin: "lambda" };
      return value === undefined || isVague(value) ? dunno(at) : string(names[value.t] ?? value.t, at);
    }),
    functionArgs: strict(1, ([fn], at) => {
      if (fn?.t !== "lambda") return dunno(at);
      const { formals } = fn.expr;
      return setOf((formals?.list ?? []).map((formal) => [formal.name, computed(Thunk.of(bool(formal.fallback !== null, at)))]), at);
    }),
    lessThan: strict(2, ([a, b], at) => {
      const order = a === undefined || b === undefined ? null : orderOf(a, b);
      return order === null ? dunno(at) : bool(order < 0, at);
    }),
    compare: strict(2, ([a, b], at) => {
      const order = a === undefined || b === undefined ? null : orderOf(a, b);
      return order === null ? dunno(at) : number(Math.sign(order), at);
    }),
    genericClosure: strict(1, (_, at) => dunno(at)),
    unsafeGetAttrPos: strict(2, (_, at) => dunno(at)),
    getEnv: strict(1, (_, at) => dunno(at)),
    match: strict(2, (_, at) => dunno(at)),
    split: strict(2, (_, at) => dunno(at)),
    hashString: strict(2, (_, at) => dunno(at)),
    hashFile: strict(2, (_, at) => dunno(at)),
    readDir: strict(1, (_, at) => dunno(at)),
    fromTOML: strict(1, (_, at) => dunno(at)),
    currentSystem: unknown("the system that evaluates"),
    currentTime: unknown("the time of evaluation"),
    nixVersion: unknown("the version of Nix"),
    langVersion: number(6),
    storeDir: string("/nix/store"),
    nixPath: unknown("the search path"),
  };
}
