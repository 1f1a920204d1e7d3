/** Keeps what was parsed: a judgement reads a whole tree of files, of which one has changed. */
import type { Parser } from "../engine/model/index.ts";
import type { NixParser, Syntax } from "../engine/syntax/index.ts";

/** A parser that parses a text once, until it is told that nobody has that text any more. */
export class SyntaxCache implements Parser {
  readonly #parser: NixParser;
  readonly #parsed = new Map<string, Syntax>();

  constructor(parser: NixParser) {
    this.#parser = parser;
  }

  parse(text: string): Syntax {
    let syntax = this.#parsed.get(text);
    if (syntax === undefined) {
      syntax = this.#parser.parse(text);
      this.#parsed.set(text, syntax);
    }
    return syntax;
  }

  /** A parser that takes what is kept and keeps nothing itself, for texts that nobody has yet. */
  get borrowed(): Parser {
    return { parse: (text) => this.#parsed.get(text) ?? this.#parser.parse(text) };
  }

  /** Lets go of what was made of a text. */
  drop(text: string | null): void {
    if (text !== null) this.#parsed.delete(text);
  }
}
