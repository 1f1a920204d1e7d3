/** What fixes are made of: a value written anew, a definition added, elements put into a list, `lib` brought in. */
import { trimmedEnd } from "../../engine/domain/trim.ts";
import { commonLength } from "../../engine/domain/base-pattern.ts";
import { type ActiveDefinition, type At, type Configuration, type SourceFile, type Value, PLAIN_PRIORITY, at, parsePath, showPath } from "../../engine/model/index.ts";
import { type Fix, type MakeFix, type Operation, type Withheld, bindingAt, enclosing, endOfStatementLine, indentAt, innerBody, isFirstOnLine, isSoleUse, letBinding, lineEnd, lineStart, startWithComments } from "../../engine/run/index.ts";
import type { Binding, Expr, ListExpr, Span } from "../../engine/syntax/index.ts";
import { code } from "./show.ts";

/** A fix or, where one of its operations is not to be had, none. */
export function fixOf(title: string, ...operations: readonly (Operation | readonly Operation[] | null)[]): Fix | null {
  if (operations.includes(null)) return null;
  return { title, operations: operations.flatMap((each) => (each === null ? [] : each)) as Operation[] };
}

/** The expression that is exactly a place. */
export function exprAt({ file, start, end }: At): Expr | null {
  return enclosing(file.syntax.root, { start, end }).findLast((expr) => expr.start === start && expr.end === end) ?? null;
}

/** Whether an expression is one plain value, whole as it is written. */
function isLiteral(expr: Expr): boolean {
  switch (expr.kind) {
    case "var":
      return expr.name === "true" || expr.name === "false" || expr.name === "null";
    case "string":
    case "path":
      return expr.parts.every((part) => !("expr" in part));
    case "int":
    case "float":
    case "list":
      return true;
    default:
      return false;
  }
}

/**
 * Where the literal stands that makes up a value used at a place, if nothing else is made of it: the place itself, or
 * what a `let` name that is used once is bound to.
 */
export function literalOf(use: At, value: Value): At | null {
  if (!isSoleUse(use)) return null;
  const written = exprAt(use);
  if (written !== null && isLiteral(written)) return use;
  // `true` and `false` are names, whose values tell nothing of the place that they were taken from.
  const named = written?.kind === "var" ? letBinding(use.file, written.name, written)?.value : undefined;
  const origin = value.at ?? (named === undefined ? null : at(use.file, named));
  if (origin === null || origin.file !== use.file) return null;
  const expr = exprAt(origin);
  return expr !== null && isLiteral(expr) && isSoleUse(origin) ? origin : null;
}

/** Why what a place holds is not edited: nothing says how it is written, or it serves more than the definition. */
function whyNot(use: At, value: Value): Withheld | null {
  if (!isSoleUse(use)) return { since: "what stands here serves more than one definition" };
  const written = exprAt(use);
  const named = written?.kind === "var" ? (letBinding(use.file, written.name, written)?.value ?? null) : null;
  const origin = value.at ?? (named === null ? null : at(use.file, named));
  if (origin === null || (origin.file === use.file && origin.start >= use.start && origin.end <= use.end)) return null;
  return { since: origin.file === use.file ? "its value is written elsewhere and serves more than this definition" : "its value comes from another file", look: origin };
}

/** Puts a text in the place of an expression, with parentheses where they are needed. */
export function rewrite(place: At, text: string): Operation {
  const chain = enclosing(place.file.syntax.root, place);
  const parent = chain[chain.findIndex((expr) => expr.start === place.start && expr.end === place.end) - 1];
  const isTight = parent !== undefined && ["apply", "list", "select", "unary", "binary"].includes(parent.kind);
  const isCompound = /\s/.test(text) && !/^(?:"[^"]*"|\[[^\]]*\]|\{[^}]*\})$/.test(text);
  return { do: "replace", at: place, text: isTight && isCompound && place.file.syntax.source.text[place.start - 1] !== "(" ? `(${text})` : text };
}

/** The value that is used at a place becomes another, where it is written for that place alone. */
export function rewriteValue(use: At, value: Value, text: string): Fix | Withheld | null {
  const literal = literalOf(use, value);
  return literal === null ? whyNot(use, value) : fixOf(`Write ${code(text)}`, rewrite(literal, text));
}

/** The value of each of some definitions becomes another. */
export function rewriteValues(definitions: readonly ActiveDefinition[], text: string): Fix | Withheld | null {
  const operations: Operation[] = [];
  for (const { value, valueAt } of definitions) {
    const literal = valueAt === null ? null : literalOf(valueAt, value);
    if (literal === null) return valueAt === null ? null : whyNot(valueAt, value);
    operations.push(rewrite(literal, text));
  }
  return operations.length === 0 ? null : fixOf(`Write ${code(text)}`, operations);
}

