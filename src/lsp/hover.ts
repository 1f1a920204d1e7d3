/** What is shown under the pointer: the convention behind a finding, and what NixOS takes for an option. */
import type { Hover, Position } from "vscode-languageserver-types";
import { type DefinitionView, type OptionAt, type OptionView, nixText, optionAt, optionView, priorityName, showPath } from "../engine/model/index.ts";
import type { Entry, Finding, RuleInfo } from "../engine/run/index.ts";
import { SourceText } from "../engine/syntax/index.ts";
import type { View } from "./convert.ts";
import type { Markup } from "./markup.ts";
import type { OpenDocument } from "./workspace.ts";

/** Characters that a value may take. */
const ROOM = 200;
/** Options that are listed of a set, and systems that are told apart. */
const MOST_OPTIONS = 12;
const MOST_SYSTEMS = 5;

/** What is said of an option whose value is not known, after its name. */
export const STATES: Readonly<Record<Exclude<OptionView["state"], "known">, string>> = {
  conditional: "depends on a condition that cannot be decided without evaluating Nix",
  unknown: "cannot be known without evaluating Nix",
  conflict: "has definitions of the same priority that contradict each other, so evaluation fails",
};

/** What to show at a position; null for nothing. */
export async function hoverAt(open: OpenDocument, position: Position, view: View, markup: Markup): Promise<Hover | null> {
  const text = open.document.getText();
  const { file } = await open.tree.judge(open.path);
  // What was judged is not what the client shows.
  if (file === null || file.text !== text || open.tree.host.read(open.path) !== text) return null;
  const source = new SourceText(text);
  const offset = view.positions.offsetAt(source, position);
  const findings = file.findings.filter(({ suppressed, start, end }) => !suppressed && source.offset(start) <= offset && offset <= source.offset(end));
  const option = await optionText(open, offset, view, markup);
  const parts = [...new Set(findings.map(({ rule }) => rule))].map((rule) => conventionText(rule, open.tree.info(rule), markup));
  // What it comes to is short, so it stands first.
  if (option !== null) parts.unshift(option.text);
  if (parts.length === 0) return null;
  const span = option?.key ?? spanOf(source, findings[0]);
  return { contents: { kind: markup.kind, value: parts.join(markup.kind === "markdown" ? "\n\n---\n\n" : "\n\n") }, ...(span === null ? {} : { range: view.positions.rangeOfSpan(source, span) }) };
}

function spanOf(source: SourceText, finding: Finding | undefined): { start: number; end: number } | null {
  return finding === undefined ? null : { start: source.offset(finding.start), end: source.offset(finding.end) };
}

/** The convention with its reason and an example of how to keep it. */
function conventionText(id: string, rule: RuleInfo | null, { prose, block, reference }: Markup): string {
  if (rule === null) return id;
  const { title, convention, why, examples, url } = rule;
  return [prose(`**${title}.** ${convention}`), prose(`**Why.** ${why}`), block(examples.good[0]?.code ?? ""), reference(url)].join("\n\n");
}

/** What the configurations that a file is part of make of the option that it defines at an offset. */
async function optionText(open: OpenDocument, offset: number, view: View, markup: Markup): Promise<{ readonly text: string; readonly key: OptionAt["key"] } | null> {
  const { project, entries } = await open.tree.entriesOf(open.path);
  const groups = new Map<string, Entry[]>();
  let key: OptionAt["key"] | null = null;
  for (const entry of entries) {
    // Each is looked at on a budget of its own, as it is judged.
    project.evaluator.refill();
    const found = optionAt(entry.config, open.path, offset);
    if (found === null) continue;
    key ??= found.key;
    const text = describe(entry, found, view, markup);
    groups.set(text, [...(groups.get(text) ?? []), entry]);
  }
  if (key === null) return null;
  const all = [...groups];
  const parts = all.slice(0, MOST_SYSTEMS).map(([text, own]) => (entries.length === 1 ? text : `In ${own.slice(0, MOST_SYSTEMS).map((entry) => markup.code(nameOf(entry))).join(", ")}${own.length > MOST_SYSTEMS ? ` and ${own.length - MOST_SYSTEMS} more` : ""}:\n\n${text}`));
  if (all.length > MOST_SYSTEMS) parts.push(`… and in ${all.length - MOST_SYSTEMS} other ways elsewhere.`);
  return { text: parts.join("\n\n"), key };
}

function nameOf({ file, output }: Entry): string {
  return output === null ? file.path : `${file.path} (${output})`;
}

function describe({ config }: Entry, { node }: OptionAt, view: View, markup: Markup): string {
  const options = optionView(config, node);
  const path = showPath(node.path);
  const own = options[path];
  if (own !== undefined) return [valueText(path, own, markup), list(own.definitions.map((definition) => definitionText(definition, own, view, markup)))].join("\n\n");
  const names = Object.keys(options);
  const shown = names.slice(0, MOST_OPTIONS).map((name) => valueText(name, options[name] as OptionView, markup));
  const count = `${names.length} ${names.length === 1 ? "option" : "options"}`;
  return [`${markup.code(path)} sets ${count}:`, list([...shown, ...(names.length > MOST_OPTIONS ? [`… and ${names.length - MOST_OPTIONS} more`] : [])])].join("\n\n");
}

function valueText(path: string, { state, value, priority }: OptionView, { code }: Markup): string {
  if (state !== "known") return `${code(path)} ${STATES[state]}`;
  return `${code(path)} = ${code(nixText(value ?? null, ROOM))}${priority === null ? "" : ` (${priorityText(priority)})`}`;
}

function definitionText({ path, line, priority, conditional }: DefinitionView, { priority: winning, state }: OptionView, view: View, { link }: Markup): string {
  const notes = [priorityText(priority), ...(conditional ? ["under a condition that cannot be decided"] : []), ...(state === "known" && winning !== null && priority > winning ? ["not taken"] : [])];
  return `${link(`${path}:${line}`, `${view.uriOf(path)}#L${line}`)} (${notes.join(", ")})`;
}

function priorityText(priority: number): string {
  const name = priorityName(priority);
  return name === "" ? `plain, ${priority}` : name.endsWith(` ${priority}`) ? name : `${name}, ${priority}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}
