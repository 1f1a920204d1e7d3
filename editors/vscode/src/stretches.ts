/** Cuts Nix into the stretches that are worth a colour, with the reader of the linter. */
import { Lexer } from "../../../src/engine/syntax/lexer.ts";
import * as T from "../../../src/engine/syntax/tokens.ts";

/** The kinds of stretches, by the names that editors know (LSP 3.17, `SemanticTokenTypes`). */
export const KINDS = ["comment", "keyword", "number", "string"] as const;

/** A stretch of a text: offsets in UTF-16 units from 0, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly kind: (typeof KINDS)[number];
}

const KEYWORDS: ReadonlySet<number> = new Set([T.LET, T.REC, T.IF, T.THEN, T.ELSE, T.ASSERT, T.WITH, T.IN, T.INHERIT]);
const NUMBERS: ReadonlySet<number> = new Set([T.INT, T.FLOAT]);
/** Names that stand for values of the language, not keywords of its grammar. */
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "null"]);
const TEXTS: ReadonlySet<number> = new Set([T.URI, T.PATH, T.SEARCH_PATH]);

/** What is open around a place: a string of either kind, or what stands in braces. */
type Open = "plain" | "indented" | "braces";

/** The stretches of a text in the order in which they stand. Whatever is wrong with the text, it ends. */
export function stretches(text: string): Stretch[] {
  const lexer = new Lexer(text, new Set());
  const found: Stretch[] = [];
  const open: Open[] = [];
  const string = (start: number): void => {
    const isPlain = open.at(-1) === "plain";
    const end = isPlain ? lexer.plainTextEnd(lexer.end) : lexer.indentedTextEnd(lexer.end);
    if (text.startsWith("${", end)) {
      open.push("braces");
      lexer.end = end + 2;
    } else {
      open.pop();
      lexer.end = Math.min(text.length, end + (isPlain ? 1 : 2));
    }
    const last = open.at(-1) === "braces" && lexer.end === end + 2 ? end : lexer.end;
    if (last > start) found.push({ start, end: last, kind: "string" });
  };
  for (lexer.next(); lexer.kind !== T.EOF; lexer.next()) {
    const { kind, start, end } = lexer;
    if (kind === T.QUOTE || kind === T.INDENTED_QUOTE) {
      open.push(kind === T.QUOTE ? "plain" : "indented");
      string(start);
    } else if (kind === T.LBRACE || kind === T.DOLLAR_BRACE) open.push("braces");
    else if (kind === T.RBRACE) {
      open.pop();
      if (open.length > 0 && open.at(-1) !== "braces") string(end);
    } else if (KEYWORDS.has(kind) || (kind === T.ID && CONSTANTS.has(text.slice(start, end)))) found.push({ start, end, kind: "keyword" });
    else if (NUMBERS.has(kind)) found.push({ start, end, kind: "number" });
    else if (TEXTS.has(kind)) found.push({ start, end, kind: "string" });
  }
  found.push(...lexer.comments.map(({ start, end }): Stretch => ({ start, end, kind: "comment" })));
  return found.sort((a, b) => a.start - b.start);
}
