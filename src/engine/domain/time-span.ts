/** Tells which time spans systemd accepts, as in the age field of tmpfiles.d(5). */

/** Microseconds by unit, longest spelling first as systemd tries them (systemd.time(7) "Parsing Time Spans"). */
const UNITS: readonly (readonly [string, bigint])[] = (
  [
    ["seconds second sec s", 1_000_000n],
    ["minutes minute min", 60_000_000n],
    ["months month M", 2_629_800_000_000n],
    ["msec ms", 1_000n],
    ["m", 60_000_000n],
    ["hours hour hr h", 3_600_000_000n],
    ["days day d", 86_400_000_000n],
    ["weeks week w", 604_800_000_000n],
    ["years year y", 31_557_600_000_000n],
    ["usec us \u03bcs \u00b5s", 1n],
  ] as const
).flatMap(([names, size]) => names.split(" ").map((name) => [name, size] as const));

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /\+?([0-9]+)|(?=\.)/y;
const FRACTION = /\.([0-9]+)/y;
/** The largest span is one below the value that means "infinity". */
const INFINITY = 2n ** 64n - 1n;
const LONG_LONG_MAX = 2n ** 63n - 1n;

/**
 * Reads a time span such as `10d`, `1h 30min`, `1.5w`, `infinity`; a number without unit counts seconds.
 *
 * @returns microseconds, `"infinity"`, or null where systemd refuses the span (or it does not fit 64 bits)
 */
export function parseTimeSpan(text: string): bigint | "infinity" | null {
  let at = skip(text, 0);
  if (text.startsWith("infinity", at)) return skip(text, at + 8) === text.length ? "infinity" : null;
  if (at === text.length) return null;
  let total = 0n;
  while (at < text.length) {
    const number = match(NUMBER, text, at);
    if (number === null) return null;
    at += number[0].length;
    let fraction = "";
    if (text[at] === ".") {
      const digits = match(FRACTION, text, at);
      if (digits === null) return null;
      fraction = digits[1] as string;
      at += digits[0].length;
    }
    const behind = skip(text, at);
    const unit = UNITS.find(([name]) => text.startsWith(name, behind));
    if (unit === undefined && behind === at && at < text.length) return null;
    const size = unit?.[1] ?? 1_000_000n;
    at = skip(text, behind + (unit?.[0].length ?? 0));
    // A longer number cannot fit, and turning one of any length into an integer would not be linear.
    const digits = (number[1] ?? "0").replace(/^0+(?=.)/, "");
    if (digits.length > 20) return null;
    const whole = BigInt(digits);
    if (whole > LONG_LONG_MAX || whole >= INFINITY / size) return null;
    total += whole * size;
    let part = size / 10n;
    for (const digit of fraction) {
      if (part === 0n) break;
      total += BigInt(digit) * part;
      part /= 10n;
    }
    if (total >= INFINITY) return null;
  }
  return total;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function skip(text: string, at: number): number {
  return at + (match(BLANKS, text, at)?.[0].length ?? 0);
}
