/** Knows a finding again after its file has changed around it: for the baseline, and for services that keep findings over time. */
import type { At } from "../../model/index.ts";
import type { AnyProblem, Rule } from "../rule.ts";

/** What messages are filled in with to say what to do: advice that a newer version words in another way is for the same finding. */
const ADVICE: ReadonlySet<string> = new Set(["write", "reason"]);

/**
 * Gives the findings of one file their fingerprints, 16 hexadecimal digits each. One is made of the rule, what it says and the text
 * that it marks, so that it stays when the line moves, when the line's other parts change, and when a message is reworded. What is
 * missing has no text of its own: there the rest of the file may change as it likes. Of what has several parts missing each has a
 * fingerprint, so that mending one of them makes no new finding of the others. Equal findings are numbered in their order.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  /** To be asked for the findings in the order in which they stand. */
  of({ id }: Rule, { message, data, at: marked, missing }: AnyProblem, at: At): readonly string[] {
    if (typeof missing === "object") return missing.map((part) => this.#numbered(JSON.stringify([id, part])));
    const text = marked === undefined ? (missing ?? "") : evened(at.file.syntax.source.text.slice(at.start, at.end));
    // Where something else stands changes with whatever comes before it.
    const said = Object.entries(data ?? {}).filter(([name]) => !ADVICE.has(name)).map(([name, value]) => [name, String(value).replace(/\bline \d+/g, "line")]);
    return [this.#numbered(JSON.stringify([id, message, said, text]))];
  }

  #numbered(key: string): string {
    const occurrence = this.#seen.get(key) ?? 0;
    this.#seen.set(key, occurrence + 1);
    return hash(`${occurrence}\0${key}`);
  }
}

/** A text with every run of blanks and line ends as one blank, so that indenting it anew changes nothing. */
function evened(text: string): string {
  return text.trim().replace(/\s+/gu, " ");
}

/**
 * A hash of 64 bits: two of 32 with different seeds, each mixed at the end by MurmurHash3's finaliser. The engine has no cryptography,
 * and whoever can craft equal hashes could write a suppression as well.
 */
function hash(text: string): string {
  let left = 0xdeadbeef;
  let right = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    left = Math.imul(left ^ unit, 0x9e3779b1);
    right = Math.imul(right ^ unit, 0x5f356495);
  }
  const first = mixed(left ^ mixed(right));
  return digits(first) + digits(mixed(right ^ first));
}

function mixed(word: number): number {
  let value = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

function digits(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
