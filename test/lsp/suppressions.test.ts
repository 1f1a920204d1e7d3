/** The comments that an editor offers keep back what they are offered for, in every fixture, and change nothing else. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Finding, type Role, applyEdits } from "../../src/engine/run/index.ts";
import { type Expr, SourceText, parse, walk } from "../../src/engine/syntax/index.ts";
import { suppressHere, suppressInFile } from "../../src/lsp/suppressions.ts";
import { rules } from "../../src/rules/index.ts";
import { FIXTURES, comments, readCase } from "../support/fixtures.ts";
import { lintTree, unmarkTree } from "../support/lint.ts";

/** A problem of the suppressions themselves cannot be kept back; without a base revision or with errors there is nothing to compare. */
const LEFT_OUT = new Set(["unused-suppression", "parse-error", "state-version-changed"]);
const samples = rules
  .filter(({ id }) => !LEFT_OUT.has(id))
  .map((rule) => ({ rule, cases: readdirSync(join(FIXTURES, rule.id)).filter((name) => name.startsWith("bad-")) }));

/** The texts of all strings of a file. */
const strings = (text: string): string[] => walk(parse(text).root).flatMap((expr: Expr) => (expr.kind === "string" ? [expr.parts.map((part) => ("text" in part ? part.text : "${}")).join("")] : []));
const brief = (findings: readonly Finding[]): string[] => findings.filter(({ suppressed }) => !suppressed).map(({ rule, message }) => `${rule}: ${message.replace(/line \d+/, "line")}`).sort();

it.each(samples.map((sample) => [sample.rule.id, sample] as const))("keep back %s", (_, { rule, cases }) => {
  let count = 0;
  for (const name of cases) {
    const { files } = unmarkTree(readCase(join(FIXTURES, rule.id, name), name));
    const given = comments(Object.values(files).join("\n"), "options")[0];
    const roles = Object.fromEntries(Object.entries(files).flatMap(([file, text]) => comments(text, "role").map((role) => [file, role as Role])));
    const options = { roles, options: given === undefined ? {} : { [rule.id]: JSON.parse(given) as Record<string, unknown> } };
    const ran = rules.filter(({ id, scope }) => id === rule.id || scope === "suppressions");
    const before = lintTree(files, ran, options);
    for (const { path, findings } of before.files) {
      const text = files[path] as string;
      const [finding] = findings.filter((each) => each.rule === rule.id && !each.suppressed);
      if (finding === undefined) continue;
      for (const { edits } of [suppressHere(finding, parse(text)), suppressInFile(rule.id, text)]) {
        const after = applyEdits(text, edits);
        const left = brief(lintTree({ ...files, [path]: after }, ran, options).files.find((file) => file.path === path)?.findings ?? []);
        expect(left.length, `${name}\n${after}`).toBeLessThan(brief(findings).length);
        expect(left.filter((line) => !brief(findings).includes(line)), `${name}\n${after}`).toEqual([]);
        expect(strings(after)).toEqual(strings(text));
        count++;
      }
    }
  }
  expect(count).toBeGreaterThan(0);
});

it("stand around all strings that share lines", () => {
  const text = "{\n  a = ''\n    x\n  '' + ''\n    y\n  '' + ''\n    z\n  '';\n}\n";
  const source = new SourceText(text);
  const finding = { rule: "r", start: source.position(text.indexOf("y")), end: source.position(text.indexOf("y") + 1) } as Finding;
  expect(applyEdits(text, suppressHere(finding, parse(text)).edits)).toBe(text.replace("  a =", "  # tappaas-lint: disable r -- reason\n  a =").replace("  '';\n", "  '';\n  # tappaas-lint: enable r\n"));
});

it("stand behind the line that starts a program, with the line ends of the file", () => {
  expect(applyEdits("#!/usr/bin/env nix\r\n{ }\r\n", suppressInFile("r", "#!/usr/bin/env nix\r\n{ }\r\n").edits)).toBe("#!/usr/bin/env nix\r\n# tappaas-lint: disable-file r -- reason\r\n{ }\r\n");
});
