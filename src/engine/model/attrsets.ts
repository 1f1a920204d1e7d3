/** Builds attribute sets and `let` scopes from their bindings, merging nested paths as Nix's parser does. */
import type { AttrName, AttrsExpr, Binding, Expr, Inherit, LetExpr } from "../syntax/index.ts";
import { type At, at } from "./at.ts";
import { Env } from "./env.ts";
import type { Evaluator } from "./evaluate.ts";
import { limits } from "./limits.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type AttrsValue, type UnknownValue, attrs, textOf, unknown } from "./values.ts";

/** A definition on its way into a set: what is left of its path, and what it is. */
interface Entry {
  readonly path: readonly AttrName[];
  /** How many steps of the written path have been taken. */
  readonly taken: number;
  /** Where the written path starts, so that a nested attribute's key spans it whole. */
  readonly start: number;
  /** The literal set that it came in with, where that was not the first part of the set it is in now. */
  readonly batch: AttrsExpr | null;
  readonly value: { readonly expr: Expr } | { readonly thunk: Thunk };
}

/** An attribute set expression. */
export function evaluateAttrs(evaluator: Evaluator, expr: AttrsExpr, env: Env): AttrsValue {
  const place = at(env.file, expr);
  const lost = expr.broken ? unknown("a syntax error", place) : null;
  if (!expr.recursive) return set(evaluator, entriesOf(evaluator, expr.bindings, env, env), env, place, lost, null);
  const vars = new Map<string, Thunk>();
  const inner = new Env(env.file, env, vars);
  return set(evaluator, entriesOf(evaluator, expr.bindings, env, inner), inner, place, lost, vars);
}

/** The scope that a `let` opens. */
export function letScope(evaluator: Evaluator, expr: LetExpr, env: Env): Env {
  const vars = new Map<string, Thunk>();
  const inner = new Env(env.file, env, vars);
  set(evaluator, entriesOf(evaluator, expr.bindings, env, inner), inner, at(env.file, expr), null, vars);
  return inner;
}

/** `outer` is where a plain `inherit` looks its names up, `inner` where values are evaluated. */
function entriesOf(evaluator: Evaluator, bindings: readonly (Binding | Inherit)[], outer: Env, inner: Env, batch: AttrsExpr | null = null): Entry[] {
  limits.spend(bindings.length);
  const entries: Entry[] = [];
  for (const binding of bindings) {
    if (binding.kind === "binding") {
      entries.push({ path: binding.path, taken: 0, start: binding.path[0]?.start ?? binding.start, batch, value: { expr: binding.value } });
      continue;
    }
    const { from } = binding;
    const source = from === null ? null : evaluator.thunk(from, inner);
    for (const name of binding.names) {
      const place = at(inner.file, name);
      const key = name.name;
      if (key === null) continue;
      const thunk = new Thunk(() => {
        if (source === null) return evaluator.evaluate({ kind: "var", name: key, start: name.start, end: name.end }, outer);
        return evaluator.select(source.force(), key, place) ?? unknown(`no attribute \`${key}\``, place);
      }, place);
      entries.push({ path: [name], taken: 0, start: name.start, batch, value: { thunk } });
    }
  }
  return entries;
}

/** `vars` is the scope that the set opens: it takes the names that are written, never computed ones (Nix, `ExprAttrs`). */
function set(evaluator: Evaluator, entries: readonly Entry[], env: Env, place: At, lost: UnknownValue | null, vars: Map<string, Thunk> | null): AttrsValue {
  const groups = new Map<string, Entry[]>();
  const computed: { entry: Entry; expr: Expr }[] = [];
  for (const entry of entries) {
    const step = entry.path[entry.taken];
    if (step === undefined) continue;
    if (step.name === null) computed.push({ entry, expr: step.expr });
    else {
      const group = groups.get(step.name);
      if (group === undefined) groups.set(step.name, [entry]);
      else group.push(entry);
    }
  }
  const map = new Map<string, Attr>();
  for (const [name, group] of groups) {
    const thunk = thunkOf(evaluator, group, env, place);
    vars?.set(name, thunk);
    map.set(name, { thunk, key: keyOf(group[0] as Entry, env), conditions: [] });
  }
  let open = lost;
  for (const { entry, expr } of computed) {
    const value = evaluator.evaluate(expr, env);
    // A name that is null leaves the attribute out (Nix manual, "Attribute set").
    if (value.t === "null") continue;
    const name = textOf(value);
    if (name === null) {
      open ??= unknown("a computed attribute name", at(env.file, expr));
      continue;
    }
    const key = keyOf(entry, env);
    const thunk = map.has(name) ? Thunk.of(unknown("defined twice", key)) : thunkOf(evaluator, [entry], env, place);
    map.set(name, { thunk, key, conditions: [] });
  }
  // Any attribute may be the one with the name that is not known, but then Nix would refuse the set.
  return attrs(map, place, open);
}

function keyOf(entry: Entry, env: Env): At {
  return { file: env.file, start: entry.start, end: (entry.path[entry.taken] as AttrName).end };
}

/** The value of one name: its only definition, or the set that several paths and literal sets make up together. */
function thunkOf(evaluator: Evaluator, group: readonly Entry[], env: Env, place: At): Thunk {
  const first = group[0] as Entry;
  if (group.length === 1 && isLeaf(first)) {
    const { value } = first;
    return "thunk" in value ? value.thunk : evaluator.thunk(value.expr, env);
  }
  const key = keyOf(first, env);
  const last = group[group.length - 1] as Entry;
  const whole: At = { ...key, end: Math.max(key.end, "expr" in last.value ? last.value.expr.end : key.end) };
  if (!isMergeable(group)) return Thunk.of(unknown("defined twice", whole));
  return new Thunk(() => {
    // The first part says whether the whole is recursive (Nix, `parser.y`, `addAttr`).
    const literal = literalOf(first);
    const vars = literal?.recursive === true ? new Map<string, Thunk>() : null;
    const inner = vars === null ? env : new Env(env.file, env, vars);
    const entries: Entry[] = [];
    let lost: UnknownValue | null = null;
    for (const entry of group) {
      const part = literalOf(entry);
      if (part?.broken === true) lost ??= unknown("a syntax error", place);
      if (part === null) entries.push({ ...entry, taken: entry.taken + 1, batch: null });
      else {
        const own = entriesOf(evaluator, part.bindings, env, inner, entry === first ? null : part);
        // Of a later part some versions of Nix take the written names alone.
        const written = entry === first ? own : own.filter((one) => one.path[0]?.name !== null);
        if (written.length < own.length) lost ??= unknown("computed attribute names in a later part of a set", at(env.file, part));
        entries.push(...written);
      }
    }
    return set(evaluator, entries, inner, place, lost, vars);
  }, whole);
}

function isLeaf(entry: Entry): boolean {
  return entry.path.length === entry.taken + 1;
}

/** The literal set that an entry is, if it is one. */
function literalOf(entry: Entry): AttrsExpr | null {
  return isLeaf(entry) && "expr" in entry.value && entry.value.expr.kind === "attrs" ? entry.value.expr : null;
}

/**
 * Whether several definitions of one name are parts of one set. `a = { … }; a.b = …;` is one set, also where paths lead
 * deeper; but of a literal set that comes later, no name may be there already (Nix, `parser.y`, `addAttr`).
 */
function isMergeable(group: readonly Entry[]): boolean {
  return group.every((entry, index) => {
    if (isLeaf(entry) && literalOf(entry) === null) return false;
    return entry.batch === null || group.slice(0, index).every((earlier) => earlier.batch === entry.batch);
  });
}
