/** The `versions = { … }` of a file's `let`: its entries, which of them are taken, and what a version is taken from. */
import type { At, SourceFile } from "../../engine/model/index.ts";
import { type AttrName, type Binding, type Expr, type Inherit, type LetExpr, type Span, childrenOf, onceFor, walk } from "../../engine/syntax/index.ts";

const NAME = "versions";

/** One `let` that binds `versions`. */
export interface VersionsBlock {
  readonly scope: LetExpr;
  /** What is written of it: one binding, or several (`versions.a = …; versions.b = …;`). */
  readonly bindings: readonly Binding[];
}

/** An entry of a block: a version, or a group of them. */
export interface VersionEntry {
  /** The names below `versions`. */
  readonly path: readonly string[];
  /** The attribute path as written. */
  readonly at: Span;
  /** The entries of a group that is written as a literal set. */
  readonly inside: readonly VersionEntry[];
}

/** The blocks of a file whose bindings are written there. */
export function versionsBlocks(file: SourceFile): VersionsBlock[] {
  return [...walk(file.syntax.root)].flatMap((expr) => {
    if (expr.kind !== "let") return [];
    const bindings = expr.bindings.filter((binding): binding is Binding => binding.kind === "binding" && binding.path[0]?.name === NAME);
    return bindings.length === 0 ? [] : [{ scope: expr, bindings }];
  });
}

/**
 * What versions a file has to take from: `own` in a block that is written there, `foreign` where they come from somewhere
 * else (`versions = import ./versions.nix;`, an argument or inherited name that is called so), so that it is not known which
 * values are theirs.
 */
export function versionsOf(file: SourceFile): { readonly own: boolean; readonly foreign: boolean } {
  let own = false;
  let foreign = false;
  for (const expr of walk(file.syntax.root)) {
    if (expr.kind === "lambda") foreign ||= expr.formals?.list.some(({ name }) => name === NAME) ?? false;
    if (expr.kind !== "let") continue;
    for (const binding of expr.bindings) {
      if (!binds([binding])) continue;
      own ||= binding.kind === "binding";
      foreign ||= binding.kind === "inherit" || (binding.path.length === 1 && binding.value.kind !== "attrs");
    }
  }
  return { own, foreign };
}

/** The entries of a block, without those whose name is computed. */
export function entriesOf({ bindings }: VersionsBlock): VersionEntry[] {
  return bindings.flatMap(({ path: [first, ...rest], value }) => (rest.length === 0 ? entriesIn(value, []) : entryAt(rest, value, [], (first as AttrName).start)));
}

function entriesIn(value: Expr | null, above: readonly string[]): VersionEntry[] {
  if (value?.kind !== "attrs") return [];
  return value.bindings.flatMap((binding) => {
    if (binding.kind === "binding") return entryAt(binding.path, binding.value, above, binding.path[0]?.start ?? binding.start);
    return binding.names.flatMap((name) => entryAt([name], null, above, name.start));
  });
}

function entryAt(names: readonly AttrName[], value: Expr | null, above: readonly string[], start: number): VersionEntry[] {
  const known = names.flatMap(({ name }) => (name === null ? [] : [name]));
  if (known.length < names.length) return [];
  const path = [...above, ...known];
  return [{ path, at: { start, end: (names[names.length - 1] as AttrName).end }, inside: entriesIn(value, path) }];
}

/**
 * The paths below `versions` that are taken in the scope of a block; null where it is handed on as a whole, or by a name
 * that is computed, so that anything may be taken.
 */
