/** Finds the syntax that a fix has to look at: what encloses a place, where a module's definitions stand. */
import type { At, SourceFile } from "../../model/index.ts";
import { type AttrsExpr, type Binding, type Expr, type Inherit, type LetExpr, type Span, childrenOf, onceFor, walk } from "../../syntax/index.ts";

/** The expressions around a place, the outermost first. */
export function enclosing(root: Expr, span: Span): Expr[] {
  const found: Expr[] = [];
  for (let expr: Expr | undefined = root; expr !== undefined; ) {
    found.push(expr);
    expr = childrenOf(expr).find((child) => child.start <= span.start && span.end <= child.end);
  }
  return found;
}

/** A binding with the set or `let` that it stands in. */
export interface Bound {
  readonly holder: AttrsExpr | LetExpr;
  readonly binding: Binding;
}

/** The binding whose attribute path starts at a place. */
export function bindingAt({ file, start, end }: At): Bound | null {
  for (const holder of enclosing(file.syntax.root, { start, end }).reverse()) {
    if (holder.kind !== "attrs" && holder.kind !== "let") continue;
    const binding = holder.bindings.find((each): each is Binding => each.kind === "binding" && each.path[0]?.start === start);
    if (binding !== undefined) return { holder, binding };
  }
  return null;
}

/** The names of a binding's path up to the first that is computed. */
export function namesOf(binding: Binding): string[] {
  const names: string[] = [];
  for (const { name } of binding.path) {
    if (name === null) break;
    names.push(name);
  }
  return names;
}

/** What a file's functions, `let`s and `with`s lead to. */
export function innerBody(expr: Expr): Expr {
  let body = expr;
  for (;;) {
    // Not into a part of `//`: what is added to one takes the place of what the other has.
    if (body.kind !== "lambda" && body.kind !== "let" && body.kind !== "with" && body.kind !== "assert") return body;
    ({ body } = body);
  }
}

/** The set in which a module's definitions stand, and the names that lead to them there. */
export function moduleBody(file: SourceFile): { readonly set: AttrsExpr; readonly prefix: readonly string[] } | null {
  const set = innerBody(file.syntax.root);
  if (set.kind !== "attrs" || set.broken) return null;
  const isStructured = set.bindings.some((binding) => binding.kind === "binding" && ["config", "options"].includes(binding.path[0]?.name ?? ""));
  return { set, prefix: isStructured ? ["config"] : [] };
}

/** How often a name is used in a file as a variable: by itself or by an `inherit` without a source. */
export function countUses(file: SourceFile, name: string): number {
  return usesIn(file).get(name) ?? 0;
}

const usesIn = onceFor((file: SourceFile): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const add = (name: string | null): void => void (name !== null && counts.set(name, (counts.get(name) ?? 0) + 1));
  for (const expr of walk(file.syntax.root)) {
    if (expr.kind === "var") add(expr.name);
    if (expr.kind !== "attrs" && expr.kind !== "let") continue;
    for (const binding of expr.bindings) if (isInherit(binding) && binding.from === null) for (const name of new Set(binding.names.map((each) => each.name))) add(name);
  }
  return counts;
});

function isInherit(binding: Binding | Inherit): binding is Inherit {
  return binding.kind === "inherit";
}

/** The `let` binding that a variable at a place means, where it is one with a path of one name. */
export function letBinding(file: SourceFile, name: string, place: Span): Binding | null {
  for (const expr of enclosing(file.syntax.root, place).reverse()) {
    if (expr.kind === "lambda" && (expr.param === name || expr.formals?.list.some((formal) => formal.name === name) === true)) return null;
    if (expr.kind === "attrs" && expr.recursive && expr.bindings.some((binding) => binding.kind === "binding" && binding.path[0]?.name === name)) return null;
    if (expr.kind !== "let") continue;
    const found = expr.bindings.find((binding): binding is Binding => binding.kind === "binding" && binding.path.length === 1 && binding.path[0]?.name === name);
    if (found !== undefined) return found;
  }
  return null;
}

/** The set of literal bindings that an expression is, also by a `let` name that nothing else uses. */
export function literalSet(file: SourceFile, expr: Expr): AttrsExpr | null {
  const body = innerBody(expr);
  if (expr.kind === "lambda") return null;
  if (body.kind === "attrs") return body.broken || body.recursive ? null : body;
  if (body.kind !== "var" || countUses(file, body.name) !== 1) return null;
  const value = letBinding(file, body.name, body)?.value;
  return value?.kind === "attrs" && !value.broken && !value.recursive ? value : null;
}

/**
 * Whether what stands at a place is part of one definition only: every `let` name on the way there is used once, and no
 * function but the file's own stands around it.
 */
export function isSoleUse({ file, start, end }: At): boolean {
  const chain = enclosing(file.syntax.root, { start, end });
  let isHead = true;
  for (const [index, expr] of chain.entries()) {
    const inner = chain[index + 1];
    const isOwnFunction = isHead && expr.kind === "lambda";
    isHead &&= expr.kind === "lambda" || ((expr.kind === "let" || expr.kind === "with" || expr.kind === "assert") && inner === expr.body);
    if (expr.kind === "lambda" && !isOwnFunction) {
      // A helper by name, called once.
      const outer = chain.slice(0, index).findLast((each) => each.kind !== "lambda");
      if (outer?.kind !== "let" || outer.body === inner) return false;
      continue;
    }
    if (expr.kind === "let" && inner !== undefined && inner !== expr.body) {
      const binding = expr.bindings.find((each) => each.kind === "binding" && each.value === inner);
      if (binding?.kind !== "binding" || binding.path.length === 0) return false;
      const name = binding.path[0]?.name ?? null;
      if (name === null || binding.path.length > 1 || countUses(file, name) !== 1) return false;
    }
  }
  return true;
}
