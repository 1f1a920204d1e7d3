/** Built-ins that concern values as such, files, and control (Nix manual, "Built-ins"). */
import type { At } from "../at.ts";
import type { Evaluator } from "../evaluate.ts";
import { isEqual } from "../equality.ts";
import { isOutside } from "../paths.ts";
import { Thunk } from "../thunk.ts";
import { type Value, attrs, bool, list, number, ref, string, textOf, unknown } from "../values.ts";
import { type Table, call, computed, dunno, elements, entries, lazy, setOf, strict, text } from "./define.ts";

const MAX_JSON_DEPTH = 100;

/** A JSON value as `builtins.fromJSON` gives it. */
export function fromJson(json: unknown, at: At | null, depth = 0): Value {
  if (json === null) return { t: "null", at };
  if (typeof json === "boolean") return bool(json, at);
  if (typeof json === "number") return Number.isInteger(json) ? number(json, at) : { t: "float", v: json, at };
  if (typeof json === "string") return string(json, at);
  if (depth > MAX_JSON_DEPTH) return unknown("nested too deep", at);
  if (Array.isArray(json)) return list(json.map((item) => ({ thunk: Thunk.of(fromJson(item, at, depth + 1)), maybe: false })), at);
  return setOf(
    Object.entries(json as object).map(([key, value]) => [key, computed(Thunk.of(fromJson(value, at, depth + 1), at))]),
    at,
  );
}

/** The JSON text of a value as `builtins.toJSON` prints it, or null where a part is not known. */
function toJson(value: Value, depth = 0): unknown {
  if (depth > MAX_JSON_DEPTH) return undefined;
  switch (value.t) {
    case "null":
      return null;
    case "bool":
    case "int":
    case "float":
      return value.v;
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

/** The table of the remaining functions. */
export function coreFunctions(evaluator: Evaluator): Table {
  const isType = (...types: readonly Value["t"][]) =>
    strict(1, ([value], at) => {
      if (value === undefined || value.t === "unknown" || value.t === "call" || value.t === "ref" || value.t === "wrap") return dunno(at);
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
      return fromJson(JSON.parse(known) as unknown, at);
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
    importJSON: lazy(1, (args, at) => parseJson.run([Thunk.of(readFile.run(args, at))], at)),
    toJSON: strict(1, ([value], at) => {
      const json = value === undefined ? undefined : toJson(value);
      return json === undefined ? dunno(at) : string(JSON.stringify(json), at);
    }),
    pathExists: strict(1, ([value], at) => {
      const path = pathOf(value);
      if (path === null || path.base !== "root" || isOutside(path.path)) return dunno(at);
      return bool(evaluator.world.kind(path.path) !== null, at);
    }),
    toPath: strict(1, ([value], at) => value ?? dunno(at)),
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
    assertMsg: strict(2, ([condition], at) => condition ?? dunno(at)),
    tryEval: strict(1, ([value], at, [thunk]) => {
      if (value === undefined || value.t === "unknown" || thunk === undefined) return dunno(at);
      return setOf([["success", computed(Thunk.of(bool(true, at)))], ["value", computed(thunk)]], at);
    }),
    id: strict(1, ([value], at) => value ?? dunno(at)),
    const: strict(2, ([value], at) => value ?? dunno(at)),
    flip: strict(3, ([fn], at, [, a, b]) => call(evaluator, fn ?? dunno(at), [b as Thunk, a as Thunk], at)),
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
    isFunction: isType("lambda", "builtin"),
    typeOf: strict(1, ([value], at) => {
      const names: Partial<Record<Value["t"], string>> = { attrs: "set", lambda: "lambda", builtin: "lambda" };
      if (value === undefined || ["unknown", "call", "ref", "wrap", "option"].includes(value.t)) return dunno(at);
      return string(names[value.t] ?? value.t, at);
    }),
    equals: strict(2, ([a, b], at) => {
      const verdict = a === undefined || b === undefined ? null : isEqual(a, b);
      return verdict === null ? dunno(at) : bool(verdict, at);
    }),
    functionArgs: strict(1, ([fn], at) => {
      if (fn?.t !== "lambda") return dunno(at);
      const { formals } = fn.expr;
      return setOf((formals?.list ?? []).map((formal) => [formal.name, computed(Thunk.of(bool(formal.fallback !== null, at)))]), at);
    }),
    lessThan: strict(2, ([a, b], at) => (a?.t === "int" && b?.t === "int" ? bool(a.v < b.v, at) : dunno(at))),
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
    emptyAttrs: attrs(new Map()),
  };
}
