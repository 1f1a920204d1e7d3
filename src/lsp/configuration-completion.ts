/** Completes configurations by the schema that the linter checks them by. */
import type { CompletionItem, Position } from "vscode-languageserver-types";
import type { LanguageService } from "vscode-json-languageservice";
import { rules } from "../rules/index.ts";
import type { Abilities } from "./abilities.ts";
import type { Positions } from "./positions.ts";
import { SourceText } from "../engine/syntax/index.ts";
import type { OpenDocument } from "./workspace.ts";

let loading: Promise<LanguageService> | null = null;

async function load(abilities: Abilities): Promise<LanguageService> {
  const [{ getLanguageService }, { SCHEMA_URL, configSchema }] = await Promise.all([import("./json-language.ts"), import("../engine/run/config/index.ts")]);
  const schema = configSchema(rules);
  const service = getLanguageService({
    // Whatever schema a document names, it is ours that counts; nothing is ever fetched.
    schemaRequestService: () => Promise.resolve(JSON.stringify(schema)),
    clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: abilities.completesMarkdown ? ["markdown", "plaintext"] : ["plaintext"] } } } },
  });
  service.configure({ validate: false, allowComments: true, schemas: [{ uri: SCHEMA_URL, fileMatch: ["*"], schema: schema as object }] });
  return service;
}

/** What can stand at a position of an open configuration. */
export async function completeConfiguration({ document }: OpenDocument, position: Position, positions: Positions, abilities: Abilities): Promise<CompletionItem[]> {
  loading ??= load(abilities);
  const service = await loading;
  const source = new SourceText(document.getText());
  const list = await service.doComplete(document, document.positionAt(positions.offsetAt(source, position)), service.parseJSONDocument(document));
  return (list?.items ?? []).map(({ textEdit, insertTextFormat, insertText, ...item }) => {
    const plain = (text: string): string => (abilities.completesSnippets ? text : withoutPlaces(text));
    return {
      ...item,
      ...(abilities.completesSnippets && insertTextFormat !== undefined ? { insertTextFormat } : {}),
      ...(insertText === undefined ? {} : { insertText: plain(insertText) }),
      ...(textEdit === undefined || !("range" in textEdit)
        ? {}
        : { textEdit: { newText: plain(textEdit.newText), range: positions.rangeOfSpan(source, { start: document.offsetAt(textEdit.range.start), end: document.offsetAt(textEdit.range.end) }) } }),
    };
  });
}

/** A snippet as plain text (LSP 3.17, "Snippet Syntax"), as far as the JSON service writes any. */
export function withoutPlaces(snippet: string): string {
  return snippet.replace(/\\([\\$}])|\$\{\d+:((?:\\.|[^\\}])*)\}|\$\{?\d+\}?/g, (_, escaped: string | undefined, text: string | undefined) => escaped ?? (text ?? "").replace(/\\(.)/g, "$1"));
}