/** A name of `lib` as it is written at a place, with what makes that name known there; null where nothing can. */
export function libName(file: SourceFile, place: Span, name: string): { readonly text: string; readonly operations: readonly Operation[] } | null {
  for (const expr of enclosing(file.syntax.root, place).reverse()) {
    if (expr.kind === "with" && expr.scope.kind === "var" && expr.scope.name === "lib" && expr.scope.end <= place.start) return { text: name, operations: [] };
    if (expr.kind === "lambda" && (expr.param === "lib" || expr.formals?.list.some((formal) => formal.name === "lib") === true)) return { text: `lib.${name}`, operations: [] };
    if (expr.kind !== "let" && !(expr.kind === "attrs" && expr.recursive)) continue;
    for (const binding of expr.bindings) {
      if (binding.kind === "inherit" && binding.from?.kind === "var" && binding.from.name === "lib" && binding.names.some((each) => each.name === name)) return { text: name, operations: [] };
      if (binding.kind === "binding" && binding.path[0]?.name === "lib") return binding.path.length === 1 ? { text: `lib.${name}`, operations: [] } : null;
    }
  }
  const { root } = file.syntax;
  if (root.kind !== "attrs" && (root.kind !== "lambda" || root.formals === null)) return null;
  return { text: `lib.${name}`, operations: [{ do: "argument", file, name: "lib" }] };
}

/** A value as Nix text in which names of `lib` may stand (`lib.mkForce false`), as it is written at a place. */
export function spelled(file: SourceFile, place: Span, text: string): { readonly text: string; readonly operations: readonly Operation[] } | null {
  const name = /^lib\.(\w+) /.exec(text)?.[1];
  if (name === undefined) return { text, operations: [] };
  const found = libName(file, place, name);
  return found === null ? null : { text: `${found.text} ${text.slice(name.length + 5)}`, operations: found.operations };
}

/** One definition to write: the option's path and its value as Nix text. */
export interface Line {
  readonly path: string | readonly string[];
  readonly value: string;
}

/**
 * Adds definitions: beside what there is of the thing, or into the module that lacks it.
 * @param thing the path whose definitions are written together
 * @param near where the thing is written, if it is
 */
export function addDefinitions(thing: string | readonly string[], lines: readonly Line[], near: At | null = null): MakeFix {
  const names = typeof thing === "string" ? parsePath(thing) : thing;
  const pathOf = ({ path }: Line): readonly string[] => (typeof path === "string" ? parsePath(path) : path);
  const [first = names, ...others] = lines.map(pathOf);
  const common = first.slice(0, Math.min(first.length, ...others.map((path) => commonLength(first, path))));
  return (place) => {
    const { file } = place;
    const isNear = near !== null && near.file === file && near.start === place.start && near.end === place.end;
    const operations = lines.map((line): readonly Operation[] | null => {
      const written = spelled(file, place, line.value);
      if (written === null) return null;
      const full = pathOf(line);
      return [...written.operations, { do: "define", file, path: full, value: written.text, thing: Math.min(names.length, full.length), ...(isNear ? { near: { at: near, names: names.length } } : {}) }];
    });
    return fixOf(`Set ${code(showPath(common))}`, ...operations);
  };
}

/** The literal list that a place holds: itself, an operand of `++`, or what a `let` name stands for that is used once. */
function listAt(place: At): ListExpr | null {
  const expr = exprAt(place);
  return expr === null || !isSoleUse(place) ? null : listIn(place.file, expr, 0);
}

function listIn(file: SourceFile, expr: Expr, depth: number): ListExpr | null {
  if (depth > 20) return null;
  if (expr.kind === "list") return expr;
  if (expr.kind === "binary" && expr.operator === "++") return listIn(file, expr.left, depth + 1) ?? listIn(file, expr.right, depth + 1);
  if (expr.kind === "with") return listIn(file, expr.body, depth + 1);
  if (expr.kind !== "var") return null;
  const value = letBinding(file, expr.name, expr)?.value;
  return value?.kind === "list" && isSoleUse(at(file, value)) ? value : null;
}

