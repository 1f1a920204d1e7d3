/** Reads one line of tmpfiles.d(5) as systemd-tmpfiles does, since a line that it refuses leaves a folder uncreated in silence. */

import { isBlank, readWords, unescape, type Word } from "./systemd-words.ts";
import { parseTimeSpan } from "./time-span.ts";

/** One field: its text without quotes and escapes (specifiers stay), and where it stands in the line, in UTF-16 units from 0. */
export type TmpfilesField = Word;

/** A line that systemd-tmpfiles takes. A field that is missing, empty or `-` is null. */
export interface TmpfilesRule {
  /** The line type, one letter (tmpfiles.d(5) "Type"). */
  readonly type: string;
  /** The modifiers behind the type letter, in the order written (`"+!"`). */
  readonly modifiers: string;
  readonly typeField: TmpfilesField;
  readonly pathField: TmpfilesField;
  /**
   * The path that is meant: specifiers with a fixed meaning on a NixOS system (`%S` is `/var/lib`) replaced, `//`, `/./` and
   * a trailing `/` dropped, `/var/run/` read as `/run/`. Null where a specifier depends on the machine. May be a glob.
   */
  readonly path: string | null;
  /** The access mode as a number (`0o600`); null where the line sets none. */
  readonly mode: number | null;
  /** `~` before the mode: on an existing file only bits that fit its present mode are set. */
  readonly isMaskedMode: boolean;
  /** `:` before the mode: it holds for newly created files only. */
  readonly isModeForNewOnly: boolean;
  readonly modeField: TmpfilesField | null;
  /** Name or number, without the `:` that limits it to new files. */
  readonly user: string | null;
  readonly userField: TmpfilesField | null;
  /** Name or number, without the `:` that limits it to new files. */
  readonly group: string | null;
  readonly groupField: TmpfilesField | null;
  readonly ageField: TmpfilesField | null;
  /** Everything behind the age, blanks included, as written: escapes stay. */
  readonly argumentField: TmpfilesField | null;
}

/** What one line says; `error` carries what is wrong and what to write, and the place, end exclusive. */
export type TmpfilesLine =
  | { readonly kind: "rule"; readonly rule: TmpfilesRule }
  /** A blank line or a comment. */
  | { readonly kind: "nothing" }
  | { readonly kind: "error"; readonly message: string; readonly start: number; readonly end: number };

const EXAMPLE = "d /var/lib/x 0750 root root -";
const MODIFIERS = "+!-=~^$?";
const FOLDERS = "dDvqQ";
/** Types that make something at the path; they refuse a path with `..` when they run. */
const CREATING = "fFdDvqQpLcbC";
const KNOWN = `${CREATING}wexXrRzZmtTaAhH`;
/** Types that take the purge modifier `$`. */
const PURGEABLE = `${CREATING}we`;
const NEEDS_ARGUMENT = "wcbtTaAhH";
const REFUSES_BASE64 = "LCcbtTaAhH";
/** Types in whose argument systemd replaces escapes and specifiers. */
const EXPANDED_ARGUMENT = "CLfFw";

/** What the specifiers stand for in the system's instance (tmpfiles.d(5) "Specifiers"); null where the machine decides. */
const SPECIFIERS: Readonly<Record<string, string | null>> = {
  "%": "%", C: "/var/cache", L: "/var/log", S: "/var/lib", t: "/run", T: "/tmp", V: "/var/tmp",
  h: "/root", u: "root", U: "0", g: "root", G: "0", o: "nixos",
  a: null, A: null, b: null, B: null, H: null, l: null, m: null, M: null, q: null, v: null, w: null, W: null,
};

class LineError extends Error {
  readonly place: { start: number; end: number };
  constructor(message: string, place: { start: number; end: number }) {
    super(message);
    this.place = place;
  }
}

/**
 * Reads one line, as systemd 257 and later do with `--boot` (which honours lines with `!`).
 *
 * Users and groups are only checked for their form: whether they exist is known on the machine alone. What systemd-tmpfiles
 * merely warns of (an argument that the type ignores, a malformed ACL) is accepted.
 *
 * @param line one line without its line break; NixOS writes each entry of `systemd.tmpfiles.rules` as one
 */
