/** Visits the nodes of a file's syntax, for rules about the text itself. */
import { onceFor } from "./once.ts";
import type { AttrName, Binding, Expr, Inherit, StringPart } from "./ast.ts";

type Visit = (expr: Expr) => void;

function eachName(names: readonly AttrName[], visit: Visit): void {
  for (const { expr } of names) if (expr !== null) visit(expr);
}

function eachBinding(bindings: readonly (Binding | Inherit)[], visit: Visit): void {
  for (const binding of bindings) {
    if (binding.kind === "binding") {
      eachName(binding.path, visit);
      visit(binding.value);
    } else {
      if (binding.from !== null) visit(binding.from);
      eachName(binding.names, visit);
    }
  }
}

function eachPart(parts: readonly StringPart[], visit: Visit): void {
  for (const part of parts) if ("expr" in part) visit(part.expr);
}

/** Hands over the expressions directly inside an expression, in the order in which they stand. */
function eachChild(expr: Expr, visit: Visit): void {
  switch (expr.kind) {
    case "string":
    case "path":
      return eachPart(expr.parts, visit);
    case "list":
      return expr.items.forEach(visit);
    case "attrs":
      return eachBinding(expr.bindings, visit);
    case "select":
      visit(expr.base);
      eachName(expr.path, visit);
      if (expr.fallback !== null) visit(expr.fallback);
      return;
    case "has":
      visit(expr.base);
      return eachName(expr.path, visit);
    case "apply":
      visit(expr.fn);
      return visit(expr.arg);
    case "lambda":
      for (const { fallback } of expr.formals?.list ?? []) if (fallback !== null) visit(fallback);
      return visit(expr.body);
    case "let":
      eachBinding(expr.bindings, visit);
      return visit(expr.body);
    case "with":
      visit(expr.scope);
      return visit(expr.body);
    case "assert":
      visit(expr.condition);
      return visit(expr.body);
    case "if":
      visit(expr.condition);
      visit(expr.then);
      return visit(expr.otherwise);
    case "unary":
      return visit(expr.arg);
    case "binary":
      visit(expr.left);
      return visit(expr.right);
    default:
  }
}

/** The expressions directly inside an expression, in the order in which they stand. */
export function childrenOf(expr: Expr): Expr[] {
  const children: Expr[] = [];
  eachChild(expr, (child) => children.push(child));
  return children;
}

/**
 * Every expression of a tree, each before what is inside it. Uses no call stack, so any depth is fine; made once for a
 * tree, since rule after rule asks for it.
 */
export const walk: (root: Expr) => readonly Expr[] = onceFor(collect);

function collect(root: Expr): readonly Expr[] {
  const all: Expr[] = [];
  const stack: Expr[] = [root];
  const push = (child: Expr): void => void stack.push(child);
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    all.push(expr);
    const from = stack.length;
    eachChild(expr, push);
    // What stands first is to come off the stack first.
    for (let low = from, high = stack.length - 1; low < high; low++, high--) [stack[low], stack[high]] = [stack[high] as Expr, stack[low] as Expr];
  }
  return all;
}
