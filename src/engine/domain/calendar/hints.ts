/** Recognises what people write instead of a calendar expression (cron, time spans, ISO 8601) and says what systemd reads. */
import { nearestName } from "../nearest-name.ts";
import { parseTimeSpan } from "../time-span.ts";
import { Refusal } from "./fields.ts";
import { quote, readCalendar, SHORTHANDS } from "./parse.ts";
import { WEEKDAYS } from "./spec.ts";
import { isTimeZone, nearestTimeZone, readZone } from "./zones.ts";

const FULL_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** The words that may stand in an expression, by their lower-case spelling. */
const WORDS: ReadonlyMap<string, string> = new Map(
  [...SHORTHANDS.keys(), ...WEEKDAYS, ...FULL_WEEKDAYS].map((word) => [word.toLowerCase(), word]),
);

/** What is longer was not meant as any of these, and looking for what is near takes more than linear time. */
const LENGTH_MAX = 200;

/** A refusal that says more than the first one does, where the whole text shows what was meant; else the first one. */
export function explain(text: string, refusal: Refusal): Refusal {
  if (text.length > LENGTH_MAX) return refusal;
  for (const hint of [blanks, cron, timeSpan, clock, otherDate, dashRange, order, words]) {
    const better = hint(text);
    if (better !== null) return better;
  }
  return refusal;
}

