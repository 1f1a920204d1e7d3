/**
 * Checks a configuration against the schema and says of each mistake where it is and what was meant. Own code for the
 * few keywords that the schema uses: compiling it with Ajv takes longer than linting a module, on every commit. Ajv
 * judges this in the tests, on the same schema.
 */
import type { Node } from "jsonc-parser";
import { nearestName } from "../../domain/nearest-name.ts";
import { type Document, entriesOf, mistakeAt } from "./document.ts";
import type { ConfigMistake } from "./mistakes.ts";
import type { Schema } from "./schema.ts";

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "`true` or `false`",
  array: "a list",
  object: "an object in braces",
  null: "`null`",
};

/** All mistakes of a document, in the order in which they stand. */
export function validate(document: Document, schema: Schema): ConfigMistake[] {
  const mistakes: ConfigMistake[] = [];
  check({ document, definitions: schema.definitions ?? {}, mistakes }, document.root, schema, "the configuration");
  return mistakes.sort((a, b) => a.line - b.line || a.column - b.column);
}

interface Context {
  readonly document: Document;
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly mistakes: ConfigMistake[];
}

/** `what` names the value in messages. */
function check(context: Context, node: Node, schema: Schema, what: string): void {
  const target = resolve(context, schema);
  if (target.anyOf !== undefined) {
    checkAny(context, node, target.anyOf, what);
    return;
  }
  if (!hasType(node, target.type)) {
    report(context, node, `${what} is ${described(node)}; it takes ${expected(context, target)}`);
    return;
  }
  const allowed = target.enum ?? (target.const === undefined ? null : [target.const]);
  if (allowed !== null && !allowed.includes(node.value)) reportWord(context, node, allowed, what);
  checkLimits(context, node, target, what);
  if (node.type === "object") checkObject(context, node, target, what);
  if (node.type === "array") checkList(context, node, target, what);
}

/** The alternatives differ in their type, so the type of the value tells which of them was meant. */
function checkAny(context: Context, node: Node, alternatives: readonly Schema[], what: string): void {
  const fitting = alternatives.filter((alternative) => hasType(node, resolve(context, alternative).type));
  const [first] = fitting;
  if (first !== undefined) check(context, node, first, what);
  else report(context, node, `${what} is ${described(node)}; it takes ${alternatives.map((alternative) => expected(context, alternative)).join(", or ")}`);
}

function checkObject(context: Context, node: Node, schema: Schema, what: string): void {
  const properties = schema.properties ?? {};
  const seen = new Set<string>();
  for (const { name, key, value } of entriesOf(node)) {
    if (seen.has(name)) report(context, key, `\`${name}\` stands here a second time; keep one of them`);
    seen.add(name);
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property !== undefined) check(context, value, property, nameOf(schema, name));
    else if (schema.additionalProperties === false) reportKey(context, key, name, Object.keys(properties), schema);
    else if (typeof schema.additionalProperties === "object") check(context, value, schema.additionalProperties, `\`${name}\``);
  }
  for (const name of schema.required ?? []) if (!seen.has(name)) report(context, node, `${schema.title ?? what} needs \`${name}\``);
}

/** Rules are called rules where their values are wrong. */
function nameOf(schema: Schema, name: string): string {
  return schema.title === "the rules" ? `the rule \`${name}\`` : `\`${name}\``;
}

function checkList(context: Context, node: Node, schema: Schema, what: string): void {
  const items = node.children ?? [];
  const { minItems, maxItems } = schema;
  if ((minItems !== undefined && items.length < minItems) || (maxItems !== undefined && items.length > maxItems)) {
    report(context, node, `${what} is a list of ${items.length}; it takes ${expected(context, schema)}${sizeText(schema)}`);
  }
  if (schema.uniqueItems === true) {
    const seen = new Set<string>();
    for (const item of items) {
      const text = textAt(context, item);
      if (seen.has(text)) report(context, item, `${text} stands twice in ${what}; keep one of them`);
      seen.add(text);
    }
  }
  items.forEach((item, index) => {
    const part = "items" in schema && Array.isArray(schema.items) ? (schema.items as readonly Schema[])[index] : (schema.items as Schema | undefined);
    if (part !== undefined) check(context, item, part, part.title ?? (Array.isArray(schema.items) ? what : `an entry of ${what}`));
  });
}

function sizeText({ items, minItems, maxItems }: Schema): string {
  if (Array.isArray(items)) return "";
  if (minItems !== undefined && maxItems !== undefined) return ` with ${minItems} to ${counted(maxItems)}`;
  return minItems !== undefined ? ` with at least ${counted(minItems)}` : maxItems !== undefined ? ` with at most ${counted(maxItems)}` : "";
}

