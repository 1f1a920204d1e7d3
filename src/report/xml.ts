/** Writes XML 1.0 from a stranger's text: what a document may not hold is shown as an escape, the rest is quoted. */
import { visible } from "./text.ts";

/** An element; `content` is XML already. */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content: readonly string[] = []): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const start = `<${name}${given.join("")}`;
  return content.length === 0 ? `${start}/>` : `${start}>\n${content.join("\n").replace(/^(?=.)/gmu, "  ")}\n</${name}>`;
}

/** A whole document, with a final newline. */
export function document(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** Text for an attribute or between tags (XML 1.0, 2.2 and 2.4); line breaks and characters that XML refuses are made visible. */
export function escaped(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/gu, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
