/** Random calendar expressions for the comparison with systemd: right ones, nearly right ones and broken ones. */
import fc from "fast-check";

const weekdayNames = words("Mon Tue Wed Thu Fri Sat Sun Monday tuesday WEDNESDAY Thursday friday SAT sUn");
const zones = words(
  "UTC utc Europe/Amsterdam America/Argentina/Ushuaia Etc/GMT+5 GB CET EST5EDT posix/Asia/Tokyo Europe/amsterdam Mars/Base",
);
const shorthands = words(
  "minutely hourly daily weekly monthly quarterly semiannually semi-annually biannually bi-annually yearly annually anually " +
    "Daily fortnightly",
);

function words(text: string): string[] {
  return text.split(" ");
}

/** Texts one behind the other. */
function sequence(...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((all) => all.join(""));
}

/** Mostly values that fit the field, sometimes its edges and beyond. */
function value(from: number, to: number): fc.Arbitrary<string> {
  const edges = [from, to, Math.max(0, from - 1), to + 1, 0, 1, 2147483647, 2147483648];
  const number = often(40, fc.integer({ min: from, max: to }), fc.constantFrom(...edges));
  return sequence(fc.constantFrom("", "", "", "0", "00"), number.map(String));
}

/** The first one mostly, `times` as often as the second. */
function often<T>(times: number, usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: times, arbitrary: usual }, { weight: 1, arbitrary: rare });
}

function fraction(number: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const digits = fc.array(fc.constantFrom(..."0123456789"), { maxLength: 9 }).map((all) => all.join(""));
  return often(3, number, sequence(number, fc.constant("."), digits));
}

function part(number: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const step = often(3, fc.constant(""), sequence(fc.constant("/"), fc.oneof(number, value(1, 4))));
  const pair = fc.tuple(number, number);
  const forwards = pair.map((both) => both.sort((a, b) => Number(a) - Number(b)));
  const range = often(12, forwards, pair).map((both) => both.join(".."));
  return sequence(often(3, number, range), step);
}

function chain(number: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const list = fc.array(part(number), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(","));
  return fc.oneof(fc.constant("*"), often(3, part(number), list));
}

const weekday = fc.constantFrom(...weekdayNames);
const weekdays = fc
  .array(fc.oneof(weekday, sequence(weekday, fc.constantFrom("..", "-"), weekday)), { minLength: 1, maxLength: 3 })
  .map((days) => days.join(","));

const year = fc.oneof(value(1970, 2199), value(0, 99));
const day = sequence(fc.constantFrom("-", "-", "~"), chain(fc.oneof(value(1, 28), value(1, 31), value(1, 7))));
const monthDay = sequence(chain(value(1, 12)), day);
const date = fc.oneof(monthDay, sequence(chain(year), fc.constant("-"), monthDay));
const hourMinute = sequence(chain(value(0, 23)), fc.constant(":"), chain(value(0, 59)));
const time = fc.oneof(hourMinute, sequence(hourMinute, fc.constant(":"), chain(fraction(value(0, 59)))));
const seconds = fc.oneof(fc.bigInt(-70_000_000_000n, 8_000_000_000n), fc.bigInt(-(2n ** 65n), 2n ** 65n));
const timestamp = seconds.map((count) => `@${count}`);

const body = often(7, fc.oneof(date, time, sequence(date, fc.constant(" "), time)), timestamp);

/** Expressions of the grammar; a fair part of them breaks a range or a step. */
export const expression: fc.Arbitrary<string> = sequence(
  fc.oneof(
    { weight: 5, arbitrary: body },
    { weight: 3, arbitrary: sequence(weekdays, fc.constantFrom(" ", " ", "  ", ", "), body) },
    { weight: 1, arbitrary: weekdays },
    { weight: 1, arbitrary: fc.constantFrom(...shorthands) },
  ),
  often(4, fc.constant(""), fc.constantFrom(...zones).map((zone) => ` ${zone}`)),
);

/** Expressions with one or two characters inserted, removed or replaced. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(
    expression,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.constantFrom(..." *,.-~:/@019aM\téTu")), { minLength: 1, maxLength: 2 }),
  )
  .map(([text, edits]) => {
    let out = text;
    for (const [place, kind, character] of edits) {
      const at = place % (out.length + 1);
      out = out.slice(0, at) + (kind === 0 ? "" : character) + out.slice(kind === 1 ? at : at + 1);
    }
    return out;
  });
