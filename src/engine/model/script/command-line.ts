/** Reads a command line that systemd runs without a shell, as a script of one command. */
import type { ShellScript, Word, WordPart } from "../../syntax/shell/index.ts";
import { HOLE } from "../../syntax/shell/index.ts";

/** The words of a command line (systemd.service(5), "Command lines"): no pipes, no redirects, no wildcards. */
export function commandLine(text: string): ShellScript {
  const words: Word[] = [];
  let parts: WordPart[] = [];
  let current = "";
  let from = 0;
  let started = false;
  let start = 0;
  let quote = "";
  const flush = (to: number): void => {
    if (current !== "") parts.push({ kind: "text", start: from, end: to, text: current, quoted: true });
    current = "";
  };
  const close = (to: number): void => {
    if (!started) return;
    flush(to);
    words.push({ start, end: to, parts });
    parts = [];
    started = false;
  };
  for (let i = 0; i < text.length; ) {
    const char = text[i] as string;
    if (quote === "" && /\s/.test(char)) {
      close(i);
      i++;
      continue;
    }
    // A backslash at a line's end continues the line; systemd puts a space there (systemd.syntax(7)). CR LF is one end (`read_line`).
    const broken = text.startsWith("\\\n", i) ? 2 : text.startsWith("\\\r\n", i) ? 3 : 0;
    if (broken > 0) {
      if (quote === "") close(i);
      else current += " ";
      i += broken;
      continue;
    }
    if (!started) {
      started = true;
      start = i;
      from = i;
    }
    if (char === HOLE) {
      flush(i);
      parts.push({ kind: "hole", start: i, end: i + 2, index: text.charCodeAt(i + 1) - 0xe100, quoted: true });
      i += 2;
      from = i;
    } else if (char === quote) {
      quote = "";
      i++;
    } else if (quote === "" && (char === '"' || char === "'")) {
      quote = char;
      i++;
    } else if (char === "\\" && i + 1 < text.length) {
      const next = text[i + 1] as string;
      current += next === "n" ? "\n" : next === "t" ? "\t" : next;
      i += 2;
    } else if (char === "$" && /^\$\{?[A-Za-z_]\w*\}?/.test(text.slice(i, i + 80)) && quote !== "'") {
      const match = /^\$\{?([A-Za-z_]\w*)\}?/.exec(text.slice(i, i + 80)) as RegExpExecArray;
      flush(i);
      parts.push({ kind: "variable", start: i, end: i + match[0].length, name: match[1] as string, operator: null, argument: null, quoted: match[0].includes("{") });
      i += match[0].length;
      from = i;
    } else if (char === "$" && text[i + 1] === "$") {
      current += "$";
      i += 2;
    } else {
      current += char;
      i++;
    }
  }
  close(text.length);
  if (words.length === 0) return { text, statements: [], hasErrors: false };
  return { text, statements: [{ kind: "command", start: words[0]?.start ?? 0, end: text.length, assignments: [], words, redirects: [] }], hasErrors: quote !== "" };
}
