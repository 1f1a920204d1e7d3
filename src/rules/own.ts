/** The rules that the project which is linted has for itself, beside the list of this program. */
import type { Rule, SettingsOf } from "../engine/run/index.ts";

/** What the configurations of some files require, as rules; each once. Loads what makes them only where there are any. */
export async function ownRules(settingsOf: SettingsOf, paths: readonly string[]): Promise<readonly Rule[]> {
  const required = new Map(paths.flatMap((path) => settingsOf(path).requirements.map((requirement) => [requirement.id, requirement])));
  if (required.size === 0) return [];
  const { requiredOption } = await import("./required-option.ts");
  return [...required.values()].map(requiredOption);
}
