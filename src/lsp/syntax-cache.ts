/** Reads what is typed, and keeps what was read: a judgement needs a whole tree of files, of which one has changed. */
import type { Parser } from "../engine/model/index.ts";
import { type NixParser, type Syntax, parse } from "../engine/syntax/index.ts";

/**
 * A parser that reads a text once, until it is told that nobody has that text any more. Our own reader takes a tenth of the
 * time of tree-sitter and gives the same nodes, which saves a keystroke more than parsing anew only what has changed would;
 * but it goes less deep.
 */
export class SyntaxCache implements Parser {
  readonly #parser: NixParser;
  readonly #parsed = new Map<string, Syntax>();

  constructor(parser: NixParser) {
    this.#parser = parser;
  }

  parse(text: string): Syntax {
    let syntax = this.#parsed.get(text);
    if (syntax === undefined) {
      syntax = this.#read(text);
      this.#parsed.set(text, syntax);
    }
    return syntax;
  }

  #read(text: string): Syntax {
    const syntax = parse(text);
    return syntax.tooDeep ? this.#parser.parse(text) : syntax;
  }

  /** A parser that takes what is kept and keeps nothing itself, for texts that nobody has yet. */
  get borrowed(): Parser {
    return { parse: (text) => this.#parsed.get(text) ?? this.#read(text) };
  }

  /** Lets go of what was made of a text. */
  drop(text: string | null): void {
    if (text !== null) this.#parsed.delete(text);
  }
}
