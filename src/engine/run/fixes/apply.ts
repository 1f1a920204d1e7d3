/** Applies text edits to a text. */

/** One change of a text: offsets are UTF-16 units from 0, `end` exclusive. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Whether two edits want the same place; two insertions at one point do, since nothing says which comes first. */
export function overlaps(a: Edit, b: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/**
 * The text with all edits made.
 * @throws RangeError for edits that overlap or lie outside the text: what they would come to is not defined
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let done = 0;
  let out = "";
  let last: Edit | null = null;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < 0 || edit.end < edit.start || edit.end > text.length) throw new RangeError("An edit lies outside the text");
    if (last !== null && overlaps(last, edit)) throw new RangeError("Two edits overlap");
    out += text.slice(done, edit.start) + edit.text;
    done = edit.end;
    last = edit;
  }
  return out + text.slice(done);
}
