/** Explains a rule in the terminal: the convention, why, examples, options, how to suppress. */
import { Project } from "../engine/model/index.ts";
import { type MendedExample, type Rule, type RuleInfo, infoOf, mendedExamples } from "../engine/run/index.ts";
import { measureFor, type Measure } from "../report/measure.ts";
import { wrap } from "../report/wrap.ts";
import type { CommonOptions } from "./arguments.ts";
import { loadNixParser, loadShellParser } from "./grammars.ts";
import { noSuchRule } from "./no-such-rule.ts";
import { STDOUT, print } from "./output.ts";
import { type Paint, paintFor } from "./paint.ts";
import { rulesHere } from "./rules-here.ts";
import { terminalOptions } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Longer lines of prose are hard to read, however wide the terminal is. */
const WIDEST = 100;

/**
 * Prints the documentation of a rule.
 * @throws UsageError for a rule that does not exist
 */
export async function explainCommand({ rule: id, color, ...common }: { readonly rule: string } & CommonOptions): Promise<0> {
  const rules = await rulesHere(common);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new UsageError(noSuchRule(id, rules));
  const look = await terminalOptions(color);
  const info = infoOf(rule);
  const measure = await measureFor([JSON.stringify(info)]);
  print(STDOUT, explanation(info, await mendedOf(rule, rules), Math.min(look.width, WIDEST), measure, await paintFor(look.colors)));
  return 0;
}

/** What the fix of a rule makes of its examples, made anew. */
async function mendedOf(rule: Rule, rules: readonly Rule[]): Promise<readonly (MendedExample | null)[]> {
  if (rule.fix === null) return [];
  const [nix, shell] = [await loadNixParser(), await loadShellParser()];
  return mendedExamples(rule, rules, (host) => Object.assign(new Project(host, nix), { shell }));
}

const FIXES = {
  safe: "safe: `--fix` makes it",
  proposed: "proposed: `--fix-proposed` makes it, and it may change how a machine behaves",
  none: "none",
};

function explanation(rule: RuleInfo, mended: readonly (MendedExample | null)[], width: number, measure: Measure, paint: Paint): string {
  const prose = (text: string, indent = 2): string =>
    wrap(text.replaceAll("**", ""), width - indent, measure)
      .map((line) => " ".repeat(indent) + line)
      .join("\n")
      .replace(/`[^`]*`/g, (code) => paint.code(code));
  const code = (text: string): string => text.replace(/\n$/, "").split("\n").map((line) => (line === "" ? "" : `      ${line}`)).join("\n");
  const part = (title: string, ...blocks: readonly string[]): string => `${paint.title(title)}\n${blocks.join("\n\n")}`;
  const fixed = (example: MendedExample | null): string[] => {
    if (rule.fix === null || example === null) return [];
    return "withheld" in example ? [prose(`No fix here, since ${example.withheld}.`)] : [prose(`After \`${rule.fix === "safe" ? "--fix" : "--fix-proposed"}\`:`), code(example.after)];
  };
  const severity = { error: paint.error, warning: paint.warning, info: paint.info }[rule.severity](rule.severity);
  const parts = [
    `${paint.title(rule.id)}  ${severity}  ${paint.dim(rule.theme)}\n${prose(`${rule.title}. ${rule.convention}`)}`,
    part("Where it is stated", prose(rule.handbook)),
    part("Why", prose(rule.why)),
    part("Judges", prose(rule.roles.join(", "))),
    part("Fix", prose(FIXES[rule.fix ?? "none"])),
    ...rule.examples.bad.map((example, index) => part("Reported", code(example.code), prose(example.says), ...fixed(mended[index] ?? null))),
    ...rule.examples.good.map((example) => part("Right", code(example.code))),
  ];
  if (rule.options.length > 0) {
    const options = rule.options.map(({ name, description, default: value }) => `  ${paint.code(name)}  ${paint.dim(`default ${value}`)}\n${prose(description, 4)}`);
    parts.push(part("Options", ...options, prose(`In .tappaas-lint.json: "rules": { "${rule.id}": ["${rule.severity}", { "${rule.options[0]?.name ?? ""}": … }] }`)));
  }
  parts.push(part("To keep a finding back", `      # tappaas-lint: disable-next-line ${rule.id} -- reason`), paint.dim(rule.url));
  return `${parts.join("\n\n")}\n`;
}
