/** Computes what a Nix expression comes to, as far as it can be known: lazily, on any input, without running anything. */
import type { AttrName, BinaryExpr, Expr, IfExpr, LambdaExpr, PathExpr, StringPart } from "../syntax/index.ts";
import { type At, at } from "./at.ts";
import { evaluateAttrs, letScope } from "./attrsets.ts";
import { type Builtins, builtinNamed, libNamed } from "./builtins/index.ts";
import { Env } from "./env.ts";
import { isOutside, join, normalise, folderOf } from "./paths.ts";
import { add, choice, compare, coerce, equal, negate } from "./operators.ts";
import { Thunk } from "./thunk.ts";
import {
  type AttrsValue,
  type CallValue,
  type Item,
  type ListValue,
  type PathValue,
  type Piece,
  type RefValue,
  type Value,
  attrs,
  bool,
  list,
  number,
  ref,
  textOf,
  unknown,
} from "./values.ts";

/** What evaluation needs of the tree. */
export interface World {
  /** The text of a file of the tree, or null. */
  read(path: string): string | null;
  kind(path: string): "file" | "folder" | null;
  /** The value of a file, for `import`. */
  importFile(path: PathValue, at: At | null): Value;
}

/** Nesting of evaluation after which a value counts as unknown: the call stack is finite. */
const MAX_DEPTH = 350;
/** Steps of evaluation in one file's judgement after which the rest counts as unknown: a run must end. */
const MAX_STEPS = 2_000_000;
/** Undecided conditions inside one another of which both branches are looked at. */
const MAX_FORKS = 6;

export class Evaluator {
  readonly world: World;
  readonly builtins: Builtins;
  /** A limit was reached: some answers are unknown for that reason alone. */
  limited = false;
  #depth = 0;
  #steps = 0;
  #forks = 0;

  constructor(world: World, builtins: (evaluator: Evaluator) => Builtins) {
    this.world = world;
    this.builtins = builtins(this);
  }

  /** Starts a new budget of steps, for the judgement of one file. */
  refill(): void {
    this.#steps = 0;
    this.limited = false;
  }

  thunk(expr: Expr, env: Env): Thunk {
    return new Thunk(() => this.evaluate(expr, env), at(env.file, expr));
  }

  evaluate(expr: Expr, env: Env): Value {
    if (this.#depth >= MAX_DEPTH || this.#steps >= MAX_STEPS) {
      this.limited = true;
      return unknown(this.#depth >= MAX_DEPTH ? "nested too deep" : "too much to compute", at(env.file, expr));
    }
    this.#depth++;
    this.#steps++;
    try {
      return this.#evaluate(expr, env);
    } finally {
      this.#depth--;
    }
  }

  #evaluate(expr: Expr, env: Env): Value {
    const place = at(env.file, expr);
    switch (expr.kind) {
      case "var":
        return this.#variable(expr.name, env, place);
      case "int":
        return number(Number(expr.text), place);
      case "float":
        return { t: "float", v: Number(expr.text), at: place };
      case "string":
        return { t: "string", pieces: this.#pieces(expr.parts, env, false), at: place };
      case "path":
        return this.#path(expr, env, place);
      case "search-path":
        return ref([expr.text], place);
      case "list":
        return list(
          expr.items.map((item) => ({ thunk: this.thunk(item, env), maybe: false })),
          place,
        );
      case "attrs":
        return evaluateAttrs(this, expr, env);
      case "let":
        return this.evaluate(expr.body, letScope(this, expr, env));
      case "select":
        return this.#select(expr.base, expr.path, expr.fallback, env, place);
      case "has":
        return this.#has(expr.base, expr.path, env, place);
      case "apply":
        return this.apply(this.evaluate(expr.fn, env), this.thunk(expr.arg, env), place);
      case "lambda":
        return { t: "lambda", expr, env, at: place };
      case "with":
        return this.evaluate(expr.body, new Env(env.file, env, null, this.thunk(expr.scope, env)));
      case "assert": {
        const condition = this.evaluate(expr.condition, env);
        if (condition.t === "bool" && !condition.v) return unknown("an assertion fails", place);
        return this.evaluate(expr.body, env);
      }
      case "if":
        return this.#if(expr, env, place);
      case "unary": {
        const arg = this.evaluate(expr.arg, env);
        if (expr.operator === "!") return negate(arg, place);
        return arg.t === "int" || arg.t === "float" ? { ...arg, v: -arg.v, at: place } : unknown("not a number", place);
      }
      case "binary":
        return this.#binary(expr, env, place);
      case "error":
        if (expr.reason === "depth") this.limited = true;
        return unknown(expr.reason === "depth" ? "nested too deep" : "a syntax error", place);
    }
  }

  #variable(name: string, env: Env, place: At): Value {
    const bound = env.lookup(name);
    if (bound !== null) return bound.force();
    const builtin = builtinNamed(this.builtins, name);
    if (builtin !== null) return builtin;
    let outside: RefValue | null = null;
    for (const scope of env.scopes()) {
      const value = scope.force();
      if (value.t === "attrs") {
        const attr = value.attrs.get(name);
        if (attr !== undefined) return this.attr(attr, place);
        if (value.open !== null) return unknown(value.open.reason, place);
      } else if (value.t === "ref") {
        // `pkgs` has no end of names, `lib` has those that are known: `with lib; with pkgs;` takes `mkIf` from lib.
        const known = libNamed(this.builtins, [...value.path, name]);
        if (known !== null) return known;
        if (value.path[0] !== "lib") outside ??= ref([...value.path, name], place);
      } else return unknown("a name from something unknown", place);
    }
    return outside ?? unknown(`\`${name}\` is not defined`, place);
  }

