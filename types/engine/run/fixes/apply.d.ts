/** Applies text edits to a text. */
/** One change of a text: offsets are UTF-16 units from 0, `end` exclusive. */
export interface Edit {
    readonly start: number;
    readonly end: number;
    readonly text: string;
}
/** Whether two edits want the same place; two insertions at one point do, since nothing says which comes first. */
export declare function overlaps(a: Edit, b: Edit): boolean;
/**
 * The text with all edits made.
 * @throws RangeError for edits that overlap or lie outside the text: what they would come to is not defined
 */
export declare function applyEdits(text: string, edits: readonly Edit[]): string;
