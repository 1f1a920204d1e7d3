/** Reads what a configuration requires of options, and says what a schema cannot of the mistakes in it. */
import type { Node } from "jsonc-parser";
import { nearestName } from "../../domain/nearest-name.ts";
import { OPTION_ROOTS } from "../../domain/option-roots.ts";
import { type Host, parsePath, showPath } from "../../model/index.ts";
import type { Severity } from "../result.ts";
import { JUDGED, type Rule } from "../rule.ts";
import type { Requirement } from "../settings.ts";
import { type Document, entryOf, mistakeAt } from "./document.ts";
import type { ConfigMistake } from "./mistakes.ts";
import { NAMED_PRIORITIES } from "./priorities.ts";

/** The ids of what a document requires, as far as they can be made out, whether the rest is right or not. */
export function requiredIds({ root }: Document): string[] {
  return items(root).flatMap((item) => {
    const id = item.type === "object" ? entryOf(item, "id")?.value : null;
    return typeof id === "string" ? [id] : [];
  });
}

/** The requirements of a document that fits the schema. */
export function requirementsOf({ path, root }: Document): Requirement[] {
  return items(root).map((item) => {
    const text = (name: string): string | null => (entryOf(item, name)?.value as string | undefined) ?? null;
    const priority = entryOf(item, "priority")?.value as string | number | undefined;
    return {
      id: text("id") as string,
      option: text("option") as string,
      value: plainValue(entryOf(item, "value") as Node),
      priority: typeof priority === "string" ? (NAMED_PRIORITIES[priority] as number) : (priority ?? null),
      roles: (entryOf(item, "roles")?.children?.map(({ value }) => value as Requirement["roles"][number]) ?? JUDGED),
      severity: (text("severity") as Severity | null) ?? "error",
      message: text("message") as string,
      url: text("url"),
      path,
    };
  });
}

/**
 * What is wrong with the requirements of a document that fits the schema.
 * @param rules those that there are already
 * @param others what other configurations of the tree require
 */
export function requirementMistakes(document: Document, rules: readonly Rule[], others: readonly Requirement[], host: Host): ConfigMistake[] {
  const seen = new Set<string>();
  const required = requirementsOf(document);
  return items(document.root).flatMap((item, index) => {
    const requirement = required[index] as Requirement;
    const { id, option } = requirement;
    const at = (name: string, message: string): ConfigMistake => mistakeAt(document, entryOf(item, name) as Node, message);
    const mistakes: ConfigMistake[] = [];
    const other = others.find((each) => each.id === id && !isSame(each, requirement));
    if (rules.some((rule) => rule.id === id)) mistakes.push(at("id", `there is a rule \`${id}\` already; call this one otherwise`));
    else if (seen.has(id)) mistakes.push(at("id", `\`${id}\` is required here a second time; call one of them otherwise`));
    else if (other !== undefined) mistakes.push(at("id", `\`${other.path}\` requires something else by the id \`${id}\`; call one of them otherwise, or extend that configuration`));
    seen.add(id);
    const names = parsePath(option);
    if (showPath(names) !== option && names.map((name) => `"${name}"`).join(".") !== option) {
      mistakes.push(at("option", `\`${option}\` is no path of an option${names.length === 0 ? "" : `; did you mean \`${showPath(names)}\`?`}`));
      return mistakes;
    }
    const [root = ""] = names;
    const nearest = OPTION_ROOTS.has(root) || isNamed(host, root) ? null : nearestName(root, OPTION_ROOTS);
    if (nearest !== null) mistakes.push(at("option", `there is no option \`${root}\` in NixOS, and no module speaks of one; did you mean \`${showPath([nearest, ...names.slice(1)])}\`?`));
    return mistakes;
  });
}

/** Whether two configurations require the same, as those do that extend a third. */
function isSame(a: Requirement, b: Requirement): boolean {
  return JSON.stringify({ ...a, path: null }) === JSON.stringify({ ...b, path: null });
}

/** Whether any module of the tree holds a word: it may declare the option. */
function isNamed(host: Host, word: string): boolean {
  return host.nixFiles().some((path) => host.read(path)?.includes(word) === true);
}

function items(root: Node): readonly Node[] {
  const list = root.type === "object" ? entryOf(root, "requireOptions") : null;
  return list?.type === "array" ? (list.children ?? []) : [];
}

function plainValue(node: Node): Requirement["value"] {
  return node.type === "array" ? (node.children ?? []).map(({ value }) => value as string | number) : (node.value as boolean | string | number);
}
