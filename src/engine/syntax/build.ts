/** Builds the plain nodes of `ast.ts` from a tree-sitter tree without errors; files with errors are `file.ts`'s. */
import type { AttrName, AttrsExpr, Binding, Comment, Expr, Formal, Formals, Inherit, StringPart } from "./ast.ts";
import * as doubts from "./doubts.ts";
import { decodeIndented, decodePlain } from "./strings.ts";
import type { Span } from "./text.ts";
import type { MemoryNode as Node } from "./tree-memory.ts";

/** Expressions nested deeper than this become an `error` node of reason `depth`: the call stack is finite. */
const MAX_DEPTH = 700;

const PLAIN_PATH = /^[A-Za-z_][\w'-]*(?:\.[A-Za-z_][\w'-]*)*$/;

/** What building a file gives. */
export interface Built {
  readonly root: Expr;
  readonly comments: readonly Comment[];
  /** Nested too deep to be read here, or something that this grammar takes and Nix does not. */
  readonly isDoubtful: boolean;
}

/** Builds the expression of a file from the root node of its tree. */
export function buildFile(root: Node, text: string): Built {
  const builder = new Builder(text);
  const expr = builder.file(root);
  // Comments are met with the node that they stand in, which may be after an inner one has been built.
  const comments = builder.comments.sort((a, b) => a.start - b.start);
  return { root: expr, comments, isDoubtful: builder.isDoubtful };
}