export function parseTmpfilesLine(line: string): TmpfilesLine {
  let to = line.length;
  while (to > 0 && isBlank(line[to - 1])) to--;
  if (to === 0 || /^[ \t\r\n]*#/.test(line)) return { kind: "nothing" };
  const words = readWords(line, 0, to, 6);
  if ("message" in words) return { kind: "error", message: words.message, start: words.start, end: words.end };
  try {
    return { kind: "rule", rule: readRule(line, to, words.words, words.rest) };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { kind: "error", message: error.message, start: error.place.start, end: error.place.end };
  }
}

function readRule(line: string, to: number, words: readonly Word[], rest: number): TmpfilesRule {
  const [typeField, pathField] = words as [Word, ...Word[]];
  const { type, modifiers } = readType(typeField);
  if (pathField === undefined) throw new LineError(`The line has no path; write for example "${EXAMPLE}".`, typeField);
  const path = readPath(pathField, type);
  const argumentText = line.slice(rest, to);
  const argumentField = isUnset(argumentText) ? null : { text: argumentText, start: rest, end: to };
  checkModifiers(type, modifiers, typeField);
  checkArgument(type, modifiers, argumentField, typeField);
  const userField = given(words[3]);
  const groupField = given(words[4]);
  const modeField = given(words[2]);
  const ageField = given(words[5]);
  const prefix = /^[~:]*/.exec(modeField?.text ?? "")?.[0] ?? "";
  const mode = readMode(modeField, prefix.length);
  const user = readOwner(userField, "user");
  const group = readOwner(groupField, "group");
  checkAge(ageField);
  return {
    type, modifiers, typeField, pathField, path,
    mode, isMaskedMode: prefix.includes("~"), isModeForNewOnly: prefix.includes(":"), modeField,
    user, userField, group, groupField, ageField, argumentField,
  };
}

function isUnset(text: string): boolean {
  return text === "" || text === "-";
}

function given(field: Word | undefined): Word | null {
  return field === undefined || isUnset(field.text) ? null : field;
}

function readType(field: Word): { type: string; modifiers: string } {
  const text = field.text;
  const type = text[0] ?? "";
  const modifiers = text.slice(1);
  if (type === "/") throw new LineError(`The type is missing before the path; write for example "${EXAMPLE}".`, field);
  if (type === "") throw new LineError(`The type is empty; write for example "${EXAMPLE}".`, field);
  const isModified = [...modifiers].every((modifier, at) => MODIFIERS.includes(modifier) && modifiers.indexOf(modifier) === at);
  if (!KNOWN.includes(type) || (!isModified && /^[a-zA-Z]/.test(modifiers))) {
    throw new LineError(`systemd-tmpfiles knows no line type "${text}"; write d for a folder, f for a file, L for a link.`, field);
  }
  if (!isModified) {
    throw new LineError(`Only the modifiers + ! - = ~ ^ $ ? may follow the type ${type}, each once; "${text}" has something else.`, field);
  }
  return { type, modifiers };
}

function checkModifiers(type: string, modifiers: string, field: Word): void {
  const refused = modifiers.includes("$") && !PURGEABLE.includes(type) ? "$"
    : modifiers.includes("?") && type !== "L" ? "?"
    : modifiers.includes("~") && REFUSES_BASE64.includes(type) ? "~" : null;
  if (refused !== null) throw new LineError(`Lines of type ${type} do not take the modifier ${refused}; remove it.`, field);
}

/** Replaces specifiers; null where one depends on the machine. */
function expandSpecifiers(text: string, field: Word): string | null {
  let isKnown = true;
  const expanded = text.replace(/%([0-9A-Za-z%])/g, (whole, letter: string) => {
    const value = SPECIFIERS[letter];
    if (value === undefined) throw new LineError(`systemd-tmpfiles knows no specifier ${whole}; write %% for a percent sign.`, field);
    if (value === null) isKnown = false;
    return value ?? whole;
  });
  return isKnown ? expanded : null;
}

function readPath(field: Word, type: string): string | null {
  const expanded = expandSpecifiers(field.text, field);
  // What a machine's specifier gives at the start may be empty, so only a path that is known to its first character is judged.
  const isRelative = expanded !== null ? !expanded.startsWith("/") : !/^(\/|%[A-Za-z])/.test(field.text);
  if (isRelative) throw new LineError(`The path "${field.text}" is not absolute; start it with /.`, field);
  const parts = field.text.split("/");
  if (CREATING.includes(type) && parts.includes("..")) {
    throw new LineError(`systemd-tmpfiles creates nothing at a path with ".."; write the path without it.`, field);
  }
  if (expanded === null) return null;
  const simple = `/${expanded.split("/").filter((part) => part !== "" && part !== ".").join("/")}`;
  return simple.startsWith("/var/run/") ? simple.slice("/var".length) : simple;
}

/** Mirrors systemd's `parse_mode`: octal digits only, at most 7777. */
function readMode(field: Word | null, prefix: number): number | null {
  if (field === null) return null;
  const digits = field.text.slice(prefix).replace(/^[ \t\r\n]+/, "");
  const mode = /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  if (mode <= 0o7777) return mode;
  throw new LineError(
    `The mode "${field.text}" is not an octal number up to 7777; write for example 0750, or - for the default. The order is type, path, mode, user, group, age, argument.`,
    field,
  );
}

/** Mirrors systemd's `parse_uid` and `valid_user_group_name` (relaxed). */
function readOwner(field: Word | null, what: "user" | "group"): string | null {
  if (field === null) return null;
  const name = field.text.startsWith(":") ? field.text.slice(1) : field.text;
  const fail = (why: string): never => {
    throw new LineError(`"${field.text}" is no ${what}: ${why}. The order is type, path, mode, user, group, age, argument.`, field);
  };
  if (/^-?[0-9]*$/.test(name)) {
    if (name === "") fail("the name is empty");
    if (/^-|^0./.test(name)) fail("a number is written without sign and leading zeros");
    const id = Number(name);
    if (id >= 0xffffffff || id === 0xffff) fail("the number is not one that a file can belong to");
  } else if (name === "." || name === ".." || /[:/\x00-\x1f\x7f]|^ | $/.test(name)) {
    fail("write a name or a number");
  }
  return name;
}

/** tmpfiles.d(5) "Age": `[~][abcmABCM…:]span`. */
function checkAge(field: Word | null): void {
  if (field === null) return;
  const text = field.text.replace(/^~/, "");
  const colon = text.indexOf(":");
  if (colon >= 0 && !/^[ \t\r\n]*[abcmABCM][abcmABCM \t\r\n]*$/.test(text.slice(0, colon))) {
    throw new LineError(`The age "${field.text}" names timestamps by other letters than a, b, c, m, A, B, C, M before the colon.`, field);
  }
  if (parseTimeSpan(text.slice(colon + 1)) === null) {
    throw new LineError(
      `The age "${field.text}" is no time span; write for example 10d or 1w, or - for none. The order is type, path, mode, user, group, age, argument.`,
      field,
    );
  }
}

function checkArgument(type: string, modifiers: string, field: Word | null, typeField: Word): void {
  const isCredential = modifiers.includes("^");
  if (field === null) {
    if (NEEDS_ARGUMENT.includes(type) || isCredential) {
      throw new LineError(`Lines of type ${type}${isCredential ? "^" : ""} need an argument as seventh field; write - for fields left out before it.`, typeField);
    }
    return;
  }
  const text = field.text;
  let expanded: string | null = text;
  if (!modifiers.includes("~") && EXPANDED_ARGUMENT.includes(type)) {
    const unescaped = unescape(text, field.start);
    if (typeof unescaped !== "string") throw new LineError(unescaped.message, unescaped);
    expanded = expandSpecifiers(unescaped, field);
  }
  if (type === "t" || type === "T") checkAttributes(text, field);
  if ((type === "c" || type === "b") && !isDeviceNumber(text)) {
    throw new LineError(`"${text}" is no device number; write major:minor, for example 1:3.`, field);
  }
  if ((type === "h" || type === "H") && !/^(=[ASDacdeijsutTCP]*|[+-]?[ASDacdeijsutTCP]+)$/.test(text)) {
    throw new LineError(`"${text}" is no list of file attributes; write + or - or = and letters of chattr(1), for example +C.`, field);
  }
  if (type === "C" && expanded !== null && !expanded.startsWith("/")) {
    throw new LineError(`The source "${text}" is not absolute; start it with /.`, field);
  }
  if (isCredential) {
    if (expanded !== null && !isCredentialName(expanded)) throw new LineError(`"${text}" is no name of a credential.`, field);
  } else if (modifiers.includes("~") && "fFw".includes(type) && !isBase64(text)) {
    throw new LineError(`The argument is not Base64, which the modifier ~ asks for.`, field);
  }
}

/** Extended attributes that cannot be read are ignored with a warning; only an unknown specifier fails the line. */
function checkAttributes(text: string, field: Word): void {
  const read = readWords(text, 0, text.length, text.length);
  if ("message" in read) return;
  for (const word of read.words) {
    const equals = word.text.indexOf("=");
    if (equals > 0 && equals < word.text.length - 1) expandSpecifiers(word.text, field);
  }
}

/** systemd's `parse_devnum`: 12 bits for the major, 20 for the minor number, each in any notation that its `safe_atou` reads. */
function isDeviceNumber(text: string): boolean {
  const [, major, minor] = /^([0-9]+):[ \t\r\n]*\+?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|[0-9]+)$/.exec(text) ?? [];
  if (major === undefined || minor === undefined) return false;
  return readC(major) < 2 ** 12 && readC(minor) < 2 ** 20;
}

