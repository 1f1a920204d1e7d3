/** A calendar event expression as data, and the one spelling that systemd gives it. */
import type { CalendarZone } from "./zones.ts";

/** A value, a range or a repetition within one field. */
export interface CalendarPart {
  readonly start: number;
  /** The inclusive end of a range; null where there is none. */
  readonly stop: number | null;
  /** The distance between values; null for a single value. Without `stop` it repeats up to the field's largest value. */
  readonly step: number | null;
}

/**
 * What an expression means. Null in a field: any value. Parts are sorted and distinct, and a range ends on a value that its
 * step reaches.
 */
export interface CalendarSpec {
  /** 0 for Monday to 6 for Sunday, ascending. */
  readonly weekdays: readonly number[] | null;
  /** Four digits. */
  readonly years: readonly CalendarPart[] | null;
  /** From 1. */
  readonly months: readonly CalendarPart[] | null;
  /** From 1; with `daysFromEnd` counted back from the last day of the month, which is 1. */
  readonly days: readonly CalendarPart[] | null;
  readonly daysFromEnd: boolean;
  readonly hours: readonly CalendarPart[] | null;
  readonly minutes: readonly CalendarPart[] | null;
  /** Within the minute; each second is a step of 1,000,000 from 0. */
  readonly microseconds: readonly CalendarPart[];
  /** The zone that the fields are read in; null for the host's own. */
  readonly zone: CalendarZone | null;
}

/** Microseconds in a second. */
export const SECOND = 1_000_000;

/** The short names of the weekdays, from Monday. */
export const WEEKDAYS: readonly string[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** The text that `systemd-analyze calendar` prints as "Normalized form". */
export function normalForm(spec: CalendarSpec): string {
  const weekdays = spec.weekdays === null ? "" : `${weekdayList(spec.weekdays)} `;
  const date = `${field(spec.years, 4)}-${field(spec.months, 2)}${spec.daysFromEnd ? "~" : "-"}${field(spec.days, 2)}`;
  const time = `${field(spec.hours, 2)}:${field(spec.minutes, 2)}:${secondsField(spec.microseconds)}`;
  return `${weekdays}${date} ${time}${spec.zone === null ? "" : ` ${spec.zone.name}`}`;
}

/** Weekdays with runs of three and more as ranges. */
export function weekdayList(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) => run.map((day) => WEEKDAYS[day] ?? ""))
    .map((names) => (names.length > 2 ? `${names[0]}..${names.at(-1)}` : names.join(",")))
    .join(",");
}

/** A value of seconds as systemd writes it, from microseconds: two digits, and six of a fraction that is not zero. */
export function secondsText(microseconds: number, width = 2): string {
  const fraction = microseconds % SECOND;
  const whole = String(Math.floor(microseconds / SECOND)).padStart(width, "0");
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, "0")}`;
}

function field(parts: readonly CalendarPart[] | null, width: number): string {
  if (parts === null) return "*";
  return parts.map((part) => partText(part, 1, (value) => String(value).padStart(width, "0"), String)).join(",");
}

function secondsField(parts: readonly CalendarPart[]): string {
  // Then systemd prints nothing of the other parts, though one could lie between two seconds.
  const isEverySecond = parts.some(({ start, stop, step }) => start === 0 && stop === null && step === SECOND);
  if (isEverySecond) return "*";
  return parts.map((part) => partText(part, SECOND, secondsText, (step) => secondsText(step, 1))).join(",");
}

function partText(
  part: CalendarPart,
  unit: number,
  value: (value: number) => string,
  repetition: (step: number) => string,
): string {
  const range = part.stop === null ? "" : `..${value(part.stop)}`;
  const isPlain = part.step === null || (part.stop !== null && part.step === unit);
  return `${value(part.start)}${range}${isPlain ? "" : `/${repetition(part.step ?? unit)}`}`;
}
