/** Writes `rules.md`, the documentation of all rules, from what the rules say of themselves. */

import type { MendedExample } from "../engine/run/fixes/examples.ts";
import type { RuleInfo, Severity } from "../engine/run/result.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "info" };

const THEME_TITLES: Readonly<Record<string, string>> = {
  structure: "Module structure",
  baseline: "Baseline",
  firewall: "Firewall",
  secrets: "Secrets",
  backups: "Backups",
  containers: "Containers and databases",
  units: "Units",
  flakes: "Flakes",
  own: "The project's own",
};

/** What can be done about a rule's findings by machine, for tables and facts. */
export const FIX_WORDS = { safe: "safe", proposed: "proposed", none: "–" } as const;

/** The title of a theme, for headings. */
export function themeTitle(theme: string): string {
  return THEME_TITLES[theme] ?? theme;
}

/**
 * The whole page, Markdown, with the rules in the order given.
 * @param mended what the fixes of each rule make of its violating examples, by its id and in their order
 */
export function rulesPage(rules: readonly RuleInfo[], mended: ReadonlyMap<string, readonly (MendedExample | null)[]>): string {
  const themes = [...new Set(rules.map(({ theme }) => theme))];
  const parts = [INTRODUCTION];
  for (const theme of themes) {
    const own = rules.filter((rule) => rule.theme === theme);
    parts.push(`**${themeTitle(theme)}**\n\n| rule | severity | fix | convention |\n|---|---|---|---|\n${own.map(row).join("\n")}`);
  }
  for (const theme of themes) {
    parts.push(`## ${themeTitle(theme)}`);
    for (const rule of rules) if (rule.theme === theme) parts.push(section(rule, mended.get(rule.id) ?? []));
  }
  return `${parts.join("\n\n")}\n`;
}

const INTRODUCTION = `<!-- Generated from the rules by \`npm run generate\`; do not edit. -->
# The rules of tappaas-lint

Each rule is one convention of TAPPaaS's NixOS modules. A rule reports only what is surely violated: what cannot be known
without evaluating Nix is not reported. \`tappaas-lint explain RULE\` prints the same text in a terminal.

The column *fix* says what can be mended by machine: a safe fix (\`--fix\`) changes what the rule is about and nothing else; a
proposed one (\`--fix-proposed\`) may change how a machine behaves and wants to be read. A fix is withheld where what is to be
mended serves something else too, or where nobody but the maintainer can know what is meant; the run then says why.

To keep a finding back, put a comment on the line before it, with the reason:

\`\`\`nix
# tappaas-lint: disable-next-line RULE -- reason
\`\`\`

\`disable-line\` does so for its own line, \`disable-file\` for the file, \`disable\` … \`enable\` for the lines between. To turn a
rule off, make it weigh less or give it options, see "Configuration" in the README.`;

function row(rule: RuleInfo): string {
  return `| [\`${rule.id}\`](#${rule.id}) | ${SEVERITIES[rule.severity]} | ${FIX_WORDS[rule.fix ?? "none"]} | ${rule.title} |`;
}

function section(rule: RuleInfo, mended: readonly (MendedExample | null)[]): string {
  const facts = [`Severity: ${SEVERITIES[rule.severity]}`, `Fix: ${FIX_WORDS[rule.fix ?? "none"]}`, `Judges: ${rule.roles.join(", ")}`];
  const parts = [
    `### ${rule.id}`,
    `**${rule.title}.** ${rule.convention}`,
    facts.join(" · "),
    `**Handbook.** ${rule.handbook}`,
    `**Why.** ${rule.why}`,
    ...rule.examples.bad.map(({ code, says }, index) => `${index === 0 ? "Reported:" : "Also reported:"}\n\n${fence(code)}\n\n> ${says}${fixed(rule, mended[index] ?? null)}`),
    ...rule.examples.good.map(({ code }, index) => `${index === 0 ? "Right:" : "Right as well:"}\n\n${fence(code)}`),
  ];
  if (rule.options.length > 0) {
    const rows = rule.options.map((option) => `| \`${option.name}\` | \`${cell(option.default)}\` | ${cell(option.description)} |`);
    parts.push(`**Options.**\n\n| option | default | meaning |\n|---|---|---|\n${rows.join("\n")}`);
  }
  parts.push(`Suppress: \`# tappaas-lint: disable-next-line ${rule.id} -- reason\``);
  return parts.join("\n\n");
}

/** What the fix makes of an example. */
function fixed({ fix }: RuleInfo, mended: MendedExample | null): string {
  if (fix === null || mended === null) return "";
  if ("withheld" in mended) return `\n\nNo fix here, since ${mended.withheld}.`;
  return `\n\nAfter \`${fix === "safe" ? "--fix" : "--fix-proposed"}\`:\n\n${fence(mended.after)}`;
}

function fence(code: string): string {
  return `\`\`\`nix\n${code.replace(/\n$/, "")}\n\`\`\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
