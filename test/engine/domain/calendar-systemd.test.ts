/** Compares the calendar parser with `systemd-analyze calendar` on the table, on random expressions and on real elapses. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cadence, type CalendarSpec, dailyTimes, isTimeZone, parseCalendar } from "../../../src/engine/domain/calendar.ts";
import { fixed } from "../../support/tape.ts";
import { expression, mutated } from "./calendar-grammar.ts";
import { elapses, judge, judgeVersion, type Verdict } from "./calendar-judge.ts";
import { ACCEPTED, REFUSED } from "./calendar-table.ts";

const version = judgeVersion();
/** Older ones differ in ranges of seconds and in how some lists are printed. */
const isRecent = Number(/^systemd ([0-9]+)/.exec(version ?? "")?.[1] ?? 0) >= 252;
const needs = isRecent ? "" : " (skipped: needs systemd-analyze 252 or later)";

const ZONEINFO = "/usr/share/zoneinfo";
const TZDATA = `${ZONEINFO}/tzdata.zi`;
const hasTzdata = existsSync(TZDATA) && readFileSync(TZDATA, "utf8").startsWith("# version 2025b");
const needsTzdata = hasTzdata ? needs : " (skipped: needs tzdata 2025b)";

/** Our verdict in the judge's terms; the short names of zones are right on some hosts only, so they are left to it. */
function verdict(text: string, judged: Verdict): Verdict {
  const result = parseCalendar(text);
  if (!result.ok) return "refused";
  if (result.spec.zone?.kind === "abbreviation" && judged === "refused") return judged;
  return judged === "unprinted" ? judged : { normal: result.normal };
}

function differences(expressions: readonly string[], zone?: string): unknown[] {
  return [...judge(expressions, zone)]
    .map(([text, judged]) => ({ text, judged, ours: verdict(text, judged) }))
    .filter(({ judged, ours }) => JSON.stringify(judged) !== JSON.stringify(ours));
}

function specOf(text: string): CalendarSpec | null {
  const result = parseCalendar(text);
  return result.ok ? result.spec : null;
}

describe("systemd-analyze calendar", () => {
  it.skipIf(!isRecent)(`agrees with the table${needs}`, () => {
    expect(differences([...ACCEPTED.map(([text]) => text), ...REFUSED])).toEqual([]);
  });

  it.skipIf(!isRecent)(`agrees on 6,000 expressions of the grammar${needs}`, () => {
    expect(differences(fc.sample(expression, fixed(6000, 2025)))).toEqual([]);
  });

  it.skipIf(!isRecent)(`agrees on 6,000 expressions with a character wrong${needs}`, () => {
    expect(differences(fc.sample(mutated, fixed(6000, 2026)))).toEqual([]);
  });

  it.skipIf(!isRecent)(`accepts the short names of the host's zone${needs}`, () => {
    const texts = ["2:00 CEST", "2:00 cest", "2:00 CET", "daily Cet", "2025-1-1 CEST"];
    const judged = judge(texts, "Europe/Amsterdam");
    expect([...judged.values()].filter((each) => each === "refused")).toEqual([]);
    expect(differences(texts, "Europe/Amsterdam")).toEqual([]);
  });

  it.skipIf(!isRecent || !hasTzdata)(`accepts the same files of tzdata${needsTzdata}`, () => {
    const files = readdirSync(ZONEINFO, { recursive: true, encoding: "utf8" });
    expect(files.length).toBeGreaterThan(400);
    const judged = judge(files.map((name) => `daily ${name}`));
    const differing = files.filter((name) => isTimeZone(name) !== (judged.get(`daily ${name}`) !== "refused"));
    expect(differing).toEqual([]);
  });

  it.skipIf(!isRecent)(`elapses at the daily times${needs}`, () => {
    // Asked from the last microsecond of a day, as systemd up to 258 may miss what follows a step past its end (issue 40260).
    const clock = /^(?:\*-\*-\* )?[^ ]*:[^ ]*$/;
    const texts = fc.sample(expression, { seed: 7, numRuns: 3000 }).filter((text) => clock.test(text));
    let compared = 0;
    for (const text of texts) {
      const spec = specOf(text);
      const times = spec === null ? null : dailyTimes(spec);
      if (times === null || times.length > 60 || times.some(({ second }) => !Number.isInteger(second))) continue;
      const two = (value: number): string => String(value).padStart(2, "0");
      const moments = times.map(({ hour, minute, second }) => `2030-03-06 ${two(hour)}:${two(minute)}:${two(second)}`);
      expect([text, ...elapses(text, times.length, "2030-03-05 23:59:59.999999")]).toEqual([text, ...moments]);
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });

  it.skipIf(!isRecent)(`elapses as often as the cadence says${needs}`, () => {
    // None whose step leads past 31 December: systemd up to 258 then misses 1 January (its issue 40260).
    const texts = [
      "*-*-1..31", "*-*~1..28", "*-*~28/7", "*-*-1,8,15,22,28", "*-*-28", "*-*-29", "*-*~28", "*-*~1", "*-*~28/9",
      "Sat *-*-1..7", "Sat *-*-1..6", "Sun *-*~7/1", "Sun *-*~6/1", "Mon,Thu", "Mon..Fri *-*-1..20", "Sun *-*-25..31",
      "Tue *-*-8..14", "*-1..11-1", "*-*-2/3", "Mon *-*-1,2,3,29,30,31", "*-*-5..25/5", "Wed *-*~1..28/3", "*-1/1-15", "*-2-*",
    ];
    const found = texts.map((text) => [text, observedCadence(elapses(text, 10_300, "2000-12-31 23:59:59"))]);
    expect(found).toEqual(texts.map((text) => [text, cadence(specOf(text) as CalendarSpec)]));
  });
});

/** The cadence of elapses over the years 2001 to 2028. */
function observedCadence(moments: readonly string[]): string {
  const dates = moments.map((moment) => moment.slice(0, 10)).filter((date) => date < "2029");
  if (new Set(dates.map((date) => date.slice(0, 7))).size < 28 * 12) return "rarer";
  const days = dates.map((date) => Date.parse(date) / 86_400_000);
  const gap = Math.max(...days.slice(1).map((day, index) => day - (days[index] ?? 0)));
  return gap === 1 ? "daily" : gap <= 7 ? "weekly" : "monthly";
}
