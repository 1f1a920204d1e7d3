/** Calls functions: those of the tree, built-in ones, and those of which only the name is known. */
import type { LambdaExpr } from "../syntax/index.ts";
import { type At, at } from "./at.ts";
import { Env } from "./env.ts";
import type { Evaluator } from "./evaluate.ts";
import { Thunk } from "./thunk.ts";
import { type RefValue, type Value, ref, unknown } from "./values.ts";

/** What a call comes to; the evaluator counts how deep it is. */
export function apply(evaluator: Evaluator, fn: Value, arg: Thunk, place: At | null): Value {
  switch (fn.t) {
    case "lambda":
      return callLambda(evaluator, fn.expr, fn.env, arg, place);
    case "builtin": {
      const args = [...fn.args, arg];
      return args.length < fn.arity ? { ...fn, args, at: place } : fn.run(args, place);
    }
    case "ref":
      return callOutside(fn, arg, place);
    case "call":
      return fn.select.length === 0 ? { ...fn, args: [...fn.args, arg], at: place } : { t: "call", fn, args: [arg], select: [], at: place };
    case "attrs": {
      const functor = evaluator.select(fn, "__functor", place);
      return functor === null ? unknown("not a function", place) : evaluator.apply(evaluator.apply(functor, Thunk.of(fn), place), arg, place);
    }
    default:
      return unknown(fn.t === "unknown" ? fn.reason : "not a function", place);
  }
}

function callOutside(fn: RefValue, arg: Thunk, place: At | null): Value {
  // `import <nixpkgs> { }` is the package set that modules get as `pkgs`.
  if (fn.path.length === 1 && fn.path[0] === "import nixpkgs") return ref(["pkgs"], place);
  return { t: "call", fn, args: [arg], select: [], at: place };
}

function callLambda(evaluator: Evaluator, expr: LambdaExpr, env: Env, arg: Thunk, place: At | null): Value {
  const vars = new Map<string, Thunk>();
  const inner = new Env(env.file, env, vars);
  if (expr.param !== null) vars.set(expr.param, arg);
  const { formals } = expr;
  if (formals !== null) {
    const value = arg.force();
    const isVague = value.t === "unknown" || value.t === "ref" || value.t === "call";
    if (value.t !== "attrs" && !isVague) return unknown("the function takes a set", place);
    if (value.t === "attrs" && !formals.open) {
      for (const name of value.attrs.keys()) {
        if (!formals.list.some((formal) => formal.name === name)) return unknown(`the function takes no argument \`${name}\``, place);
      }
    }
    for (const formal of formals.list) {
      const { name, fallback } = formal;
      const site = at(env.file, formal);
      const attr = value.t === "attrs" ? value.attrs.get(name) : undefined;
      if (attr !== undefined) vars.set(name, attr.conditions.length === 0 ? attr.thunk : new Thunk(() => evaluator.attr(attr, attr.thunk.at), attr.thunk.at));
      else if (value.t === "attrs" && value.open === null) {
        if (fallback === null) return unknown(`the argument \`${name}\` is missing`, place);
        vars.set(name, evaluator.thunk(fallback, inner));
      } else {
        vars.set(
          name,
          new Thunk(() => {
            const given = evaluator.select(value, name, site) ?? unknown("not a set", site);
            // What is not known may also lack the argument, and then its default counts.
            if (fallback === null) return given;
            return unknown("an argument that may not be given", site, [given, evaluator.evaluate(fallback, inner)]);
          }, site),
        );
      }
    }
  }
  return evaluator.evaluate(expr.body, inner);
}
