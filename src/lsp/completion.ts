/** Completes the comments that keep findings back: their keywords, and the rules that they may name. */
import { type CompletionItem, CompletionItemKind, type Position } from "vscode-languageserver-types";
import { type Finding, SUPPRESSION_KEYWORDS } from "../engine/run/index.ts";
import { SourceText } from "../engine/syntax/index.ts";
import type { Markup } from "./markup.ts";
import type { Positions } from "./positions.ts";
import type { OpenDocument } from "./workspace.ts";

/** Characters after which a client should ask without being told to. */
export const TRIGGERS = [":", " ", ",", '"'];

const SUPPRESSION = /(?:^|\s)(?:#+|\/?\*+)\s*tappaas-lint\s*:\s*/;

const KEYWORD_TEXTS: Readonly<Record<string, string>> = {
  "disable-next-line": "Keeps back what is found on the next line",
  "disable-line": "Keeps back what is found on this line",
  "disable-file": "Keeps back what is found in the file",
  disable: "Keeps back what is found from here on",
  enable: "Ends what `disable` began",
};

/** What can stand at a position of an open module; nothing outside a suppression comment. */
export function completeSuppression({ document, tree, path }: OpenDocument, position: Position, positions: Positions, markup: Markup): CompletionItem[] {
  const source = new SourceText(document.getText());
  const offset = positions.offsetAt(source, position);
  const line = source.position(offset).line;
  const [start, end] = [source.lineStarts[line - 1] as number, source.lineStarts[line] ?? source.text.length];
  const before = source.text.slice(start, offset);
  const mark = SUPPRESSION.exec(before);
  if (mark === null) return [];
  const written = before.slice(mark.index + mark[0].length);
  const word = written.split(/[^\w-]/).pop() ?? "";
  const rest = /^[\w-]*/.exec(source.text.slice(offset, end))?.[0] ?? "";
  const range = positions.rangeOfSpan(source, { start: offset - word.length, end: offset + rest.length });
  const [keyword = ""] = written.split(/\s/, 1);
  if (written === word) return SUPPRESSION_KEYWORDS.map((label, index) => ({ label, kind: CompletionItemKind.Keyword, detail: KEYWORD_TEXTS[label] ?? "", sortText: String(index), textEdit: { range, newText: label } }));
  // Behind the dashes stands the reason, in the writer's own words.
  if (!SUPPRESSION_KEYWORDS.includes(keyword) || /\s--/.test(written)) return [];
  const named = new Set(written.slice(keyword.length, written.length - word.length).split(/[\s,]+/));
  const found = new Set((tree.known(path)?.file?.findings ?? []).filter((finding) => isMeant(keyword, line, finding)).map(({ rule }) => rule));
  return tree
    .infos()
    .filter(({ id }) => !named.has(id))
    .map(({ id, title, convention }) => {
      return { label: id, kind: CompletionItemKind.Value, detail: title, documentation: { kind: markup.kind, value: markup.prose(convention) }, sortText: `${found.has(id) ? 0 : 1}${id}`, textEdit: { range, newText: id } };
    });
}

/** Whether a comment with a keyword on a line (from 1) would keep a finding back, as far as its rule goes. */
function isMeant(keyword: string, line: number, { start }: Finding): boolean {
  if (keyword === "disable-next-line") return start.line === line + 1;
  if (keyword === "disable-line") return start.line === line;
  return keyword === "disable-file" || start.line > line;
}