/** Adds elements, as Nix text, to the list that is written at a place: at its end unless told otherwise. */
export function addElements(place: At, elements: readonly string[], where: "first" | "last" = "last"): Operation | null {
  const list = listAt(place);
  if (list === null) return null;
  const { file } = place;
  const { text } = file.syntax.source;
  const last = list.items[list.items.length - 1];
  const joined = elements.join(" ");
  if (last === undefined) {
    const isBlank = text.slice(list.start + 1, list.end - 1).trim() === "";
    return isBlank ? { do: "replace", at: at(file, list), text: `[ ${joined} ]` } : { do: "replace", at: { file, start: list.end - 1, end: list.end - 1 }, text: `${joined} `, joins: true };
  }
  const first = list.items[0] as Expr;
  const isLine = !text.slice(first.start, list.end).includes("\n");
  if (where === "first" && (isLine || isFirstOnLine(text, first.start)) && !text.slice(0, first.start).trimEnd().endsWith("(")) {
    return { do: "replace", at: { file, start: first.start, end: first.start }, text: elements.map((element) => `${element}${isLine ? " " : `\n${indentAt(text, first.start)}`}`).join(""), joins: true };
  }
  if (isLine) {
    const end = text.slice(0, list.end - 1).trimEnd().length;
    // What follows the last element on its line may be a comment, which would swallow what is put there.
    return { do: "replace", at: { file, start: end, end }, text: ` ${joined}`, joins: true };
  }
  const end = lineEnd(text, closingOf(text, last));
  if (end > list.end - 1) return { do: "replace", at: { file, start: list.end - 1, end: list.end - 1 }, text: `${joined} `, joins: true };
  const indent = indentAt(text, last.start);
  return { do: "replace", at: { file, start: end, end }, text: elements.map((element) => `\n${indent}${element}`).join(""), joins: true };
}

/** Behind the parentheses that may stand around an element. */
function closingOf(text: string, element: Expr): number {
  let { end } = element;
  for (let before = text.slice(0, element.start).trimEnd(); before.endsWith("("); before = before.slice(0, -1).trimEnd()) {
    const close = text.indexOf(")", end);
    if (close < 0) break;
    end = close + 1;
  }
  return end;
}

/** Adds elements to the list of a definition, or a definition of its own where the lack was placed elsewhere. */
export function addToList(own: ActiveDefinition | null, near: At | null, path: string | readonly string[], elements: readonly string[], where: "first" | "last" = "last"): MakeFix {
  return (place) => {
    const title = `Add ${elements.map(code).join(" and ")}`;
    const isHere = near !== null && near.file === place.file && near.start === place.start;
    if (isHere) {
      const value = own?.valueAt ?? null;
      if (value === null) return null;
      const expr = exprAt(value);
      if (expr?.kind !== "string") return fixOf(title, addElements(value, elements, where)) ?? (own === null ? null : whyNot(value, own.value));
      const isPlain = isLiteral(expr) && !expr.indented && isSoleUse(value);
      return fixOf(title, isPlain ? { do: "replace", at: { ...value, start: value.end - 1, end: value.end - 1 }, text: elements.map((element) => ` ${element.slice(1, -1)}`).join("") } : null);
    }
    // A plain list would replace one of another priority.
    if (own !== null && own.priority !== PLAIN_PRIORITY) return null;
    return addDefinitions(path, [{ path, value: `[ ${elements.join(" ")} ]` }])(place);
  };
}

/**
 * Adds elements to a list that a rule does not point at: to its definition in the file where the problem stands, else in
 * one of its own there.
 */
export function growList(config: Configuration, path: readonly string[], elements: readonly string[]): MakeFix {
  return (place) => {
    const answer = config.option(path);
    const written = answer.winners.filter(({ key, valueAt }) => key !== null || valueAt !== null);
    const own = written.findLast(({ file }) => file === place.file);
    if (own === undefined && (answer.priority ?? PLAIN_PRIORITY) < PLAIN_PRIORITY) return { since: `a stronger definition of ${code(showPath(path))} would hide another one`, ...(written[0]?.key == null ? {} : { look: written[0].key }) };
    if (own === undefined) return addDefinitions(path, [{ path, value: `[ ${elements.join(" ")} ]` }])(place);
    return own.valueAt === null ? null : fixOf(`Add ${elements.map(code).join(" and ")} to ${code(showPath(path))}`, addElements(own.valueAt, elements));
  };
}

/** Several fixes as one: all or nothing. */
export function allOf(title: string, ...fixes: readonly (Fix | Withheld | null)[]): Fix | Withheld | null {
  const operations: Operation[] = [];
  for (const fix of fixes) {
    if (fix === null || "since" in fix) return fix;
    operations.push(...fix.operations);
  }
  return fixOf(title, operations);
}

