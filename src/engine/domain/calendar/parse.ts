/** Reads a calendar event expression as systemd does, refusing it with the place and the reason. */
import {
  type Chain,
  DAY,
  DAY_FROM_END,
  fullYears,
  HOUR,
  MICROSECOND,
  MINUTE,
  MONTH,
  type RawPart,
  Refusal,
  settle,
  YEAR,
} from "./fields.ts";
import { type CalendarSpec, SECOND, WEEKDAYS } from "./spec.ts";
import { type CalendarZone, readZone } from "./zones.ts";

/** The words that stand for an expression (systemd.time(7); `anually` is an old misspelling that systemd keeps accepting). */
export const SHORTHANDS: ReadonlyMap<string, string> = new Map(
  [
    ["minutely", "*-*-* *:*:00"],
    ["hourly", "*-*-* *:00:00"],
    ["daily", "*-*-* 00:00:00"],
    ["weekly", "Mon *-*-* 00:00:00"],
    ["monthly", "*-*-01 00:00:00"],
    ["quarterly", "*-01,04,07,10-01 00:00:00"],
    ["semiannually semi-annually biannually bi-annually", "*-01,07-01 00:00:00"],
    ["yearly annually anually", "*-01-01 00:00:00"],
  ].flatMap(([words = "", meaning = ""]) => words.split(" ").map((word) => [word, meaning] as const)),
);

interface Fields {
  readonly years: Chain;
  readonly months: Chain;
  readonly days: Chain;
  readonly daysFromEnd: boolean;
}

interface Times {
  readonly hours: Chain;
  readonly minutes: Chain;
  readonly microseconds: readonly RawPart[];
}

/** systemd's limit on the entries of one list. */
const LIST_MAX = 241;
const INT_MAX = 2 ** 31 - 1;
const ZERO: readonly RawPart[] = [{ start: 0, stop: null, step: null, at: 0 }];
const ANY_DATE: Fields = { years: null, months: null, days: null, daysFromEnd: false };

class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character, "" at the end. */
  get next(): string {
    return this.text.charAt(this.at);
  }

  get isAtBreak(): boolean {
    return this.next === "" || this.next === " ";
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  skipSpaces(): void {
    this.match(/ */y);
  }

  refuse(expected: string): never {
    const found = this.next === "" ? "The expression ends too early" : `${quote(this.next)} cannot stand here`;
    throw new Refusal(`${found}; ${expected}.`, this.at);
  }
}

/** A piece of an expression for a message: quoted, cut to a readable length, with nothing that breaks a line or a terminal. */
export function quote(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return `"${short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?")}"`;
}

/** Reads an expression (systemd.time(7) "Calendar Events"). Throws a `Refusal` where systemd refuses it. */
export function readCalendar(text: string): CalendarSpec {
  const { body, zone } = splitZone(text);
  if (body === "") throw new Refusal('A calendar expression is missing; write for example "daily" or "*-*-* 02:00:00".', 0);
  const cursor = new Cursor(SHORTHANDS.get(body.toLowerCase()) ?? body);
  const weekdays = readWeekdays(cursor);
  const isTimestamp = cursor.next === "@";
  const [date, time] = isTimestamp ? readTimestamp(cursor) : readDateAndTime(cursor);
  return {
    weekdays: weekdays === null || weekdays.length === 7 ? null : weekdays,
    years: settle(fullYears(date.years), YEAR),
    months: settle(date.months, MONTH),
    days: settle(date.days, date.daysFromEnd ? DAY_FROM_END : DAY),
    daysFromEnd: date.daysFromEnd && date.days !== null,
    hours: settle(time.hours, HOUR),
    minutes: settle(time.minutes, MINUTE),
    microseconds: settle(time.microseconds, MICROSECOND) ?? [],
    zone: isTimestamp ? { kind: "utc", name: "UTC" } : zone,
  };
}

/** The zone is the last word, if it is one; exactly one space belongs to it. */
function splitZone(text: string): { body: string; zone: CalendarZone | null } {
  const space = text.lastIndexOf(" ");
  const zone = space < 0 ? null : readZone(text.slice(space + 1));
  return zone === null ? { body: text, zone } : { body: text.slice(0, space), zone };
}

