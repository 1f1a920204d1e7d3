/** The state of a whole fleet at one glance in a terminal: a line for each module, a column for each convention that something is reported of. */
import { Chalk, type ChalkInstance } from "chalk";
import type { RunResult, Severity } from "../../engine/run/result.ts";
import { measureFor, type Measure } from "../measure.ts";
import type { ReportOptions } from "../options.ts";
import { summarySentence } from "../summary.ts";
import { visible, withoutCommands } from "../text.ts";
import { wrap } from "../wrap.ts";
import { type Cell, type Column, type Row, SEVERITIES, fleetOf, isModule } from "./fleet.ts";

/** What columns are called; a table with more of them is told in parts. */
const KEYS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Columns that names take at least, and at most. */
const NARROWEST = 16;
const WIDEST = 44;

/** Below this a table is of no use; a narrower terminal wraps it. */
const SMALLEST = 48;

const MARKS: Readonly<Record<Cell["state"], string>> = { error: "E", warning: "W", info: "i", suppressed: "s", quiet: "·", apart: " " };

const MEANINGS = "E error, W warning, i info, s suppressed, · nothing reported, blank: the convention does not concern the file";

/** A column with what it is called in this table. */
interface Keyed {
  readonly column: Column;
  /** Its place in the rows' cells. */
  readonly index: number;
  readonly key: string;
}

interface Look {
  readonly width: number;
  readonly chalk: ChalkInstance;
  readonly measure: Measure;
  readonly hasLinks: boolean;
}

/** The table, its legend and the counts. Conventions without any finding are left out, and so are files without one that are no modules. */
export async function matrix(result: RunResult, options: ReportOptions): Promise<string> {
  const { columns, rows } = fleetOf(result);
  const look: Look = {
    width: Math.max(options.width, SMALLEST),
    chalk: new Chalk({ level: options.colors }),
    measure: await measureFor([...rows.map(({ file }) => file.path), ...result.failures.flatMap(({ path, message }) => [path, message])]),
    hasLinks: options.hyperlinks,
  };
  const shown = columns.map((column, index) => ({ column, index })).filter(({ index }) => rows.some(({ cells }) => (cells[index]?.findings.length ?? 0) > 0));
  const modules = rows.filter(({ file }) => isModule(file.role) || file.findings.length > 0);
  const blocks = parts(shown, modules, look).flatMap((part) => [tableLines(part, modules, look), legendLines(part, look)]);
  if (blocks.length > 0) blocks.push(wrap(MEANINGS, look.width, look.measure).map((line) => look.chalk.dim(line)));
  for (const { path, rule, message } of result.failures) {
    const place = [path, rule].filter((part) => part !== null).join(", ");
    blocks.push(wrap(visible(`failed${place === "" ? "" : ` ${place}`}: ${message}`), look.width, look.measure).map((line) => look.chalk.red(line)));
  }
  const clean = modules.filter(({ counts }) => SEVERITIES.every((severity) => counts[severity] === 0)).length;
  const left = rows.length - modules.length;
  const notes = [
    ...(modules.length > 0 && blocks.length > 0 ? [`${clean} of ${modules.length} modules without findings`] : []),
    ...(left > 0 && blocks.length > 0 ? [`${left} other ${left === 1 ? "file" : "files"} without any left out`] : []),
  ];
  blocks.push(wrap([summarySentence(result, options.fixHint), ...notes].join("; "), look.width, look.measure));
  return withoutCommands(blocks.map((lines) => `${lines.join("\n")}\n`).join("\n"));
}

/** As many columns at a time as have room beside the names, and as have keys. */
function parts(shown: readonly Omit<Keyed, "key">[], modules: readonly Row[], look: Look): Keyed[][] {
  const room = look.width - NARROWEST - countsWidth(modules) - 2;
  const result: Keyed[][] = [];
  let part: Keyed[] = [];
  for (const { column, index } of shown) {
    const next = [...part, { column, index, key: KEYS[part.length] ?? "" }];
    if (part.length > 0 && (next.length > KEYS.length || cellsWidth(next, 1) > room)) {
      result.push(part);
      part = [{ column, index, key: KEYS[0] as string }];
    } else part = next;
  }
  return part.length === 0 ? result : [...result, part];
}

function cellsWidth(part: readonly Keyed[], pitch: number): number {
  return themesOf(part).length - 1 + part.length * pitch;
}

function themesOf(part: readonly Keyed[]): string[] {
  return [...new Set(part.map(({ column }) => column.theme))];
}

/** The columns that counts of errors, warnings and infos take, each with a blank before it. */
function countsWidth(modules: readonly Row[]): number {
  return countWidths(modules).reduce((sum, width) => sum + (width === 0 ? 0 : width + 1), 0);
}

/** The digits of each count; 0 where all of them are zero. */
function countWidths(modules: readonly Row[]): number[] {
  return SEVERITIES.map((severity) => {
    const most = Math.max(0, ...modules.map(({ counts }) => counts[severity]));
    return most === 0 ? 0 : String(most).length;
  });
}

