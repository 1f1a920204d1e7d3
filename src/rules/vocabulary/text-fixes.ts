/** Fixes inside strings: a word of a script or of a tmpfiles line written anew, a line added to a script. */
import type { At, Script } from "../../engine/model/index.ts";
import { whole } from "../../engine/model/script/index.ts";
import { type Operation, enclosing, indentAt, isSoleUse, lineEnd, lineStart } from "../../engine/run/index.ts";
import { type CreatedFile, placeOfPath } from "./secrets.ts";

/** Puts a text in the place of exactly another one; null where something else is written there, or it serves more than one definition. */
export function replaceWord(place: At | null, written: string, text: string): Operation | null {
  if (place === null || sliceAt(place) !== written || !isSoleUse(place)) return null;
  return { do: "replace", at: place, text };
}

/** What is written at a place. */
export function sliceAt({ file, start, end }: At): string {
  return file.syntax.source.text.slice(start, end);
}

/** What may follow a command on its line without being another one: redirects, the start of a heredoc. */
const REDIRECTS = /^(?:[ \t]*(?:(?:\d|&)?>{1,2}&?|<)[ \t]*(?:"[^"\n]*"|[^\s;|&<>'"]+)|[ \t]*<<-?[ \t]*(?:"\w+"|'\w+'|\w+))*[ \t]*/;
/** The start of a heredoc, with its delimiter. */
const HEREDOC = /<<-?[ \t]*["']?(\w+)["']?/g;

/** A whole statement of a script: from the start of its first line, past redirects and heredocs. */
interface Statement {
  readonly start: number;
  readonly end: number;
  readonly indent: string;
  /** Lines can be added before and behind it; otherwise only a command joined with `&&`. */
  readonly hasLines: boolean;
}

/** The statement around a command; null where what follows it on the line is part of something larger, or nothing is written in one piece. */
function statementAt(script: Script, place: At): Statement | null {
  const { file } = place;
  const { text } = file.syntax.source;
  const string = enclosing(file.syntax.root, place).at(-1);
  if (script.source.kind === "command-line" || string?.kind !== "string" || !isSoleUse(place)) return null;
  const quote = string.indented ? "''" : '"';
  // The text of a heredoc is part of its command, with the line break at its end.
  const last = text.slice(0, place.end).replace(/\r?\n$/, "").length;
  const stop = Math.min(lineEnd(text, last), string.end - quote.length);
  const redirects = REDIRECTS.exec(text.slice(last, stop))?.[0] ?? "";
  const end = last + redirects.trimEnd().length;
  if (!/^[ \t]*(?:#.*)?$/.test(text.slice(last + redirects.length, stop))) return null;
  const start = firstLineOf(text, place.start, string.start);
  const hasLines = string.indented && stop === lineEnd(text, last) && start > string.start;
  let bottom = stop;
  for (const { 1: delimiter, index } of text.slice(start, stop).matchAll(HEREDOC)) {
    if (!hasLines) return null;
    const from = lineEnd(text, start + index);
    const line = new RegExp(`\\n[ \\t]*${delimiter}[ \\t]*(?=\\r?\\n)`).exec(text.slice(from, string.end));
    if (line === null) return null;
    bottom = Math.max(bottom, from + line.index + line[0].length);
  }
  return { start, end: hasLines ? bottom : end, indent: indentAt(text, start), hasLines };
}

/** Adds a command to a script right behind the statement that a place is in. */
export function addCommandBehind(script: Script, place: At, command: string): Operation | null {
  const statement = statementAt(script, place);
  if (statement === null) return null;
  const { end, indent, hasLines } = statement;
  return { do: "replace", at: { file: place.file, start: end, end }, text: hasLines ? `\n${indent}${command}` : ` && ${command}`, joins: true };
}

/** Adds a command to a script right before the line on which the statement begins that a place is in. */
export function addCommandBefore(script: Script, place: At, command: string): Operation | null {
  const { file } = place;
  const { text } = file.syntax.source;
  const string = enclosing(file.syntax.root, place).at(-1);
  if (script.source.kind === "command-line" || string?.kind !== "string" || !string.indented || !isSoleUse(place)) return null;
  const start = firstLineOf(text, place.start, string.start);
  // The end of a group is no place for a command, and the line of the quotes is not the script's alone.
  if (start <= string.start || /^[ \t]*(?:[})|&;]|(?:done|fi|esac|then|else|do)\b)/.test(text.slice(start, place.end))) return null;
  return { do: "replace", at: { file, start, end: start }, text: `${indentAt(text, start)}${command}\n`, joins: true };
}

/** Where the line starts on which a statement begins, before the lines that go on behind `\\`, `|` or `&&`. */
function firstLineOf(text: string, offset: number, stop: number): number {
  let start = lineStart(text, offset);
  while (start > stop && /(?:\\|\||&&)[ \t]*\r?\n$/.test(text.slice(lineStart(text, start - 1), start))) start = lineStart(text, start - 1);
  return start;
}

/** Commands that put files into a folder under their own names, which is then no word of the script. */
const INTO_FOLDERS = new Set(["cp", "mv", "install"]);

/** A file as the word with which its script names it; null where that could mean another file a moment later, or is no single word. */
export function wordFor(script: Script, file: CreatedFile): string | null {
  const place = placeOfPath(script, file);
  const written = place === null ? "" : sliceAt(place);
  if (/^(?:"[^"`\n]*"|[^\s"'`;|&<>*?]+)$/.test(written) && !written.includes("$(")) return written;
  const path = whole(file.path);
  const isNamed = script.facts.commands.some(({ name, start, end }) => name !== null && INTO_FOLDERS.has(name) && start <= file.start && file.end <= end);
  if (!isNamed) return null;
  return path !== null && /^[\w./@:+-]+$/.test(path) ? path : null;
}
