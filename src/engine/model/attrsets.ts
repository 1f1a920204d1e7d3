/** Builds attribute sets and `let` scopes from their bindings, merging nested paths as Nix's parser does. */
import type { AttrName, AttrsExpr, Binding, Expr, Inherit, LetExpr } from "../syntax/index.ts";
import { type At, at } from "./at.ts";
import { Env } from "./env.ts";
import type { Evaluator } from "./evaluate.ts";
import { Thunk } from "./thunk.ts";
import { type Attr, type AttrsValue, type UnknownValue, attrs, unknown } from "./values.ts";

/** A definition on its way into a set: what is left of its path, and what it is. */
interface Entry {
  readonly path: readonly AttrName[];
  /** Where the written path starts, so that a nested attribute's key spans it whole. */
  readonly start: number;
  readonly value: { readonly expr: Expr } | { readonly thunk: Thunk };
}

/** An attribute set expression. */
export function evaluateAttrs(evaluator: Evaluator, expr: AttrsExpr, env: Env): AttrsValue {
  const place = at(env.file, expr);
  const lost = expr.broken ? unknown("a syntax error", place) : null;
  if (!expr.recursive) return set(evaluator, entriesOf(evaluator, expr.bindings, env, env), env, place, lost);
  const vars = new Map<string, Thunk>();
  const inner = new Env(env.file, env, vars);
  const value = set(evaluator, entriesOf(evaluator, expr.bindings, env, inner), inner, place, lost);
  for (const [name, attr] of value.attrs) vars.set(name, attr.thunk);
  return value;
}

/** The scope that a `let` opens. */
export function letScope(evaluator: Evaluator, expr: LetExpr, env: Env): Env {
  const vars = new Map<string, Thunk>();
  const inner = new Env(env.file, env, vars);
  const value = set(evaluator, entriesOf(evaluator, expr.bindings, env, inner), inner, at(env.file, expr), null);
  for (const [name, attr] of value.attrs) vars.set(name, attr.thunk);
  return inner;
}

/** `outer` is where a plain `inherit` looks its names up, `inner` where values are evaluated. */
function entriesOf(evaluator: Evaluator, bindings: readonly (Binding | Inherit)[], outer: Env, inner: Env): Entry[] {
  const entries: Entry[] = [];
  for (const binding of bindings) {
    if (binding.kind === "binding") {
      entries.push({ path: binding.path, start: binding.path[0]?.start ?? binding.start, value: { expr: binding.value } });
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
      entries.push({ path: [name], start: name.start, value: { thunk } });
    }
  }
  return entries;
}

function set(evaluator: Evaluator, entries: readonly Entry[], env: Env, place: At, lost: UnknownValue | null): AttrsValue {
  const groups = new Map<string, Entry[]>();
  let open = lost;
  for (const entry of entries) {
    const [step] = entry.path;
    if (step === undefined) continue;
    const name = evaluator.name(step, env);
    if (name === null) {
      open ??= unknown("a computed attribute name", at(env.file, step));
      continue;
    }
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  const map = new Map<string, Attr>();
  for (const [name, group] of groups) {
    const entry = group[0] as Entry;
    const step = entry.path[0] as AttrName;
    const key: At = { file: env.file, start: entry.start, end: step.end };
    map.set(name, { thunk: thunkOf(evaluator, group, env, place), key, conditions: [] });
  }
  return attrs(map, place, open);
}

/** The value of one name: its only definition, or the set that several paths and literal sets make up together. */
function thunkOf(evaluator: Evaluator, group: readonly Entry[], env: Env, place: At): Thunk {
  const first = group[0] as Entry;
  const leaf = group.find((entry) => entry.path.length === 1 && !isLiteralSet(entry));
  if (leaf !== undefined || (group.length === 1 && first.path.length === 1)) {
    const { value } = leaf ?? first;
    return "thunk" in value ? value.thunk : evaluator.thunk(value.expr, env);
  }
  const step = first.path[0] as AttrName;
  const last = group[group.length - 1] as Entry;
  const end = "expr" in last.value ? last.value.expr.end : step.end;
  return new Thunk(() => {
    const entries: Entry[] = [];
    for (const entry of group) {
      if (entry.path.length > 1) entries.push({ ...entry, path: entry.path.slice(1) });
      else if ("expr" in entry.value && entry.value.expr.kind === "attrs") entries.push(...entriesOf(evaluator, entry.value.expr.bindings, env, env));
    }
    const broken = group.some(({ value }) => "expr" in value && value.expr.kind === "attrs" && value.expr.broken);
    return set(evaluator, entries, env, place, broken ? unknown("a syntax error", place) : null);
  }, { file: env.file, start: first.start, end: Math.max(end, step.end) });
}

/** `a = { … }; a.b = …;` is one set (Nix, `parser.y`, `addAttr`); a recursive one has its own scope and stands alone. */
function isLiteralSet(entry: Entry): boolean {
  return "expr" in entry.value && entry.value.expr.kind === "attrs" && !entry.value.expr.recursive;
}