function readWeekdays(cursor: Cursor): number[] | null {
  const days = new Set<number>();
  let rangeStart: number | null = null;
  for (;;) {
    const at = cursor.at;
    const day = readWeekday(cursor);
    if (day === null) {
      if (days.size === 0) return null;
      cursor.refuse('a weekday such as "Fri" is expected');
    }
    if (rangeStart !== null && rangeStart > day) throw new Refusal(backwardWeekdays(rangeStart, day), at);
    for (let each = rangeStart ?? day; each <= day; each++) days.add(each);
    if (cursor.next === ",") {
      rangeStart = null;
      cursor.at++;
      if (cursor.isAtBreak) break;
    } else if (cursor.isAtBreak) {
      break;
    } else {
      // "Mon-Fri" is the older spelling, which systemd still reads.
      if (rangeStart !== null || cursor.match(/\.\.|-/y) === null) cursor.refuse('a range of weekdays is written "Mon..Fri"');
      rangeStart = day;
    }
  }
  cursor.skipSpaces();
  return [...days].sort((a, b) => a - b);
}

function readWeekday(cursor: Cursor): number | null {
  const name = cursor.match(/monday|mon|tuesday|tue|wednesday|wed|thursday|thu|friday|fri|saturday|sat|sunday|sun/iy)?.[0];
  if (name === undefined) return null;
  if (!/^[-., ]?$/.test(cursor.next)) cursor.refuse(`a weekday such as ${quote(name)} ends with a space, "," or ".."`);
  return WEEKDAYS.findIndex((day) => name.toLowerCase().startsWith(day.toLowerCase()));
}

function backwardWeekdays(from: number, to: number): string {
  const range = (first: number, last: number): string =>
    first === last ? `${WEEKDAYS[first]}` : `${WEEKDAYS[first]}..${WEEKDAYS[last]}`;
  return `The week begins on Monday, so the range runs backwards; write "${range(from, 6)},${range(0, to)}".`;
}

function readDateAndTime(cursor: Cursor): [Fields, Times] {
  if (cursor.next === "") return [ANY_DATE, readTime(cursor)];
  const at = cursor.at;
  const first = readChain(cursor, false);
  if (cursor.next === ":") return [ANY_DATE, readTime(cursor, first)];
  if (cursor.next === "") {
    const alone = quote(cursor.text.slice(at));
    throw new Refusal(`${alone} alone is no date and no time; a time is written "2:00", a day of each month "*-*-1".`, at);
  }
  const isMonthEnd = readDateSeparator(cursor, 'a time is written "2:00", a date "2030-12-31" or "*-*-1"');
  const second = readChain(cursor, false);
  if (cursor.isAtBreak) return [{ years: null, months: first, days: second, daysFromEnd: isMonthEnd }, readTime(cursor)];
  if (isMonthEnd) cursor.refuse('"~" stands before the day, at the end of the date');
  const daysFromEnd = readDateSeparator(cursor, 'a date is written "2030-12-31" or "*-*-1"');
  const third = readChain(cursor, false);
  if (!cursor.isAtBreak) cursor.refuse("the date ends here; a time follows after a space");
  return [{ years: first, months: second, days: third, daysFromEnd }, readTime(cursor)];
}

/** Whether the day that follows is counted from the end of the month. */
function readDateSeparator(cursor: Cursor, expected: string): boolean {
  const separator = cursor.match(/[-~]/y)?.[0] ?? cursor.refuse(expected);
  return separator === "~";
}

/** @param hours the hours where they have been read already */
function readTime(cursor: Cursor, hours?: Chain): Times {
  if (hours === undefined) {
    cursor.skipSpaces();
    if (cursor.next === "") return { hours: ZERO, minutes: ZERO, microseconds: ZERO };
    hours = readChain(cursor, false);
  }
  if (cursor.match(/:/y) === null) cursor.refuse('a time is written "2:00" or "02:00:00"');
  const minutes = readChain(cursor, false);
  if (cursor.next === "") return { hours, minutes, microseconds: ZERO };
  if (cursor.match(/:/y) === null) cursor.refuse('":" and seconds or nothing can follow the minutes');
  const microseconds = readChain(cursor, true) ?? ZERO;
  if (cursor.next !== "") cursor.refuse("the expression ends after the seconds");
  return { hours, minutes, microseconds };
}

