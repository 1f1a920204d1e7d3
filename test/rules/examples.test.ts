/** Every rule's own examples are run: the bad ones report exactly what they say, where they say it; the good ones nothing. */
import { describe, expect, it } from "vitest";
import { type Host, Project } from "../../src/engine/model/index.ts";
import { mendedExamples } from "../../src/engine/run/index.ts";
import { SourceText } from "../../src/engine/syntax/index.ts";
import { rules } from "../../src/rules/index.ts";
import { parser, shell } from "../support/parser.ts";
import { lintTree, shown, unmarkTree } from "../support/lint.ts";

const FILE = "example.nix";

describe("fixes of the examples", () => {
  it("are shown for each rule that has one", () => {
    const open = (host: Host): Project => Object.assign(new Project(host, parser), { shell });
    const shown = rules.filter((rule) => mendedExamples(rule, rules, open).some((example) => example !== null && "after" in example));
    expect(shown.map(({ id }) => id)).toEqual(rules.filter(({ fix }) => fix !== null).map(({ id }) => id));
  });
});

for (const rule of rules) {
  const ownFile = rule.id === "flake-pinned" || rule.id === "flake-release" ? "flake.nix" : FILE;
  const role = rule.scope === "configuration" ? (rule.roles[0] as "system") : undefined;

  const run = (files: Readonly<Record<string, string>>, example: { role?: unknown; before?: string; options?: Readonly<Record<string, unknown>> }): string[] => {
    const given = (example.role ?? role) as "system" | undefined;
    // What a suppression keeps back is what the other rules find.
    const ran = rule.scope === "suppressions" ? rules : [rule];
    const result = lintTree(files, ran, {
      ...(given === undefined ? {} : { roles: { [ownFile]: given } }),
      ...(example.before === undefined ? {} : { before: { [ownFile]: example.before } }),
      ...(example.options === undefined ? {} : { options: { [rule.id]: example.options } }),
    });
    expect(result.failures).toEqual([]);
    return result.files.flatMap((file) => file.findings.filter((finding) => finding.rule === rule.id).map((finding) => shown(file.path, finding)));
  };

  describe(rule.id, () => {
    rule.docs.bad.forEach((example, index) => {
      it(`reports the bad example ${index + 1}`, () => {
        const { files, places } = unmarkTree({ ...example.files, [ownFile]: example.code });
        const expected = places.map((place, at) => {
          const source = new SourceText(files[place.path] as string);
          return shown(place.path, { start: source.position(place.start), end: source.position(place.end), message: example.says[at] ?? "(no message is given for this place)" });
        });
        expect(run(files, example).sort()).toEqual(expected.sort());
      });
    });
    rule.docs.good.forEach((example, index) => {
      it(`is silent on the good example ${index + 1}`, () => {
        expect(run({ ...example.files, [ownFile]: example.code }, example)).toEqual([]);
      });
    });
  });
}
