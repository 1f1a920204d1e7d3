/** Makes text from a stranger's pull request harmless to show: nothing in it may steer a terminal, reorder a line or start a workflow command. */

/**
 * Characters that a reader cannot see but that change what is seen: controls, formats (among them every bidirectional
 * control), line and paragraph separators, unpaired surrogates. The two joiners stay, since emoji and Persian need them.
 */
const unsafe = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Shows every character that is unsafe as an escape such as `\u{1b}`. The old form of a workflow command, `##[name]`, is
 * read anywhere in a line by the Actions runner (`ActionCommand.TryParse`), so its bracket is shown as an escape too.
 */
export function visible(text: string): string {
  return text
    .replace(unsafe, (character) => short[character] ?? escape(character))
    .replaceAll("##[", `##${escape("[")}`);
}

function escape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/**
 * Keeps lines of a finished report from being read as workflow commands: the Actions runner takes any line that begins
 * with `::`, blanks aside, for one (`ActionCommand.TryParseV2`), and a wrapped message or an odd path may begin so.
 */
export function withoutCommands(report: string): string {
  return report.replace(/^([^\S\n\r\u2028\u2029]*)::/gmu, `$1${escape(":")}:`);
}

/**
 * JSON with an indent of two and a final newline, in which unsafe characters are `\uXXXX` escapes, so that it may be
 * printed to a terminal or a log as it is.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  const safe = text.replace(unsafe, (character) => (character === "\n" ? character : unitEscapes(character)));
  return `${safe.replaceAll("##[", "#\\u0023[")}\n`;
}

function unitEscapes(character: string): string {
  let escapes = "";
  for (let unit = 0; unit < character.length; unit += 1) {
    escapes += `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`;
  }
  return escapes;
}

/** The lines of a file as findings count them: ended by a line feed, a carriage return, or both (LSP 3.17, "Text Documents"). */
export function sourceLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}
