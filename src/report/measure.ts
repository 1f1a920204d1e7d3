/** How wide text is in a terminal, in columns. */

/** Splits text into what a reader sees as characters and says how many columns it takes. */
export interface Measure {
  readonly split: (text: string) => string[];
  readonly width: (text: string) => number;
}

/** For text of ASCII characters, of which each takes one column. */
const ascii: Measure = { split: (text) => text.split(""), width: (text) => text.length };

/**
 * The measure that the given texts need. `string-width` and the tables of Unicode behind it take about as long to load
 * as everything else that a terminal report needs, so they are loaded only if a text is not plain ASCII.
 */
export async function measureFor(texts: readonly (string | null)[]): Promise<Measure> {
  if (!texts.some((text) => text !== null && /[^\x00-\x7f]/u.test(text))) return ascii;
  const { default: width } = await import("string-width");
  const segmenter = new Intl.Segmenter();
  return { split: (text) => Array.from(segmenter.segment(text), ({ segment }) => segment), width };
}