function counted(entries: number): string {
  return `${entries} ${entries === 1 ? "entry" : "entries"}`;
}

function checkLimits(context: Context, node: Node, schema: Schema, what: string): void {
  const { value } = node as { value: unknown };
  const { minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity, pattern } = schema;
  if (typeof value === "number" && value < minimum) report(context, node, `${what} is ${value}; it must be at least ${minimum}`);
  if (typeof value === "number" && value > maximum) report(context, node, `${what} is ${value}; it must be at most ${maximum}`);
  if (typeof value !== "string") return;
  // JSON schema counts characters, not UTF-16 units (Validation, 6.3).
  const length = minLength === 0 && maxLength === Infinity ? 0 : [...value].length;
  if (length < minLength) report(context, node, length === 0 ? `${what} must not be empty` : `${what} is too short; it takes at least ${minLength} characters`);
  if (length > maxLength) report(context, node, `${what} is too long; it takes at most ${maxLength} characters`);
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) report(context, node, `${textAt(context, node)} is not what ${what} takes${schema.description === undefined ? "" : `: ${schema.description}`}`);
}

function reportKey(context: Context, key: Node, name: string, known: readonly string[], schema: Schema): void {
  const kind = schema.title === "the rules" ? "unknown rule" : schema.title?.startsWith("the options of ") === true ? "unknown option" : "unknown key";
  const place = kind === "unknown rule" ? "" : ` in ${schema.title ?? "this object"}`;
  const nearest = near(name, known);
  const help =
    nearest !== null ? `did you mean \`${nearest}\`?` : kind === "unknown rule" ? "`tappaas-lint rules` lists all of them" : known.length === 0 ? "it has none" : `it takes ${listed(known.map((word) => `\`${word}\``))}`;
  report(context, key, `${kind} \`${name}\`${place}; ${help}`);
}

function reportWord(context: Context, node: Node, words: readonly unknown[], what: string): void {
  const nearest = typeof node.value === "string" ? near(node.value, words.filter((word) => typeof word === "string")) : null;
  const all = `it takes ${listed(words.map((word) => JSON.stringify(word)), "or")}`;
  report(context, node, `${what} cannot be ${textAt(context, node)}; ${nearest === null ? all : `did you mean ${JSON.stringify(nearest)}? (${all})`}`);
}

/** The nearest word by letters, else one that was cut short (`warn`). */
function near(word: string, words: readonly string[]): string | null {
  return nearestName(word, words) ?? (word.length < 3 ? null : (words.find((other) => other.startsWith(word.toLowerCase())) ?? null));
}

/** What a schema takes, in words. */
function expected(context: Context, schema: Schema): string {
  const target = resolve(context, schema);
  if (target.anyOf !== undefined) return target.anyOf.map((alternative) => expected(context, alternative)).join(", or ");
  if (target.enum !== undefined) return listed(target.enum.map((word) => JSON.stringify(word)), "or");
  const { items } = target;
  if (target.type === "array" && Array.isArray(items)) return `a list of ${listed((items as readonly Schema[]).map((item) => item.title ?? (resolve(context, item).enum === undefined ? expected(context, item) : "a severity")))}`;
  if (target.type === "array" && items !== undefined) return `a list, each entry ${expected(context, items as Schema)}`;
  const types = typeof target.type === "string" ? [target.type] : (target.type ?? []);
  return types.length === 0 ? "any value" : listed(types.map((type) => TYPES[type] ?? type), "or");
}

function resolve(context: Context, schema: Schema): Schema {
  const name = schema.$ref?.slice("#/definitions/".length);
  const target = name === undefined ? undefined : context.definitions[name];
  return target === undefined ? schema : resolve(context, target);
}

function hasType(node: Node, type: Schema["type"]): boolean {
  if (type === undefined) return true;
  const types = typeof type === "string" ? [type] : type;
  return types.some((one) => (one === "integer" ? node.type === "number" && Number.isInteger(node.value) : one === node.type));
}

function described(node: Node): string {
  return node.type === "boolean" ? `\`${String(node.value)}\`` : node.type === "string" ? "a text" : node.type === "number" ? "a number" : (TYPES[node.type] ?? node.type);
}

/** A value as it is written, shortened. */
function textAt(context: Context, node: Node): string {
  const text = context.document.source.text.slice(node.offset, node.offset + node.length).replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function report(context: Context, node: Node, message: string): void {
  context.mistakes.push(mistakeAt(context.document, node, message));
}

function listed(words: readonly string[], word = "and"): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${word} ${words[words.length - 1] as string}`;
}
