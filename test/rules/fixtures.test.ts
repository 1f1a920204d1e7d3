/**
 * Fixtures are modules that carry their expectations in place. A case is `test/fixtures/<rule id>/<bad|good>-<name>.nix` or a
 * folder of that name with a small tree. `⟦…⟧` stands around each place that the rule reports; the messages are given, in
 * the order of the places, by comment lines `# says: …` in the same file. Further comment lines: `# role: system`,
 * `# options: { … }` (JSON), `# limit: reached`. A folder `before` in a case holds files as they were in the base revision of git (an empty one was not
 * there). Only the rule of the folder runs.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LIMIT_REACHED, type Role } from "../../src/engine/run/index.ts";
import { SourceText } from "../../src/engine/syntax/index.ts";
import { rules } from "../../src/rules/index.ts";
import { FIXTURES, comments, readCase } from "../support/fixtures.ts";
import { lintTree, shown, unmarkTree } from "../support/lint.ts";

const folders = existsSync(FIXTURES) ? readdirSync(FIXTURES).filter((name) => statSync(join(FIXTURES, name)).isDirectory()) : [];

describe("fixtures", () => {
  it("exist for every rule, with at least as many that must stay silent as must report", () => {
    const counts = rules.map(({ id }) => {
      const cases = folders.includes(id) ? readdirSync(join(FIXTURES, id)) : [];
      return { id, bad: cases.filter((name) => name.startsWith("bad-")).length, good: cases.filter((name) => name.startsWith("good-")).length };
    });
    expect(counts.filter(({ bad, good }) => bad === 0 || good < bad)).toEqual([]);
  });

  it("belong to a rule", () => {
    expect(folders.filter((name) => !rules.some(({ id }) => id === name))).toEqual([]);
  });
});

for (const id of folders) {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) continue;
  describe(id, () => {
    for (const name of readdirSync(join(FIXTURES, id)).sort()) {
      it(name, () => {
        const path = join(FIXTURES, id, name);
        const all = readCase(path, name);
        const marked = Object.fromEntries(Object.entries(all).filter(([file]) => !file.startsWith("before/")));
        const before = Object.fromEntries(Object.entries(all).flatMap(([file, text]) => (file.startsWith("before/") ? [[file.slice("before/".length), text === "" ? null : text]] : [])));
        const { files, places } = unmarkTree(marked);
        const texts = Object.values(files).join("\n");
        const roles = Object.fromEntries(Object.entries(files).flatMap(([file, text]) => comments(text, "role").map((role) => [file, role as Role])));
        const options = comments(texts, "options")[0];
        // What a suppression keeps back is what the other rules find.
        const ran = rule.scope === "suppressions" ? rules : [rule];
        const result = lintTree(files, ran, { roles, ...(Object.keys(before).length === 0 ? {} : { before }), ...(options === undefined ? {} : { options: { [id]: JSON.parse(options) as Record<string, unknown> } }) });
        expect(result.failures.map(({ message }) => message)).toEqual(comments(texts, "limit").map(() => LIMIT_REACHED));
        const found = result.files.flatMap((file) => file.findings.filter((finding) => finding.rule === rule.id).map((finding) => shown(file.path, finding)));
        const messages = new Map(Object.entries(files).map(([file, text]) => [file, comments(text, "says")]));
        const expected = places.map((place) => {
          const source = new SourceText(files[place.path] as string);
          return shown(place.path, { start: source.position(place.start), end: source.position(place.end), message: messages.get(place.path)?.shift() ?? "(no `# says:` line for this place)" });
        });
        expect(found.sort()).toEqual(expected.sort());
        expect(name.startsWith("good-") ? found : []).toEqual([]);
        expect([...messages.values()].flat()).toEqual([]);
        if (name.startsWith("bad-")) expect(places.length).toBeGreaterThan(0);
      });
    }
  });
}