/** A number in C's notation, where a leading 0 means octal; NaN where a digit does not fit. */
function readC(digits: string): number {
  return Number(/^0[0-9]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

/** systemd's `credential_name_valid`. */
function isCredentialName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && name.length <= 255 && /^[\x20-\x7e]+$/.test(name) && !/[/:]/.test(name);
}

function isBase64(text: string): boolean {
  const bare = text.replace(/[ \t\r\n]+/g, "");
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(bare)) return false;
  // The bits that padding leaves over must be zero.
  if (bare.endsWith("==")) return /[AQgw]/.test(bare.at(-3) ?? "");
  return !bare.endsWith("=") || /[AEIMQUYcgkosw048]/.test(bare.at(-2) ?? "");
}

/** A path as a field of a line, which systemd reads as that path: quoted and escaped where it has to be (tmpfiles.d(5), "Path"). */
export function pathField(path: string): string {
  const escaped = path.replace(/%/g, "%%").replace(/[\\"\x00-\x1f\x7f]/g, (char) => (char === "\\" || char === '"' ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`));
  return /^[^\s"'\\]*$/.test(escaped) ? escaped : `"${escaped}"`;
}

/** Whether the line creates a folder (or a subvolume in its place). */
export function isFolderLine(rule: TmpfilesRule): boolean {
  return FOLDERS.includes(rule.type);
}

/** Whether the line creates a regular file with the mode that it names; a copy (`C`) may be either and is not counted. */
export function isFileLine(rule: TmpfilesRule): boolean {
  return rule.type === "f" || rule.type === "F";
}

/** Whether the line changes mode and owner of what exists already, for the path itself (`z`, `m`) or all below it (`Z`). */
export function isAdjustingLine(rule: TmpfilesRule): boolean {
  return rule.type === "z" || rule.type === "Z" || rule.type === "m";
}

/**
 * The mode that what the line creates gets: its own, else 0755 for folders and 0644 for files, pipes and devices
 * (tmpfiles.d(5) "Mode"); null where a mode that is not set leaves things as they are, and for links, which have none.
 */
export function effectiveMode(rule: TmpfilesRule): number | null {
  if (rule.type === "L") return null;
  if (rule.mode !== null) return rule.mode;
  if (isFolderLine(rule)) return 0o755;
  return "fFpcb".includes(rule.type) ? 0o644 : null;
}

/** Whether a mode lets users in that are neither the owner nor of the group. */
export function allowsOthers(mode: number): boolean {
  return (mode & 0o007) !== 0;
}

/** Whether a mode lets nobody in but the owner. */
export function isOwnerOnly(mode: number): boolean {
  return (mode & 0o077) === 0;
}
