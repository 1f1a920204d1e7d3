/** How wide text is in a terminal, in columns. */

/** Splits text into what a reader sees as characters and says how many columns it takes. */
export interface Measure {
  readonly split: (text: string) => string[];
  readonly width: (text: string) => number;
}

/**
 * ASCII, and what else is written in comments again and again (letters of Latin-1, dashes, quotation marks, arrows, signs of mathematics, lines): each
 * takes one column and is a character of its own.
 */
const NARROW = /^[\x00-\x7f\u00a1-\u00a8\u00aa-\u00ac\u00af-\u00ff\u2010-\u2027\u2190-\u2193\u2200-\u22ff\u2500-\u257f]*$/;

const narrow: Measure = { split: (text) => text.split(""), width: (text) => text.length };

/**
 * The measure that the given texts need. `string-width` and the tables of Unicode behind it take about as long to load
 * as everything else that a terminal report needs, so they are loaded only where a text has wider characters.
 */
export async function measureFor(texts: readonly (string | null)[]): Promise<Measure> {
  if (texts.every((text) => text === null || NARROW.test(text))) return narrow;
  const { default: width } = await import("string-width");
  const segmenter = new Intl.Segmenter();
  return {
    split: (text) => (NARROW.test(text) ? narrow.split(text) : Array.from(segmenter.segment(text), ({ segment }) => segment)),
    width: (text) => (NARROW.test(text) ? narrow.width(text) : width(text)),
  };
}
