/** Computes what a Nix expression comes to, as far as it can be known: lazily, on any input, without running anything. */
import { type AttrName, type BinaryExpr, type Expr, type IfExpr, type PathExpr, type StringPart, sourceOffset } from "../syntax/index.ts";
import { type At, at } from "./at.ts";
import { evaluateAttrs, letScope } from "./attrsets.ts";
import { type Builtins, builtinNamed, libNamed } from "./builtins/index.ts";
import { hasName } from "./builtins/lib-names.ts";
import { apply } from "./calls.ts";
import { coerce } from "./coercion.ts";
import { Env } from "./env.ts";
import { compare, isSameUnknown } from "./equality.ts";
import type { Kind } from "./host.ts";
import { limits } from "./limits.ts";
import { add, areOpposite, arithmetic, choice, concatenate, equal, joinPieces, negate, update } from "./operators.ts";
import { outsideOf } from "./nixos.ts";
import { isOutside, join, normalise } from "./paths.ts";
import { fromScopes } from "./scopes.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type ListValue, type PathValue, type Piece, type UnknownValue, type Value, bool, list, number, ref, textOf, unknown, unknownNamed } from "./values.ts";

/** What evaluation needs of the tree. */
export interface World {
  /** The text of a file of the tree, or null. */
  read(path: string): string | null;
  kind(path: string): Kind;
  /** The value of a file, for `import`. */
  importFile(path: PathValue, at: At | null): Value;
}

/** Undecided conditions inside one another of which both branches are looked at. */
const MAX_FORKS = 6;

export class Evaluator {
  readonly world: World;
  readonly builtins: Builtins;
  #forks = 0;

  constructor(world: World, builtins: (evaluator: Evaluator) => Builtins) {
    this.world = world;
    this.builtins = builtins(this);
  }

  /** A limit was reached since this was last set to false: some answers are unknown for that reason alone. */
  get limited(): boolean {
    return limits.hit;
  }

  set limited(value: boolean) {
    limits.hit = value;
  }

  /** Starts a new budget of steps, for the judgement of one file. */
  refill(): void {
    limits.refill();
  }

  thunk(expr: Expr, env: Env): Thunk {
    return new Thunk(() => this.evaluate(expr, env), at(env.file, expr));
  }

  evaluate(expr: Expr, env: Env): Value {
    if (!limits.enter()) return unknown(limits.reason, at(env.file, expr));
    try {
      return this.#evaluate(expr, env);
    } finally {
      limits.leave();
    }
  }

