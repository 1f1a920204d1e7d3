/** Turns edits of the engine into those of the protocol, for one version of one document. */
import type { SnippetTextEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import type { Edit } from "../engine/run/index.ts";
import type { SourceText } from "../engine/syntax/index.ts";
import type { Abilities } from "./abilities.ts";
import type { Positions } from "./positions.ts";

/** Milliseconds after which two texts are too different to be compared line by line. */
const LONGEST_COMPARISON = 500;

/** The protocol's edits of a text. */
export function textEdits(source: SourceText, edits: readonly Edit[], positions: Positions): TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end).map(({ start, end, text }) => ({ range: positions.rangeOfSpan(source, { start, end }), newText: text }));
}

/** Edits of whole lines that make one text of another, so that an editor keeps its place in what stays. */
export async function differences(before: string, after: string): Promise<Edit[]> {
  const { diffLines } = await import("diff");
  const changes = diffLines(before, after, { timeout: LONGEST_COMPARISON });
  if (changes === undefined) return before === after ? [] : [{ start: 0, end: before.length, text: after }];
  const edits: Edit[] = [];
  let offset = 0;
  for (let index = 0; index < changes.length; ) {
    let removed = 0;
    let text = "";
    for (let change = changes[index]; change !== undefined && (change.added || change.removed); change = changes[++index]) {
      if (change.added) text += change.value;
      else removed += change.value.length;
    }
    if (removed > 0 || text !== "") edits.push({ start: offset, end: offset + removed, text });
    offset += removed + (changes[index]?.value.length ?? 0);
    index++;
  }
  return edits;
}

/** The edit of one document, for its version only where the client looks at that. */
export function workspaceEdit({ uri, version }: { readonly uri: string; readonly version: number }, edits: (TextEdit | SnippetTextEdit)[], { versionedEdits }: Abilities): WorkspaceEdit {
  return versionedEdits ? { documentChanges: [{ textDocument: { uri, version }, edits }] } : { changes: { [uri]: edits.flatMap((edit) => ("newText" in edit ? edit : [])) } };
}