function readChain(cursor: Cursor, inSeconds: boolean): Chain {
  const at = cursor.at;
  if (cursor.match(/\*/y) !== null) {
    if (cursor.next === "/") {
      throw new Refusal('A step counts from a number, not from "*"; write for example "0/15" in a time, "1/2" in a date.', at);
    }
    return inSeconds ? [{ start: 0, stop: null, step: SECOND, at }] : null;
  }
  const parts: RawPart[] = [];
  do {
    if (parts.length === LIST_MAX) {
      throw new Refusal(`systemd reads no more than ${LIST_MAX} values in a list; write ranges.`, cursor.at);
    }
    parts.push(readPart(cursor, inSeconds));
  } while (cursor.match(/,/y) !== null);
  return parts;
}

function readPart(cursor: Cursor, inSeconds: boolean): RawPart {
  const at = cursor.at;
  const start = readNumber(cursor, inSeconds);
  const stop = cursor.match(/\.\./y) === null ? null : readNumber(cursor, inSeconds);
  const usualStep = inSeconds ? SECOND : 1;
  let step = stop === null ? null : usualStep;
  const stepAt = cursor.at + 1;
  if (cursor.match(/\//y) !== null) {
    step = readNumber(cursor, inSeconds);
    if (step === 0) throw new Refusal("A step of 0 repeats nothing; leave it out or write a larger one.", stepAt);
  } else if (inSeconds && stop !== null && start + usualStep > stop) {
    throw new Refusal('A range of seconds shorter than one second needs a step, for example "0..0.5/0.1".', at);
  }
  if (!/^[ ,\-~:]?$/.test(cursor.next)) {
    cursor.refuse('a number is followed by "..", "/", ",", by what separates fields, or by the end');
  }
  return { start, stop, step, at };
}

/** A number; of seconds with its fraction, rounded to microseconds. */
function readNumber(cursor: Cursor, inSeconds: boolean): number {
  const at = cursor.at;
  const digits = cursor.match(/[0-9]+/y)?.[0] ?? cursor.refuse("a number is expected");
  let value = Number(digits);
  if (inSeconds) {
    value *= SECOND;
    // One dot is a decimal point, two are a range.
    if (cursor.match(/\.(?!\.)/y) !== null) {
      const fraction = cursor.match(/[0-9]+/y)?.[0] ?? cursor.refuse('digits follow the decimal point; a range is written ".."');
      value += Number(fraction.slice(0, 6).padEnd(6, "0")) + (fraction.charAt(6) >= "5" ? 1 : 0);
    }
  }
  if (value > INT_MAX) throw new Refusal(`${quote(digits)} is too large a number here.`, at);
  return value;
}

/** `@` and seconds since 1970; the blanks and signs are those of C's `strtoul`, by which systemd reads it. */
function readTimestamp(cursor: Cursor): [Fields, Times] {
  const at = cursor.at++;
  const found = cursor.match(/[ \t\n\v\f\r]*([+-]?)([0-9]+)/y) ?? cursor.refuse('seconds since 1970 follow "@"');
  if (cursor.next !== "") cursor.refuse('nothing follows the seconds after "@" but a time zone');
  const [, sign, written = ""] = found;
  const digits = written.replace(/^0+(?=[0-9])/, "");
  const size = digits.length > 20 ? 2n ** 64n : BigInt(digits);
  const seconds = BigInt.asIntN(64, sign === "-" ? -size : size);
  const moment = new Date(Number(seconds) * 1000);
  if (size >= 2n ** 64n || Number.isNaN(moment.getTime())) {
    throw new Refusal(`${quote(digits)} is too large a number of seconds.`, at);
  }
  const only = (value: number): RawPart[] => [{ start: value, stop: null, step: null, at }];
  return [
    {
      years: only(moment.getUTCFullYear()),
      months: only(moment.getUTCMonth() + 1),
      days: only(moment.getUTCDate()),
      daysFromEnd: false,
    },
    {
      hours: only(moment.getUTCHours()),
      minutes: only(moment.getUTCMinutes()),
      microseconds: only(moment.getUTCSeconds() * SECOND),
    },
  ];
}
