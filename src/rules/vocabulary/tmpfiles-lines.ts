/** The lines for systemd-tmpfiles of a configuration, whichever option they stand in. */
import { isFolderLine, parseTmpfilesLine, type TmpfilesRule } from "../../engine/domain/tmpfiles.ts";
import { parseTimeSpan } from "../../engine/domain/time-span.ts";
import type { At, Configuration } from "../../engine/model/index.ts";
import { textOf } from "../../engine/model/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { isWhollyKnown, linesOf, sureTexts } from "./text.ts";
import { nodesAt } from "./units.ts";

/** A line that could be read. */
export interface TmpfilesEntry {
  readonly rule: TmpfilesRule;
  /** Where its mode is written, else its path. */
  readonly at: At | null;
}

export interface TmpfilesLines {
  readonly entries: readonly TmpfilesEntry[];
  /** There may be others. */
  readonly open: boolean;
}

const TMPFILES = ["systemd", "tmpfiles"] as const;

/** All lines that are surely there. */
export const tmpfilesLines = onceFor(readLines);

function readLines(config: Configuration): TmpfilesLines {
  const rules = config.option([...TMPFILES, "rules"]);
  const entries = sureTexts(rules).flatMap((source) =>
    linesOf(source.text).flatMap((line): TmpfilesEntry[] => {
      const parsed = parseTmpfilesLine(line.text);
      if (parsed.kind !== "rule") return [];
      const field = parsed.rule.modeField ?? parsed.rule.pathField;
      return [{ rule: parsed.rule, at: source.place(line.start + field.start, line.start + field.end) }];
    }),
  );
  let open = config.unfollowed.length > 0 || !isWhollyKnown(rules) || config.node([...TMPFILES, "settings"]).open !== null;
  for (const node of nodesAt(config, [...TMPFILES, "settings", "*", "*", "*"])) {
    const [path, type] = node.path.slice(-2) as [string, string];
    const fields = ["mode", "user", "group", "age"].map((name) => {
      const { state, value } = node.child(name).answer();
      const text = state === "known" && value !== null ? textOf(value) : null;
      if (state !== "undefined" && text === null) open = true;
      return text === null || text === "" ? "-" : text;
    });
    const parsed = parseTmpfilesLine(`${type} "${path}" ${fields.join(" ")}`);
    if (parsed.kind === "rule") entries.push({ rule: parsed.rule, at: node.child("mode").answer().winners[0]?.valueAt ?? node.keys()[0] ?? null });
  }
  return { entries, open };
}

const MICROSECONDS_A_DAY = 86_400_000_000;

/** The folders whose contents systemd-tmpfiles removes once they are so many days old, or sooner. */
export function agedFolders(config: Configuration, days: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { rule } of tmpfilesLines(config).entries) {
    const age = rule.ageField === null ? null : parseTimeSpan(rule.ageField.text.replace(/^~|^[A-Za-z]+:/g, ""));
    if (rule.path !== null && age !== null && age !== "infinity" && (isFolderLine(rule) || rule.type === "e") && Number(age) <= days * MICROSECONDS_A_DAY) found.add(rule.path);
  }
  return found;
}
