/** Writes what is shown in an editor, as Markdown or plainly, so that no text of a linted tree is taken for more than text. */
import { visible } from "../report/text.ts";

/** How parts of a text are written. */
export interface Markup {
  readonly kind: "markdown" | "plaintext";
  /** A stranger's text, on one line: the only form in which any is shown. */
  code(text: string): string;
  /** The same, leading somewhere. */
  link(text: string, href: string): string;
  /** The address of our own documentation. */
  reference(href: string): string;
  /** Markdown of our own, such as a rule's documentation. */
  prose(markdown: string): string;
  /** Nix of our own. */
  block(code: string): string;
}

export const MARKDOWN: Markup = {
  kind: "markdown",
  code(text) {
    const shown = visible(text);
    // A run of backticks ends at one of the same length (CommonMark 0.31, 6.1); blanks keep it apart from those of the text.
    const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    const pad = shown === "" || shown.startsWith("`") || shown.endsWith("`") || (shown.startsWith(" ") && shown.endsWith(" ")) ? " " : "";
    return `${fence}${pad}${shown}${pad}${fence}`;
  },
  link: (text, href) => `[${MARKDOWN.code(text)}](${href.replace(/[()<>\s\\]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`)})`,
  reference: (href) => `[Read more](${href})`,
  prose: (markdown) => markdown,
  block: (code) => `\`\`\`nix\n${code.replace(/\n$/, "")}\n\`\`\``,
};

export const PLAIN: Markup = {
  kind: "plaintext",
  code: visible,
  link: (text) => visible(text),
  reference: (href) => href,
  prose: (markdown) => markdown.replaceAll("**", ""),
  block: (code) => code.replace(/\n$/, ""),
};
