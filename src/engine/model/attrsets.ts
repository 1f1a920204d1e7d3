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
function entriesOf(evaluator: Evaluator, bindings: readonly (Binding | Inherit)[], outer: Env, inner: Env): Entry[] {
  limits.spend(bindings.length);
  const entries: Entry[] = [];
  for (const binding of bindings) {
    if (binding.kind === "binding") {
      entries.push({ path: binding.path, taken: 0, start: binding.path[0]?.start ?? binding.start, value: { expr: binding.value } });
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
      entries.push({ path: [name], taken: 0, start: name.start, value: { thunk } });
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
  const isLeaf = (entry: Entry): boolean => entry.path.length === entry.taken + 1;
  if (group.length === 1 && isLeaf(first)) {
    const { value } = first;
    return "thunk" in value ? value.thunk : evaluator.thunk(value.expr, env);
  }
  const key = keyOf(first, env);
  const last = group[group.length - 1] as Entry;
  const whole: At = { ...key, end: Math.max(key.end, "expr" in last.value ? last.value.expr.end : key.end) };
  // `a = { … }; a.b = …;` is one set (Nix, `parser.y`, `addAttr`); all else of the same name is defined twice.
  if (group.some((entry) => isLeaf(entry) && !isLiteralSet(entry))) return Thunk.of(unknown("defined twice", whole));
  // Which scope the parts of a recursive set and others see depends on their order: not worth knowing.
  if (group.some((entry) => isLeaf(entry) && "expr" in entry.value && entry.value.expr.kind === "attrs" && entry.value.expr.recursive)) {
    return Thunk.of(unknown("a recursive set in several parts", whole));
  }
  return new Thunk(() => {
    const entries: Entry[] = [];
    for (const entry of group) {
      if (!isLeaf(entry)) entries.push({ ...entry, taken: entry.taken + 1 });
      else if ("expr" in entry.value && entry.value.expr.kind === "attrs") entries.push(...entriesOf(evaluator, entry.value.expr.bindings, env, env));
    }
    const broken = group.some((entry) => isLeaf(entry) && "expr" in entry.value && entry.value.expr.kind === "attrs" && entry.value.expr.broken);
    return set(evaluator, entries, env, place, broken ? unknown("a syntax error", place) : null, null);
  }, whole);
}

function isLiteralSet(entry: Entry): boolean {
  return "expr" in entry.value && entry.value.expr.kind === "attrs";
}
