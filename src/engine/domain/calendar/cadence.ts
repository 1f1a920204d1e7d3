/** Answers what conventions ask of a schedule: at which times of day, and how often it fires at the least. */
import { type CalendarPart, type CalendarSpec, SECOND } from "./spec.ts";

/** A time of day in the schedule's zone; `second` may have a fraction of up to six digits. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The shortest of these periods in each of which a schedule fires at least once; `rarer` where not even in each month. */
export type Cadence = "daily" | "weekly" | "monthly" | "rarer";

/** Enough for every minute of a day; what fires more often has no times of day worth listing. */
const TIMES_MAX = 24 * 60;
/** After so many years the weekdays of all dates recur (no century that is no leap year lies within). */
const CYCLE_YEARS = 28;
/** A year that began on a Monday. */
const FIRST_YEAR = 2001;
const LAST_YEAR = 2199;

/**
 * The times at which a schedule fires if it fires at the same times every day, in order, without doubles.
 *
 * @returns null where some days differ (a weekday, a date, a year that ends) or where it fires more than 1,440 times a day.
 *   The times are those of `spec.zone`, not of the host, where a zone is named.
 */
export function dailyTimes(spec: CalendarSpec): TimeOfDay[] | null {
  const hours = values(spec.hours, 0, 23);
  const minutes = values(spec.minutes, 0, 59);
  const microseconds = values(spec.microseconds, 0, 60 * SECOND - 1);
  if (hours === null || minutes === null || microseconds === null) return null;
  if (hours.length * minutes.length * microseconds.length > TIMES_MAX || cadence(spec) !== "daily") return null;
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => microseconds.map((moment) => ({ hour, minute, second: moment / SECOND }))),
  );
}

/** Whether a schedule fires in each month, but not in each week (nor each day): `monthly`, `*-*~1`, `Sat *-*-1..7`. */
export function isMonthly(spec: CalendarSpec): boolean {
  return cadence(spec) === "monthly";
}

/** Whether there is no month without a firing; true of daily and weekly schedules too. */
export function firesAtLeastMonthly(spec: CalendarSpec): boolean {
  return cadence(spec) !== "rarer";
}

/**
 * How often a schedule fires at the least, judged by its days: weekly means that no seven days in a row are without one.
 * Years that only say when it begins (`2025/1`, `2025..2199`) do not count; any other choice of years makes it `rarer`.
 * It is what systemd.time(7) promises: that systemd up to 258 misses 1 January after some steps (its issue 40260) is left out.
 */
export function cadence(spec: CalendarSpec): Cadence {
  // Nearly every schedule is one of each day; the others are tried day by day.
  if (spec.years === null && spec.months === null && spec.days === null && spec.weekdays === null) return "daily";
  const months = values(spec.months, 1, 12);
  if (!isOpenEnded(spec) || months?.length !== 12) return "rarer";
  const fires = dayTest(spec);
  let longestGap = 0;
  let gap = 0;
  let weekday = 0;
  for (let year = FIRST_YEAR; year < FIRST_YEAR + CYCLE_YEARS; year++) {
    for (let month = 1; month <= 12; month++) {
      const length = daysIn(year, month);
      let isIdle = true;
      for (let day = 1; day <= length; day++, weekday = (weekday + 1) % 7) {
        gap++;
        if (!fires(day, length, weekday)) continue;
        longestGap = Math.max(longestGap, gap);
        gap = 0;
        isIdle = false;
      }
      if (isIdle) return "rarer";
    }
  }
  return longestGap === 1 ? "daily" : longestGap <= 7 ? "weekly" : "monthly";
}

function isOpenEnded(spec: CalendarSpec): boolean {
  const years = values(spec.years, 1970, LAST_YEAR) ?? [];
  const [first] = years;
  return first !== undefined && years.at(-1) === LAST_YEAR && years.length === LAST_YEAR - first + 1;
}

function dayTest(spec: CalendarSpec): (day: number, length: number, weekday: number) => boolean {
  const weekdays = new Set(spec.weekdays ?? [0, 1, 2, 3, 4, 5, 6]);
  const days = new Set(spec.daysFromEnd ? daysFromEnd(spec.days ?? []) : values(spec.days, 1, 31));
  return (day, length, weekday) => weekdays.has(weekday) && days.has(spec.daysFromEnd ? length - day + 1 : day);
}

/** Counted from the end of the month, a repetition without end leads to the last day (`~7/1`: the last seven days). */
function daysFromEnd(parts: readonly CalendarPart[]): number[] {
  return parts.flatMap(({ start, stop, step }) => {
    if (step === null) return [start];
    const days: number[] = [];
    if (stop === null) for (let day = start; day >= 1; day -= step) days.push(day);
    else for (let day = start; day <= stop; day += step) days.push(day);
    return days;
  });
}

/** The values of a field in order; null where a part has more than are ever listed. */
function values(parts: readonly CalendarPart[] | null, from: number, to: number): number[] | null {
  const found = new Set<number>();
  for (const { start, stop, step } of parts ?? [{ start: from, stop: null, step: 1 }]) {
    const end = step === null ? start : (stop ?? to);
    if ((end - start) / (step ?? 1) >= TIMES_MAX) return null;
    for (let value = start; value <= end; value += step ?? 1) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
