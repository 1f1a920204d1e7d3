/** Builds the plain nodes of `ast.ts` from a tree of the Bash grammar. */
import type { MemoryNode as Node } from "../tree-memory.ts";
import type { Span } from "../text.ts";
import type { Assignment, Redirect, ShellScript, Statement, Word } from "./ast.ts";
import { WordBuilder } from "./words.ts";

/** Statements nested deeper than this are not read: the call stack is finite. */
const MAX_DEPTH = 120;

/** Builds a script from the root node of its tree. */
export function buildScript(root: Node, text: string): ShellScript {
  const builder = new Builder(text);
  const statements = builder.statements(root.children);
  return { text, statements, hasErrors: root.hasError || builder.failed };
}

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

const REDIRECTS = new Set(["file_redirect", "heredoc_redirect", "herestring_redirect"]);
const WORDS = new Set("word string raw_string ansi_c_string translated_string number concatenation simple_expansion expansion command_substitution process_substitution arithmetic_expansion brace_expression regex extglob_pattern test_operator special_variable_name".split(" "));

class Builder {
  failed = false;
  readonly #text: string;
  readonly #words: WordBuilder;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#words = new WordBuilder(text, (nodes) => this.statements(nodes));
  }

  statements(nodes: readonly Node[]): Statement[] {
    const out: Statement[] = [];
    for (const node of nodes) {
      if (node.type === "&") {
        const last = out.pop();
        if (last !== undefined) out.push({ kind: "background", body: last, start: last.start, end: node.endIndex });
        continue;
      }
      if (!node.isNamed || node.type === "comment" || node.type === "heredoc_body" || node.type === "heredoc_end") continue;
      out.push(this.statement(node));
    }
    return out;
  }

  statement(node: Node): Statement {
    if (this.#depth >= MAX_DEPTH) return this.#error(node);
    this.#depth++;
    try {
      return this.#build(node);
    } finally {
      this.#depth--;
    }
  }

  #error(node: Node): Statement {
    this.failed = true;
    return { kind: "error", ...spanOf(node) };
  }

  #build(node: Node): Statement {
    const span = spanOf(node);
    switch (node.type) {
      case "command":
      case "declaration_command":
      case "unset_command":
      case "variable_assignments":
        return this.#command(node);
      case "variable_assignment":
        return { kind: "command", ...span, assignments: [this.#assignment(node)], words: [], redirects: [] };
      case "redirected_statement":
        return this.#redirected(node);
      case "pipeline":
        return this.#pipeline(node);
      case "list":
        return this.#list(node);
      case "negated_command": {
        const body = node.namedChildren.find((child) => child.type !== "comment");
        return body === undefined ? this.#error(node) : { kind: "not", ...span, body: this.statement(body) };
      }
      case "subshell":
        return { kind: "group", ...span, subshell: true, body: this.statements(node.children), redirects: [] };
      case "compound_statement":
        if (this.#text.startsWith("((", span.start)) return { kind: "test", ...span, words: [] };
        return { kind: "group", ...span, subshell: false, body: this.statements(node.children), redirects: [] };
      case "if_statement":
        return this.#if(node);
      case "while_statement":
      case "for_statement":
      case "c_style_for_statement":
        return this.#loop(node);
      case "case_statement":
        return this.#case(node);
      case "function_definition": {
        const name = node.childForFieldName("name");
        const body = node.childForFieldName("body");
        if (name === null || body === null) return this.#error(node);
        return { kind: "function", ...span, name: name.text, body: [this.statement(body)] };
      }
      case "test_command":
        return { kind: "test", ...span, words: this.#wordsBelow(node) };
      default:
        return this.#error(node);
    }
  }

  /** The words anywhere inside a condition. */
  #wordsBelow(node: Node): Word[] {
    return node.namedChildren.flatMap((child) => (WORDS.has(child.type) && child.type !== "test_operator" ? [this.#words.word(child)] : this.#wordsBelow(child)));
  }

  #command(node: Node): Statement {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (const child of node.children) {
      if (child.type === "variable_assignment") assignments.push(this.#assignment(child));
      else if (child.type === "command_name") words.push(this.#words.word(child));
      else if (REDIRECTS.has(child.type)) redirects.push(...this.#redirect(child));
      else if (child.type === "ERROR") return this.#error(node);
      else if (WORDS.has(child.type) || child.type === "variable_name") words.push(this.#words.word(child));
      else if (!child.isNamed && /^[a-z]+$/.test(child.type)) words.push(this.#words.literal(child)); // export, local, declare, unset
    }
    return { kind: "command", ...spanOf(node), assignments, words, redirects };
  }

  #assignment(node: Node): Assignment {
    const name = node.childForFieldName("name");
    const value = node.childForFieldName("value");
    const isArray = value?.type === "array";
    return {
      ...spanOf(node),
      name: name?.type === "subscript" ? (name.childForFieldName("name")?.text ?? "") : (name?.text ?? ""),
      value: value === null || isArray ? null : this.#words.word(value),
      partial: isArray || name?.type === "subscript" || node.children.some((child) => child.type === "+="),
    };
  }

  /** A redirect, with the file redirects that the grammar puts inside a here-document's node. */
  #redirect(node: Node): Redirect[] {
    const span = spanOf(node);
    const descriptor = node.children.find((child) => child.type === "file_descriptor");
    const operator = node.children.find((child) => !child.isNamed)?.type ?? ">";
    const number = descriptor === undefined ? null : Number(descriptor.text);
    if (node.type !== "heredoc_redirect") {
      const target = node.namedChildren.find((child) => child.type !== "file_descriptor");
      return target === undefined ? [] : [{ ...span, descriptor: number, operator, target: this.#words.word(target) }];
    }
    const body = node.children.find((child) => child.type === "heredoc_body");
    const start = node.children.find((child) => child.type === "heredoc_start");
    const raw = start !== undefined && /['"\\]/.test(start.text);
    const end = body?.endIndex ?? start?.endIndex ?? span.end;
    const target = body === undefined ? { start: span.end, end: span.end, parts: [] } : this.#words.heredoc(body, raw);
    const others = node.children.filter((child) => child.type === "file_redirect" || child.type === "herestring_redirect").flatMap((child) => this.#redirect(child));
    return [{ start: span.start, end, descriptor: number, operator, target }, ...others];
  }

  #redirected(node: Node): Statement {
    const body = node.childForFieldName("body") ?? node.namedChildren.find((child) => !REDIRECTS.has(child.type));
    const own = node.children.filter((child) => REDIRECTS.has(child.type));
    const redirects = own.flatMap((child) => this.#redirect(child));
    const empty: Statement = { kind: "command", ...spanOf(node), assignments: [], words: [], redirects: [] };
    let statement = withRedirects(body === undefined ? empty : this.statement(body), redirects);
    // What follows the opening of a here-document on its line stands inside its node.
    for (const heredoc of own.filter((child) => child.type === "heredoc_redirect")) statement = this.#continued(heredoc, statement);
    return statement;
  }

  #continued(heredoc: Node, first: Statement): Statement {
    let statement = first;
    let operator: "&&" | "||" | null = null;
    for (const child of heredoc.children) {
      if (child.type === "&&" || child.type === "||") operator = child.type;
      else if (child.type === "pipeline") {
        const rest = this.statements(child.children);
        statement = { kind: "pipeline", start: first.start, end: child.endIndex, parts: [statement, ...rest], stderrToo: child.children.some((part) => part.type === "|&") };
      } else if (operator !== null && child.isNamed && !REDIRECTS.has(child.type) && child.type !== "heredoc_body" && child.type !== "heredoc_end") {
        statement = { kind: "chain", operator, start: first.start, end: child.endIndex, left: statement, right: this.statement(child) };
        operator = null;
      } else if (child.type === "command_argument" || WORDS.has(child.type)) {
        statement = withWord(statement, this.#words.word(child));
      }
    }
    return statement;
  }

  #pipeline(node: Node): Statement {
    const parts = this.statements(node.children.filter((child) => child.type !== "|" && child.type !== "|&"));
    // `cat <<EOF | tee` comes as a pipeline within the here-document; a nested pipeline is the same one.
    const flat = parts.flatMap((part) => (part.kind === "pipeline" ? part.parts : [part]));
    return { kind: "pipeline", ...spanOf(node), parts: flat, stderrToo: node.children.some((child) => child.type === "|&") };
  }

  #list(node: Node): Statement {
    const [left, right] = node.namedChildren.filter((child) => child.type !== "comment");
    const operator = node.children.find((child) => child.type === "&&" || child.type === "||")?.type;
    if (left === undefined || right === undefined || (operator !== "&&" && operator !== "||")) {
      const body = this.statements(node.children);
      return { kind: "group", ...spanOf(node), subshell: false, body, redirects: [] };
    }
    return { kind: "chain", operator, ...spanOf(node), left: this.statement(left), right: this.statement(right) };
  }

  #if(node: Node): Statement {
    const branches: { condition: Statement[]; body: Statement[] }[] = [];
    let otherwise: Statement[] | null = null;
    const take = (parts: readonly Node[]): void => {
      const then = parts.findIndex((child) => child.type === "then");
      branches.push({
        condition: this.statements(parts.slice(0, then).filter((child) => child.type !== "if" && child.type !== "elif")),
        body: this.statements(parts.slice(then + 1).filter((child) => child.type !== "elif_clause" && child.type !== "else_clause" && child.type !== "fi")),
      });
    };
    take(node.children);
    for (const child of node.children) {
      if (child.type === "elif_clause") take(child.children);
      if (child.type === "else_clause") otherwise = this.statements(child.children.filter((part) => part.type !== "else"));
    }
    return { kind: "if", ...spanOf(node), branches, otherwise, redirects: [] };
  }

  #loop(node: Node): Statement {
    const body = node.childForFieldName("body");
    const conditions = node.childrenForFieldName("condition").filter((child) => child.isNamed);
    const values = node.childrenForFieldName("value");
    return {
      kind: "loop",
      ...spanOf(node),
      condition: node.type === "while_statement" ? this.statements(conditions) : [],
      variable: node.childForFieldName("variable")?.text ?? null,
      values: values.map((value) => this.#words.word(value)),
      body: body === null ? [] : this.statements(body.children),
      redirects: [],
    };
  }

  #case(node: Node): Statement {
    const subject = node.childForFieldName("value");
    const items = node.namedChildren
      .filter((child) => child.type === "case_item")
      .map((item) => {
        const patterns = item.childrenForFieldName("value").map((child) => this.#words.word(child));
        const close = item.children.findIndex((child) => child.type === ")");
        return { patterns, body: this.statements(item.children.slice(close + 1).filter((child) => child.isNamed || child.type === "&")) };
      });
    return { kind: "case", ...spanOf(node), subject: subject === null ? null : this.#words.word(subject), items, redirects: [] };
  }
}

/** Puts redirects where the shell applies them: the grammar hangs those of a pipeline's last command on the whole. */
function withRedirects(statement: Statement, redirects: readonly Redirect[]): Statement {
  if (redirects.length === 0) return statement;
  const end = Math.max(statement.end, ...redirects.map((redirect) => redirect.end));
  switch (statement.kind) {
    case "command":
    case "group":
    case "if":
    case "loop":
    case "case":
      return { ...statement, end, redirects: [...statement.redirects, ...redirects] };
    case "pipeline": {
      const last = statement.parts[statement.parts.length - 1];
      return last === undefined ? statement : { ...statement, end, parts: [...statement.parts.slice(0, -1), withRedirects(last, redirects)] };
    }
    case "chain":
      return { ...statement, end, right: withRedirects(statement.right, redirects) };
    case "not":
      return { ...statement, end, body: withRedirects(statement.body, redirects) };
    default:
      return { kind: "group", start: statement.start, end, subshell: false, body: [statement], redirects };
  }
}

function withWord(statement: Statement, word: Word): Statement {
  if (statement.kind === "command") return { ...statement, words: [...statement.words, word] };
  return statement;
}
