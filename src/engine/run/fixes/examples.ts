/** Makes the fixes of a rule's own examples, so that its documentation shows what they really do. */
import { type Host, type Project, memoryHost } from "../../model/index.ts";
import type { LintRequest } from "../lint.ts";
import { type Rule, optionsOf } from "../rule.ts";
import { withoutMarks } from "../rule-info.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";
import { fixFiles } from "./fix-files.ts";

/** What becomes of a violating example: its text after the fix, or why there is none. */
export type MendedExample = { readonly after: string } | { readonly withheld: string };

/**
 * The violating examples of a rule after their fixes, in their order; null for one that is not mended and says no reason.
 * @param rules all rules: what a suppression keeps back is what the others find
 * @param open makes a project over a host, with the shell grammar in it
 */
export function mendedExamples(rule: Rule, rules: readonly Rule[], open: (host: Host) => Project): (MendedExample | null)[] {
  return rule.docs.bad.map((example) => {
    const own = rule.theme === "flakes" ? "flake.nix" : "example.nix";
    const code = withoutMarks(example.code);
    const host = memoryHost({ ...example.files, [own]: code });
    const role = example.role ?? (rule.scope === "configuration" ? rule.roles[0] : undefined);
    const settingsOf: LintRequest["settingsOf"] = (path) => ({
      ...DEFAULT_SETTINGS,
      role: path === own ? (role ?? null) : null,
      rule: (id) => (id === rule.id ? { severity: rule.severity, options: optionsOf(rule, example.options) } : null),
    });
    const base = example.before === undefined ? null : { revision: "HEAD", project: open(memoryHost({ ...example.files, [own]: example.before })), changed: new Set([own]), pathOf: (path: string) => path };
    const ran = rule.scope === "suppressions" ? rules : [rule];
    const { files, result } = fixFiles({ host, open, kinds: new Set(["safe", "proposed"]), base, targets: host.nixFiles(), rules: ran, settingsOf, displayPath: (path) => path, tool: { name: "", version: "", url: "" }, takes: ({ finding }) => finding.rule === rule.id });
    const after = files.find(({ path }) => path === own)?.after;
    if (after !== undefined) return { after };
    const withheld = result.files.flatMap(({ findings }) => findings.flatMap((finding) => finding.withheld ?? []))[0];
    return withheld === undefined ? null : { withheld };
  });
}
