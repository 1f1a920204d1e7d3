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

  /** Lets go of what was made of a text. */
  drop(text: string | null): void {
    if (text !== null) this.#parsed.delete(text);
  }
}
