/** Reads the records of pg_hba.conf, as in `services.postgresql.authentication`, and finds those that trust whoever connects from afar. */

import { HOLE } from "./hole.ts";
import { isLoopbackIPv6 } from "./ports.ts";

/** One value of a field; quotes take a keyword's meaning away (`"all"` is a database of that name). */
export interface HbaToken {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A field: one value, or several with commas between; its place in the text in UTF-16 units from 0, end exclusive. */
export interface HbaField {
  readonly tokens: readonly HbaToken[];
  readonly start: number;
  readonly end: number;
}

/** A record that PostgreSQL takes. */
export interface HbaRecord {
  readonly kind: "record";
  readonly type: string;
  readonly database: HbaField;
  readonly user: HbaField;
  /** Null for `local` records. */
  readonly address: HbaField | null;
  /** The netmask where it is a field of its own. */
  readonly mask: HbaField | null;
  readonly method: HbaField;
  /** Each `name=value`. */
  readonly options: readonly HbaField[];
  readonly start: number;
  readonly end: number;
}

/** `include`, `include_if_exists` or `include_dir` (PostgreSQL 16 and later) with the file or folder that it names. */
export interface HbaInclude {
  readonly kind: "include";
  readonly directive: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A line that PostgreSQL refuses; the message says what is wrong and what to write. */
export interface HbaError {
  readonly kind: "error";
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type HbaLine = HbaRecord | HbaInclude | HbaError;

const TYPES = ["local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"];
const INCLUDES = ["include", "include_if_exists", "include_dir"];
const METHODS = [
  "trust", "reject", "scram-sha-256", "md5", "password", "gss", "sspi", "ident", "peer", "ldap", "radius", "cert", "pam", "bsd", "oauth",
];

/**
 * Reads every record of a text (PostgreSQL documentation, "The pg_hba.conf File"). Blank lines and comments give nothing; a
 * backslash at the end of a line continues it (PostgreSQL 14 and later).
 *
 * @param text the lines, with `HOLE` for what is not known; a line with one is never an error
 */
export function parsePgHba(text: string): HbaLine[] {
  const lines: HbaLine[] = [];
  for (let at = 0; at < text.length; ) {
    const from = at;
    const { fields, next } = readFields(text, from);
    at = next;
    if (fields.length === 0) continue;
    const line = readLine(fields);
    // A hole may stand for several fields or for whole lines, so what it seems to break is not wrong.
    if (line.kind !== "error" || !text.slice(from, next).includes(HOLE)) lines.push(line);
  }
  return lines;
}

/** Steps over line ends that a backslash hides, which PostgreSQL removes before it looks at anything else. */
function skipContinuations(text: string, at: number): number {
  let next = at;
  while (text[next] === "\\") {
    let end = next + 1;
    while (text[end] === "\r") end++;
    if (text[end] !== "\n") break;
    next = end + 1;
  }
  return next;
}

/** Reads the fields of one line, mirroring `next_token` and `next_field_expand` of PostgreSQL's hba.c. */
function readFields(text: string, from: number): { fields: HbaField[]; next: number } {
  const fields: HbaField[] = [];
  let tokens: HbaToken[] = [];
  let start = from;
  let end = from;
  let at = skipContinuations(text, from);
  const step = (): void => {
    at = skipContinuations(text, at + 1);
  };
  const isEnd = (): boolean => at >= text.length || text[at] === "\n";
  const isBlank = (): boolean => text[at] === " " || text[at] === "\t" || text[at] === "\r";
  while (!isEnd()) {
    if (isBlank() || text[at] === ",") {
      step();
      continue;
    }
    if (text[at] === "#") {
      while (!isEnd()) step();
      break;
    }
    if (tokens.length === 0) start = at;
    let token = "";
    let isQuoted = false;
    let inQuote = false;
    let wasQuote = false;
    let hasComma = false;
    while (!isEnd() && (inQuote || !isBlank())) {
      const character = text[at] as string;
      if (character === "#" && !inQuote) break;
      if (character === "," && !inQuote) {
        hasComma = true;
        break;
      }
      if (character !== '"' || wasQuote) token += character;
      wasQuote = inQuote && character === '"' ? !wasQuote : false;
      if (character === '"') {
        inQuote = !inQuote;
        if (token === "") isQuoted = true;
      }
      end = at + 1;
      step();
    }
    tokens.push({ text: token, isQuoted });
    if (hasComma) continue;
    fields.push({ tokens, start, end });
    tokens = [];
  }
  if (tokens.length > 0) fields.push({ tokens, start, end });
  return { fields, next: at + 1 };
}

/** The single value of a field; null where it has several. */
function only(field: HbaField): string | null {
  return field.tokens.length === 1 ? (field.tokens[0] as HbaToken).text : null;
}

function fail(message: string, place: { start: number; end: number }): HbaError {
  return { kind: "error", message, start: place.start, end: place.end };
}

function readLine(fields: readonly HbaField[]): HbaLine {
  const [typeField, database, user, ...rest] = fields as [HbaField, ...HbaField[]];
  const last = fields.at(-1) as HbaField;
  const place = { start: typeField.start, end: last.end };
  const type = only(typeField);
  if (type !== null && INCLUDES.includes(type)) {
    const file = database === undefined ? null : only(database);
    if (file === null || fields.length > 2) return fail(`${type} takes the name of one file.`, place);
    return { kind: "include", directive: type, file, ...place };
  }
  if (type === null || !TYPES.includes(type)) {
    return fail(`A pg_hba record starts with ${TYPES.join(", ")}; write for example "local all all peer".`, typeField);
  }
  if (database === undefined) return fail(`The record ends before the database; write for example "local all all peer".`, place);
  if (user === undefined) return fail(`The record ends before the user; write for example "local all all peer".`, place);

  let address: HbaField | null = null;
  let mask: HbaField | null = null;
  if (type !== "local") {
    address = rest.shift() ?? null;
    if (address === null) return fail(`The record ends before the address; write for example "127.0.0.1/32".`, place);
    const wrong = addressError(address);
    if (wrong !== null) return fail(wrong, address);
    if (isNumeric(only(address) ?? "")) {
      mask = rest.shift() ?? null;
      if (mask === null || !isNumeric(only(mask) ?? "")) {
        return fail(`The address has no mask; write "${only(address)}/${isIPv4(only(address) ?? "") ? 32 : 128}" for this one address.`, address);
      }
    }
  }
  const method = rest.shift();
  if (method === undefined) return fail(`The record ends before the method; write for example scram-sha-256.`, place);
  const methodName = only(method);
  if (methodName === null || !(METHODS.includes(methodName) || methodName.includes(HOLE))) {
    return fail(`PostgreSQL knows no such authentication method; write one of ${METHODS.join(", ")}.`, method);
  }
  const odd = rest.find((option) => !(only(option) ?? "").includes("="));
  if (odd !== undefined) return fail(`Behind the method only options of the form name=value may stand.`, odd);
  return { kind: "record", type, database, user, address, mask, method, options: rest, ...place };
}

/** Also the short forms of inet_aton(3), such as `127.1`, which PostgreSQL takes. */
function isIPv4(text: string): boolean {
  return /^[0-9]{1,3}(\.[0-9]{1,3}){1,3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);
}

/** Roughly: enough to tell an IPv6 address from a host name, which has no colon. */
function isIPv6(text: string): boolean {
  return text.includes(":") && /^[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?$/.test(text);
}

function isNumeric(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

/** What is wrong with an address field: a keyword, a host name, a range, or an address whose mask is the next field. */
function addressError(field: HbaField): string | null {
  const text = only(field);
  if (text === null) return "A record has one address; write one record for each.";
  const slash = text.indexOf("/");
  if (slash < 0 || text.includes(HOLE)) return null;
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  if (!isNumeric(address)) return "A host name takes no mask; remove it.";
  const isLength = /^[0-9]{1,3}$/.test(bits) && Number(bits) <= (isIPv4(address) ? 32 : 128);
  return isLength ? null : "The mask length is wrong; write /32 for one IPv4 address, /128 for one IPv6 address.";
}

/**
 * Whether a record lets in only who is on this machine already: `local` (Unix sockets), ranges within 127.0.0.0/8, ::1,
 * `localhost` (NixOS maps it to loopback in /etc/hosts) and `samehost`, which PostgreSQL's documentation defines as "any of
 * the server's own IP addresses". `samenet` and `all` reach further. An address with a hole counts as local: it is not known.
 */
export function isLocalRecord(record: HbaRecord): boolean {
  if (record.type === "local" || record.address === null) return true;
  const { text, isQuoted } = record.address.tokens[0] as HbaToken;
  const mask = record.mask === null ? null : (record.mask.tokens[0] as HbaToken).text;
  if (text.includes(HOLE) || (mask ?? "").includes(HOLE)) return true;
  if (text === "samehost") return !isQuoted;
  if (["localhost", "localhost.localdomain"].includes(text.toLowerCase())) return true;
  const [address = "", bits] = text.split("/");
  if (isIPv4(address)) return Number(address.split(".")[0]) === 127 && (mask === null ? Number(bits) >= 8 : mask.startsWith("255."));
  if (!isLoopbackIPv6(address)) return false;
  return mask === null ? Number(bits) === 128 : /^(ffff:){7}ffff$/i.test(mask);
}

/**
 * The records that let anyone in from elsewhere without a password: method `trust` and not local (`isLocalRecord`).
 *
 * @param text pg_hba lines, with `HOLE` for what is not known; a record is not judged by a field that has one
 */
export function findOpenTrust(text: string): HbaRecord[] {
  return parsePgHba(text).filter(
    (line): line is HbaRecord => line.kind === "record" && only(line.method) === "trust" && !isLocalRecord(line),
  );
}