function tableLines(part: readonly Keyed[], modules: readonly Row[], look: Look): string[] {
  const { chalk, measure, width } = look;
  const room = width - countsWidth(modules) - 2;
  const wanted = Math.min(WIDEST, Math.max(NARROWEST, ...modules.map((row) => measure.width(label(row)))));
  // Cells apart from each other are easier to read, where names need not be cut for it.
  const pitch = [3, 2].find((each) => cellsWidth(part, each) + wanted <= room) ?? 1;
  const names = Math.min(wanted, room - cellsWidth(part, pitch));
  const widths = countWidths(modules);
  const counts = (texts: readonly string[]): string => widths.map((size, index) => (size === 0 ? "" : ` ${texts[index] as string}`)).join("");
  const cells = (text: (keyed: Keyed) => string): string =>
    themesOf(part)
      .map((theme) => part.filter(({ column }) => column.theme === theme).map((keyed) => text(keyed) + " ".repeat(pitch - 1)).join(""))
      .join(" ");
  const head = `${" ".repeat(names)}${counts(SEVERITIES.map((severity, index) => MARKS[severity].padStart(widths[index] ?? 0)))}  ${cells(({ key }) => key)}`;
  return [
    chalk.bold(head.trimEnd()),
    ...modules.map((row) => {
      const numbers = SEVERITIES.map((severity, index) => {
        const text = (row.counts[severity] === 0 ? "" : String(row.counts[severity])).padStart(widths[index] ?? 0);
        return row.counts[severity] === 0 ? text : painted(severity, text, chalk);
      });
      return `${nameText(row, names, look)}${counts(numbers)}  ${cells(({ index }) => mark(row.cells[index], chalk))}`.trimEnd();
    }),
    chalk.bold(head.trimEnd()),
  ];
}

function label({ name, place }: Row): string {
  return visible(place === "" ? name : `${name} (${place})`);
}

/** A module's name in so many columns: of what tells it from others the end is kept, which is what differs. */
function nameText(row: Row, width: number, { measure, chalk }: Look): string {
  const name = visible(row.name);
  const place = visible(row.place);
  const room = width - measure.width(name) - 3;
  if (measure.width(label(row)) <= width) return `${name}${place === "" ? "" : chalk.dim(` (${place})`)}${" ".repeat(width - measure.width(label(row)))}`;
  if (place !== "" && room >= 6) {
    const kept = cut(measure.split(place).reverse(), room - 1, measure).reverse().join("");
    return `${name}${chalk.dim(` (…${kept})`)}${" ".repeat(room - 1 - measure.width(kept))}`;
  }
  const kept = cut(measure.split(label(row)), width - 1, measure).join("");
  return `${kept}…${" ".repeat(width - 1 - measure.width(kept))}`;
}

/** The first characters that fit. */
function cut(characters: readonly string[], width: number, measure: Measure): string[] {
  const kept: string[] = [];
  let used = 0;
  for (const character of characters) {
    used += measure.width(character);
    if (used > width) break;
    kept.push(character);
  }
  return kept;
}

function mark(cell: Cell | undefined, chalk: ChalkInstance): string {
  const { state } = cell ?? { state: "apart" };
  const text = MARKS[state];
  if (state === "apart") return text;
  return state === "suppressed" || state === "quiet" ? chalk.dim(text) : painted(state, text, chalk);
}

function painted(severity: Severity, text: string, chalk: ChalkInstance): string {
  return { error: chalk.red.bold, warning: chalk.yellow, info: chalk.blue }[severity](text);
}

/** What the keys stand for, with the number of findings: a paragraph for each theme. */
function legendLines(part: readonly Keyed[], look: Look): string[] {
  const indent = Math.max(...themesOf(part).map((theme) => title(theme).length)) + 2;
  return themesOf(part).flatMap((theme) => {
    const entries = part.filter(({ column }) => column.theme === theme).map((keyed) => legendEntry(keyed, look));
    return flow(entries, look.width - indent).map((line, at) => `${at === 0 ? look.chalk.bold(title(theme).padEnd(indent)) : " ".repeat(indent)}${line}`);
  });
}

function title(theme: string): string {
  return theme === "" ? "other" : visible(theme);
}

/** A piece of a line with the columns that it takes. */
interface Entry {
  readonly text: string;
  readonly width: number;
}

function legendEntry({ key, column }: Keyed, { chalk, hasLinks, measure }: Look): Entry {
  const rule = visible(column.rule);
  const name = hasLinks && column.url !== null && /^[\x21-\x7e]+$/u.test(column.url) ? `\u001b]8;;${column.url}\u001b\\${rule}\u001b]8;;\u001b\\` : rule;
  const text = column.worst === null ? `${chalk.bold(key)} ${name}` : `${chalk.bold(key)} ${name} ${painted(column.worst, String(column.count), chalk)}`;
  return { text, width: measure.width(`${key} ${rule}`) + (column.worst === null ? 0 : 1 + String(column.count).length) };
}

/** Entries in lines, two blanks apart. */
function flow(entries: readonly Entry[], width: number): string[] {
  const lines: string[] = [];
  let used = 0;
  for (const entry of entries) {
    if (lines.length > 0 && used + 2 + entry.width <= width) {
      lines[lines.length - 1] += `  ${entry.text}`;
      used += 2 + entry.width;
    } else {
      lines.push(entry.text);
      used = entry.width;
    }
  }
  return lines;
}
