/** The form of a baseline: read with a clear word on what is wrong with it, written so that two branches merge well. */
import { nearestName } from "../../domain/nearest-name.ts";

const VERSION = 1;

/** A finding that is known. */
export interface BaselineEntry {
  readonly rule: string;
  /** Those of its parts; at least one. */
  readonly fingerprints: readonly string[];
  /** What it said when it was recorded, for people. */
  readonly message: string;
}

/** Known findings by the path of their file, relative to the root of the tree. */
export type Baseline = ReadonlyMap<string, readonly BaselineEntry[]>;

/** What is wrong with a baseline, as half a sentence with the next step. */
export class BaselineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BaselineError";
  }
}

/**
 * Reads a baseline.
 * @throws BaselineError for whatever is not as it was written: half of one would pass old findings off as new or hide new ones
 */
export function parseBaseline(text: string): Baseline {
  const document = parsed(text);
  if (!isRecord(document)) throw damaged("it is no JSON object");
  const { version, files, ...others } = document;
  if (typeof version === "number" && version > VERSION) throw new BaselineError(`it has version ${version} and this tappaas-lint knows version ${VERSION}; use a newer tappaas-lint`);
  if (version !== VERSION) throw damaged(`its \`version\` is not ${VERSION}`);
  const [other] = Object.keys(others);
  if (other !== undefined) throw damaged(`nothing called \`${other}\` belongs there${nearestName(other, ["files"]) === null ? "" : ", which may have been `files`"}`);
  if (!isRecord(files)) throw damaged("it has no `files`");
  return new Map(Object.entries(files).map(([path, entries]) => [path, entriesOf(path, entries)]));
}

function parsed(text: string): unknown {
  const mark = text.split("\n").findIndex((line) => /^(?:<{7}|={7}|>{7})(?:\s|$)/.test(line));
  if (mark >= 0) throw new BaselineError(`line ${mark + 1} has the mark of a merge conflict; keep the entries of both sides, or write it anew with --write-baseline after deleting it`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(`it is no JSON (${(error as Error).message.replace(/\s+/g, " ")})`);
  }
}

function entriesOf(path: string, entries: unknown): readonly BaselineEntry[] {
  if (!Array.isArray(entries)) throw damaged(`what it has for \`${path}\` is no list`);
  return entries.map((entry: unknown, index) => {
    if (isRecord(entry)) {
      const { rule, fingerprints, message } = entry;
      if (typeof rule === "string" && areFingerprints(fingerprints) && typeof message === "string") return { rule, fingerprints, message };
    }
    throw damaged(`entry ${index + 1} for \`${path}\` has not a \`rule\`, \`fingerprints\` of 16 hexadecimal digits and a \`message\``);
  });
}

function areFingerprints(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string" && /^[0-9a-f]{16}$/.test(one));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function damaged(what: string): BaselineError {
  return new BaselineError(`${what}; take it from git as it was, or delete it and run with --write-baseline`);
}

/** A baseline as text: sorted, a line for each entry, so that a change shows what it is and branches rarely collide. */
export function baselineText(baseline: Baseline): string {
  const files = [...baseline].filter(([, entries]) => entries.length > 0).sort(([a], [b]) => compare(a, b));
  const blocks = files.map(([path, entries]) => `    ${JSON.stringify(path)}: [\n${[...entries].sort(byRule).map(line).join(",\n")}\n    ]`);
  return `{\n  "version": ${VERSION},\n  "files": {${blocks.length === 0 ? "" : `\n${blocks.join(",\n")}\n  `}}\n}\n`;
}

function line({ rule, fingerprints, message }: BaselineEntry): string {
  return `      { "rule": ${JSON.stringify(rule)}, "message": ${JSON.stringify(message)}, "fingerprints": [${fingerprints.map((one) => JSON.stringify(one)).join(", ")}] }`;
}

function byRule(a: BaselineEntry, b: BaselineEntry): number {
  return compare(a.rule, b.rule) || compare(a.message, b.message) || compare(a.fingerprints.join(), b.fingerprints.join());
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
