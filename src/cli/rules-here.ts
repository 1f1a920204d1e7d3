/** The rules that there are in the current folder, for the commands that tell of rules. */
import type { Rule } from "../engine/run/index.ts";
import { ownRules } from "../rules/own.ts";
import type { CommonOptions } from "./arguments.ts";
import { knownRules } from "./plugins.ts";
import { markedRoot } from "./roots.ts";
import { settingsHere } from "./settings.ts";

/**
 * The list of this program, those of plugins, and what the folder's configuration requires.
 * @throws UsageError where that configuration or a plugin cannot be used
 */
export async function rulesHere({ config, plugins }: Pick<CommonOptions, "config" | "plugins">): Promise<readonly Rule[]> {
  const cwd = process.cwd();
  const known = await knownRules(plugins, [markedRoot(cwd) ?? cwd], cwd);
  const settings = await settingsHere(known, config, cwd);
  return [...known, ...(await ownRules(() => settings, [""]))];
}
