/** Lists the rules: a table for people, JSON for programs. */
import { THEMES, infoOf, type RuleInfo } from "../engine/run/index.ts";
import { themeTitle } from "../report/rules-page.ts";
import { jsonText } from "../report/text.ts";
import type { CommonOptions } from "./arguments.ts";
import { STDOUT, print } from "./output.ts";
import { type Paint, paintFor } from "./paint.ts";
import { rulesHere } from "./rules-here.ts";
import { terminalOptions } from "./terminal.ts";

/** Prints all rules by theme, those of the current folder's configuration among them. */
export async function rulesCommand({ json, color, ...common }: { readonly json: boolean } & CommonOptions): Promise<0> {
  const rules = await rulesHere(common);
  const infos = [...rules].sort((a, b) => THEMES.indexOf(a.theme) - THEMES.indexOf(b.theme)).map(infoOf);
  if (json) {
    print(STDOUT, jsonText(infos.map(({ id, theme, severity, title, roles, options, security, fix, url }) => ({ id, theme, severity, title, roles, options, security, fix, url }))));
    return 0;
  }
  const look = await terminalOptions(color);
  print(STDOUT, table(infos, await paintFor(look.colors)));
  return 0;
}

function table(infos: readonly RuleInfo[], paint: Paint): string {
  const widest = Math.max(...infos.map(({ id }) => id.length));
  const blocks = [...new Set(infos.map(({ theme }) => theme))].map((theme) => {
    const rows = infos
      .filter((info) => info.theme === theme)
      .map(({ id, severity, fix, title, options }) => `  ${id.padEnd(widest)}  ${paint[severity](severity.padEnd(7))}  ${(fix ?? "").padEnd(8)}  ${title}${options.length > 0 ? paint.dim(` (options: ${options.map(({ name }) => name).join(", ")})`) : ""}`);
    return `${paint.title(themeTitle(theme))}\n${rows.join("\n")}\n`;
  });
  return `${blocks.join("\n")}\n${infos.length} rules, of which ${infos.filter(({ fix }) => fix !== null).length} have a fix (\`safe\`: --fix, \`proposed\`: --fix-proposed); \`tappaas-lint explain RULE\` tells more about one.\n`;
}
