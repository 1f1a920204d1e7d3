/** The vocabulary in which Nix's built-in functions and nixpkgs' lib are written down. */
import type { At } from "../at.ts";
import type { Evaluator } from "../evaluate.ts";
import { Thunk } from "../thunk.ts";
import { compareCodePoints } from "../equality.ts";
import { limits } from "../limits.ts";
import { type Attr, type AttrsValue, type Value, list, textOf, unknown } from "../values.ts";

/** A function of the table: its number of arguments, and what it gives. */
export interface Definition {
  readonly arity: number;
  readonly run: (args: readonly Thunk[], at: At | null) => Value;
}

/** A table of functions by name (`concatMap`, or `strings.toInt` where the plain name means something else). */
export type Table = Readonly<Record<string, Definition | Value>>;

/** Makes the table entry of a function; `run` gets forced arguments. */
export function strict(arity: number, run: (args: Value[], at: At | null, thunks: readonly Thunk[]) => Value): Definition {
  return {
    arity,
    run: (thunks, at) =>
      run(
        thunks.map((thunk) => thunk.force()),
        at,
        thunks,
      ),
  };
}

/** Makes the table entry of a function that forces its arguments itself. */
export function lazy(arity: number, run: Definition["run"]): Definition {
  return { arity, run };
}

/** The answer where an argument is not known well enough. */
export function dunno(at: At | null): Value {
  return unknown("a function of something unknown", at);
}

/** The elements of a list that is wholly known, else null. */
export function elements(value: Value | undefined): readonly Thunk[] | null {
  if (value?.t !== "list" || value.open !== null || value.items.some((item) => item.maybe)) return null;
  return value.items.map((item) => item.thunk);
}

/** The attributes of a set that is wholly known, sorted by name as Nix gives them, else null. */
export function entries(value: Value | undefined): readonly (readonly [string, Attr])[] | null {
  if (value?.t !== "attrs" || value.open !== null) return null;
  const all = [...value.attrs];
  if (all.some(([, attr]) => attr.conditions.length > 0)) return null;
  return all.sort(([a], [b]) => compareCodePoints(a, b));
}

/** The texts of a list of strings that is wholly known, else null. */
export function texts(value: Value | undefined): string[] | null {
  const items = elements(value);
  if (items === null) return null;
  const out: string[] = [];
  for (const item of items) {
    const text = textOf(item.force());
    if (text === null) return null;
    out.push(text);
  }
  return out;
}

/** A list of so many elements, if it does not grow beyond measure. */
export function listOf(thunks: readonly Thunk[], at: At | null): Value {
  return limits.fits(thunks.length) ? list(thunks.map((thunk) => ({ thunk, maybe: false })), at) : unknown(limits.reason, at);
}

export function text(value: Value | undefined): string | null {
  return value === undefined ? null : textOf(value);
}

export function int(value: Value | undefined): number | null {
  return value?.t === "int" ? value.v : null;
}

/** A call that is computed when it is needed. */
export function later(evaluator: Evaluator, fn: Value, args: readonly Thunk[], at: At | null): Thunk {
  return new Thunk(() => call(evaluator, fn, args, at), at);
}

/** Calls a function with several arguments. */
export function call(evaluator: Evaluator, fn: Value, args: readonly Thunk[], at: At | null): Value {
  let value = fn;
  for (const arg of args) value = evaluator.apply(value, arg, at);
  return value;
}

/** An attribute without a written key, as functions make them. */
export function computed(thunk: Thunk, from: Attr | null = null): Attr {
  return { thunk, key: from?.key ?? thunk.at, conditions: from?.conditions ?? [] };
}

/** A set made of computed attributes. */
export function setOf(pairs: Iterable<readonly [string, Attr]>, at: At | null): AttrsValue {
  return { t: "attrs", attrs: new Map(pairs), open: null, at };
}