class Builder {
  readonly comments: Comment[] = [];
  isDoubtful = false;
  readonly #text: string;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(root: Node): Expr {
    const [expr] = this.#content(root);
    return expr === undefined ? this.#error(root) : this.expr(expr);
  }

  /** The named children of a node that are part of the language; comments are set aside on the way. */
  #content(node: Node): Node[] {
    return this.#withoutComments(node.namedChildren);
  }

  #withoutComments(nodes: Node[]): Node[] {
    const kept: Node[] = [];
    for (const child of nodes) {
      if (child.type === "comment") {
        const start = child.startIndex;
        const end = child.endIndex;
        this.comments.push({ start, end, text: this.#text.slice(start, end) });
      } else kept.push(child);
    }
    return kept;
  }

  #error(span: Node | Span, reason: "syntax" | "depth" = "syntax"): Expr {
    this.isDoubtful = true;
    const { start, end } = "startIndex" in span ? { start: span.startIndex, end: span.endIndex } : span;
    return { kind: "error", start, end, reason };
  }

  expr(node: Node): Expr {
    if (this.#depth >= MAX_DEPTH) {
      this.isDoubtful = true;
      return this.#error(node, "depth");
    }
    this.#depth++;
    try {
      return this.#build(node);
    } finally {
      this.#depth--;
    }
  }

  #build(node: Node): Expr {
    const start = node.startIndex;
    const end = node.endIndex;
    switch (node.type) {
      case "variable_expression": {
        const name = this.#text.slice(start, end);
        this.isDoubtful ||= name === "or";
        return { kind: "var", start, end, name };
      }
      case "integer_expression":
      case "float_expression": {
        const text = this.#text.slice(start, end);
        this.isDoubtful ||= doubts.isDoubtfulNumber(text);
        return { kind: node.type === "integer_expression" ? "int" : "float", start, end, text };
      }
      case "string_expression":
        return { kind: "string", start, end, indented: false, parts: this.#stringParts(node, start + 1, end - 1, false) };
      case "indented_string_expression":
        return { kind: "string", start, end, indented: true, parts: this.#stringParts(node, start + 2, end - 2, true) };
      case "uri_expression":
        this.isDoubtful ||= doubts.continuesWord(this.#text, start);
        return { kind: "string", start, end, indented: false, parts: [decodePlain(this.#text, { start, end })] };
      case "path_expression":
      case "hpath_expression": {
        const parts = this.#stringParts(node, start, end, false);
        this.isDoubtful ||= doubts.isDoubtfulPath(this.#text, start, end, parts);
        return { kind: "path", start, end, parts };
      }
      case "spath_expression":
        return { kind: "search-path", start, end, text: this.#text.slice(start, end) };
      case "parenthesized_expression":
        return this.#children(node, (content) => (content[0] !== undefined ? this.expr(content[0]) : this.#error(node)));
      case "list_expression":
        return this.#children(node, (content) => ({ kind: "list", start, end, items: content.map((item) => this.expr(item)) }));
      case "attrset_expression":
      case "rec_attrset_expression":
        return this.#attrs(node, node.type !== "attrset_expression");
      case "let_attrset_expression":
        // `let { …; body = x; }` is `(rec { … }).body` (Nix, `parser.y`).
        return {
          kind: "select",
          start,
          end,
          base: this.#attrs(node, true),
          path: [{ start, end: start + 3, name: "body", expr: null }],
          fallback: null,
        };
      case "let_expression":
        return this.#let(node);
      case "apply_expression":
        return this.#children(node, ([fn, arg]) =>
          fn !== undefined && arg !== undefined ? { kind: "apply", start, end, fn: this.expr(fn), arg: this.expr(arg) } : this.#error(node),
        );
      case "select_expression":
        return this.#children(node, ([base, path, fallback]) =>
          base === undefined || path === undefined
            ? this.#error(node)
            : {
                kind: "select",
                start,
                end,
                base: this.expr(base),
                path: this.#attrPath(path),
                fallback: fallback === undefined ? null : this.expr(fallback),
              },
        );
      case "has_attr_expression":
        return this.#children(node, ([base, path]) =>
          base === undefined || path === undefined
            ? this.#error(node)
            : { kind: "has", start, end, base: this.expr(base), path: this.#attrPath(path) },
        );
      case "function_expression":
        return this.#lambda(node);
      case "with_expression":
        return this.#children(node, ([scope, body]) =>
          scope !== undefined && body !== undefined
            ? { kind: "with", start, end, scope: this.expr(scope), body: this.expr(body) }
            : this.#error(node),
        );
      case "assert_expression":
        return this.#children(node, ([condition, body]) =>
          condition !== undefined && body !== undefined
            ? { kind: "assert", start, end, condition: this.expr(condition), body: this.expr(body) }
            : this.#error(node),
        );
      case "if_expression":
        this.isDoubtful ||= doubts.isDoubtfulCondition(this.#text, node);
        return this.#children(node, ([condition, then, otherwise]) =>
          condition !== undefined && then !== undefined && otherwise !== undefined
            ? { kind: "if", start, end, condition: this.expr(condition), then: this.expr(then), otherwise: this.expr(otherwise) }
            : this.#error(node),
        );
      case "unary_expression":
        return this.#children(node, ([arg]) =>
          arg !== undefined
            ? { kind: "unary", start, end, operator: this.#text[start] === "!" ? "!" : "-", arg: this.expr(arg) }
            : this.#error(node),
        );
      case "binary_expression":
        return this.#binary(node);
      default:
        return this.#error(node);
    }
  }

  #children(node: Node, make: (content: Node[]) => Expr): Expr {
    return make(this.#content(node));
  }

  #binary(node: Node): Expr {
    const all = this.#withoutComments(node.children);
    const [left, operator, right] = all;
    if (left === undefined || operator === undefined || right === undefined) {
      return this.#error(node);
    }
    this.isDoubtful ||= doubts.isDoubtfulOperation(this.#text, left, operator, right);
    return {
      kind: "binary",
      start: node.startIndex,
      end: node.endIndex,
      operator: operator.type,
      left: this.expr(left),
      right: this.expr(right),
    };
  }

  #lambda(node: Node): Expr {
    let param: string | null = null;
    let formals: Formals | null = null;
    let body: Node | undefined;
    for (const child of this.#content(node)) {
      if (child.type === "identifier") {
        param = child.text;
        this.isDoubtful ||= doubts.isDoubtfulParam(this.#text, child.endIndex);
      } else if (child.type === "formals") formals = this.#formals(child);
      else body = child;
    }
    if (body === undefined) return this.#error(node);
    this.isDoubtful ||= doubts.isDoubtfulPattern(param, formals);
    return { kind: "lambda", start: node.startIndex, end: node.endIndex, param, formals, body: this.expr(body) };
  }

  #formals(node: Node): Formals {
    const list: Formal[] = [];
    let open = false;
    for (const child of this.#content(node)) {
      if (child.type === "ellipses") open = true;
      if (child.type !== "formal") continue;
      const [name, fallback] = this.#content(child);
      if (name === undefined) continue;
      list.push({
        start: child.startIndex,
        end: child.endIndex,
        name: name.text,
        fallback: fallback === undefined ? null : this.expr(fallback),
      });
    }
    return { start: node.startIndex, end: node.endIndex, list, open };
  }

  #attrs(node: Node, recursive: boolean): AttrsExpr {
    const bindings: (Binding | Inherit)[] = [];
    for (const child of this.#content(node)) if (child.type === "binding_set") this.#bindings(child, bindings);
    return {
      kind: "attrs",
      start: node.startIndex,
      end: node.endIndex,
      recursive,
      bindings,
      broken: false,
    };
  }

  #let(node: Node): Expr {
    const bindings: (Binding | Inherit)[] = [];
    let body: Node | undefined;
    for (const child of this.#content(node)) {
      if (child.type === "binding_set") this.#bindings(child, bindings);
      else body = child;
    }
    if (body === undefined) return this.#error(node);
    this.isDoubtful ||= doubts.computesLetName(bindings);
    return { kind: "let", start: node.startIndex, end: node.endIndex, bindings, body: this.expr(body), broken: false };
  }

  #bindings(set: Node, bindings: (Binding | Inherit)[]): void {
    for (const child of this.#content(set)) {
      const start = child.startIndex;
      const end = child.endIndex;
      switch (child.type) {
        case "binding": {
          const [path, value] = this.#content(child);
          if (path === undefined || value === undefined) break;
          bindings.push({ kind: "binding", start, end, path: this.#attrPath(path), value: this.expr(value) });
          break;
        }
        case "inherit":
        case "inherit_from": {
          const content = this.#content(child);
          const from = child.type === "inherit_from" ? content[0] : undefined;
          const attrs = content.find((node) => node.type === "inherited_attrs");
          const names = attrs === undefined ? [] : this.#content(attrs).flatMap((name) => this.#attrName(name));
          this.isDoubtful ||= doubts.computesName(names);
          bindings.push({ kind: "inherit", start, end, from: from === undefined ? null : this.expr(from), names });
          break;
        }
      }
    }
  }

  #attrPath(node: Node): AttrName[] {
    const start = node.startIndex;
    const text = this.#text.slice(start, node.endIndex);
    if (PLAIN_PATH.test(text)) {
      const names: AttrName[] = [];
      let at = start;
      for (const name of text.split(".")) {
        this.isDoubtful ||= doubts.isDoubtfulName(name);
        names.push({ start: at, end: at + name.length, name, expr: null });
        at += name.length + 1;
      }
      return names;
    }
    return this.#content(node).flatMap((child) => this.#attrName(child));
  }

  #attrName(node: Node): AttrName[] {
    const start = node.startIndex;
    const end = node.endIndex;
    if (node.type === "identifier") {
      const name = this.#text.slice(start, end);
      this.isDoubtful ||= doubts.isDoubtfulName(name);
      return [{ start, end, name, expr: null }];
    }
    if (node.type === "interpolation") {
      const [inner] = this.#content(node);
      const expr = inner === undefined ? this.#error(node) : this.expr(inner);
      // `${"x"}` is the name x (Nix, `parser.y`, `attrs`).
      const name = plainText(expr);
      return [name === null ? { start, end, name: null, expr } : { start, end, name, expr: null }];
    }
    if (node.type !== "string_expression") return [];
    const expr = this.expr(node);
    const name = plainText(expr);
    return [name === null ? { start, end, name: null, expr } : { start, end, name, expr: null }];
  }

  /** The parts of a string or path whose content stands between two offsets. */
  #stringParts(node: Node, start: number, end: number, indented: boolean): StringPart[] {
    const spans: Span[] = [];
    const holes: { start: number; end: number; expr: Expr }[] = [];
    let from = start;
    const content = this.#text.slice(start, end);
    if (content.includes("${")) {
      for (const child of node.namedChildren) {
        if (child.type !== "interpolation") continue;
        const hole = { start: child.startIndex, end: child.endIndex };
        const [inner] = this.#content(child);
        spans.push({ start: from, end: hole.start });
        holes.push({ ...hole, expr: inner === undefined ? this.#error(hole) : this.expr(inner) });
        from = hole.end;
      }
    }
    spans.push({ start: from, end });
    const texts = indented ? decodeIndented(this.#text, spans) : spans.map((span) => decodePlain(this.#text, span));
    const parts: StringPart[] = [];
    texts.forEach((text, index) => {
      if (text.text !== "" || texts.length === 1) parts.push(text);
      const hole = holes[index];
      if (hole !== undefined) parts.push(hole);
    });
    return parts;
  }
}

function plainText(expr: Expr): string | null {
  if (expr.kind !== "string") return null;
  if (expr.parts.length === 0) return "";
  const [part] = expr.parts;
  return expr.parts.length === 1 && part !== undefined && "text" in part ? part.text : null;
}
