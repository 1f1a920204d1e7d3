/** Reads suppression comments and decides which findings they keep back. */
import { nearestName } from "../domain/nearest-name.ts";
import type { SourceFile } from "../model/index.ts";
import type { Span } from "../syntax/index.ts";
import { type Note, notesOf } from "./notes.ts";

/** A comment that keeps findings back. */
export interface Suppression extends Span {
  readonly kind: "line" | "next-line" | "file" | "region";
  /** The rule names as written with their places; empty where it stands for all rules. */
  readonly rules: readonly ({ readonly name: string } & Span)[];
  readonly reason: string | null;
  /** First and last line (from 1) that it covers. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The last lines for rules that an `enable` took out of a region before its end. */
  readonly ends: ReadonlyMap<string, number>;
}

/** A suppression comment that cannot be understood. */
export interface BrokenSuppression extends Span {
  readonly problem: string;
}

/** What the comments of a file say. */
export interface Suppressions {
  readonly all: readonly Suppression[];
  readonly broken: readonly BrokenSuppression[];
}

/** A suppression whose end is still to come. */
type Region = Suppression & { lastLine: number; readonly ends: Map<string, number> };

/** Regions may lie over each other, so that far more of them would take time beyond measure. */
const MAX_SUPPRESSIONS = 2_000;

const PROGRAM = "tappaas-lint";
const KINDS: ReadonlyMap<string, Suppression["kind"] | "enable"> = new Map([
  ["disable-next-line", "next-line"],
  ["disable-line", "line"],
  ["disable-file", "file"],
  ["disable", "region"],
  ["enable", "enable"],
]);

/** The words that a suppression comment may start with. */
export const SUPPRESSION_KEYWORDS: readonly string[] = [...KINDS.keys()];

/**
 * `# tappaas-lint: disable-next-line rule-a, rule-b -- reason`, `disable-line`, `disable-file`, `disable` … `enable`, in
 * Nix comments and in the comments of scripts that stand in strings. What looks like one but does nothing is told, never
 * passed over.
 */
export function readSuppressions(file: SourceFile): Suppressions {
  const all: Region[] = [];
  const open = new Set<Region>();
  const broken: BrokenSuppression[] = [];
  const lastLine = file.syntax.source.lineStarts.length;
  for (const note of notesOf(file, (text) => /lint/i.test(text))) {
    const found = recognise(note);
    if (found === null) continue;
    if ("problem" in found) {
      broken.push(found);
      continue;
    }
    if (all.length >= MAX_SUPPRESSIONS) {
      broken.push({ start: note.start, end: note.end, problem: `A file may hold ${MAX_SUPPRESSIONS} suppressions, and this is one more: leave rules out in the configuration instead` });
      break;
    }
    const { kind, tail } = found;
    const { rules, reason } = readTail(note, tail);
    if (kind === "enable") {
      broken.push(...close(open, rules, note));
      continue;
    }
    const firstLine = kind === "file" ? 1 : kind === "next-line" ? note.nextLine : note.firstLine;
    const last = kind === "file" || kind === "region" ? lastLine : kind === "next-line" ? note.nextLine : note.lastLine;
    const suppression: Region = { start: note.start, end: note.end, kind, rules, reason, firstLine, lastLine: last, ends: new Map() };
    all.push(suppression);
    if (kind === "region") open.add(suppression);
  }
  return { all, broken };
}

/** Which suppression a comment is, with what stands behind its keyword; null for a comment that is none. */
function recognise(note: Note): { readonly kind: Suppression["kind"] | "enable"; readonly tail: number } | BrokenSuppression | null {
  const { body, bodyStart } = note;
  const mark = /^tappaas-lint\s*:\s*([A-Za-z-]*)/.exec(body);
  if (mark !== null) {
    const [whole, word = ""] = mark;
    const kind = KINDS.get(word);
    if (kind !== undefined) return { kind, tail: whole.length };
    const end = bodyStart + whole.length;
    const near = nearestName(word, KINDS.keys());
    const write = near === null ? [...KINDS.keys()].map((name) => `\`${name}\``).join(", ") : `\`${near}\``;
    return { start: word === "" ? bodyStart : end - word.length, end, problem: `${word === "" ? "This comment" : `\`${word}\``} is no suppression: write ${write}` };
  }
  const attempt = /(?:^|\s)([A-Za-z][A-Za-z-]{3,20})(\s{0,9}:\s{0,9}|\s{1,9})((?:dis|en)able(?:-[a-z-]{1,20})?)(?![A-Za-z-])/.exec(body);
  // A comment about suppressions may quote one.
  if (attempt === null || !KINDS.has(attempt[3] as string) || /["'`]#$/.test(body.slice(0, attempt.index))) return null;
  const [whole, word = "", , keyword = ""] = attempt;
  if (word !== PROGRAM && nearestName(word, [PROGRAM]) === null) return null;
  const start = bodyStart + attempt.index + whole.indexOf(word);
  const problem = attempt.index === 0 ? `This comment is no suppression: write \`${PROGRAM}: ${keyword}\`` : `A suppression stands at the start of its comment: write \`# ${PROGRAM}: ${keyword} …\``;
  return { start, end: bodyStart + attempt.index + whole.length, problem };
}

/** The rule names behind a keyword, and the reason behind `--`. */
function readTail(note: Note, tail: number): Pick<Suppression, "rules" | "reason"> {
  const rest = note.body.slice(tail);
  const dashes = /(?:^|\s)--+(?=[^-]|$)/.exec(rest);
  const listed = dashes === null ? rest : rest.slice(0, dashes.index);
  const reason = dashes === null ? null : rest.slice(dashes.index + dashes[0].length).trim() || null;
  const start = note.bodyStart + tail;
  const rules = [...listed.matchAll(/[^\s,:=]+/g)].map((match) => ({ name: match[0], start: start + match.index, end: start + match.index + match[0].length }));
  return { rules, reason };
}

/** An `enable` ends the open regions, for the rules that it names or for all. Gives what it names in vain. */
function close(open: Set<Region>, names: Suppression["rules"], note: Note): BrokenSuppression[] {
  const line = note.lastLine;
  const end = (region: Region): void => {
    region.lastLine = line;
    open.delete(region);
  };
  if (names.length === 0) {
    if (open.size === 0) return [{ start: note.start, end: note.end, problem: "Nothing is disabled here that this `enable` could end: remove it" }];
    open.forEach(end);
    return [];
  }
  return names.flatMap(({ name, start, end: nameEnd }) => {
    const meant = [...open].filter(({ rules, ends }) => !ends.has(name) && (rules.length === 0 || rules.some((rule) => rule.name === name)));
    for (const region of meant) {
      region.ends.set(name, line);
      if (region.rules.length > 0 && region.rules.every((rule) => region.ends.has(rule.name))) end(region);
    }
    return meant.length > 0 ? [] : [{ start, end: nameEnd, problem: `\`${name}\` is not disabled here, so this \`enable\` does nothing: remove it or correct the name` }];
  });
}

/** Whether a suppression covers a finding of a rule that starts on a line (from 1). */
export function covers(suppression: Suppression, rule: string, line: number): boolean {
  if (line < suppression.firstLine || line > (suppression.ends.get(rule) ?? suppression.lastLine)) return false;
  return suppression.rules.length === 0 || suppression.rules.some(({ name }) => name === rule);
}
