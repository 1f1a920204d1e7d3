/** Finds out which rules there are for each tree, and which of them the command line asks for. */
import type { Rule, SettingsOf } from "../engine/run/index.ts";
import { ownRules } from "../rules/own.ts";
import type { LintOptions } from "./arguments.ts";
import { noSuchRule } from "./no-such-rule.ts";
import { settingsOf } from "./settings.ts";
import type { Tree } from "./trees.ts";
import { UsageError } from "./usage-error.ts";

/** Syntax errors are told whatever rules are chosen: a file that cannot be read as Nix would pass as clean otherwise. */
const ALWAYS = "parse-error";

/** What the configurations of a tree come to, and the rules that there are for it. */
export interface Settled {
  readonly settings: SettingsOf;
  readonly rules: readonly Rule[];
}

type Choice = Pick<LintOptions, "rules" | "ignoredRules" | "config" | "dependents">;

/**
 * The settings and the rules of each tree.
 * @param known the rules that there are for all of them
 * @throws UsageError where a configuration cannot be used, or for a rule that no tree has: a typing error must not pass for a clean run
 */
export async function settle(trees: readonly Tree[], known: readonly Rule[], options: Choice, cwd: string): Promise<readonly Settled[]> {
  const settled: Settled[] = [];
  for (const tree of trees) {
    const settings = await settingsOf(tree, known, options.config, cwd);
    // What depends on the files that are named may have a configuration of its own.
    const paths = options.dependents ? [...tree.targets, ...tree.host.nixFiles()] : tree.targets;
    settled.push({ settings, rules: [...known, ...(await ownRules(settings, paths))] });
  }
  const all = settled.length === 0 ? known : settled.flatMap(({ rules }) => rules);
  for (const id of [...options.rules, ...options.ignoredRules]) if (!all.some((rule) => rule.id === id)) throw new UsageError(noSuchRule(id, all));
  return settled;
}

/** The rules that the command line asks for. */
export function chosen(rules: readonly Rule[], { rules: ids, ignoredRules }: Choice): readonly Rule[] {
  const named = ids.length === 0 ? rules : rules.filter(({ id }) => id === ALWAYS || ids.includes(id));
  return named.filter(({ id }) => !ignoredRules.includes(id));
}
