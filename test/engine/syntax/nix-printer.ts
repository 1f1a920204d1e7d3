/** Prints our syntax the way `nix-instantiate --parse` prints Nix's own (Nix, `nixexpr.cc`, `show`), to compare the two. */
import { dirname, posix } from "node:path";
import type { AttrName, Binding, Expr, Formals, Inherit, StringPart } from "../../../src/engine/syntax/index.ts";

/** What paths are relative to. */
export interface Place {
  readonly file: string;
  readonly home: string;
}

/** An expression in Nix's fully parenthesised form, in the order that `inOneOrder` makes. */
export function printNix(expr: Expr, place: Place): string {
  return inOneOrder(new Printer(place).show(expr));
}

interface Attr {
  readonly inherited: boolean;
  readonly value: string | Attrs;
}

/** A set with the paths of its bindings taken apart. */
class Attrs {
  readonly recursive: boolean;
  readonly named = new Map<string, Attr>();
  readonly computed: { readonly name: string; readonly value: string | Attrs }[] = [];

  constructor(recursive: boolean) {
    this.recursive = recursive;
  }
}

class Printer {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  show(expr: Expr): string {
    const call = this.#call(expr);
    if (call !== null) return `(${call.join(" ")})`;
    switch (expr.kind) {
      case "var":
        return name(expr.name);
      case "int":
        return BigInt(expr.text).toString();
      case "float":
        return float(Number(expr.text));
      case "string":
        return this.#parts(expr.parts);
      case "path":
        return this.#path(expr.parts);
      case "list":
        return `[ ${expr.items.map((item) => `(${this.show(item)}) `).join("")}]`;
      case "attrs":
        return this.#attrs(this.#set(expr.bindings, expr.recursive));
      case "select":
        return `(${this.show(expr.base)}).${this.#names(expr.path)}${expr.fallback === null ? "" : ` or (${this.show(expr.fallback)})`}`;
      case "has":
        return `((${this.show(expr.base)}) ? ${this.#names(expr.path)})`;
      case "lambda":
        return this.#lambda(expr.param, expr.formals, expr.body);
      case "let": {
        const set = this.#set(expr.bindings, false);
        const bindings = [...set.named].map(([key, { inherited, value }]) => (inherited ? `inherit ${name(key)}; ` : `${name(key)} = ${this.#value(value)}; `));
        return `(let ${bindings.join("")}in ${this.show(expr.body)})`;
      }
      case "with":
        return `(with ${this.show(expr.scope)}; ${this.show(expr.body)})`;
      case "assert":
        return `assert ${this.show(expr.condition)}; ${this.show(expr.body)}`;
      case "if":
        return `(if ${this.show(expr.condition)} then ${this.show(expr.then)} else ${this.show(expr.otherwise)})`;
      case "unary":
        return `(! ${this.show(expr.arg)})`;
      case "binary": {
        const [left, right] = [this.show(expr.left), this.show(expr.right)];
        if (expr.operator === "<=") return `(! (__lessThan ${right} ${left}))`;
        if (expr.operator === ">=") return `(! (__lessThan ${left} ${right}))`;
        return `(${left} ${expr.operator} ${right})`;
      }
      default:
        return `<${expr.kind}>`;
    }
  }

  /** What Nix reads as a call: function and arguments. A call of a call is one with more arguments. */
  #call(expr: Expr): string[] | null {
    switch (expr.kind) {
      case "apply":
        return [...(this.#call(expr.fn) ?? [this.show(expr.fn)]), this.show(expr.arg)];
      case "search-path":
        return ["__findFile", "__nixPath", string(expr.text.slice(1, -1))];
      case "unary":
        return expr.operator === "-" ? ["__sub", "0", this.show(expr.arg)] : null;
      case "binary": {
        const calls: Record<string, string> = { "-": "__sub", "*": "__mul", "/": "__div", "<": "__lessThan", ">": "__lessThan" };
        const fn = calls[expr.operator];
        if (fn === undefined) return null;
        const operands = [this.show(expr.left), this.show(expr.right)];
        return [fn, ...(expr.operator === ">" ? operands.reverse() : operands)];
      }
      default:
        return null;
    }
  }

  #parts(parts: readonly StringPart[]): string {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined && "text" in only) return string(only.text);
    return parts.length === 0 ? '""' : `(${parts.map((part) => ("text" in part ? string(part.text) : this.show(part.expr))).join(" + ")})`;
  }

