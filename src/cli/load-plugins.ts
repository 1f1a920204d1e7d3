/**
 * Loads plugins; built into a file of its own, since only there a module can be imported at run time. A plugin is code that runs with the
 * user's rights: which ones are loaded is for `plugins.ts` to decide.
 */
import { existsSync } from "node:fs";
import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { ALL_ROLES, type AnyProblem, type Rule, THEMES } from "../engine/run/rule.ts";
import type { Plugin } from "./plugins.ts";

/** By this name plugins import what they are made with. */
const INTERFACE = "tappaas-lint/plugin";

const DOCS = "https://github.com/TAPPaaS/tappaas-lint/blob/main/README.md#plugins";

/** What keeps a plugin from being used, as a sentence. */
export class PluginError extends Error {}

/**
 * The rules of some plugins, in their order.
 * @param known ids that are taken
 * @throws PluginError where a file is no plugin
 */
export async function loadPlugins(plugins: readonly Plugin[], known: ReadonlySet<string>): Promise<readonly Rule[]> {
  provideInterface();
  const taken = new Map([...known].map((id) => [id, "tappaas-lint itself"]));
  const rules: Rule[] = [];
  for (const plugin of plugins) {
    for (const rule of await rulesOf(plugin)) {
      const owner = taken.get(rule.id);
      if (owner !== undefined) throw new PluginError(`The plugin ${plugin.name} cannot be used: the rule id \`${rule.id}\` is taken by ${owner}; call it otherwise.`);
      taken.set(rule.id, `the plugin ${plugin.name}`);
      rules.push(rule);
    }
  }
  return rules;
}

/** Plugins stand anywhere, where no package of this program need be installed; and they must get the interface of the program that runs. */
function provideInterface(): void {
  const target = new URL("plugin.mjs", import.meta.url).href;
  const hooks = `export const resolve = (name, context, next) => (name === ${JSON.stringify(INTERFACE)} ? { url: ${JSON.stringify(target)}, shortCircuit: true } : next(name, context));`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

async function rulesOf({ file, name }: Plugin): Promise<Rule[]> {
  const fail = (problem: string): never => {
    throw new PluginError(`The plugin ${name} cannot be used: ${problem}.`);
  };
  if (!existsSync(file)) return fail("it does not exist");
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (error) {
    return fail(`loading it failed with “${textOf(error)}”`);
  }
  const exported = module.default;
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (exported === undefined || list.length === 0) return fail("it has no rules; its default export must be a list of them");
  return list.map((rule, index) => {
    const problem = problemOf(rule);
    if (problem !== null) return fail(`${typeof (rule as Rule | null)?.id === "string" ? `the rule \`${(rule as Rule).id}\`` : `rule ${index + 1} of its default export`} ${problem}`);
    return guarded(rule as Rule, name);
  });
}

function textOf(error: unknown): string {
  try {
    return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(/\s+/g, " ");
  } catch {
    return "what cannot be shown";
  }
}

/** What a rule lacks that everything else relies on, as the end of a sentence; null where it is one. */
function problemOf(rule: unknown): string | null {
  if (!isObject(rule)) return "is no object; make it with `defineRule`";
  const { id, theme, severity, fix, scope, roles, docs, messages, check, options, url } = rule;
  if (typeof id !== "string" || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) || id.length > 60) return "needs an `id` of lower-case words with hyphens between them";
  const oneOf = (name: string, value: unknown, words: readonly unknown[]): string | null => (words.includes(value) ? null : `has no right \`${name}\`; it takes ${words.map((word) => JSON.stringify(word)).join(", ")}`);
  const wrong = oneOf("theme", theme, THEMES) ?? oneOf("severity", severity, ["error", "warning", "info"]) ?? oneOf("scope", scope, ["configuration", "file"]) ?? oneOf("fix", fix, ["safe", "proposed", null]);
  if (wrong !== null) return wrong;
  const allowed = scope === "file" ? ALL_ROLES : ALL_ROLES.slice(0, 3);
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every((role) => (allowed as readonly unknown[]).includes(role))) return `needs \`roles\`, a list of ${allowed.map((role) => JSON.stringify(role)).join(", ")}`;
  if (typeof check !== "function") return "needs a function `check`";
  if (!isObject(messages) || !Object.values(messages).every((message) => typeof message === "string" && message !== "")) return "needs `messages`, an object of texts";
  if (!isObject(docs)) return "needs `docs`";
  for (const name of ["title", "convention", "handbook", "why"]) if (typeof docs[name] !== "string") return `needs a text \`docs.${name}\``;
  const examples = (list: unknown): boolean => Array.isArray(list) && list.every((example) => isObject(example) && typeof example["code"] === "string");
  if (!examples(docs["good"]) || !examples(docs["bad"]) || !(docs["bad"] as { says?: unknown }[]).every(({ says }) => Array.isArray(says))) return "needs `docs.bad` and `docs.good`, lists of examples with `code`, the bad ones with `says`";
  if (url !== undefined && (typeof url !== "string" || !/^https:\/\/\S+$/.test(url))) return "has a `url` that is no address beginning with https://";
  if (options === undefined) return null;
  const properties = isObject(options) ? options["properties"] : null;
  const isFlat = isObject(properties) && Object.values(properties).every((property) => isObject(property) && typeof property["description"] === "string" && "default" in property);
  return isFlat ? null : "has `options` that are no JSON schema of an object whose properties all have a `description` and a `default`";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A rule whose problems are looked at as soon as it hands them back, where its crash is still its own. */
function guarded(rule: Rule, plugin: string): Rule {
  const check = rule.check as (context: never) => unknown;
  const checked = function* (context: never): Generator<AnyProblem> {
    const found: unknown = check.call(rule, context);
    if (typeof (found as Partial<Iterable<AnyProblem>> | null | undefined)?.[Symbol.iterator] !== "function") throw new TypeError("its `check` hands back no list: make it a generator, or return one");
    for (const problem of found as Iterable<AnyProblem>) yield sound(rule, problem);
  };
  return { ...rule, check: checked, plugin, url: rule.url ?? DOCS } as unknown as Rule;
}

function sound(rule: Rule, problem: AnyProblem): AnyProblem {
  if (!isObject(problem)) throw new TypeError("it hands back something that is no problem");
  if (typeof problem.message !== "string" || !Object.hasOwn(rule.messages, problem.message)) throw new TypeError(`it hands back the message ${JSON.stringify(problem.message)}, which it does not declare`);
  const places = [problem.at, problem.near, ...(problem.related ?? []).map(({ at }) => at)].filter((place) => place !== undefined);
  for (const { file, start, end } of places) {
    const length = file.syntax.source.text.length;
    if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length)) throw new TypeError("it hands back a place outside its file");
  }
  if (problem.at === undefined && typeof problem.missing !== "string" && !Array.isArray(problem.missing) && rule.scope === "configuration") throw new TypeError("it hands back a problem with neither `at` nor `missing`");
  return problem;
}
