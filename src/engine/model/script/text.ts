/** What a shell word comes to: known text, with gaps for what cannot be known. */
import type { Value } from "../values.ts";

/** A gap: a Nix value whose text is not known, or null for anything else (a command's output, the environment). */
export interface Gap {
  readonly value: Value | null;
  /** Gaps of the same name stand for the same text (a variable that the script reads twice). */
  readonly id?: string;
}

export interface Text {
  readonly parts: readonly (string | Gap)[];
  /** Holds generated key material. */
  readonly secret: boolean;
  /** Has unquoted wildcards, so that it stands for any number of names. */
  readonly glob: boolean;
  /** An unquoted expansion with a gap: may become several words or none. */
  readonly splits: boolean;
}

const GAP: Gap = { value: null };

/** Something unknown that has a name, so that the same thing in two places is seen to be the same. */
export function gap(id: string, secret = false): Text {
  return { parts: [{ value: null, id }], secret, glob: false, splits: false };
}

export function known(text: string): Text {
  return { parts: text === "" ? [] : [text], secret: false, glob: false, splits: false };
}

export const UNKNOWN: Text = { parts: [GAP], secret: false, glob: false, splits: false };
/** Key material that has just been generated. */
export const SECRET: Text = { parts: [GAP], secret: true, glob: false, splits: false };

/** Puts texts together. */
export function concat(texts: readonly Text[]): Text {
  const parts: (string | Gap)[] = [];
  for (const text of texts) {
    for (const part of text.parts) {
      const last = parts[parts.length - 1];
      if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
      else parts.push(part);
    }
  }
  return { parts, secret: texts.some(({ secret }) => secret), glob: texts.some(({ glob }) => glob), splits: texts.some(({ splits }) => splits) };
}

/** The whole text, or null where a part of it is not known. */
export function whole(text: Text | undefined): string | null {
  if (text === undefined) return null;
  if (text.parts.length === 0) return "";
  const [part] = text.parts;
  return text.parts.length === 1 && typeof part === "string" ? part : null;
}

/** The known text before the first gap. */
export function head(text: Text): string {
  const [part] = text.parts;
  return typeof part === "string" ? part : "";
}

/** The known text behind the last gap. */
export function tail(text: Text): string {
  const part = text.parts[text.parts.length - 1];
  return typeof part === "string" ? part : "";
}

/** A name for a text: texts with the same known parts and the same gaps share it. */
export function keyOf(text: Text): string {
  return text.parts.map((part) => (typeof part === "string" ? part : `\0${part.id ?? ""}\0`)).join("");
}

/** Whether all of a text is a gap without a name, so that nothing tells it from others. */
export function isNameless(text: Text): boolean {
  return text.parts.every((part) => typeof part !== "string" && part.id === undefined) && text.parts.length > 0;
}

/** What two texts, of which one is right, have in common. */
export function either(a: Text, b: Text): Text {
  // The very same text was worked out once, before the ways parted.
  if (a === b) return a;
  if (keyOf(a) === keyOf(b) && a.parts.every((part) => typeof part === "string")) return { ...a, secret: a.secret || b.secret };
  return { ...UNKNOWN, secret: a.secret || b.secret };
}

/** A text as a person would write it, with `…` for gaps. */
export function display(text: Text): string {
  return text.parts.map((part) => (typeof part === "string" ? part : "…")).join("");
}

/** The last part of the path that a text is, where that is known. */
export function baseNameOf(text: Text): string | null {
  const last = tail(text);
  const slash = last.lastIndexOf("/");
  if (slash >= 0) return last.slice(slash + 1);
  return whole(text);
}

/** Whether a pattern with shell wildcards may stand for a name: `*`, `[…]`, `{…}` and gaps match anything, `?` one character. */
export function matches(pattern: Text, name: Text): boolean {
  const symbols: (string | null)[] = [];
  for (const part of pattern.parts) {
    if (typeof part !== "string") symbols.push(null);
    else for (const char of pattern.glob ? withoutChoices(part) : part) symbols.push(pattern.glob && char === "*" ? null : char);
  }
  return matchAt(symbols, [...keyOf(name)], pattern.glob);
}

/** A pattern with `*` in the place of each `[…]` and `{…}`. */
function withoutChoices(pattern: string): string {
  const braces = (text: string): string => text.replace(/\{[^{}]*\}/g, "*");
  // A bracket that nothing closes is read to the end at once: each of many would be searched for its end otherwise.
  return pattern.replace(/\[[^\]]*\]?|\{[^{}]*\}/g, (choice) => (choice.startsWith("[") && !choice.endsWith("]") ? `[${braces(choice.slice(1))}` : "*"));
}

/** Greedy matching with one restart point: linear but for the product of the two lengths. */
function matchAt(pattern: readonly (string | null)[], name: readonly string[], glob: boolean): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let mark = 0;
  while (n < name.length) {
    const symbol = pattern[p];
    if (p < pattern.length && symbol !== null && (symbol === name[n] || (glob && symbol === "?"))) {
      p++;
      n++;
    } else if (p < pattern.length && symbol === null) {
      star = p++;
      mark = n;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (pattern[p] === null) p++;
  return p >= pattern.length;
}
