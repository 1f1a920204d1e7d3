/** Reads suppression comments and decides which findings they keep back. */
import type { SourceFile } from "../model/index.ts";
import type { Span } from "../syntax/index.ts";

/** A comment that keeps findings back. */
export interface Suppression extends Span {
  readonly kind: "line" | "next-line" | "file" | "region";
  /** The rule names as written with their places; empty where it stands for all rules. */
  readonly rules: readonly ({ readonly name: string } & Span)[];
  readonly reason: string | null;
  /** First and last line (from 1) that it covers. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** A suppression comment that cannot be understood. */
export interface BrokenSuppression extends Span {
  readonly problem: string;
}

const MARK = /tappaas-lint\s*:\s*([A-Za-z-]+)/;
const KINDS: Readonly<Record<string, Suppression["kind"] | "enable">> = {
  "disable-line": "line",
  "disable-next-line": "next-line",
  "disable-file": "file",
  disable: "region",
  enable: "enable",
};

/** What the comments of a file say. */
export interface Suppressions {
  readonly all: readonly Suppression[];
  readonly broken: readonly BrokenSuppression[];
}

/** `# tappaas-lint: disable-next-line rule-a, rule-b -- reason`, `disable-line`, `disable-file`, `disable` … `enable`. */
export function readSuppressions(file: SourceFile): Suppressions {
  const { source, comments } = file.syntax;
  const all: Suppression[] = [];
  const broken: BrokenSuppression[] = [];
  const open: { index: number; names: readonly string[] }[] = [];
  const lastLine = source.lineStarts.length;
  for (const comment of comments) {
    const mark = MARK.exec(comment.text);
    if (mark === null) continue;
    const kind = KINDS[mark[1] as string];
    const start = comment.start + mark.index;
    if (kind === undefined) {
      const end = start + mark[0].length;
      broken.push({ start: end - (mark[1] as string).length, end, problem: `\`${mark[1] as string}\` is no suppression; write ${Object.keys(KINDS).map((name) => `\`${name}\``).join(", ")}` });
      continue;
    }
    const tail = comment.start + mark.index + mark[0].length;
    const rest = comment.text.slice(mark.index + mark[0].length).replace(/\*\/$/, "");
    const dashes = /(?:^|\s)--(?:\s|$)/.exec(rest);
    const listed = dashes === null ? rest : rest.slice(0, dashes.index);
    const reason = dashes === null ? null : rest.slice(dashes.index + dashes[0].length).trim() || null;
    const rules = [...listed.matchAll(/[^\s,]+/g)].map((match) => ({ name: match[0], start: tail + match.index, end: tail + match.index + match[0].length }));
    const line = source.position(comment.start).line;
    const endLine = source.position(comment.end).line;
    const names = rules.map(({ name }) => name);
    if (kind === "enable") {
      closeRegions(all, open, names, line);
      continue;
    }
    if (kind === "region") open.push({ index: all.length, names });
    const firstLine = kind === "file" ? 1 : kind === "next-line" ? endLine + 1 : line;
    const last = kind === "file" || kind === "region" ? lastLine : kind === "next-line" ? endLine + 1 : endLine;
    all.push({ start: comment.start, end: comment.end, kind, rules, reason, firstLine, lastLine: last });
  }
  return { all, broken };
}

/** An `enable` ends the open regions that it names, or all of them. */
function closeRegions(all: Suppression[], open: { index: number; names: readonly string[] }[], names: readonly string[], line: number): void {
  for (let i = open.length - 1; i >= 0; i--) {
    const region = open[i] as (typeof open)[number];
    if (names.length > 0 && !names.some((name) => region.names.includes(name))) continue;
    all[region.index] = { ...(all[region.index] as Suppression), lastLine: line };
    open.splice(i, 1);
  }
}

/** Whether a suppression covers a finding of a rule that starts on a line (from 1). */
export function covers(suppression: Suppression, rule: string, line: number): boolean {
  if (line < suppression.firstLine || line > suppression.lastLine) return false;
  return suppression.rules.length === 0 || suppression.rules.some(({ name }) => name === rule);
}
