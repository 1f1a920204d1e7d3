/** What Nix refuses though it is written well: attributes that are defined twice in one set. */
import { showPath } from "../../engine/model/index.ts";
import { type AttrName, type AttrsExpr, type Expr, type LetExpr, type Span, type Syntax, walk } from "../../engine/syntax/index.ts";

/** A second definition of an attribute. */
export interface Duplicate {
  readonly name: string;
  readonly kind: "set" | "`let`";
  readonly first: Span;
  readonly second: Span;
}

/** What a set holds under one name: where it is written, and what a literal set there holds in turn. */
interface Entry {
  readonly at: Span;
  readonly inside: Entries | null;
}

type Entries = Map<string, Entry>;

/** Follows Nix's parser (`parser.y`, `addAttr` and `binds`), which builds a set before it becomes part of another. */
export function duplicatesIn(syntax: Syntax): Duplicate[] {
  const found: Duplicate[] = [];
  const built = new Map<Expr, Entries>();
  const sets = [...walk(syntax.root)].filter((expr): expr is AttrsExpr | LetExpr => expr.kind === "attrs" || expr.kind === "let");
  // A set stands before what is inside it, so the last ones are the innermost.
  for (const set of sets.reverse()) {
    const entries: Entries = new Map();
    built.set(set, entries);
    const kind = set.kind === "let" ? "`let`" : "set";
    const refuse = (path: readonly AttrName[], first: Span, second: Span): void => {
      found.push({ name: showPath(path.map(({ name }) => name ?? "…")), kind, first, second });
    };
    for (const binding of set.bindings) {
      if (binding.kind === "binding") add(entries, binding.path, binding.value, built, refuse);
      else for (const name of binding.names) add(entries, [name], null, built, refuse);
    }
  }
  return found;
}

/** Adds one definition; `value` is null for an inherited one. What is refused is left out. */
function add(set: Entries, path: readonly AttrName[], value: Expr | null, built: ReadonlyMap<Expr, Entries>, refuse: (path: readonly AttrName[], first: Span, second: Span) => void): void {
  let entries = set;
  const start = path[0]?.start ?? 0;
  for (const [index, { name, end }] of path.entries()) {
    const own = { start, end };
    const isLast = index === path.length - 1;
    const inside = !isLast ? new Map<string, Entry>() : value?.kind === "attrs" ? (built.get(value) ?? null) : null;
    const old = name === null ? undefined : entries.get(name);
    if (old === undefined) {
      // A computed name is compared when it is known, in evaluation.
      if (name !== null) entries.set(name, { at: own, inside });
      if (inside !== null) entries = inside;
      continue;
    }
    if (old.inside === null || inside === null) return refuse(path.slice(0, index + 1), old.at, own);
    if (!isLast) {
      entries = old.inside;
      continue;
    }
    // Two literal sets: Nix moves the names of the second into the first, without looking deeper.
    for (const [inner, entry] of inside) {
      const twin = old.inside.get(inner);
      if (twin === undefined) old.inside.set(inner, entry);
      else refuse([...path, { ...entry.at, name: inner, expr: null }], twin.at, entry.at);
    }
  }
}
