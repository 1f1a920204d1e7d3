/** Texts of which parts may not be known, each with the way from its characters back to where they were written. */
import { HOLE } from "../../engine/domain/hole.ts";
import type { ActiveDefinition, Answer, At, Piece, StringValue, Value } from "../../engine/model/index.ts";
import { sourceOffset } from "../../engine/syntax/index.ts";

/** One string as a text; what is not known of it is one `HOLE` each. Offsets are UTF-16 units from 0. */
export interface SourcedText {
  readonly text: string;
  /** The string as written where it is used: a literal, a name, a call. */
  readonly at: At | null;
  /**
   * Where the characters from `start` up to `end` (exclusive) stand. In `"d ${dir} 0755"` those of `${dir}` are the
   * interpolation, not what `dir` is bound to; where nothing can be told it is the whole string.
   */
  place(start: number, end: number): At | null;
  /** Where the first of these characters that is not written at `at` itself was written: what `dir` is bound to. */
  origin(start: number, end: number): At | null;
}

const MAX_SHOWN = 120;

interface Stretch {
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

/** A string value as a text; `at` is where it is used. */
export function sourcedText(value: StringValue, at: At | null): SourcedText {
  const whole = value.at ?? at;
  let text = "";
  for (const piece of value.pieces) text += "text" in piece ? piece.text : HOLE;
  return {
    text,
    at,
    place: (start, end) => spanOf(stretchesOf(value), whole, start, end) ?? at ?? whole,
    origin: (start, end) => {
      const touched = stretchesOf(value).filter((stretch) => stretch.start < end && stretch.end > start);
      for (const { piece } of touched) if (!isOwn(piece, at ?? whole) && piece.at !== null) return piece.at;
      return null;
    },
  };
}

/** Of most strings nobody asks for places, so that these are worked out where somebody does. */
function stretchesOf({ pieces }: StringValue): Stretch[] {
  let end = 0;
  return pieces.map((piece) => {
    const start = end;
    end += "text" in piece ? piece.text.length : HOLE.length;
    return { piece, start, end };
  });
}

/** Literal text that stands inside the string itself. */
function isOwn(piece: Piece, whole: At | null): piece is Extract<Piece, { readonly text: string }> {
  if (!("text" in piece) || piece.map === null || piece.at === null) return false;
  return whole === null || (piece.at.file === whole.file && piece.at.start >= whole.start && piece.at.end <= whole.end);
}

function spanOf(stretches: readonly Stretch[], whole: At | null, start: number, end: number): At | null {
  const first = stretches.findIndex((stretch) => stretch.end > start);
  const last = stretches.findLastIndex((stretch) => stretch.start < end);
  const [head, tail] = [stretches[first], stretches[last]];
  if (head === undefined || tail === undefined || end <= start) return null;
  const inner = whole === null ? null : insideQuotes(whole);
  let from: number | undefined;
  if (isOwn(head.piece, whole)) from = sourceOffset(head.piece.map ?? [], start - head.start);
  else from = edge(stretches.slice(0, first).findLast(({ piece }) => isOwn(piece, whole)), "end") ?? inner?.start;
  let to: number | undefined;
  if (isOwn(tail.piece, whole)) to = sourceOffset(tail.piece.map ?? [], end - tail.start);
  else to = edge(stretches.slice(last + 1).find(({ piece }) => isOwn(piece, whole)), "start") ?? inner?.end;
  const file = whole?.file ?? head.piece.at?.file;
  return from === undefined || to === undefined || file === undefined || from >= to ? null : { file, start: from, end: to };
}

function edge(stretch: Stretch | undefined, side: "start" | "end"): number | undefined {
  if (stretch === undefined || !("text" in stretch.piece) || stretch.piece.map === null) return undefined;
  return sourceOffset(stretch.piece.map, side === "start" ? 0 : stretch.piece.text.length);
}

/** The part of a string literal between its quotes; anything else stays as it is. */
function insideQuotes(at: At): At {
  const source = at.file.syntax.source.text;
  for (const quotes of ["''", '"']) {
    const start = at.start + quotes.length;
    const end = at.end - quotes.length;
    if (source.startsWith(quotes, at.start) && source.startsWith(quotes, end) && start < end) return { ...at, start, end };
  }
  return at;
}

/** A word of a text and where it begins and ends in it. */
export interface TextWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words between blanks. */
export function wordsOf(text: string): TextWord[] {
  return [...text.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
}

/** The lines of a text, without their line breaks. */
export function linesOf(text: string): TextWord[] {
  let start = 0;
  return text.split("\n").map((line) => {
    const found = { text: line, start, end: start + line.length };
    start = found.end + 1;
    return found;
  });
}

/** The definitions that surely count for an option whose definitions are joined. */
export function sureDefinitions(answer: Answer): readonly ActiveDefinition[] {
  if (answer.state === "known") return answer.winners;
  if (answer.state !== "conditional" && answer.state !== "unknown") return [];
  const sure = answer.definitions.filter(({ undecided }) => undecided.length === 0);
  const strongest = Math.min(...sure.map(({ priority }) => priority));
  // A stronger one that may be there would replace them.
  if (answer.definitions.some(({ priority, undecided }) => undecided.length > 0 && priority < strongest)) return [];
  return sure.filter(({ priority }) => priority === strongest);
}

/** The strings that are surely in an option: a string, or the strings of a list. */
export function sureTexts(answer: Answer): SourcedText[] {
  return sureDefinitions(answer).flatMap(({ value, valueAt, key }) => textsIn(value, valueAt ?? key));
}

/** The string that a value is, or the sure strings of the list that it is. */
export function textsIn(value: Value, at: At | null): SourcedText[] {
  if (value.t === "string") return [sourcedText(value, at)];
  if (value.t !== "list") return [];
  return value.items.flatMap((item) => {
    const element = item.maybe ? null : item.thunk.force();
    return element?.t === "string" ? [sourcedText(element, item.thunk.at ?? element.at ?? at)] : [];
  });
}

/** Whether all that an option holds is in `sureTexts`: nothing conditional, nothing that cannot be read. */
export function isWhollyKnown(answer: Answer): boolean {
  if (answer.state === "undefined") return true;
  const { value } = answer;
  if (answer.state !== "known" || value === null) return false;
  if (value.t !== "list") return value.t === "string" || value.t === "null";
  return value.open === null && value.items.every((item) => !item.maybe && item.thunk.force().t === "string");
}

/** A text for a message: in one line, its unknown parts as `…`, and not longer than can be read. */
export function inMessage(text: string): string {
  const line = text.slice(0, 4 * MAX_SHOWN).trim().replace(/\s+/g, " ").replaceAll(HOLE, "…");
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line;
}

/** A text in which nothing is unknown. */
export function isWhole({ text }: SourcedText): boolean {
  return !text.includes(HOLE);
}