export function usesOf({ scope, bindings }: VersionsBlock): readonly (readonly string[])[] | null {
  const used: string[][] = [];
  // In a `rec { … }` entries are taken by their bare names; which group they are of is not looked into.
  for (const { path, value } of bindings) {
    const isWhole = path.length === 1;
    for (const expr of walk(value)) if (expr.kind === "attrs" && expr.recursive && (expr !== value || !isWhole)) return null;
    if (value.kind === "attrs" && value.recursive) for (const expr of walk(value)) if (expr.kind === "var") used.push([expr.name]);
  }
  const stack: Expr[] = [scope];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    switch (expr.kind) {
      case "var":
        if (expr.name === NAME) return null;
        continue;
      case "select":
      case "has": {
        const { base } = expr;
        const isTaken = base.kind === "var" && base.name === NAME;
        if (isTaken) used.push(knownPrefix(expr.path));
        stack.push(...childrenOf(expr).filter((child) => !isTaken || child !== base));
        continue;
      }
      case "attrs":
      case "let": {
        if (inherited(expr.bindings).includes(NAME)) return null;
        if (expr !== scope && (expr.kind === "let" || expr.recursive) && binds(expr.bindings)) continue;
        const taken = new Set<Expr>();
        for (const binding of expr.bindings) {
          const path = binding.kind === "inherit" ? fromVersions(binding) : null;
          if (binding.kind !== "inherit" || binding.from === null || path === null) continue;
          taken.add(binding.from);
          for (const { name } of binding.names) used.push([...path, ...(name === null ? [] : [name])]);
        }
        stack.push(...childrenOf(expr).filter((child) => !taken.has(child)));
        continue;
      }
      case "lambda":
        if (expr.param === NAME || expr.formals?.list.some(({ name }) => name === NAME)) continue;
        break;
      default:
    }
    stack.push(...childrenOf(expr));
  }
  return used;
}

/** The names of `inherit x;` without a source. */
function inherited(bindings: readonly (Binding | Inherit)[]): string[] {
  return bindings.flatMap((binding) => (binding.kind === "inherit" && binding.from === null ? binding.names.flatMap(({ name }) => (name === null ? [] : [name])) : []));
}

/** Whether bindings give `versions` a meaning of their own. */
function binds(bindings: readonly (Binding | Inherit)[]): boolean {
  return bindings.some((binding) => (binding.kind === "binding" ? binding.path[0]?.name === NAME : binding.from !== null && binding.names.some(({ name }) => name === NAME)));
}

/** The path below `versions` that an `inherit (versions.x)` takes from. */
function fromVersions({ from }: Inherit): string[] | null {
  if (from?.kind === "var" && from.name === NAME) return [];
  return from?.kind === "select" && from.base.kind === "var" && from.base.name === NAME ? knownPrefix(from.path) : null;
}

/** The names of a path up to the first one that is computed. */
function knownPrefix(path: readonly AttrName[]): string[] {
  const names = path.map(({ name }) => name);
  const unknown = names.indexOf(null);
  return (unknown < 0 ? names : names.slice(0, unknown)) as string[];
}

/** Whether something was written in a block of its file, or in what a block is made of (`versions.web = webVersion;`). */
export function isFromVersions(at: At): boolean {
  return spansOf(at.file).some(({ start, end }) => start <= at.start && at.end <= end);
}

/** The blocks of a file, with the bindings of all names that occur in them. */
const spansOf = onceFor((file: SourceFile): readonly Span[] => {
  const named = new Map<string, Binding[]>();
  for (const expr of walk(file.syntax.root)) {
    if (expr.kind !== "let") continue;
    for (const binding of expr.bindings) {
      const name = binding.kind === "binding" ? binding.path[0]?.name : null;
      if (binding.kind !== "binding" || name == null) continue;
      const others = named.get(name);
      if (others === undefined) named.set(name, [binding]);
      else others.push(binding);
    }
  }
  const reached = new Set(named.get(NAME));
  named.delete(NAME);
  for (const binding of reached) {
    for (const expr of walk(binding.value)) {
      if (expr.kind !== "var") continue;
      for (const other of named.get(expr.name) ?? []) reached.add(other);
      named.delete(expr.name);
    }
  }
  return [...reached];
});
