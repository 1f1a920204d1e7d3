/** Finds secrets that are written out: as the value of a name that promises one, as a line that sets one, as a token of a known form. */
import { HOLE } from "../../engine/domain/hole.ts";
import { findKnownTokens } from "../../engine/domain/secret-tokens.ts";
import { holdsSecret, secretAssignments } from "../../engine/domain/secret-words.ts";
import type { At, SourceFile } from "../../engine/model/index.ts";
import { type Expr, type StringExpr, sourceOffset, onceFor, walk } from "../../engine/syntax/index.ts";

/** A secret in a text. Offsets are UTF-16 units from 0. */
export interface TextSecret {
  /** The name that it is set to; null for a token that is known by its form. */
  readonly name: string | null;
  /** What it is, for a token. */
  readonly kind: string | null;
  readonly start: number;
  readonly end: number;
}

/** A secret in a file. */
export interface WrittenSecret {
  readonly name: string | null;
  readonly kind: string | null;
  readonly at: At;
}

/** `--db-password=…` on a command line. A `--secret` of containers is the name of one. */
const FLAG = /(?<![^\s"'])--([a-z][a-z0-9-]{0,60})=(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'\\]+))/g;

/** Texts that are remembered: the same one is asked for as what an option has and as what a file holds, and again after each keystroke. */
const MOST_TEXTS = 2_000;
/** Longer ones are looked through each time: they would fill the memory. */
const LONGEST_TEXT = 10_000;
const texts = new Map<string, readonly TextSecret[]>();

/** The secrets in a text of which unknown parts are `HOLE`s. */
export function secretsInText(text: string): readonly TextSecret[] {
  if (text.length > LONGEST_TEXT) return search(text);
  let found = texts.get(text);
  if (found === undefined) {
    if (texts.size >= MOST_TEXTS) texts.clear();
    found = search(text);
    texts.set(text, found);
  }
  return found;
}

function search(text: string): TextSecret[] {
  const found: TextSecret[] = [];
  const add = (secret: TextSecret): void => {
    if (!found.some(({ start, end }) => start < secret.end && end > secret.start)) found.push(secret);
  };
  // A blank before the text lets `-e NAME=value` be seen where it stands first.
  for (const { name, value, start } of secretAssignments(` ${text}`)) add({ name, kind: null, start: start - 1, end: start - 1 + value.length });
  for (const flag of text.includes("--") ? text.matchAll(FLAG) : []) {
    const [whole, name = "", ...values] = flag;
    const value = values.find((each) => each !== undefined) ?? "";
    if (name === "secret" || !holdsSecret(name, value)) continue;
    const start = flag.index + whole.lastIndexOf(value);
    add({ name: `--${name}`, kind: null, start, end: start + value.length });
  }
  for (const { kind, start, end } of findKnownTokens(text)) add({ name: null, kind, start, end });
  return found;
}

/** The secrets that are written out in a file, whether anything uses them or not. */
export const secretsInFile: (file: SourceFile) => readonly WrittenSecret[] = onceFor(collect);

function collect(file: SourceFile): WrittenSecret[] {
  const found: WrittenSecret[] = [];
  /** Literals that are told as a whole. */
  const told = new Set<Expr>();
  const named = (name: string | null | undefined, value: Expr): void => {
    if (name == null) return;
    for (const literal of literalsOf(value)) {
      if (told.has(literal) || !holdsSecret(name, textOfLiteral(literal))) continue;
      told.add(literal);
      found.push({ name, kind: null, at: { file, start: literal.start, end: literal.end } });
    }
  };
  for (const expr of walk(file.syntax.root)) {
    if (expr.kind === "attrs" || expr.kind === "let") {
      for (const binding of expr.bindings) if (binding.kind === "binding") named(binding.path[binding.path.length - 1]?.name, binding.value);
    } else if (expr.kind === "lambda") {
      for (const { name, fallback } of expr.formals?.list ?? []) if (fallback !== null) named(name, fallback);
    } else if (expr.kind === "string" && !told.has(expr)) {
      for (const { name, kind, start, end } of secretsInText(textOfLiteral(expr))) found.push({ name, kind, at: { file, start: offsetIn(expr, start), end: offsetIn(expr, end - 1) + 1 } });
    }
  }
  return found;
}

/** Functions of the module system and of `lib` that hand on their last argument. */
const HANDING_ON = new Set(["mkDefault", "mkForce", "mkOverride", "mkOptionDefault", "mkVMOverride", "mkIf", "optionalString", "trim", "toString"]);
const MAX_DEPTH = 20;

/** The string literals that an expression may come to. */
function literalsOf(value: Expr, depth = 0): StringExpr[] {
  if (depth > MAX_DEPTH) return [];
  switch (value.kind) {
    case "string":
      return [value];
    case "if":
      return [...literalsOf(value.then, depth + 1), ...literalsOf(value.otherwise, depth + 1)];
    case "let":
    case "with":
    case "assert":
      return literalsOf(value.body, depth + 1);
    case "select":
      return value.fallback === null ? [] : literalsOf(value.fallback, depth + 1);
    case "apply": {
      const name = functionName(value);
      if (name === "mkOption" && value.arg.kind === "attrs") {
        return value.arg.bindings.flatMap((binding) => (binding.kind === "binding" && binding.path.length === 1 && binding.path[0]?.name === "default" ? literalsOf(binding.value, depth + 1) : []));
      }
      return name !== null && HANDING_ON.has(name) ? literalsOf(value.arg, depth + 1) : [];
    }
    default:
      return [];
  }
}

function functionName(expr: Expr): string | null {
  let fn = expr;
  while (fn.kind === "apply") fn = fn.fn;
  if (fn.kind === "var") return fn.name;
  return fn.kind === "select" ? (fn.path[fn.path.length - 1]?.name ?? null) : null;
}

function textOfLiteral({ parts }: StringExpr): string {
  return parts.map((part) => ("text" in part ? part.text : HOLE)).join("");
}

/** The place in the source of a character of a literal's text. */
function offsetIn(literal: StringExpr, index: number): number {
  let start = 0;
  for (const part of literal.parts) {
    const length = "text" in part ? part.text.length : HOLE.length;
    if (index < start + length) return "text" in part ? sourceOffset(part.map, index - start) : part.start;
    start += length;
  }
  return literal.end - 1;
}
