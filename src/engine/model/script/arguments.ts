/** Tells the options of a command from its operands, as getopt does for the commands that the model knows. */
import type { Span } from "../../syntax/index.ts";
import { type Text, head, known, whole } from "./text.ts";

export interface Operand {
  readonly text: Text;
  readonly at: Span;
}

export interface Arguments {
  /** Options by name (`-m`, `--mode`), each with its values; a flag has the value null. */
  readonly options: ReadonlyMap<string, readonly (Operand | null)[]>;
  readonly operands: readonly Operand[];
  /** An argument that may be an option or several words was met: the rest may mean anything. */
  readonly unclear: boolean;
}

/**
 * Reads arguments. `withValue` names the short options that take a value (`"mogt"`), `longWithValue` the long ones whose
 * value may be the next word.
 */
export function readArguments(args: readonly Text[], spans: readonly Span[], withValue: string, longWithValue: readonly string[] = []): Arguments {
  const options = new Map<string, (Operand | null)[]>();
  const operands: Operand[] = [];
  let unclear = false;
  let onlyOperands = false;
  const add = (name: string, value: Operand | null): void => {
    options.set(name, [...(options.get(name) ?? []), value]);
  };
  for (let i = 0; i < args.length; i++) {
    const text = args[i] as Text;
    const at = spans[i] as Span;
    const start = head(text);
    const next = (): Operand | null => {
      i++;
      const value = args[i];
      return value === undefined ? null : { text: value, at: spans[i] as Span };
    };
    if (text.splits) unclear = true;
    if (onlyOperands || !start.startsWith("-") || start === "-") {
      operands.push({ text, at });
    } else if (start === "--" && whole(text) === "--") {
      onlyOperands = true;
    } else if (start.startsWith("--")) {
      const equals = start.indexOf("=");
      const name = equals < 0 ? start : start.slice(0, equals);
      if (equals >= 0) add(name, { text: { ...text, parts: [start.slice(equals + 1), ...text.parts.slice(1)].filter((part) => part !== "") }, at });
      else add(name, longWithValue.includes(name) ? next() : null);
    } else {
      for (let j = 1; j < start.length; j++) {
        const name = `-${start[j] as string}`;
        if (!withValue.includes(start[j] as string)) {
          add(name, null);
          continue;
        }
        const rest = { ...text, parts: [start.slice(j + 1), ...text.parts.slice(1)].filter((part) => part !== "") };
        add(name, rest.parts.length > 0 ? { text: rest, at } : next());
        break;
      }
    }
  }
  return { options, operands, unclear };
}

/** The value of the last of several spellings of an option. */
export function option(args: Arguments, ...names: readonly string[]): Operand | null {
  for (const name of names) {
    const values = args.options.get(name);
    if (values !== undefined) return values[values.length - 1] ?? { text: known(""), at: { start: 0, end: 0 } };
  }
  return null;
}

export function hasOption(args: Arguments, ...names: readonly string[]): boolean {
  return names.some((name) => args.options.has(name));
}

/**
 * The mode that `chmod` and `install -m` make of an old one (chmod(1)): octal or symbolic; null where it is not known.
 * Permissions that a symbolic mode leaves alone stay as they were, and are unknown if they were.
 */
export function applyMode(spec: Text | undefined, old: number | null): number | null {
  const text = whole(spec);
  if (text === null) return null;
  if (/^[0-7]{1,5}$/.test(text)) return Number.parseInt(text, 8) & 0o7777;
  let mode = old;
  for (const clause of text.split(",")) {
    const match = /^([ugoa]*)([-+=])([rwxXst]*|[ugo])$/.exec(clause);
    if (match === null) return null;
    const [, who, operator, what] = match as unknown as [string, string, string, string];
    const everybody = who === "" || who.includes("a");
    let mask = 0;
    let bits = 0;
    for (const [letter, shift] of [["u", 6], ["g", 3], ["o", 0]] as const) {
      if (!everybody && !who.includes(letter)) continue;
      mask |= 0o7 << shift;
      if (what.includes("r")) bits |= 0o4 << shift;
      if (what.includes("w")) bits |= 0o2 << shift;
      if (/[xX]/.test(what)) bits |= 0o1 << shift;
    }
    if (/^[ugo]$/.test(what)) return null;
    if (operator === "=" && mask === 0o777) mode = bits;
    else if (mode === null) {
      // `go=` and `go-rwx` close a file whatever it was before.
      const closes = (mask & 0o077) === 0o077 && (operator === "=" ? (bits & 0o077) === 0 : operator === "-" && (bits & 0o077) === 0o077);
      if (closes) mode = 0o700;
      else return null;
    } else if (operator === "+") mode |= bits;
    else if (operator === "-") mode &= ~bits;
    else mode = (mode & ~mask) | bits;
  }
  return mode;
}
