/** Writes shell syntax in one line, so that a test can say what a script is read as. */
import type { Redirect, Statement, Word, WordPart } from "../../../../src/engine/syntax/shell/index.ts";

function part(each: WordPart): string {
  switch (each.kind) {
    case "text":
      return each.quoted ? `'${each.text}'` : each.text;
    case "variable": {
      const name = each.operator === null ? `$${each.name}` : `\${${each.name}${each.operator}${each.argument === null ? "" : word(each.argument)}}`;
      return each.quoted ? `"${name}"` : name;
    }
    case "substitution":
      return `${each.quoted ? '"' : ""}$<${sketch(each.body)}>${each.quoted ? '"' : ""}`;
    case "process":
      return `${each.writes ? ">" : "<"}<${sketch(each.body)}>`;
    case "hole":
      return `@${each.index}`;
    case "opaque":
      return "#";
  }
}

function word({ parts }: Word): string {
  return parts.length === 0 ? "''" : parts.map(part).join("");
}

function redirect({ descriptor, operator, target }: Redirect): string {
  return `${descriptor ?? ""}${operator}${word(target)}`;
}

function withRedirects(text: string, redirects: readonly Redirect[]): string {
  return [text, ...redirects.map(redirect)].join(" ");
}

function one(statement: Statement): string {
  switch (statement.kind) {
    case "command": {
      const assignments = statement.assignments.map(({ name, value, partial }) => `${name}${partial ? "~" : ""}=${value === null ? "" : word(value)}`);
      return `(${[...assignments, ...statement.words.map(word), ...statement.redirects.map(redirect)].join(" ")})`;
    }
    case "pipeline":
      return statement.parts.map(one).join(statement.stderrToo ? " |& " : " | ");
    case "chain":
      return `${one(statement.left)} ${statement.operator} ${one(statement.right)}`;
    case "not":
      return `! ${one(statement.body)}`;
    case "group":
      return withRedirects(`${statement.subshell ? "sub" : ""}{ ${sketch(statement.body)} }`, statement.redirects);
    case "if": {
      const branches = statement.branches.map(({ condition, body }) => `if ${sketch(condition)} then ${sketch(body)}`).join(" el");
      return withRedirects(`${branches}${statement.otherwise === null ? "" : ` else ${sketch(statement.otherwise)}`} fi`, statement.redirects);
    }
    case "loop": {
      const head = statement.variable === null ? `while ${sketch(statement.condition)}` : `for ${statement.variable} in ${statement.values.map(word).join(" ")}`;
      return withRedirects(`${head} do ${sketch(statement.body)} done`, statement.redirects);
    }
    case "case": {
      const items = statement.items.map(({ patterns, body }) => `${patterns.map(word).join("|")}) ${sketch(body)}`).join(" ;; ");
      return withRedirects(`case ${statement.subject === null ? "?" : word(statement.subject)} ${items} esac`, statement.redirects);
    }
    case "function":
      return `${statement.name}() ${sketch(statement.body)}`;
    case "test":
      return `[ ${statement.words.map(word).join(" ")} ]`;
    case "background":
      return `${one(statement.body)} &`;
    case "error":
      return "ERROR";
  }
}

/** Statements in one line: `(…)` is a command, quoted text stands in `'…'`, `$<…>` is a command substitution. */
export function sketch(statements: readonly Statement[]): string {
  return statements.map(one).join("; ");
}
