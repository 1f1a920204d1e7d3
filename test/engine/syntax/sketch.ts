/** Sketches what was read of a text, in one line: sets with their names and values, `~` where a set is known to be incomplete. */
import type { Binding, Expr, Inherit } from "../../../src/engine/syntax/index.ts";

/** `{ a = 1; b = ✗; }`: a value that could not be read is `✗`; other values stand as they are written. */
export function sketch(expr: Expr, text: string): string {
  const bindings = (list: readonly (Binding | Inherit)[]): string =>
    list
      .map((binding) => {
        const names = (binding.kind === "binding" ? binding.path : binding.names).map(({ name }) => name ?? "${}");
        return binding.kind === "binding" ? `${names.join(".")} = ${sketch(binding.value, text)}; ` : `inherit ${names.join(" ")}; `;
      })
      .join("");
  switch (expr.kind) {
    case "attrs":
      return `${expr.broken ? "~" : ""}{ ${bindings(expr.bindings)}}`;
    case "let":
      return `${expr.broken ? "~" : ""}let ${bindings(expr.bindings)}in ${sketch(expr.body, text)}`;
    case "lambda":
      return `…: ${sketch(expr.body, text)}`;
    case "error":
      return "✗";
    default:
      return text.slice(expr.start, expr.end).replace(/\s+/g, " ");
  }
}
