/** Writes HTML in which a stranger's text stays text: a template escapes all that is put into it and is no markup itself. */
import { visible } from "../text.ts";

/** A piece of HTML. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** What may be put into a template; null leaves its place empty. */
export type Filling = string | number | null | Markup | readonly Markup[];

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

/**
 * Markup from a template. Text in it is escaped for content and for quoted attributes (HTML, 13.1.2.3 and 13.1.3); characters that a
 * reader cannot see are shown as escapes.
 */
export function html(parts: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...fillings.map(filled)));
}

function filled(filling: Filling): string {
  if (filling === null) return "";
  if (filling instanceof Markup) return filling.source;
  if (typeof filling === "object") return filling.map(({ source }) => source).join("");
  return visible(String(filling)).replace(/[&<>"'`]/gu, (character) => ENTITIES[character] as string);
}

/** A sentence with its quoted code set as code. */
export function prose(sentence: string): Markup[] {
  return sentence.split(/(`[^`]+`)/u).map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part.slice(1, -1)}</code>`));
}
