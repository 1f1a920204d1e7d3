/** Reads shell words: quoting taken off, expansions and Nix interpolations told apart from text. */
import type { MemoryNode as Node } from "../tree-memory.ts";
import type { Statement, Word, WordPart } from "./ast.ts";

/**
 * Nix interpolations whose text is not known stand in a script as two private-use characters: `HOLE` and one that counts
 * them. No shell syntax and no ordinary text contains them.
 */
export const HOLE = "\uE000";
const FIRST_INDEX = 0xe100;
/** More interpolations than private-use characters are left: such a script is not read. */
export const MAX_HOLES = 0xf8ff - FIRST_INDEX;

/** What stands in a script for its `index`-th unknown interpolation. */
export function holeMark(index: number): string {
  return HOLE + String.fromCharCode(FIRST_INDEX + index);
}

type Quoting = "none" | "double" | "raw" | "heredoc";

/** Makes words of nodes of the Bash grammar. */
export class WordBuilder {
  readonly #text: string;
  readonly #statements: (nodes: readonly Node[]) => Statement[];

  constructor(text: string, statements: (nodes: readonly Node[]) => Statement[]) {
    this.#text = text;
    this.#statements = statements;
  }

  word(node: Node): Word {
    return { start: node.startIndex, end: node.endIndex, parts: this.#parts(node, "none") };
  }

  /** A keyword as a word (`export`). */
  literal(node: Node): Word {
    const span = { start: node.startIndex, end: node.endIndex };
    return { ...span, parts: [{ kind: "text", ...span, text: node.text, quoted: false }] };
  }

  /** The text of a here-document; `raw` where its delimiter is quoted. */
  heredoc(body: Node, raw: boolean): Word {
    const span = { start: body.startIndex, end: body.endIndex };
    return { ...span, parts: raw ? this.#texts(span.start, span.end, "raw") : this.#inside(body, span.start, span.end, "heredoc") };
  }

  #parts(node: Node, quoting: Quoting): WordPart[] {
    const start = node.startIndex;
    const end = node.endIndex;
    const quoted = quoting !== "none";
    switch (node.type) {
      case "command_name":
      case "concatenation":
      case "brace_expression":
        return this.#inside(node, start, end, quoting);
      case "string":
        return this.#inside(node, start + 1, end - 1, "double", 0);
      case "translated_string": {
        const inner = node.namedChildren[0];
        return inner === undefined ? [] : this.#parts(inner, quoting);
      }
      case "raw_string":
        return this.#texts(start + 1, end - 1, "raw");
      case "ansi_c_string":
        return [{ kind: "text", start, end, text: ansi(this.#text.slice(start + 2, end - 1)), quoted: true }];
      case "simple_expansion": {
        const name = node.namedChildren[0]?.text ?? this.#text.slice(start + 1, end);
        return [{ kind: "variable", start, end, name, operator: null, argument: null, quoted }];
      }
      case "expansion":
        return [this.#expansion(node, quoted)];
      case "command_substitution":
        return [{ kind: "substitution", start, end, body: this.#statements(node.children), quoted }];
      case "process_substitution":
        return [{ kind: "process", start, end, body: this.#statements(node.children), writes: this.#text[start] === ">" }];
      case "arithmetic_expansion":
        return [{ kind: "opaque", start, end, quoted }];
      default:
        return node.namedChildCount === 0 || node.type === "word" || node.type === "number" ? this.#texts(start, end, quoting) : this.#inside(node, start, end, quoting);
    }
  }

  /** Text with expansions inside: what no child covers is text (the grammar gives no node to all of it). */
  #inside(node: Node, start: number, end: number, quoting: Quoting, skip = 0): WordPart[] {
    const parts: WordPart[] = [];
    let from = start + skip;
    for (const child of node.children) {
      const isText = !child.isNamed || child.type === "string_content" || child.type === "heredoc_content" || (quoting !== "none" && child.type === "word");
      if (isText || child.startIndex < from) continue;
      if (child.startIndex > from) parts.push(...this.#texts(from, child.startIndex, quoting));
      parts.push(...this.#parts(child, quoting));
      from = child.endIndex;
    }
    if (from < end) parts.push(...this.#texts(from, end, quoting));
    return parts;
  }

  #expansion(node: Node, quoted: boolean): WordPart {
    const span = { start: node.startIndex, end: node.endIndex };
    const [first, ...rest] = node.children.filter((child) => child.type !== "${" && child.type !== "}");
    if (first === undefined || !first.isNamed) return { kind: "variable", ...span, name: rest[0]?.text ?? "", operator: first?.type ?? null, argument: null, quoted };
    const name = first.type === "subscript" ? (first.childForFieldName("name")?.text ?? "") : first.text;
    const operator = rest.find((child) => !child.isNamed);
    const operand = rest.find((child) => child.isNamed);
    const known = first.type === "subscript" ? "[" : (operator?.type ?? null);
    return { kind: "variable", ...span, name, operator: known, argument: operand === undefined ? null : this.word(operand), quoted };
  }

  /** Literal text between two offsets, with its escapes taken off and Nix interpolations told apart. */
  #texts(start: number, end: number, quoting: Quoting): WordPart[] {
    const parts: WordPart[] = [];
    const quoted = quoting !== "none";
    let text = "";
    let from = start;
    const flush = (to: number): void => {
      if (text !== "") parts.push({ kind: "text", start: from, end: to, text, quoted });
      text = "";
    };
    for (let i = start; i < end; ) {
      const char = this.#text[i] as string;
      if (char === HOLE && i + 1 < end) {
        flush(i);
        parts.push({ kind: "hole", start: i, end: i + 2, index: this.#text.charCodeAt(i + 1) - FIRST_INDEX, quoted });
        i += 2;
        from = i;
      } else if (char === "\\" && quoting !== "raw" && i + 1 < end) {
        const next = this.#text[i + 1] as string;
        if (next === "\n") text += "";
        else if (quoting === "none" || '$`"\\'.includes(next)) text += next;
        else text += char + next;
        i += 2;
      } else {
        text += char;
        i++;
      }
    }
    flush(end);
    return parts;
  }
}

/** `$'…'` (Bash manual, "ANSI-C Quoting"); escapes by number are left as they are. */
function ansi(text: string): string {
  return text.replace(/\\([abefnrtv\\'"?])/g, (_, char: string) => ({ n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", e: "\x1b", f: "\f", v: "\v" })[char] ?? char);
}
