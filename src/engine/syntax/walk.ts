/** Visits the nodes of a file's syntax, for rules about the text itself. */
import type { AttrName, Binding, Expr, Inherit, StringPart } from "./ast.ts";

function ofNames(names: readonly AttrName[]): Expr[] {
  return names.flatMap((name) => (name.expr === null ? [] : [name.expr]));
}

function ofBindings(bindings: readonly (Binding | Inherit)[]): Expr[] {
  return bindings.flatMap((binding) =>
    binding.kind === "binding" ? [...ofNames(binding.path), binding.value] : [...(binding.from === null ? [] : [binding.from]), ...ofNames(binding.names)],
  );
}

function ofParts(parts: readonly StringPart[]): Expr[] {
  return parts.flatMap((part) => ("expr" in part ? [part.expr] : []));
}

/** The expressions directly inside an expression, in the order in which they stand. */
export function childrenOf(expr: Expr): Expr[] {
  switch (expr.kind) {
    case "string":
    case "path":
      return ofParts(expr.parts);
    case "list":
      return [...expr.items];
    case "attrs":
      return ofBindings(expr.bindings);
    case "select":
      return [expr.base, ...ofNames(expr.path), ...(expr.fallback === null ? [] : [expr.fallback])];
    case "has":
      return [expr.base, ...ofNames(expr.path)];
    case "apply":
      return [expr.fn, expr.arg];
    case "lambda":
      return [...(expr.formals?.list.flatMap(({ fallback }) => (fallback === null ? [] : [fallback])) ?? []), expr.body];
    case "let":
      return [...ofBindings(expr.bindings), expr.body];
    case "with":
      return [expr.scope, expr.body];
    case "assert":
      return [expr.condition, expr.body];
    case "if":
      return [expr.condition, expr.then, expr.otherwise];
    case "unary":
      return [expr.arg];
    case "binary":
      return [expr.left, expr.right];
    default:
      return [];
  }
}

/** Every expression of a tree, each before what is inside it. Uses no call stack, so any depth is fine. */
export function* walk(root: Expr): Generator<Expr> {
  const stack: Expr[] = [root];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    yield expr;
    const children = childrenOf(expr);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as Expr);
  }
}