/** Adds a module to the imports of a file, which may have none yet. */
export function addImport(file: SourceFile, written: string): Fix | null {
  const body = innerBody(file.syntax.root);
  if (body.kind !== "attrs" || body.broken) return null;
  const binding = body.bindings.find((each): each is Binding => each.kind === "binding" && each.path[0]?.name === "imports");
  if (binding !== undefined) return fixOf("Add the import", addElements(at(file, binding.value), [written], "first"));
  const [first] = body.bindings;
  const { text } = file.syntax.source;
  const statement = `imports = [ ${written} ];`;
  if (first === undefined) return text.slice(body.start + 1, body.end - 1).trim() === "" ? fixOf("Add the import", { do: "replace", at: at(file, body), text: `{\n  ${statement}\n}` }) : null;
  if (!isFirstOnLine(text, first.start)) return fixOf("Add the import", { do: "replace", at: at(file, { start: first.start, end: first.start }), text: `${statement} ` });
  const start = startWithComments(text, first.start);
  return fixOf("Add the import", { do: "replace", at: at(file, { start, end: start }), text: `${indentAt(text, first.start)}${statement}\n\n` });
}

const WRAPPER = /(?:^|\.)"?mk(?:Force|Default|OptionDefault|VMOverride|ImageMediaOverride|Override"?\s+[^\s]+)"?$/;

/** A place with the priorities that are written around it. */
function withPriority(place: At): At {
  const chain = enclosing(place.file.syntax.root, place);
  const { text } = place.file.syntax.source;
  let outer: Span = place;
  for (const expr of chain.reverse()) {
    if (expr.start >= outer.start && expr.end <= outer.end) continue;
    if (expr.kind !== "apply" || expr.arg.start < outer.start || expr.arg.end > outer.end || !WRAPPER.test(text.slice(expr.fn.start, expr.fn.end))) break;
    outer = expr;
  }
  return at(place.file, outer);
}

/** What is written at a place, as an argument. */
export function asArgument(place: At): string {
  const text = place.file.syntax.source.text.slice(place.start, place.end);
  const kind = exprAt(place)?.kind;
  return kind !== undefined && ["apply", "binary", "unary", "if", "let", "with", "lambda", "assert"].includes(kind) ? `(${text})` : text;
}

/** The value of a definition, with the priority that is written around it, becomes another (in which `lib.…` may stand). */
export function rewriteWhole({ valueAt }: ActiveDefinition, text: string): Fix | null {
  if (valueAt === null || exprAt(valueAt) === null || !isSoleUse(valueAt)) return null;
  const whole = withPriority(valueAt);
  const written = spelled(whole.file, whole, text);
  return written === null ? null : fixOf(`Write ${code(text.replace(/\s+/g, (blanks) => (blanks.includes("\n") ? " " : blanks)))}`, written.operations, rewrite(whole, written.text));
}

/** Takes a binding out, given the place of its attribute path, with its line and the comment behind it. */
export function removeBinding(place: At): Operation | null {
  const bound = bindingAt(place);
  if (bound === null || bound.binding.path[bound.binding.path.length - 1]?.end !== place.end) return null;
  return removeStatement(at(place.file, bound.binding));
}

/** Takes a statement or an element out: with its line where nothing else stands there. */
export function removeStatement(place: At): Operation {
  const { file, start, end } = place;
  const { text } = file.syntax.source;
  const stop = isFirstOnLine(text, start) ? endOfStatementLine(text, end) : null;
  if (stop !== null) return remove(file, lineStart(text, start), stop < text.length ? stop + (text[stop] === "\r" ? 2 : 1) : stop);
  const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  // The blanks behind go with it, or those before it where it is the last on its line.
  if (/^[ \t]*\r?(?:\n|$)/.test(text.slice(end))) return remove(file, text.slice(0, start).trimEnd().length, end);
  return remove(file, start, end + blanks);
}

function remove(file: SourceFile, start: number, end: number): Operation {
  return { do: "replace", at: { file, start, end }, text: "" };
}

/** Takes a comment out, with its line where it has one of its own. */
export function removeComment(comment: At): Operation {
  const { file, start, end } = comment;
  const { text } = file.syntax.source;
  const isAlone = isFirstOnLine(text, start) && text.slice(end, lineEnd(text, end)).trim() === "";
  if (!isAlone) return remove(file, trimmedEnd(text.slice(0, start), " \t").length, end);
  const stop = lineEnd(text, end);
  return remove(file, lineStart(text, start), stop < text.length ? stop + (text[stop] === "\r" ? 2 : 1) : stop);
}
