/** Says whether an editor that has seen every text on the way finds what a run over the last one finds. */
import { isDeepStrictEqual } from "node:util";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { lint } from "../../src/engine/run/index.ts";
import { Grammars } from "../../src/lsp/grammars.ts";
import type { Disk, Platform } from "../../src/lsp/platform.ts";
import { Tree } from "../../src/lsp/tree.ts";
import { ownRules } from "../../src/rules/own.ts";
import { rules } from "../../src/rules/index.ts";
import { parser, shell } from "../support/parser.ts";
import { crashes, openProject, settingsOf, tool } from "./checks.ts";
import type { Sample } from "./kinds.ts";

/** Makes each edit, and looks at every file after each. */
export async function complaintsAboutEdits(files: Readonly<Record<string, string>>, typed: NonNullable<Sample["typed"]>): Promise<string[]> {
  const complaints: string[] = [];
  const disk: Disk = { ...memoryHost(files), root: "/", problem: () => null, forget: () => undefined };
  const platform: Pick<Platform, "loadNixParser" | "loadShellParser"> = { loadNixParser: () => Promise.resolve(parser), loadShellParser: () => Promise.resolve(shell) };
  const tree = new Tree(disk, await Grammars.load(platform as Platform), { tool, rules });
  const open: Record<string, string> = {};
  for (const [index, { path, text }] of typed.entries()) {
    tree.lay(path, text);
    if (text === null) delete open[path];
    else open[path] = text;
    const now = { ...files, ...open };
    const { settings } = settingsOf(now);
    for (const target of Object.keys(now).filter((each) => each.endsWith(".nix"))) {
      const { file, failures } = await tree.judge(target);
      complaints.push(...crashes(failures).map((crash) => `after edit ${index}, ${crash}`));
      const targets = settings(target).ignored ? [] : [target];
      const [fresh = null] = lint({ project: openProject(now), targets, rules: [...rules, ...(await ownRules(settings, targets))], settingsOf: settings, edits: true, displayPath: (shown) => shown, tool }).files;
      if (!isDeepStrictEqual(file, fresh)) complaints.push(`after edit ${index} of ${path}, ${target} is judged otherwise than by a run: ${difference(file?.findings ?? [], fresh?.findings ?? [])}`);
    }
  }
  return complaints;
}

/** The first finding that one of two lists has and the other has not, in short. */
function difference(ours: readonly object[], fresh: readonly object[]): string {
  const shown = (finding: object | undefined): string => JSON.stringify(finding)?.slice(0, 300) ?? "nothing";
  const index = ours.findIndex((finding, at) => !isDeepStrictEqual(finding, fresh[at]));
  const at = index < 0 ? ours.length : index;
  return `${shown(ours[at])} and not ${shown(fresh[at])}`;
}
