/** Judges the values of each field of a calendar expression as systemd does, and brings them into their normal order. */
import { type CalendarPart, SECOND, secondsText } from "./spec.ts";

/** Why an expression is refused, and where: in UTF-16 units from 0. */
export class Refusal extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A field's name and the values that it may have; of seconds in microseconds. */
export interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: (value: number) => string;
}

export const YEAR: Field = { name: "Year", from: 1970, to: 2199, text: String };
export const MONTH: Field = { name: "Month", from: 1, to: 12, text: String };
export const DAY: Field = { name: "Day", from: 1, to: 31, text: String };
export const DAY_FROM_END: Field = { name: "Day from the end", from: 1, to: 31, text: String };
export const HOUR: Field = { name: "Hour", from: 0, to: 23, text: String };
export const MINUTE: Field = { name: "Minute", from: 0, to: 59, text: String };
export const MICROSECOND: Field = { name: "Second", from: 0, to: 60 * SECOND - 1, text: (value) => secondsText(value, 1) };

/** A part as it is written, before ranges and repetitions are judged. */
export interface RawPart extends CalendarPart {
  readonly at: number;
}

/** The parts of a field in the order they are written; null for any value. */
export type Chain = readonly RawPart[] | null;

/** Years of two digits lie between 1970 and 2069. */
export function fullYears(chain: Chain): Chain {
  const full = (year: number): number => (year < 0 || year >= 100 ? year : year < 70 ? year + 2000 : year + 1900);
  return chain?.map((part) => ({ ...part, start: full(part.start), stop: part.stop === null ? null : full(part.stop) })) ?? null;
}

/** Sorts a field's parts, drops doubles, and refuses what lies outside the field. */
export function settle(chain: Chain, field: Field): readonly CalendarPart[] | null {
  if (chain === null) return null;
  const sorted = chain.map(trimRange).sort(
    (a, b) => a.start - b.start || (a.stop ?? -1) - (b.stop ?? -1) || (a.step ?? 0) - (b.step ?? 0),
  );
  const parts = sorted.filter((part, index) => {
    const before = sorted[index - 1];
    return before?.start !== part.start || before.stop !== part.stop || before.step !== part.step;
  });
  parts.forEach((part, index) => check(part, field, index));
  return parts.map(({ start, stop, step }) => ({ start, stop, step }));
}

/** Lets a range end on a value that its step reaches; a range of one value becomes that value. */
function trimRange(part: RawPart): RawPart {
  if (part.stop === null || part.step === null || part.stop < part.start) return part;
  const stop = part.stop - ((part.stop - part.start) % part.step);
  return stop === part.start ? { ...part, stop: null, step: null } : { ...part, stop };
}

/** @param index the part's place in the sorted list */
function check({ start, stop, step, at }: RawPart, field: Field, index: number): void {
  const isFromEnd = field === DAY_FROM_END;
  // Only the last 28 days exist in every month. That systemd takes three more off for each further value of a list is an
  // oversight of its own, but it decides whether the timer starts.
  const to = isFromEnd ? field.to - 3 * (index + 1) : field.to;
  for (const value of stop === null ? [start] : [start, stop]) {
    if (value >= field.from && value <= to) continue;
    if (isFromEnd && value >= field.from && value <= 28) {
      throw new Refusal(`systemd takes ${value} only earlier in a list with "~"; write a range or a second expression.`, at);
    }
    const largest = field.text(isFromEnd ? 28 : to);
    const midnight = field === HOUR && value === 24 ? "; midnight is 0:00" : "";
    throw new Refusal(`${field.name} ${field.text(value)} is out of range, ${field.from} to ${largest}${midnight}.`, at);
  }
  if (stop !== null && start > stop) {
    const forwards =
      isFromEnd || field === YEAR
        ? `${field.text(stop)}..${field.text(start)}`
        : `${rangeText(start, to, field)},${rangeText(field.from, stop, field)}`;
    throw new Refusal(`The range ${field.text(start)}..${field.text(stop)} runs backwards; write "${forwards}".`, at);
  }
  if (step === null || stop !== null) return;
  const isReaching = isFromEnd ? start - step >= field.from : start + step <= to;
  if (isReaching) return;
  const bound = isFromEnd ? "the last day" : `${field.name.toLowerCase()} ${field.text(to)}`;
  const steps = `A step of ${field.text(step)} from ${field.text(start)}`;
  throw new Refusal(`${steps} finds nothing up to ${bound}; leave the step out.`, at);
}

function rangeText(from: number, to: number, field: Field): string {
  return from === to ? field.text(from) : `${field.text(from)}..${field.text(to)}`;
}
