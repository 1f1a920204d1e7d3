/** Puts values and names into messages as a person would write them in Nix. */
import { type Value, textOf, toJson } from "../../engine/model/index.ts";

const MAX_LENGTH = 60;

/** A value in Nix's notation, shortened; without control characters. */
export function showValue(value: Value): string {
  const text = notation(value, 0).replace(/\s+/g, " ");
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function notation(value: Value, depth: number): string {
  switch (value.t) {
    case "null":
      return "null";
    case "bool":
    case "int":
    case "float":
      return String(value.v);
    case "string": {
      const text = textOf(value);
      return text === null ? '"…"' : quoted(text);
    }
    case "path":
      return value.base === "root" ? "a path" : value.path;
    case "list":
      return depth > 2 ? "[ … ]" : value.items.length === 0 ? "[ ]" : `[ ${value.items.map((item) => notation(item.thunk.force(), depth + 1)).join(" ")} ]`;
    case "attrs":
      return "{ … }";
    case "ref":
      return value.path.join(".");
    case "call":
      return `${notation(value.fn, depth)} …`;
    default:
      return toJson(value) === undefined ? "a value that cannot be known" : "a value";
  }
}

/** A string in quotes, with Nix's escapes. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]|\$\{/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(parts: readonly string[], word = "and"): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} ${word} ${parts[parts.length - 1] as string}`;
}

/** Code in a message. */
export function code(text: string): string {
  return text.includes("`") ? text : `\`${text}\``;
}
