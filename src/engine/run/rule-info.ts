/** What reports and documentation need to know of a rule, without its code. */
import { onceFor } from "../syntax/index.ts";
import type { RuleInfo } from "./result.ts";
import type { Rule } from "./rule.ts";

const DOCS = "https://github.com/TAPPaaS/tappaas-lint/blob/main/rules.md";

/** Where a rule's documentation stands on the web. */
export function docsUrl(id: string): string {
  return `${DOCS}#${id}`;
}

/** An example's code without the marks around the reported places. */
export function withoutMarks(code: string): string {
  return code.replace(/[⟦⟧]/g, "");
}

/** The plain facts about a rule. */
export const infoOf = onceFor((rule: Rule): RuleInfo => {
  const { docs } = rule;
  return {
    id: rule.id,
    title: docs.title,
    severity: rule.severity,
    theme: rule.theme,
    convention: docs.convention,
    handbook: docs.handbook,
    why: docs.why,
    roles: rule.roles,
    options: Object.entries(rule.options?.properties ?? {}).flatMap(([name, schema]) =>
      typeof schema === "object" ? [{ name, description: schema.description ?? "", default: JSON.stringify(schema.default) }] : [],
    ),
    security: rule.security ?? null,
    marksSecrets: rule.marksSecrets ?? false,
    fix: rule.fix,
    url: rule.url ?? docsUrl(rule.id),
    examples: {
      bad: docs.bad.map(({ code, says }) => ({ code: withoutMarks(code), says: says.join(" ") })),
      good: docs.good.map(({ code }) => ({ code })),
    },
  };
});
