/** What is said of a rule that does not exist, wherever one is named. */
import { nearestName } from "../engine/domain/nearest-name.ts";
import { rules } from "../rules/index.ts";

/** A sentence with the next step. */
export function noSuchRule(id: string): string {
  const nearest = nearestName(id, rules.map((rule) => rule.id));
  return `There is no rule \`${id}\`; ${nearest === null ? "`tappaas-lint rules` lists all of them." : `did you mean \`${nearest}\`?`}`;
}
