/** Keeps secrets out of what reports repeat of the source: logs are read, kept and sent on by others than the code is. */

import type { Position, RunResult } from "../engine/run/result.ts";

/** Characters of a secret that stay, so that its owner knows which one it is; the short ones go whole. */
const kept = 3;
const longEnough = 12;

/** The lines of a key in a file of its own kind stand between these two. */
const keyBegins = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY/;
const keyEnds = "-----END ";

/** A stretch of a file. */
interface Place {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * Where secrets stand: what the findings of the rules mark that mark some, suppressed ones as well. One that is used in one
 * place and written in another is no secret where its name stands.
 */
export function secretPlaces({ files, rules }: Pick<RunResult, "files" | "rules">): readonly Place[] {
  const marking = new Set(rules.flatMap(({ id, marksSecrets }) => (marksSecrets ? [id] : [])));
  return files.flatMap(({ path, findings }) => findings.flatMap(({ rule, start, end, related }): readonly Place[] => (!marking.has(rule) ? [] : related.length > 0 ? related : [{ path, start, end }])));
}

/** The lines of a file with the secrets in them made unreadable, each as long as it was, so that places stay right. */
export function concealed(path: string, lines: readonly string[], secrets: readonly Place[]): readonly string[] {
  const own = secrets.filter((place) => place.path === path);
  if (own.length === 0) return lines;
  const out = [...lines];
  for (const { start, end } of own) hide(lines, out, start, end);
  return out;
}

function hide(lines: readonly string[], out: string[], start: Position, end: Position): void {
  const last = Math.min(end.line, lines.length);
  const isKey = lines.slice(start.line - 1, last).some((line) => keyBegins.test(line));
  for (let number = start.line; number <= last; number += 1) {
    const line = out[number - 1] as string;
    const from = number === start.line ? start.column - 1 : 0;
    const to = number === end.line ? end.column - 1 : line.length;
    out[number - 1] = line.slice(0, from) + (isKey ? starred : masked)(line.slice(from, to)) + line.slice(to);
  }
  // A key of several lines is marked at its first one.
  for (let at = last; isKey && at < lines.length && !(lines[at - 1] as string).includes(keyEnds); at += 1) out[at] = starred(lines[at] as string);
}

/** A secret without its middle; quotes around it are none of it. */
function masked(secret: string): string {
  const open = /^["']*/.exec(secret)?.[0] ?? "";
  let end = secret.length;
  while (end > open.length && /["']/.test(secret[end - 1] as string)) end -= 1;
  const [value, close] = [secret.slice(open.length, end), secret.slice(end)];
  const shown = value.length >= longEnough ? kept : 0;
  return open + value.slice(0, shown) + starred(value.slice(shown)) + close;
}

function starred(text: string): string {
  return text.replace(/[^\s]/gu, (char) => "*".repeat(char.length));
}