  #evaluate(expr: Expr, env: Env): Value {
    switch (expr.kind) {
      case "var":
        return this.#variable(expr.name, env, at(env.file, expr));
      case "int":
        return number(Number(expr.text), at(env.file, expr));
      case "float":
        return { t: "float", v: Number(expr.text), at: at(env.file, expr) };
      case "string":
        return this.#string(expr.parts, env, at(env.file, expr));
      case "path":
        return this.#path(expr, env, at(env.file, expr));
      case "search-path":
        return ref([expr.text], at(env.file, expr));
      case "list":
        return list(
          expr.items.map((item) => ({ thunk: this.thunk(item, env), maybe: false })),
          at(env.file, expr),
        );
      case "attrs":
        return evaluateAttrs(this, expr, env);
      case "let":
        return this.evaluate(expr.body, letScope(this, expr, env));
      case "select":
        return this.#select(expr.base, expr.path, expr.fallback, env, at(env.file, expr));
      case "has":
        return this.#has(expr.base, expr.path, env, at(env.file, expr));
      case "apply":
        return this.apply(this.evaluate(expr.fn, env), this.thunk(expr.arg, env), at(env.file, expr));
      case "lambda":
        return { t: "lambda", expr, env, at: at(env.file, expr) };
      case "with":
        return this.evaluate(expr.body, new Env(env.file, env, null, this.thunk(expr.scope, env)));
      case "assert": {
        const condition = this.evaluate(expr.condition, env);
        if (condition.t === "bool" ? !condition.v : condition.t !== "unknown" && condition.t !== "ref" && condition.t !== "call") {
          return unknown("an assertion fails", at(env.file, expr));
        }
        return this.evaluate(expr.body, env);
      }
      case "if":
        return this.#if(expr, env, at(env.file, expr));
      case "unary": {
        const arg = this.evaluate(expr.arg, env);
        const place = at(env.file, expr);
        if (expr.operator === "!") return negate(arg, place);
        return arg.t === "int" ? number(-arg.v, place) : arg.t === "float" ? { ...arg, v: -arg.v, at: place } : unknown("not a number", place);
      }
      case "binary":
        return this.#binary(expr, env, at(env.file, expr));
      case "error":
        if (expr.reason === "depth") limits.hit = true;
        return unknown(expr.reason === "depth" ? "nested too deep" : "a syntax error", at(env.file, expr));
    }
  }

  #variable(name: string, env: Env, place: At): Value {
    const bound = env.lookup(name);
    if (bound !== null) return bound.force();
    return builtinNamed(this.builtins, name) ?? fromScopes(this, name, env, place);
  }

  /** The value of an attribute; unknown where it is there only under a condition that cannot be decided. */
  attr(attr: Attr, place: At | null): Value {
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
        if (base.open === null) return null;
        return inside(base.open, name, place) ?? { ...base.open, at: place };
      }
      case "ref":
        if (name === "lib" && base.path.length === 1 && base.path[0] !== "lib") return ref(["lib"], place);
        if (base.path[0] === "builtins" && hasName(base.path, name) === false) return null;
        return libNamed(this.builtins, [...base.path, name]) ?? ref([...base.path, name], place);
      case "call":
        return { ...base, select: [...base.select, name], at: place };
      case "unknown":
        return inside(base, name, place) ?? unknown(base.reason, place);
      case "wrap":
      case "option":
        return unknown("the inside of a definition", place);
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
    let isSure = true;
    for (const step of path) {
      const name = this.name(step, env);
      if (name === null) return unknown("a computed attribute name", place);
      if (value.t === "call" || (value.t === "ref" && hasName(value.path, name) !== true)) isSure = false;
      value = this.select(value, name, place);
      if (value === null) return fallback === null ? unknown(`no attribute \`${name}\``, place) : this.evaluate(fallback, env);
    }
    if (fallback === null || (isSure && value.t !== "unknown")) return value;
    // What is outside the tree may or may not have it.
    if (value.t !== "unknown") return unknown("an attribute that may not be there", place, [value, this.evaluate(fallback, env)]);
    return unknown(value.reason, place, [...value.maybe, this.evaluate(fallback, env)]);
  }

  #has(base: Expr, path: readonly AttrName[], env: Env, place: At): Value {
    let value: Value = this.evaluate(base, env);
    for (const [index, step] of path.entries()) {
      const name = this.name(step, env);
      if (name === null) return unknown("a computed attribute name", place);
      const there = this.hasAttr(value, name, place);
      if (there.t !== "bool" || !there.v || index === path.length - 1) return there;
      value = this.select(value, name, place) ?? unknown("not there", place);
    }
    return bool(true, place);
  }

  /** `value ? name`. */
  hasAttr(value: Value, name: string, place: At | null): Value {
    if (value.t === "ref" || value.t === "call" || value.t === "unknown" || value.t === "wrap" || value.t === "option") return unknown("cannot be looked into", place);
    if (value.t !== "attrs") return bool(false, place);
    const attr = value.attrs.get(name);
    if (attr === undefined) return value.open === null ? bool(false, place) : unknown(value.open.reason, place);
    for (const condition of [...attr.conditions, ...(attr.present === undefined ? [] : [attr.present])]) {
      const there = condition.force();
      if (there.t !== "bool") return unknown("there only under a condition", place);
      if (!there.v) return bool(false, place);
    }
    return bool(true, place);
  }

  /** Calls a function. */
  apply(fn: Value, arg: Thunk, place: At | null): Value {
    if (!limits.enter()) return unknown(limits.reason, place);
    try {
      return apply(this, fn, arg, place);
    } finally {
      limits.leave();
    }
  }

  #if(expr: IfExpr, env: Env, place: At): Value {
    const condition = this.evaluate(expr.condition, env);
    if (condition.t === "bool") return this.evaluate(condition.v ? expr.then : expr.otherwise, env);
    if (condition.t !== "unknown" && condition.t !== "ref" && condition.t !== "call") return unknown("not a boolean", place);
    if (this.#forks >= MAX_FORKS) {
      limits.hit = true;
      return unknown("under a condition", place);
    }
    this.#forks++;
    try {
      return choice(condition, this.evaluate(expr.then, env), this.evaluate(expr.otherwise, env), place);
    } finally {
      this.#forks--;
    }
  }

  #binary(expr: BinaryExpr, env: Env, place: At): Value {
    const { operator } = expr;
    if (operator === "++") return this.#concat(expr, env, place);
    const left = this.evaluate(expr.left, env);
    if (operator === "&&" || operator === "||" || operator === "->") return this.#logic(operator, left, expr.right, env, place);
    const right = this.evaluate(expr.right, env);
    switch (operator) {
      case "==":
        return equal(left, right, place);
      case "!=":
        return negate(equal(left, right, place), place);
      case "<":
      case ">":
      case "<=":
      case ">=":
        return compare(operator, left, right, place);
      case "//":
        return update(left, right, place);
      case "+":
        return add(left, right, place);
      case "-":
      case "*":
      case "/":
        return arithmetic(operator, left, right, place);
      default:
        return unknown(`the operator ${operator}`, place);
    }
  }

  #logic(operator: "&&" | "||" | "->", left: Value, rightExpr: Expr, env: Env, place: At): Value {
    // `a -> b` is `!a || b`; `a && b` is decided by a false side, `||` and `->` by a true result.
    if (operator === "->") return this.#logic("||", negate(left, place), rightExpr, env, place);
    const decides = operator === "||";
    if (left.t === "bool" && left.v === decides) return bool(decides, place);
    const right = this.evaluate(rightExpr, env);
    if (right.t === "bool") {
      if (left.t === "bool") return bool(right.v, place);
      return right.v === decides ? bool(decides, place) : left.t === "unknown" ? left : unknown("a condition that cannot be decided", place);
    }
    if (left.t === "bool") return right.t === "unknown" ? right : unknown("a condition that cannot be decided", place);
    if (areOpposite(left, right)) return bool(decides, place);
    if (left.t === "unknown" && right.t === "unknown" && isSameUnknown(left, right)) return left;
    return unknown("a condition that cannot be decided", place);
  }

  /** `a ++ b ++ c …`, whose right-nested chains are as long as a file likes. */
  #concat(expr: BinaryExpr, env: Env, place: At): ListValue {
    const values: Value[] = [];
    let rest: Expr = expr;
    while (rest.kind === "binary" && rest.operator === "++") {
      values.push(this.evaluate(rest.left, env));
      rest = rest.right;
    }
    values.push(this.evaluate(rest, env));
    return concatenate(values, place);
  }

  #string(parts: readonly StringPart[], env: Env, place: At): Value {
    const pieces = this.#pieces(parts, env, false);
    // Only interpolation can make a string grow beyond its own source.
    return parts.length <= 1 && pieces.length <= 1 ? { t: "string", pieces, at: place } : joinPieces([pieces], place);
  }

  /** The pieces of a string: literal text keeps its way back to the source, interpolations are coerced as Nix does. */
  #pieces(parts: readonly StringPart[], env: Env, path: boolean): Piece[] {
    const pieces: Piece[] = [];
    for (const part of parts) {
      if ("text" in part) {
        if (part.text !== "") pieces.push({ text: part.text, map: part.map, at: { file: env.file, start: part.map[1] as number, end: sourceOffset(part.map, part.text.length) } });
        continue;
      }
      const value = this.evaluate(part.expr, env);
      const site = at(env.file, part);
      if (path && value.t === "path") pieces.push({ hole: unknown("a path in a path"), at: site });
      else for (const piece of coerce(this, value, site)) pieces.push({ ...piece, site });
    }
    return pieces;
  }

  #path(expr: PathExpr, env: Env, place: At): Value {
    const text = textOf({ t: "string", pieces: this.#pieces(expr.parts, env, true), at: place });
    if (text === null) return unknown("a computed path", place);
    if (text.startsWith("~")) return { t: "path", base: "home", path: text, at: place };
    if (text.startsWith("/")) return { t: "path", base: "absolute", path: normalise(text), at: place };
    return { t: "path", base: "root", path: join(env.file.folder, text), at: place };
  }

  /** The text of a file that a path names, where it stands in the tree. */
  readPath(path: PathValue): string | null {
    return path.base === "root" && !isOutside(path.path) ? this.world.read(path.path) : null;
  }
}

/** One attribute of something unknown that has a name, and with it the attribute; null where it has none. */
function inside({ id, reason }: UnknownValue, name: string, place: At | null): Value | null {
  if (id === undefined) return null;
  const whole = `${id}\0${name}`;
  const outside = outsideOf(whole);
  return outside === null ? unknownNamed(whole, reason, place) : ref(outside, place);
}
