/** Modules in tests and examples carry their expected places in the text: `⟦` and `⟧` stand around each reported span. */

export interface Marked {
  /** The text without marks. */
  readonly text: string;
  /** The marked spans in the order in which they start, in UTF-16 units from 0. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** Takes the marks out. Marks may nest; `⟦⟧` marks a point. */
export function unmark(marked: string): Marked {
  let text = "";
  const open: { start: number; end: number }[] = [];
  const spans: { start: number; end: number }[] = [];
  for (const char of marked) {
    if (char === "⟦") {
      const span = { start: text.length, end: -1 };
      open.push(span);
      spans.push(span);
    } else if (char === "⟧") {
      const span = open.pop();
      if (span === undefined) throw new Error("A closing mark ⟧ has no opening one");
      span.end = text.length;
    } else text += char;
  }
  if (open.length > 0) throw new Error("An opening mark ⟦ is never closed");
  return { text, spans };
}