function isReadable(text: string): boolean {
  try {
    readCalendar(text);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function blanks(text: string): Refusal | null {
  const trimmed = text.trim();
  if (trimmed !== text && isReadable(trimmed)) {
    const isLeading = /^\s/.test(text);
    return new Refusal(`No blank may stand ${isLeading ? "before" : "after"} the expression.`, isLeading ? 0 : trimmed.length);
  }
  const single = text.replace(/\s+/g, " ");
  const place = text.search(/[\t\n\v\f\r]|: | :|, | ,|\. | \.|- | -|  /);
  if (place >= 0 && single !== text && isReadable(single)) {
    return new Refusal("Single spaces separate the parts of an expression.", place);
  }
  const closed = text.replace(/ {2,}/g, " ").replace(/ ?([,:-]|\.\.) ?/g, "$1");
  if (place < 0 || !isReadable(closed)) return null;
  return new Refusal(`No space may stand beside "," or "-" or ":" or ".."; write ${quote(closed)}.`, place);
}

/** Five fields of crontab(5), or one of its words with "@". */
function cron(text: string): Refusal | null {
  const word = /^@([a-z]+)$/i.exec(text)?.[1];
  if (word !== undefined) {
    const known = nearestWord(word);
    return new Refusal(`${quote(text)} is cron's notation${known === null ? "" : `; write "${known}"`}.`, 0);
  }
  const fields = text.split(" ");
  if (fields.length !== 5 || !fields.every((each) => /^(?:\*|[0-9]+)(?:[-/,][0-9]+)*$/.test(each))) return null;
  const [minute = "", hour = "", day, month, weekday] = fields.map((each) => each.replaceAll("-", ".."));
  const isDaily = day === "*" && month === "*" && weekday === "*";
  const step = (field: string): string => field.replace(/^\*(?=\/)/, "0").replace(/^[0-9]$/, "0$&");
  const same = `*-*-* ${step(hour)}:${step(minute)}:00`;
  const advice = isDaily && isReadable(same) ? `here "${same}"` : 'for example "Mon..Fri *-*-1..7 02:00:00"';
  return new Refusal(`This is cron's notation; systemd writes weekdays, a date and a time, ${advice}.`, 0);
}

function timeSpan(text: string): Refusal | null {
  if (!/^[0-9][0-9. ]*[a-z]/i.test(text) || parseTimeSpan(text) === null) return null;
  return new Refusal(
    `${quote(text)} is a span of time, which OnUnitActiveSec takes; a calendar expression says when, ` +
      'for example "*:0/15" for every quarter of an hour.',
    0,
  );
}

/** Hours of a 12-hour clock, and hours and minutes with a dot. */
function clock(text: string): Refusal | null {
  const noon = /[0-9] *([ap]\.?m\.?)$/i.exec(text);
  if (noon !== null) {
    const offset = text.length - (noon[1] ?? "").length;
    return new Refusal('Hours count from 0 to 23 without "am" or "pm"; write for example "14:00".', offset);
  }
  const dotted = /(?:^| )([0-9]{1,2})\.([0-9]{2})$/.exec(text);
  if (dotted === null) return null;
  const dot = text.indexOf(".", dotted.index);
  return new Refusal(`Hours and minutes are separated by a colon; write "${dotted[1]}:${dotted[2]}".`, dot);
}

/** ISO 8601 with its "T", and dates with slashes or dots. */
function otherDate(text: string): Refusal | null {
  const letter = /^[0-9]+-[0-9]+-[0-9]+(?=T[0-9])/i.exec(text);
  if (letter !== null) return new Refusal('A space, not "T", stands between date and time.', letter[0].length);
  const other = /^([0-9]+)([/.])[0-9]+\2[0-9]+/.exec(text);
  return other === null ? null : new Refusal('A date is written with "-", year first: "2030-12-31".', other[1]?.length ?? 0);
}

/** A range in a time, as cron writes it; not "2:00-4:00", which ".." would turn into a range of minutes. */
function dashRange(text: string): Refusal | null {
  if (/:[0-9]+-[0-9]+:/.test(text)) return null;
  const start = text.lastIndexOf(" ") + 1;
  const dash = text.slice(start).search(/(?<=[0-9])-[0-9]/);
  const ranged = text.slice(start).replace(/(?<=[0-9])-(?=[0-9])/g, "..");
  if (dash < 0 || !ranged.includes(":") || !isReadable(text.slice(0, start) + ranged)) return null;
  return new Refusal(`A range of numbers is written with ".."; write "${ranged}".`, start + dash);
}

/** A shorthand beside something else, a weekday that comes last, a time zone that is none, alone or one too many. */
function order(text: string): Refusal | null {
  const space = text.lastIndexOf(" ");
  if (space < 0) {
    if (readZone(text) === null) return null;
    return new Refusal(`${quote(text)} is a time zone, before which an expression such as "daily" stands.`, 0);
  }
  const last = text.slice(space + 1);
  const first = text.slice(0, text.indexOf(" "));
  const shorthand = [first, last].find((word) => SHORTHANDS.has(word.toLowerCase()));
  if (shorthand !== undefined) {
    const meaning = SHORTHANDS.get(shorthand.toLowerCase()) ?? "";
    const offset = shorthand === first ? 0 : space + 1;
    return new Refusal(`"${shorthand}" stands alone or before a time zone; it means "${meaning}", which can be changed.`, offset);
  }
  if (!isReadable(text.slice(0, space)) || !/^(?:[a-z]|[+-][0-9])/i.test(last)) return null;
  if (readZone(last) !== null) return new Refusal("Only one time zone can stand at the end.", space + 1);
  if (WORDS.has(last.toLowerCase())) return new Refusal('Weekdays come before the date and the time, joined by ",".', space + 1);
  const zone = zoneOfOffset(last) ?? nearestTimeZone(last);
  const advice = zone === null ? 'one is written "UTC" or "Europe/Amsterdam"' : `did you mean "${zone}"?`;
  return new Refusal(`systemd knows no time zone ${quote(last)}; ${advice}${zone === null ? "." : ""}`, space + 1);
}

/** The zone with this offset from UTC; its name has the opposite sign, as POSIX counts westwards. */
function zoneOfOffset(word: string): string | null {
  const found = /^(?:utc|gmt)?([+-])0?([0-9]{1,2})(?::?00)?$/i.exec(word);
  const zone = found === null ? "" : `Etc/GMT${found[1] === "+" ? "-" : "+"}${found[2]}`;
  return isTimeZone(zone) ? zone : null;
}

/** The first word that is none. */
function words(text: string): Refusal | null {
  for (const { 0: word, index } of text.matchAll(/[a-z]+(?:-[a-z]+)*/gi)) {
    const isKnown = [word, ...word.split("-")].some((each) => WORDS.has(each.toLowerCase()));
    if (isKnown || /[^ ,.-]/.test(text.charAt(index - 1))) continue;
    const near = nearestWord(word);
    const advice = near === null ? 'write for example "daily", "Mon..Fri 02:00" or "*-*-* 02:00:00".' : `did you mean "${near}"?`;
    return new Refusal(`${quote(word)} is no word of a calendar expression; ${advice}`, index);
  }
  return null;
}

/** The word that was probably meant: the nearest, or the weekday begun ("Tues"); else null. */
function nearestWord(word: string): string | null {
  const lower = word.toLowerCase();
  if (lower === "midnight" || lower === "nightly") return "daily";
  const begun = lower.length > 3 ? FULL_WEEKDAYS.find((day) => day.toLowerCase().startsWith(lower)) : undefined;
  if (begun !== undefined) return begun.slice(0, 3);
  const known = WORDS.get(lower);
  // systemd's old misspelling is nobody's aim.
  return known ?? nearestName(word, [...WORDS.values()].filter((each) => each !== "anually"));
}