  /** The value of an attribute; unknown where it is there only under a condition that cannot be decided. */
  attr(attr: { readonly thunk: Thunk; readonly conditions: readonly Thunk[] }, place: At | null): Value {
    for (const condition of attr.conditions) {
      const value = condition.force();
      if (value.t !== "bool") return unknown("there only under a condition", place, [attr.thunk.force()]);
      if (!value.v) return unknown("not there", place);
    }
    return attr.thunk.force();
  }

  /** One attribute of a value; null where it certainly has none of that name. */
  select(base: Value, name: string, place: At | null): Value | null {
    switch (base.t) {
      case "attrs": {
        const attr = base.attrs.get(name);
        if (attr !== undefined) return this.attr(attr, place);
        return base.open === null ? null : { ...base.open, at: place };
      }
      case "ref":
        if (name === "lib" && base.path.length === 1 && base.path[0] !== "lib") return ref(["lib"], place);
        return libNamed(this.builtins, [...base.path, name]) ?? ref([...base.path, name], place);
      case "call":
        return { ...base, select: [...base.select, name], at: place };
      case "unknown":
        return unknown(base.reason, place);
      default:
        return null;
    }
  }

  /** The name that one step of an attribute path stands for, or null. */
  name(name: AttrName, env: Env): string | null {
    return name.name ?? (name.expr === null ? null : textOf(this.evaluate(name.expr, env)));
  }

