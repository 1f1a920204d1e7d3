/** What `rules.md` shows of each rule: its texts, and to the letter what its fix makes of its examples. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Host, Project } from "../../src/engine/model/index.ts";
import { infoOf, mendedExamples } from "../../src/engine/run/index.ts";
import { rulesPage } from "../../src/report/rules-page.ts";
import { rules } from "../../src/rules/index.ts";
import { parser, shell } from "../support/parser.ts";

/** The part of a page about one rule, up to the next heading outside of code. */
function sectionOf(page: string, id: string): string {
  const from = page.indexOf(`\n### ${id}\n`) + 1;
  const end = page.indexOf(`\nSuppress: \`# tappaas-lint: disable-next-line ${id} `, from);
  return page.slice(from, end);
}

describe("rules.md", () => {
  const written = readFileSync(new URL("../../rules.md", import.meta.url), "utf8");
  const open = (host: Host): Project => Object.assign(new Project(host, parser), { shell });

  it.each(rules.map((rule) => [rule.id, rule] as const))("shows %s as it is", (id, rule) => {
    const page = rulesPage([infoOf(rule)], new Map([[id, mendedExamples(rule, rules, open)]]));
    expect(sectionOf(page, id)).not.toBe("");
    expect(sectionOf(written, id)).toBe(sectionOf(page, id));
  });
});
