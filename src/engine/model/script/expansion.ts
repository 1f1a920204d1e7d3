/** Makes texts of shell words: variables and substitutions filled in as far as they are known. */
import type { Statement, Word, WordPart } from "../../syntax/shell/index.ts";
import type { Span } from "../../syntax/index.ts";
import type { Value } from "../values.ts";
import type { Context } from "./context.ts";
import type { Outcome } from "./effects.ts";
import { concat, either, gap, known, type Text, UNKNOWN, whole } from "./text.ts";

/** A substring of at most eight characters: `${KEY:0:4}`, `${KEY: -4}`. */
const HINT = /:[ \t]*(?:\d+[ \t]*:[ \t]*[1-8]|-[1-8])[ \t]*\}$/;

/** Expands the words of one script. */
export class Expansion {
  /** The text that spans of words refer to; another one inside `bash -c`. */
  source: string;
  readonly #holes: readonly Value[];
  readonly #vars: () => ReadonlyMap<string, Text>;
  readonly #substitute: (body: readonly Statement[], context: Context) => Outcome;

  /**
   * @param holes the Nix values of the script's interpolations
   * @param vars the variables as they are at the moment
   * @param substitute carries out a command substitution
   */
  constructor(source: string, holes: readonly Value[], vars: () => ReadonlyMap<string, Text>, substitute: (body: readonly Statement[], context: Context) => Outcome) {
    this.source = source;
    this.#holes = holes;
    this.#vars = vars;
    this.#substitute = substitute;
  }

  /** A word's text, carrying out the command substitutions in it. */
  text(word: Word, context: Context): Text {
    const text = concat(word.parts.map((part) => this.#part(part, context)));
    return hasBraces(word) ? { ...text, glob: true } : text;
  }

  /** A word's text without carrying anything out a second time. */
  plain(word: Word, context: Context): Text {
    return concat(word.parts.map((part) => (part.kind === "substitution" ? this.#outputOf(part) : part.kind === "process" ? UNKNOWN : this.#part(part, context))));
  }

  /** What a substitution gives out: the same commands the same text. */
  #outputOf(part: Span): Text {
    return gap(this.source.slice(part.start, part.end));
  }

  /** A name for an interpolation: the same value has the same. */
  #holeName(index: number): string {
    const value = this.#holes[index];
    if (value?.t === "ref") return value.path.join(".");
    return value?.t === "unknown" && value.id !== undefined ? value.id : `interpolation ${value === undefined ? index : this.#holes.indexOf(value)}`;
  }

  #part(part: WordPart, context: Context): Text {
    switch (part.kind) {
      case "text":
        return { ...known(part.text), glob: !part.quoted && /[*?[]/.test(part.text) };
      case "hole":
        return { parts: [{ value: this.#holes[part.index] ?? null, id: this.#holeName(part.index) }], secret: false, glob: false, splits: false };
      case "variable":
        return this.#variable(part, context);
      case "substitution": {
        const outcome = this.#substitute(part.body, context);
        const split = { secret: outcome.secret || outcome.random, splits: !part.quoted };
        // The same commands give the same text as far as paths are concerned (`$(date +%F)`).
        return { ...(outcome.text ?? this.#outputOf(part)), ...split };
      }
      case "process": {
        const outcome = this.#substitute(part.body, context);
        return { ...UNKNOWN, secret: outcome.secret || outcome.random };
      }
      case "opaque":
        return UNKNOWN;
    }
  }

  #variable(part: Extract<WordPart, { kind: "variable" }>, context: Context): Text {
    const value = this.#vars().get(part.name);
    const { operator, argument, quoted } = part;
    const read = value ?? gap(`$${part.name}`);
    const split = (text: Text): Text => (quoted || whole(text) !== null ? text : { ...text, splits: text.parts.length === 1 });
    if (operator === null) return split(read);
    // A length, or a few characters as a hint, give nothing away.
    if (operator === "#" && argument === null) return UNKNOWN;
    if (operator === ":" && HINT.test(this.source.slice(part.start, part.end))) return UNKNOWN;
    if (operator === ":-" || operator === "-" || operator === ":=" || operator === "=") {
      const fallback = argument === null ? known("") : this.text(argument, context);
      if (value === undefined) return { ...UNKNOWN, secret: fallback.secret };
      return split(whole(value) === "" ? fallback : value.parts.some((piece) => typeof piece === "string") ? value : either(value, fallback));
    }
    if (operator === ":+" || operator === "+") return UNKNOWN;
    if (operator === ":?" || operator === "?") return split(read);
    return { ...UNKNOWN, secret: value?.secret ?? false };
  }
}

/** Whether a word has alternatives: `{a,b}.key`. */
function hasBraces({ parts }: Word): boolean {
  return parts.some((part) => part.kind === "text" && !part.quoted && part.text.includes("{")) && /\{[^{},.]*[,.][^{}]*\}/.test(parts.map((part) => (part.kind === "text" && !part.quoted ? part.text : "x")).join(""));
}