  #path(parts: readonly StringPart[]): string {
    const [first, ...rest] = parts;
    const text = first !== undefined && "text" in first ? first.text : "";
    const absolute = text.startsWith("~") ? this.#place.home + text.slice(1) : posix.resolve(dirname(this.#place.file), text);
    if (rest.length === 0) return absolute;
    // Nix adds the slash to any path that is longer than one character.
    const start = text.startsWith("~") || !text.endsWith("/") || text.length === 1 ? absolute : `${absolute}/`;
    return `(${[start, ...rest.map((part) => ("text" in part ? string(part.text) : this.show(part.expr)))].join(" + ")})`;
  }

  #names(path: readonly AttrName[]): string {
    return path.map((step) => (step.expr === null ? name(step.name) : `"\${${this.show(step.expr)}}"`)).join(".");
  }

  #lambda(param: string | null, formals: Formals | null, body: Expr): string {
    if (formals === null) return `(${name(param as string)}: ${this.show(body)})`;
    const names = formals.list.map((formal) => `${name(formal.name)}${formal.fallback === null ? "" : ` ? ${this.show(formal.fallback)}`}`);
    const pattern = `{ ${[...names, ...(formals.open ? ["..."] : [])].join(", ")} }`;
    return `(${pattern}${param === null ? "" : ` @ ${name(param)}`}: ${this.show(body)})`;
  }

  #value(value: string | Attrs): string {
    return typeof value === "string" ? value : this.#attrs(value);
  }

  #attrs(set: Attrs): string {
    const named = [...set.named]
      .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map(([key, { inherited, value }]) => (inherited ? `inherit ${name(key)} ; ` : `${name(key)} = ${this.#value(value)}; `));
    const computed = set.computed.map((attr) => `"\${${attr.name}}" = ${this.#value(attr.value)}; `);
    return `${set.recursive ? "rec " : ""}{ ${named.join("")}${computed.join("")}}`;
  }

  #set(bindings: readonly (Binding | Inherit)[], recursive: boolean): Attrs {
    const set = new Attrs(recursive);
    for (const binding of bindings) {
      if (binding.kind === "binding") this.#add(set, binding);
      else {
        for (const { name: key } of binding.names) {
          if (key === null) continue;
          const value = binding.from === null ? "" : `(${this.show(binding.from)}).${name(key)}`;
          set.named.set(key, { inherited: binding.from === null, value });
        }
      }
    }
    return set;
  }

  /** Nix's `addAttr`: a path is a chain of sets, and sets of the same name are one. */
  #add(set: Attrs, { path, value }: Binding): void {
    let at = set;
    path.forEach((step, index) => {
      const isLast = index === path.length - 1;
      const known = step.name === null ? undefined : at.named.get(step.name)?.value;
      if (known instanceof Attrs) {
        if (!isLast) at = known;
        else if (value.kind === "attrs") for (const [key, attr] of this.#set(value.bindings, false).named) known.named.set(key, attr);
        return;
      }
      const child = !isLast ? new Attrs(false) : value.kind === "attrs" ? this.#set(value.bindings, value.recursive) : this.show(value);
      if (step.name === null) at.computed.push({ name: this.show(step.expr), value: child });
      else at.named.set(step.name, { inherited: false, value: child });
      if (child instanceof Attrs) at = child;
    });
  }
}

function string(text: string): string {
  return `"${text.replace(/["\\$]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
}

function name(text: string): string {
  return text !== "if" && /^[A-Za-z_][\w'-]*$/.test(text) ? text : text === "if" ? '"if"' : string(text);
}

/** As C++ streams print it: six significant digits. */
function float(value: number): string {
  const [digits = "", exponent] = value.toPrecision(6).split("e");
  const short = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  if (value !== 0 && value < 1e-4) {
    const [small = "", power = ""] = value.toExponential(5).split("e-");
    return `${small.replace(/\.?0+$/, "")}e-${power.padStart(2, "0")}`;
  }
  return exponent === undefined ? short : `${short}e+${exponent.slice(1).padStart(2, "0")}`;
}

type Node = string | Group;

interface Group {
  readonly open: string;
  readonly items: readonly Node[];
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/**
 * Brings a printed expression into one order. Nix prints the names of `let` and of patterns in an order of its own, and
 * gives each escape of a string as a string of its own.
 */
export function inOneOrder(printed: string): string {
  const tokens = printed.match(/"(?:\\[^]|[^"\\])*"|[()[\]{};,]|[^\s()[\]{};,"]+/g) ?? [];
  let at = 0;
  const items = (close: string | null): Node[] => {
    const found: Node[] = [];
    for (; at < tokens.length && tokens[at] !== close; at++) {
      const token = tokens[at] as string;
      const closing = CLOSING.get(token);
      if (closing === undefined) found.push(token);
      else {
        at++;
        found.push({ open: token, items: items(closing) });
      }
    }
    return found;
  };
  return write(items(null));
}

function write(items: readonly Node[]): string {
  const out: string[] = [];
  items.forEach((item, index) => {
    if (typeof item === "string") out.push(item);
    else {
      const next = items[index + 1];
      const isPattern = item.open === "{" && typeof next === "string" && (next.startsWith(":") || next === "@");
      out.push(group(item, isPattern));
    }
  });
  return out.join(" ");
}

function group({ open, items }: Group, isPattern: boolean): string {
  const close = CLOSING.get(open) as string;
  if (isPattern) return `${open} ${split(items, ",").map(write).sort().join(" , ")} ${close}`;
  if (open === "(" && items[0] === "let") {
    const end = items.indexOf("in");
    return `( let ${bindings(items.slice(1, end)).sort().join(" ; ")} ${write(items.slice(end))} )`;
  }
  if (open === "(") {
    const terms = split(items, "+").map(write);
    const merged: string[] = [];
    for (const term of terms) {
      const last = merged[merged.length - 1];
      if (isString(term) && last !== undefined && isString(last)) merged[merged.length - 1] = last.slice(0, -1) + term.slice(1);
      else merged.push(term);
    }
    const kept = merged.filter((term) => term !== '""');
    if (kept.length === 0) return '""';
    return kept.length === 1 && isString(kept[0] as string) ? (kept[0] as string) : `( ${kept.join(" + ")} )`;
  }
  return `${open} ${write(items)} ${close}`;
}

/** The bindings of a `let`. The semicolon of an `assert`, which Nix prints without parentheses, ends none. */
function bindings(items: readonly Node[]): string[] {
  const found: string[] = [];
  for (const part of split(items, ";")) {
    if (part.length === 0) continue;
    if (part[1] === "=" || part[0] === "inherit") found.push(write(part));
    else found.push(`${found.pop() ?? ""} ; ${write(part)}`);
  }
  return found;
}

function isString(term: string): boolean {
  return /^"(?:\\[^]|[^"\\])*"$/.test(term);
}

function split(items: readonly Node[], separator: string): Node[][] {
  const parts: Node[][] = [[]];
  for (const item of items) {
    if (item === separator) parts.push([]);
    else (parts[parts.length - 1] as Node[]).push(item);
  }
  return parts;
}
