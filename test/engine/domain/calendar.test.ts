/** Holds the calendar parser to systemd's recorded verdicts, and its messages and answers about schedules to exact values. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CalendarSpec,
  cadence,
  dailyTimes,
  firesAtLeastMonthly,
  isMonthly,
  isTimeZone,
  parseCalendar,
  parseUnitCalendar,
} from "../../../src/engine/domain/calendar.ts";
import { expression, mutated } from "./calendar-grammar.ts";
import { ACCEPTED, REFUSED } from "./calendar-table.ts";

function specOf(text: string): CalendarSpec {
  const result = parseCalendar(text);
  if (!result.ok) throw new Error(`${text}: ${result.message}`);
  return result.spec;
}

describe("parseCalendar", () => {
  it.each(ACCEPTED)("reads %j as %j", (text, normal) => {
    expect(parseCalendar(text)).toMatchObject({ ok: true, normal });
  });

  it.each(REFUSED)("refuses %j", (text) => {
    expect(parseCalendar(text)).toMatchObject({ ok: false });
  });

  it("takes lists of up to 241 values", () => {
    const list = (length: number): string => `*:${Array<string>(length).fill("5").join(",")}`;
    expect(parseCalendar(list(241))).toMatchObject({ ok: true, normal: "*-*-* *:05:00" });
    expect(parseCalendar(list(242))).toEqual({
      ok: false,
      message: "systemd reads no more than 241 values in a list; write ranges.",
      offset: 484,
    });
  });

  it("gives the meaning as data", () => {
    expect(specOf("Fri,Mon 2025..2030/2-*~07/1 8..18/2:*:0/0.5 UTC")).toEqual({
      weekdays: [0, 4],
      years: [{ start: 2025, stop: 2029, step: 2 }],
      months: null,
      days: [{ start: 7, stop: null, step: 1 }],
      daysFromEnd: true,
      hours: [{ start: 8, stop: 18, step: 2 }],
      minutes: null,
      microseconds: [{ start: 0, stop: null, step: 500_000 }],
      zone: { kind: "utc", name: "UTC" },
    });
  });

  it.each([
    ["2:00", null],
    ["2:00 utc", { kind: "utc", name: "UTC" }],
    ["2:00 Europe/Amsterdam", { kind: "named", name: "Europe/Amsterdam" }],
    ["2:00 CET", { kind: "named", name: "CET" }],
    ["2:00 cet", { kind: "abbreviation", name: "CET" }],
    ["2:00 CEST", { kind: "abbreviation", name: "CEST" }],
    ["2:00 chst", { kind: "abbreviation", name: "ChST" }],
    ["@0 Europe/Amsterdam", { kind: "utc", name: "UTC" }],
  ])("tells the zone of %j", (text, zone) => {
    expect(specOf(text).zone).toEqual(zone);
  });

  it.each([
    ["", 0, 'A calendar expression is missing; write for example "daily" or "*-*-* 02:00:00".'],
    [" daily", 0, "No blank may stand before the expression."],
    ["02:00 ", 5, "No blank may stand after the expression."],
    ["*-*-*  2:00  UTC", 5, "Single spaces separate the parts of an expression."],
    ["Mon, Tue 2:00", 3, 'No space may stand beside "," or "-" or ":" or ".."; write "Mon,Tue 2:00".'],
    ["dayly", 0, '"dayly" is no word of a calendar expression; did you mean "daily"?'],
    ["Tues 10:00", 0, '"Tues" is no word of a calendar expression; did you mean "Tue"?'],
    ["anualy", 0, '"anualy" is no word of a calendar expression; did you mean "annually"?'],
    ["nightly", 0, '"nightly" is no word of a calendar expression; did you mean "daily"?'],
    [
      "every day",
      0,
      '"every" is no word of a calendar expression; write for example "daily", "Mon..Fri 02:00" or "*-*-* 02:00:00".',
    ],
    ["@daily", 0, '"@daily" is cron\'s notation; write "daily".'],
    ["0 2 * * *", 0, 'This is cron\'s notation; systemd writes weekdays, a date and a time, here "*-*-* 02:00:00".'],
    ["*/15 * * * *", 0, 'This is cron\'s notation; systemd writes weekdays, a date and a time, here "*-*-* *:0/15:00".'],
    [
      "0 2 * * 1-5",
      0,
      "This is cron's notation; systemd writes weekdays, a date and a time, for example \"Mon..Fri *-*-1..7 02:00:00\".",
    ],
    [
      "15min",
      0,
      '"15min" is a span of time, which OnUnitActiveSec takes; a calendar expression says when, ' +
        'for example "*:0/15" for every quarter of an hour.',
    ],
    ["2:00 pm", 5, 'Hours count from 0 to 23 without "am" or "pm"; write for example "14:00".'],
    ["02.30", 2, 'Hours and minutes are separated by a colon; write "02:30".'],
    ["2025-01-01T10:00", 10, 'A space, not "T", stands between date and time.'],
    ["2025/01/01", 4, 'A date is written with "-", year first: "2030-12-31".'],
    ["daily 02:00", 0, '"daily" stands alone or before a time zone; it means "*-*-* 00:00:00", which can be changed.'],
    ["10:00 Mon", 6, 'Weekdays come before the date and the time, joined by ",".'],
    ["Mon Tue", 4, 'Weekdays come before the date and the time, joined by ",".'],
    ["Sat-Mon 2:00", 4, 'The week begins on Monday, so the range runs backwards; write "Sat..Sun,Mon".'],
    ["Mon..Fri 8-18:00", 10, 'A range of numbers is written with ".."; write "8..18:00".'],
    ["UTC", 0, '"UTC" is a time zone, before which an expression such as "daily" stands.'],
    ["2:00 UTC UTC", 9, "Only one time zone can stand at the end."],
    ["10:00 Europe/Amsterdm", 6, 'systemd knows no time zone "Europe/Amsterdm"; did you mean "Europe/Amsterdam"?'],
    ["10:00 Amsterdam", 6, 'systemd knows no time zone "Amsterdam"; did you mean "Europe/Amsterdam"?'],
    ["10:00 Z", 6, 'systemd knows no time zone "Z"; did you mean "UTC"?'],
    ["10:00 UTC+1", 6, 'systemd knows no time zone "UTC+1"; did you mean "Etc/GMT-1"?'],
    ["10:00 Mars/Base", 6, 'systemd knows no time zone "Mars/Base"; one is written "UTC" or "Europe/Amsterdam".'],
    ["*:*/15", 2, 'A step counts from a number, not from "*"; write for example "0/15" in a time, "1/2" in a date.'],
    ["*:0/60", 2, "A step of 60 from 0 finds nothing up to minute 59; leave the step out."],
    ["*:0/0", 4, "A step of 0 repeats nothing; leave it out or write a larger one."],
    ["*-*~1/1", 4, "A step of 1 from 1 finds nothing up to the last day; leave the step out."],
    ["24:00", 0, "Hour 24 is out of range, 0 to 23; midnight is 0:00."],
    ["*-*-* 23:60", 9, "Minute 60 is out of range, 0 to 59."],
    ["00:00:59.9999999", 6, "Second 60 is out of range, 0 to 59.999999."],
    ["1969-01-01", 0, "Year 1969 is out of range, 1970 to 2199."],
    ["*-*~30", 4, "Day from the end 30 is out of range, 1 to 28."],
    ["*-*~1,28", 6, 'systemd takes 28 only earlier in a list with "~"; write a range or a second expression.'],
    ["*-*~1,2,3,4,5,6,7,8,9,10,11", 18, 'systemd takes 8 only earlier in a list with "~"; write a range or a second expression.'],
    ["Fri..Tue", 5, 'The week begins on Monday, so the range runs backwards; write "Fri..Sun,Mon..Tue".'],
    ["22..6:00", 0, 'The range 22..6 runs backwards; write "22..23,0..6".'],
    ["*:30..0", 2, 'The range 30..0 runs backwards; write "30..59,0".'],
    ["*-*~5..1", 4, 'The range 5..1 runs backwards; write "1..5".'],
    ["*:*:0..0.5", 4, 'A range of seconds shorter than one second needs a step, for example "0..0.5/0.1".'],
    ["7", 0, '"7" alone is no date and no time; a time is written "2:00", a day of each month "*-*-1".'],
    ["*-*-* 2", 7, 'The expression ends too early; a time is written "2:00" or "02:00:00".'],
    ["2:00:00:00", 7, '":" cannot stand here; the expression ends after the seconds.'],
    ["Mon.Tue", 3, '"." cannot stand here; a range of weekdays is written "Mon..Fri".'],
    ["Mon..", 5, 'The expression ends too early; a weekday such as "Fri" is expected.'],
    ["2:00,", 5, "The expression ends too early; a number is expected."],
  ])("says of %j at %i: %s", (text, offset, message) => {
    expect(parseCalendar(text)).toEqual({ ok: false, message, offset });
  });

  it("never throws, and says in one line what is wrong at a place inside the text", () => {
    const text = fc.oneof(expression, mutated, fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(text, (any) => {
        const result = parseCalendar(any);
        if (result.ok) return;
        expect(result.message).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]+[.?]$/u);
        expect(result.offset).toBeGreaterThanOrEqual(0);
        expect(result.offset).toBeLessThanOrEqual(any.length);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads a normal form as itself", () => {
    fc.assert(
      fc.property(expression, (text) => {
        const first = parseCalendar(text);
        if (!first.ok) return;
        expect(parseCalendar(first.normal)).toMatchObject({ ok: true, normal: first.normal });
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["a long number", `*:${"9".repeat(200_000)}`],
    ["a long time stamp", `@${"0".repeat(200_000)}5x`],
    ["many weekdays", "Mon,".repeat(100_000)],
    ["many spaces", `Mon${" ".repeat(200_000)}x`],
    ["many steps", "1/1/".repeat(100_000)],
  ])("ends on %s", (_, text) => {
    expect(parseCalendar(text).ok).toBe(text.startsWith("Mon,"));
  });
});

describe("parseUnitCalendar", () => {
  it("leaves blanks around the value out, as a unit file does", () => {
    expect(parseUnitCalendar(" \tdaily \n")).toMatchObject({ ok: true, normal: "*-*-* 00:00:00" });
  });

  it("counts offsets from the start of the value", () => {
    expect(parseUnitCalendar("  24:00 ")).toMatchObject({ ok: false, offset: 2 });
    expect(parseUnitCalendar("   ")).toMatchObject({ ok: false, offset: 3 });
  });

  it("cannot know a value with a specifier", () => {
    expect(parseUnitCalendar("%i")).toBeNull();
  });
});

describe("isTimeZone", () => {
  const known = ["UTC", "Europe/Amsterdam", "America/Argentina/Ushuaia", "posix/Asia/Tokyo", "right/UTC", "GB-Eire", "Factory"];
  it.each(known)("knows %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  const unknown = ["", "utc", "CEST", "Europe", "Europe/amsterdam", "posix/posix/UTC", "/UTC", "constructor", "zone.tab"];
  it.each(unknown)("does not know %j", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

describe("dailyTimes", () => {
  it.each([
    ["daily", [[0, 0, 0]]],
    ["02:00", [[2, 0, 0]]],
    ["*-*-* 2:00", [[2, 0, 0]]],
    ["Mon..Sun 02:00", [[2, 0, 0]]],
    ["*-*-1..31 02:00", [[2, 0, 0]]],
    ["*-1/1-1/1 02:00", [[2, 0, 0]]],
    ["2025/1-*-* 02:00", [[2, 0, 0]]],
    ["2025..2199-*-* 02:00", [[2, 0, 0]]],
    ["*-*-* 02:00:00 Europe/Amsterdam", [[2, 0, 0]]],
    ["14,2:30,0", [[2, 0, 0], [2, 30, 0], [14, 0, 0], [14, 30, 0]]],
    ["2..4,3..5:00", [[2, 0, 0], [3, 0, 0], [4, 0, 0], [5, 0, 0]]],
    ["0/12:05:07.5", [[0, 5, 7.5], [12, 5, 7.5]]],
  ])("lists those of %j", (text, times) => {
    expect(dailyTimes(specOf(text))).toEqual(times.map(([hour, minute, second]) => ({ hour, minute, second })));
  });

  it.each([
    "weekly", "monthly", "Mon..Sat 02:00", "*-1..11-* 02:00", "*-*-1..30 02:00", "*-*~1..28 02:00", "2025-*-* 02:00",
    "2025/2-*-* 02:00", "2025..2030-*-* 02:00", "*-*-* *:*:*", "2:00:0/0.000001", "@0",
  ])("has none for %j", (text) => {
    expect(dailyTimes(specOf(text))).toBeNull();
  });

  it("lists up to every minute", () => {
    expect(dailyTimes(specOf("hourly"))).toHaveLength(24);
    expect(dailyTimes(specOf("minutely"))).toHaveLength(1440);
  });
});

describe("cadence", () => {
  it.each([
    ["minutely", "daily"],
    ["daily", "daily"],
    ["*-*-1..31", "daily"],
    ["*-*-1/1", "daily"],
    ["Mon,Tue,Wed,Thu,Fri,Sat,Sun", "daily"],
    ["weekly", "weekly"],
    ["Mon..Fri 02:00", "weekly"],
    ["Sun *-*-* 03:00", "weekly"],
    ["*-*-1/7", "weekly"],
    ["*-*-1/2", "weekly"],
    ["*-*~1..28", "weekly"],
    ["monthly", "monthly"],
    ["*-*-01 03:00:00", "monthly"],
    ["*-*-28", "monthly"],
    ["*-*-1,15", "monthly"],
    ["*-*~1", "monthly"],
    ["*-*~28", "monthly"],
    ["*-*~28/9", "monthly"],
    ["Sat *-*-1..7", "monthly"],
    ["Sat *-*-8..14 03:00", "monthly"],
    ["Sun *-*~7/1", "monthly"],
    ["2025/1-*-01", "monthly"],
    ["*-1..12-1", "monthly"],
    ["quarterly", "rarer"],
    ["yearly", "rarer"],
    ["*-*-29", "rarer"],
    ["*-*-31", "rarer"],
    ["*-02-30", "rarer"],
    ["Fri *-*-13", "rarer"],
    ["Sat *-*-1..6", "rarer"],
    ["*-1..11-1", "rarer"],
    ["2025-*-1", "rarer"],
    ["2025..2030-*-*", "rarer"],
    ["@1700000000", "rarer"],
  ] as const)("of %j is %s", (text, period) => {
    const spec = specOf(text);
    expect(cadence(spec)).toBe(period);
    expect(isMonthly(spec)).toBe(period === "monthly");
    expect(firesAtLeastMonthly(spec)).toBe(period !== "rarer");
  });
});
