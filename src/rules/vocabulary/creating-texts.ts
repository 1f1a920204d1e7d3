/** The texts of a configuration that may bring a folder into being: scripts, command lines, and data folders of services. */
import { HOLE } from "../../engine/domain/hole.ts";
import type { Configuration, OptionNode, Value } from "../../engine/model/index.ts";
import { sourcedText } from "./text.ts";

/** A text, the option that it is part of, and its command lines that make something. */
export interface CreatingText {
  readonly option: readonly string[];
  readonly text: string;
  readonly lines: readonly string[];
  /** Paths that begin so may be made by a command of whose argument no more is known. */
  readonly starts: readonly string[];
}

const MAX_DEPTH = 40;
const MAX_VALUES = 50_000;

/** Commands that make a folder or file which they are given, or that hand names to one that does. */
const CREATING = /\b(?:mkdir|install|cp|mv|ln|rsync|touch|git|unzip|mount|btrfs|zfs|tee|truncate|for)\b|\btar\s{1,20}(?:-?[A-Za-z]{0,20}x|--extract)|>/;
/** A shell variable that is given a value without blanks. */
const ASSIGNMENT = /^[ \t]*(?:(?:export|local|readonly)[ \t]+)?([A-Za-z_]\w*)=["']?([^\s"';]{1,200})/gm;
const MAX_VARIABLES = 100;
const MAX_OCCURRENCES = 50;
/** Longer lines are left as they are: variables may make them longer still. */
const MAX_LINE = 10_000;
/** What is not known of a word: a variable, a substitution, an interpolation (but for a program of the store). */
const UNKNOWN = new RegExp(`[$\\x60]|${HOLE}(?!/s?bin/)`);
/** Options of services whose value names a folder that the service's module makes. */
const FOLDER_OPTION = /(?:dir|directory|home|location|folder)$/i;

/**
 * All texts of a configuration that may create something, whatever the conditions under which they stand; null where there
 * are too many to look at.
 */
export function creatingTexts(config: Configuration): CreatingText[] | null {
  const found: CreatingText[] = [];
  let budget = MAX_VALUES;
  const visitNode = (node: OptionNode): void => {
    const { path } = node;
    if (path[0] === "virtualisation" && path[1] === "oci-containers") return;
    if (path.length > MAX_DEPTH || budget-- <= 0) return;
    if (node.isSet) for (const name of node.names()) visitNode(node.child(name));
    else for (const { value } of node.definitions) visitValue(value, path, 0);
  };
  const visitValue = (value: Value, option: readonly string[], depth: number): void => {
    if (depth > MAX_DEPTH || budget-- <= 0) return;
    switch (value.t) {
      case "string":
        found.push(creatingText(option, sourcedText(value, null).text));
        for (const piece of value.pieces) if ("hole" in piece) visitValue(piece.hole, option, depth + 1);
        return;
      case "list":
        for (const item of value.items) visitValue(item.thunk.force(), option, depth + 1);
        return;
      case "attrs":
        for (const [name, attr] of value.attrs) visitValue(attr.thunk.force(), [...option, name], depth + 1);
        return;
      case "call":
        for (const arg of value.args) visitValue(arg.force(), option, depth + 1);
        visitValue(value.fn, option, depth + 1);
        return;
      case "unknown":
        for (const maybe of value.maybe) visitValue(maybe, option, depth + 1);
        return;
      case "wrap":
        if (value.kind === "merge") visitValue(value.contents, option, depth + 1);
        else visitValue(value.content.force(), option, depth + 1);
        return;
      default:
    }
  };
  visitNode(config.root);
  return budget > 0 ? found : null;
}

function creatingText(option: readonly string[], text: string): CreatingText {
  if (!CREATING.test(text)) return { option, text, lines: [], starts: [] };
  const variables = new Map([...text.matchAll(ASSIGNMENT)].slice(0, MAX_VARIABLES).map((match) => [match[1] as string, match[2] as string]));
  const lines = text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => (line.length > MAX_LINE ? line : line.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => variables.get(braced ?? plain ?? "") ?? whole)))
    .filter((line) => CREATING.test(line) && !/^\s*#/.test(line));
  return { option, text, lines, starts: lines.flatMap(unknownStarts) };
}

/**
 * Whether a text may create what stands at a path: a command that makes things names it, or a service keeps its data there.
 *
 * @param before a unit whose own commands come too late; those that run outside its sandbox (`+`) do not
 */
export function isCreatedByText(texts: readonly CreatingText[], path: string, before: string | null): boolean {
  const parent = path.slice(0, path.lastIndexOf("/"));
  const own = before === null ? [] : texts.filter(({ option }) => option[0] === "systemd" && option[1] === "services" && option[2] === before);
  const late = new Set(own.some(({ text }) => /^[-@:]*\+/.test(text)) ? [] : own);
  return texts.some((creating) => {
    const { option, text, lines, starts } = creating;
    if (late.has(creating)) return false;
    if (isFolderOption(option) && (text === path || (text.split("/").length > 2 && path.startsWith(`${text}/`)))) return true;
    return lines.some((line) => names(line, path) || line.includes(`${parent}/{`)) || starts.some((start) => path.startsWith(start));
  });
}

function isFolderOption(option: readonly string[]): boolean {
  const last = option[option.length - 1] ?? "";
  return (option[0] === "services" && FOLDER_OPTION.test(last)) || option[1] === "persistence" || (option[1] === "mounts" && last === "where");
}

/** Whether a line names a path or something below it. */
function names(line: string, path: string): boolean {
  for (let at = line.indexOf(path), count = 0; at >= 0 && count < MAX_OCCURRENCES; at = line.indexOf(path, at + 1), count++) {
    if (!/[\w.-]/.test(line[at + path.length] ?? " ") && isMade(line.slice(0, at))) return true;
  }
  return false;
}

/** Whether what follows in a command line is made: a command that makes things stands before it, or a redirect right before. */
function isMade(before: string): boolean {
  const command = before.replace(/>\s*["']?[^\s"']*/g, "");
  return />\s*["']?$/.test(before) || CREATING.test(command.slice(Math.max(command.lastIndexOf("|"), command.lastIndexOf(";"), command.lastIndexOf("&")) + 1));
}

/** The beginnings of paths that a line makes and of which no more is known. */
function unknownStarts(line: string): string[] {
  const [, , args = ""] = /\b(mkdir|install)\b(.*)/.exec(line) ?? [];
  return args.split(/[\s"']+/).flatMap((word) => {
    const unknown = word.search(UNKNOWN);
    return unknown >= 0 ? [word.slice(0, unknown)] : [];
  });
}
