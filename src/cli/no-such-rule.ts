/** What is said of a rule that does not exist, wherever one is named. */
import { nearestName } from "../engine/domain/nearest-name.ts";
import type { Rule } from "../engine/run/index.ts";

/** A sentence with the next step; `rules` are those that there are. */
export function noSuchRule(id: string, rules: readonly Rule[]): string {
  const nearest = nearestName(id, rules.map((rule) => rule.id));
  return `There is no rule \`${id}\`; ${nearest === null ? "`tappaas-lint rules` lists all of them." : `did you mean \`${nearest}\`?`}`;
}
