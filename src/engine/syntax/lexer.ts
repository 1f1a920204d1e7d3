/** Cuts Nix text into tokens, one at a time; the insides of strings are scanned on the parser's word. */
import type { Comment } from "./ast.ts";
import * as T from "./tokens.ts";

const FLOAT = /(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?/y;
const SEARCH_PATH = /<[\w.+-]+(?:\/[\w.+-]+)*>/y;
const COMMENT_TEXT = /[^\r\n]*/y;
const PLAIN_TEXT = /[^"\\$]*/y;
const INDENTED_TEXT = /[^'$]*/y;
/** Blanks of other alphabets and invisible characters: pasted in unseen, no token in Nix. */
const INVISIBLE = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

const SPACE = 32;
const QUOTE_MARK = 34;
const HASH = 35;
const DOLLAR = 36;
const APOSTROPHE = 39;
const PLUS = 43;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const BACKSLASH = 92;
const UNDERSCORE = 95;
const OPEN_BRACE = 123;

/**
 * The token that the parser looks at, and the step to the next one. Where several tokens fit, the longest wins, as in
 * Nix's own lexer (Nix, `lexer.l`).
 */
export class Lexer {
  readonly text: string;
  readonly comments: Comment[] = [];
  /** The current token, its span, and the end of the token before it. */
  kind = T.EOF;
  start = 0;
  end = 0;
  before = 0;
  /** Offsets of `${` and `''` that count as text: a second reading after a first one went wrong (see `repair.ts`). */
  protected readonly literal: ReadonlySet<number>;
  // A stretch of path characters is measured once, however many tokens it holds.
  #runStart = 0;
  #runEnd = 0;
  /** Behind the last underscore of that stretch, which no scheme of a URI has; -1 until it is asked for. */
  #schemeStart = -1;

  constructor(text: string, literal: ReadonlySet<number>) {
    this.text = text;
    this.literal = literal;
  }

  /** Called for what is no token: an unclosed comment or an invisible character, which then count as blank. */
  protected reportBlank(_start: number, _end: number, _what: "comment" | "character"): void {}

  /** Called where `literal` makes text of what stands there. */
  protected passLiteral(): void {}

  #isLiteral(offset: number): boolean {
    if (!this.literal.has(offset)) return false;
    this.passLiteral();
    return true;
  }

  /** Steps to the next token. */
  next(): void {
    this.before = this.end;
    const { text } = this;
    const start = this.#skipBlanks(this.end);
    this.start = start;
    if (start >= text.length) {
      this.kind = T.EOF;
      this.end = start;
      return;
    }
    const code = text.charCodeAt(start);
    if (T.isLetter(code) || code === UNDERSCORE) this.#word(start);
    else this.kind = this.#other(code, start);
  }

  #skipBlanks(from: number): number {
    const { text } = this;
    let at = from;
    for (; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === 10 || code === 9 || code === 13) at++;
      else if (code === HASH) at = this.#comment(at, this.#endOfLine(at));
      else if (code === SLASH && text.charCodeAt(at + 1) === 42) {
        const close = text.indexOf("*/", at + 2);
        if (close < 0) this.reportBlank(at, at + 2, "comment");
        at = this.#comment(at, close < 0 ? text.length : close + 2);
      } else if (code > 127 && INVISIBLE.test(String.fromCodePoint(text.codePointAt(at) as number))) {
        const length = code >= 0xd800 && code < 0xdc00 ? 2 : 1;
        this.reportBlank(at, at + length, "character");
        at += length;
      } else break;
    }
    return at;
  }

  /** Steps to the first token of another line. */
  skipLine(): void {
    this.end = this.#endOfLine(this.end);
    this.next();
  }

  #comment(start: number, end: number): number {
    this.comments.push({ start, end, text: this.text.slice(start, end) });
    return end;
  }

  /** A line comment ends at LF, CRLF or a lone CR. */
  #endOfLine(from: number): number {
    COMMENT_TEXT.lastIndex = from;
    COMMENT_TEXT.test(this.text);
    return COMMENT_TEXT.lastIndex;
  }

  /** A name, a keyword, or a path or URI that starts like one. */
  #word(start: number): void {
    const { text } = this;
    let end = start + 1;
    while (T.isWord(text.charCodeAt(end))) end++;
    const next = text.charCodeAt(end);
    if (next === DOT || next === SLASH || next === COLON || next === PLUS) {
      const path = this.#pathEnd(start);
      if (path > 0) return this.#take(T.PATH, path);
      const uri = this.#uriEnd(start);
      if (uri > 0) return this.#take(T.URI, uri);
    }
    this.end = end;
    // Keywords have two to seven letters.
    this.kind = end - start < 2 || end - start > 7 ? T.ID : (T.KEYWORDS.get(text.slice(start, end)) ?? T.ID);
  }

  #take(kind: number, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  #other(code: number, start: number): number {
    const { text } = this;
    const next = text.charCodeAt(start + 1);
    // Numbers, dots, signs and slashes may start a path.
    if (T.isPathCharacter(code) || code === SLASH) {
      const path = this.#pathEnd(start);
      if (path > 0) {
        this.end = path;
        return T.PATH;
      }
      if (T.isDigit(code) || (code === DOT && T.isDigit(next))) return this.#number(start);
    }
    this.end = start + 2;
    switch (code) {
      case APOSTROPHE:
        if (next === APOSTROPHE) return T.INDENTED_QUOTE;
        break;
      case DOLLAR:
        if (next === OPEN_BRACE) return T.DOLLAR_BRACE;
        break;
      case 61: // =
        if (next === 61) return T.EQ;
        break;
      case 33: // !
        if (next === 61) return T.NEQ;
        break;
      case 38: // &
        if (next === 38) return T.AND;
        break;
      case 124: // |
        if (next === 124) return T.OR;
        if (next === 62) return T.PIPE;
        break;
      case 45: // -
        if (next === 62) return T.IMPLIES;
        break;
      case SLASH:
        if (next === SLASH) return T.UPDATE;
        break;
      case PLUS:
        if (next === PLUS) return T.CONCAT;
        break;
      case 60: // <
        SEARCH_PATH.lastIndex = start;
        if (SEARCH_PATH.test(text)) {
          this.end = SEARCH_PATH.lastIndex;
          return T.SEARCH_PATH;
        }
        if (next === 61) return T.LEQ;
        if (next === 124) return T.PIPE;
        break;
      case 62: // >
        if (next === 61) return T.GEQ;
        break;
      case DOT:
        if (next === DOT && text.charCodeAt(start + 2) === DOT) {
          this.end = start + 3;
          return T.ELLIPSIS;
        }
        break;
      case 126: {
        // ~
        const path = next === SLASH ? this.#pathEnd(start + 1) : 0;
        if (path > 0) {
          this.end = path;
          return T.PATH;
        }
        break;
      }
    }
    this.end = start + 1;
    switch (code) {
      case QUOTE_MARK:
        return T.QUOTE;
      case 123:
        return T.LBRACE;
      case 125:
        return T.RBRACE;
      case 91:
        return T.LBRACK;
      case 93:
        return T.RBRACK;
      case 40:
        return T.LPAREN;
      case 41:
        return T.RPAREN;
      case 59:
        return T.SEMICOLON;
      case COLON:
        return T.COLON;
      case 44:
        return T.COMMA;
      case 64:
        return T.AT_SIGN;
      case DOT:
        return T.DOT;
      case 61:
        return T.ASSIGN;
      case 33:
        return T.NOT;
      case 63:
        return T.HAS;
      case PLUS:
        return T.PLUS;
      case 45:
        return T.MINUS;
      case 42:
        return T.STAR;
      case SLASH:
        return T.SLASH;
      case 60:
        return T.LT;
      case 62:
        return T.GT;
    }
    if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) this.end = start + 2;
    return T.INVALID;
  }

  #number(start: number): number {
    FLOAT.lastIndex = start;
    if (FLOAT.test(this.text)) {
      this.end = FLOAT.lastIndex;
      return T.FLOAT;
    }
    let end = start + 1;
    while (T.isDigit(this.text.charCodeAt(end))) end++;
    this.end = end;
    return T.INT;
  }

  /** Where the stretch of path characters around an offset ends. */
  #endOfRun(start: number): number {
    if (start < this.#runStart || start >= this.#runEnd) {
      let end = start;
      while (T.isPathCharacter(this.text.charCodeAt(end))) end++;
      this.#runStart = start;
      this.#runEnd = end;
      this.#schemeStart = -1;
    }
    return this.#runEnd;
  }

  /** The end of the path that starts here, or of its first stretch where `${` follows; 0 where none does. */
  #pathEnd(start: number): number {
    const { text } = this;
    let end = T.isPathCharacter(text.charCodeAt(start)) ? this.#endOfRun(start) : start;
    if (text.charCodeAt(end) !== SLASH) return 0;
    if (!T.isPathCharacter(text.charCodeAt(end + 1))) {
      return text.charCodeAt(end + 1) === DOLLAR && text.charCodeAt(end + 2) === OPEN_BRACE ? end + 1 : 0;
    }
    while (text.charCodeAt(end) === SLASH && T.isPathCharacter(text.charCodeAt(end + 1))) {
      end += 2;
      while (T.isPathCharacter(text.charCodeAt(end))) end++;
    }
    return text.charCodeAt(end) === SLASH ? end + 1 : end;
  }

  /** The end of the URI that starts here; 0 where none does. */
  #uriEnd(start: number): number {
    const { text } = this;
    if (!T.isLetter(text.charCodeAt(start))) return 0;
    let end = this.#endOfRun(start);
    if (text.charCodeAt(end) !== COLON || !T.isUriCharacter(text.charCodeAt(end + 1))) return 0;
    if (this.#schemeStart < 0) {
      this.#schemeStart = end;
      while (this.#schemeStart > this.#runStart && text.charCodeAt(this.#schemeStart - 1) !== UNDERSCORE) this.#schemeStart--;
    }
    if (start < this.#schemeStart) return 0;
    end += 2;
    while (T.isUriCharacter(text.charCodeAt(end))) end++;
    return end;
  }

  /** The end of the stretch of path text at an offset, which follows an interpolation; the offset itself where none does. */
  pathTextEnd(from: number): number {
    const { text } = this;
    let end = from;
    while (T.isPathCharacter(text.charCodeAt(end)) || text.charCodeAt(end) === SLASH) end++;
    return end;
  }

  /** The offset of the `"` or `${` that ends the text of a string at an offset, or the end of the file. */
  plainTextEnd(from: number): number {
    const { text } = this;
    let at = from;
    while (at < text.length) {
      PLAIN_TEXT.lastIndex = at;
      PLAIN_TEXT.test(text);
      at = PLAIN_TEXT.lastIndex;
      if (at >= text.length) break;
      const code = text.charCodeAt(at);
      if (code === QUOTE_MARK) return at;
      if (code === BACKSLASH) at += 2;
      else {
        const next = text.charCodeAt(at + 1);
        if (next === OPEN_BRACE && !this.#isLiteral(at)) return at;
        // A dollar takes the character behind it along (`$$` before `{` opens nothing), save a quote or an escape.
        at += next === QUOTE_MARK || next === BACKSLASH ? 1 : 2;
      }
    }
    return text.length;
  }

  /** The same for an indented string, which `''` ends. */
  indentedTextEnd(from: number): number {
    const { text } = this;
    let at = from;
    while (at < text.length) {
      INDENTED_TEXT.lastIndex = at;
      INDENTED_TEXT.test(text);
      at = INDENTED_TEXT.lastIndex;
      if (at >= text.length) break;
      const next = text.charCodeAt(at + 1);
      if (text.charCodeAt(at) === DOLLAR) {
        if (next === OPEN_BRACE && !this.#isLiteral(at)) return at;
        at += next === APOSTROPHE ? 1 : 2;
      } else if (next === APOSTROPHE) {
        const third = text.charCodeAt(at + 2);
        if (third === DOLLAR || third === APOSTROPHE) at += 3;
        else if (third === BACKSLASH && at + 3 < text.length) at += 4;
        else if (this.#isLiteral(at)) at += 2;
        else return at;
      } else at += next === DOLLAR ? 1 : 2;
    }
    return text.length;
  }
}