  #select(base: Expr, path: readonly AttrName[], fallback: Expr | null, env: Env, place: At): Value {
    let value: Value | null = this.evaluate(base, env);
    for (const step of path) {
      const name = this.name(step, env);
      if (name === null) return unknown("a computed attribute name", place);
      value = this.select(value, name, place);
      if (value === null) return fallback === null ? unknown(`no attribute \`${name}\``, place) : this.evaluate(fallback, env);
    }
    if (value.t === "unknown" && fallback !== null) return unknown(value.reason, place, [...value.maybe, this.evaluate(fallback, env)]);
    return value;
  }

  #has(base: Expr, path: readonly AttrName[], env: Env, place: At): Value {
    let value: Value | null = this.evaluate(base, env);
    for (const step of path) {
      const name = this.name(step, env);
      if (name === null || value.t === "ref" || value.t === "call" || value.t === "unknown") return unknown("cannot be looked into", place);
      if (value.t !== "attrs") return bool(false, place);
      const attr = value.attrs.get(name);
      if (attr === undefined) return value.open === null ? bool(false, place) : unknown(value.open.reason, place);
      if (attr.conditions.some((condition) => condition.force().t !== "bool")) return unknown("there only under a condition", place);
      if (attr.conditions.length > 0) return unknown("there only under a condition", place);
      value = step === path[path.length - 1] ? value : attr.thunk.force();
    }
    return bool(true, place);
  }

  /** Calls a function. */
  apply(fn: Value, arg: Thunk, place: At | null): Value {
    switch (fn.t) {
      case "lambda":
        return this.#call(fn.expr, fn.env, arg, place);
      case "builtin": {
        const args = [...fn.args, arg];
        return args.length < fn.arity ? { ...fn, args, at: place } : fn.run(args, place);
      }
      case "ref":
        return this.#callOutside(fn, arg, place);
      case "call":
        return fn.select.length === 0
          ? { ...fn, args: [...fn.args, arg], at: place }
          : { t: "call", fn, args: [arg], select: [], at: place };
      case "attrs": {
        const functor = this.select(fn, "__functor", place);
        return functor === null ? unknown("not a function", place) : this.apply(this.apply(functor, Thunk.of(fn), place), arg, place);
      }
      default:
        return unknown(fn.t === "unknown" ? fn.reason : "not a function", place);
    }
  }

  #callOutside(fn: RefValue, arg: Thunk, place: At | null): Value {
    // `import <nixpkgs> { }` is the package set that modules get as `pkgs`.
    if (fn.path.length === 1 && fn.path[0] === "import nixpkgs") return ref(["pkgs"], place);
    const call: CallValue = { t: "call", fn, args: [arg], select: [], at: place };
    return call;
  }

  #call(expr: LambdaExpr, env: Env, arg: Thunk, place: At | null): Value {
    const vars = new Map<string, Thunk>();
    const inner = new Env(env.file, env, vars);
    if (expr.param !== null) vars.set(expr.param, arg);
    const { formals } = expr;
    if (formals !== null) {
      const value = arg.force();
      if (value.t === "attrs" && !formals.open && value.open === null) {
        for (const name of value.attrs.keys()) {
          if (!formals.list.some((formal) => formal.name === name)) return unknown(`the function takes no argument \`${name}\``, place);
        }
      }
      for (const formal of formals.list) {
        const { name, fallback } = formal;
        if (value.t === "attrs" && value.attrs.has(name)) {
          const attr = value.attrs.get(name) as NonNullable<ReturnType<AttrsValue["attrs"]["get"]>>;
          vars.set(name, attr.conditions.length === 0 ? attr.thunk : new Thunk(() => this.attr(attr, attr.thunk.at), attr.thunk.at));
        } else if (value.t === "attrs" && value.open === null) {
          vars.set(name, fallback === null ? Thunk.of(unknown(`the argument \`${name}\` is missing`, place)) : this.thunk(fallback, inner));
        } else vars.set(name, new Thunk(() => this.select(value, name, at(env.file, formal)) ?? unknown("not a set", place), at(env.file, formal)));
      }
    }
    return this.evaluate(expr.body, inner);
  }

  #if(expr: IfExpr, env: Env, place: At): Value {
    const condition = this.evaluate(expr.condition, env);
    if (condition.t === "bool") return this.evaluate(condition.v ? expr.then : expr.otherwise, env);
    if (this.#forks >= MAX_FORKS) return unknown("under a condition", place);
    this.#forks++;
    try {
      return choice(condition, this.evaluate(expr.then, env), this.evaluate(expr.otherwise, env), place);
    } finally {
      this.#forks--;
    }
  }

  #binary(expr: BinaryExpr, env: Env, place: At): Value {
    switch (expr.operator) {
      case "&&":
      case "||":
      case "->":
        return this.#logic(expr, env, place);
      case "==":
        return equal(this.evaluate(expr.left, env), this.evaluate(expr.right, env), place);
      case "!=":
        return negate(equal(this.evaluate(expr.left, env), this.evaluate(expr.right, env), place), place);
      case "<":
      case ">":
      case "<=":
      case ">=":
        return compare(expr.operator, this.evaluate(expr.left, env), this.evaluate(expr.right, env), place);
      case "++":
        return this.#concat(expr, env, place);
      case "//":
        return this.update(this.evaluate(expr.left, env), this.evaluate(expr.right, env), place);
      case "+":
        return add(this.evaluate(expr.left, env), this.evaluate(expr.right, env), place);
      case "-":
      case "*":
      case "/": {
        const [left, right] = [this.evaluate(expr.left, env), this.evaluate(expr.right, env)];
        return this.arithmetic(expr.operator, left, right, place);
      }
      default:
        return unknown(`the operator ${expr.operator}`, place);
    }
  }

  arithmetic(operator: "-" | "*" | "/", left: Value, right: Value, place: At | null): Value {
    if ((left.t !== "int" && left.t !== "float") || (right.t !== "int" && right.t !== "float")) return unknown("not a number", place);
    const whole = left.t === "int" && right.t === "int";
    if (operator === "/" && right.v === 0) return unknown("division by zero", place);
    const v = operator === "-" ? left.v - right.v : operator === "*" ? left.v * right.v : left.v / right.v;
    return whole ? number(Math.trunc(v), place) : { t: "float", v, at: place };
  }

  #logic(expr: BinaryExpr, env: Env, place: At): Value {
    const { operator } = expr;
    const left = this.evaluate(expr.left, env);
    // `a -> b` is `!a || b`.
    const decides = operator === "||" ? true : false;
    if (left.t === "bool" && left.v === decides) return bool(operator !== "&&", place);
    const right = this.evaluate(expr.right, env);
    if (left.t === "bool") return right.t === "bool" ? bool(right.v, place) : right.t === "unknown" ? right : unknown("not a boolean", place);
    if (right.t === "bool" && right.v === (operator === "&&" ? false : true)) return bool(right.v, place);
    if (right.t === "bool" && operator !== "->" && left.t === "unknown") return left;
    return unknown("a condition that cannot be decided", place);
  }

  /** `a ++ b ++ c …`, whose right-nested chains are as long as a file likes. */
  #concat(expr: BinaryExpr, env: Env, place: At): Value {
    const operands: Expr[] = [];
    let rest: Expr = expr;
    while (rest.kind === "binary" && rest.operator === "++") {
      operands.push(rest.left);
      rest = rest.right;
    }
    operands.push(rest);
    return this.concatenate(
      operands.map((operand) => this.evaluate(operand, env)),
      place,
    );
  }

  concatenate(values: readonly Value[], place: At | null): ListValue {
    const items: Item[] = [];
    let open: ListValue["open"] = null;
    for (const value of values) {
      if (value.t === "list") {
        items.push(...value.items);
        open ??= value.open;
      } else open ??= value.t === "unknown" ? value : unknown("not a list", place);
    }
    return list(items, place, open);
  }

  /** `left // right`. */
  update(left: Value, right: Value, place: At | null): Value {
    if (left.t === "attrs" && right.t === "attrs") {
      const merged = new Map(left.attrs);
      for (const [name, attr] of right.attrs) {
        const old = merged.get(name);
        merged.set(name, old === undefined || attr.conditions.length === 0 ? attr : { ...attr, conditions: [], thunk: this.#either(attr, old) });
      }
      // What the right side may hold besides can replace anything of the left.
      if (right.open !== null) {
        for (const name of left.attrs.keys()) {
          if (!right.attrs.has(name)) merged.set(name, { thunk: Thunk.of(right.open), key: null, conditions: [] });
        }
      }
      return attrs(merged, place, right.open ?? left.open);
    }
    if (right.t === "attrs" && (left.t === "unknown" || left.t === "ref" || left.t === "call")) {
      return attrs(right.attrs, place, left.t === "unknown" ? left : unknown("attributes of something outside the tree", place));
    }
    return unknown("cannot be merged", place);
  }

  #either(attr: { thunk: Thunk; conditions: readonly Thunk[] }, old: { thunk: Thunk; conditions: readonly Thunk[] }): Thunk {
    return new Thunk(() => {
      const [condition] = attr.conditions;
      return choice((condition as Thunk).force(), attr.thunk.force(), this.attr(old, old.thunk.at), attr.thunk.at);
    }, attr.thunk.at);
  }

  /** The pieces of a string: literal text keeps its way back to the source, interpolations are coerced as Nix does. */
  #pieces(parts: readonly StringPart[], env: Env, path: boolean): Piece[] {
    const pieces: Piece[] = [];
    for (const part of parts) {
      if ("text" in part) {
        if (part.text !== "") pieces.push({ text: part.text, map: part.map, at: { file: env.file, start: part.map[1] as number, end: part.map[part.map.length - 1] as number } });
        continue;
      }
      const value = this.evaluate(part.expr, env);
      if (path && value.t === "path") pieces.push({ hole: unknown("a path in a path"), at: at(env.file, part) });
      else {
        const site = at(env.file, part);
        pieces.push(...coerce(this, value, site).map((piece) => ({ ...piece, site })));
      }
    }
    return pieces;
  }

  #path(expr: PathExpr, env: Env, place: At): Value {
    const text = textOf({ t: "string", pieces: this.#pieces(expr.parts, env, true), at: place });
    if (text === null) return unknown("a computed path", place);
    if (text.startsWith("~")) return { t: "path", base: "home", path: text, at: place };
    if (text.startsWith("/")) return { t: "path", base: "absolute", path: normalise(text), at: place };
    return { t: "path", base: "root", path: join(folderOf(env.file.path), text), at: place };
  }

  /** The text of a file that a path names, where it stands in the tree. */
  readPath(path: PathValue): string | null {
    return path.base === "root" && !isOutside(path.path) ? this.world.read(path.path) : null;
  }
}
