/** Tells which calendar expressions systemd accepts in `OnCalendar`, what they mean, and what is wrong with the others. */
import { Refusal } from "./calendar/fields.ts";
import { explain } from "./calendar/hints.ts";
import { readCalendar } from "./calendar/parse.ts";
import { type CalendarSpec, normalForm } from "./calendar/spec.ts";
import { isBlank } from "./systemd-words.ts";

export { type Cadence, cadence, dailyTimes, firesAtLeastMonthly, isMonthly, type TimeOfDay } from "./calendar/cadence.ts";
export type { CalendarPart, CalendarSpec } from "./calendar/spec.ts";
export { type CalendarZone, isTimeZone } from "./calendar/zones.ts";

/** The verdict on an expression. */
export type CalendarResult =
  | {
      readonly ok: true;
      /** What `systemd-analyze calendar` prints as "Normalized form". */
      readonly normal: string;
      readonly spec: CalendarSpec;
    }
  | {
      readonly ok: false;
      /** What is wrong and what would be right, as plain text in one line. */
      readonly message: string;
      /** Where it is wrong, in UTF-16 units from 0; the text's length where something is missing at its end. */
      readonly offset: number;
    };

/**
 * Reads a calendar event expression as systemd does (systemd.time(7) "Calendar Events", `calendarspec.c`; compared with
 * systemd 252). Dates that never come, such as `*-02-30`, are accepted, as they are by systemd.
 *
 * A time zone counts if tzdata 2025b has it. The short name of the host's own zone (`CEST`) is right on some hosts only; it
 * is accepted if some zone has it, and `spec.zone.kind` tells.
 */
export function parseCalendar(text: string): CalendarResult {
  let result = read.get(text);
  if (result === undefined) {
    if (read.size >= MOST_READ) read.clear();
    result = parse(text);
    // A long one is a stranger's, and would fill the memory.
    if (text.length <= LONGEST_READ) read.set(text, result);
  }
  return result;
}

/** Expressions that are remembered: a few stand in all modules, and several rules ask for each, in an editor with every keystroke. */
const MOST_READ = 500;
/** In UTF-16 units. */
const LONGEST_READ = 200;
const read = new Map<string, CalendarResult>();

function parse(text: string): CalendarResult {
  try {
    const spec = readCalendar(text);
    return { ok: true, normal: normalForm(spec), spec };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, offset } = explain(text, error);
    return { ok: false, message, offset };
  }
}

/**
 * Reads the value of `OnCalendar` in a unit file, where blanks around it do not count (systemd.syntax(7)).
 *
 * @returns null where a specifier (`%i`, systemd.unit(5) "Specifiers") makes the expression unknown; offsets are those of `value`
 */
export function parseUnitCalendar(value: string): CalendarResult | null {
  if (value.includes("%")) return null;
  let start = 0;
  let end = value.length;
  while (isBlank(value[start])) start++;
  while (end > start && isBlank(value[end - 1])) end--;
  const result = parseCalendar(value.slice(start, end));
  return result.ok ? result : { ...result, offset: start + result.offset };
}
