/** The option view of a module as a document to read: every option as a line of Nix, with where it is defined. */
import { type DefinitionView, nixText, optionView, priorityName } from "../engine/model/index.ts";
import { visible } from "../report/text.ts";
import { SourceText } from "../engine/syntax/index.ts";
import type { View } from "./convert.ts";
import { STATES } from "./hover.ts";
import type { OptionDocument } from "./own-messages.ts";
import type { Place } from "./workspace.ts";

/** Characters that a value may take. */
const ROOM = 160;

/** What NixOS takes for the options of a module, by their names. */
export function optionDocument({ tree, path }: Place, view: View): OptionDocument | null {
  const configuration = tree.project().configuration(path);
  if (configuration === null) return null;
  const options = Object.entries(optionView(configuration));
  const known = options.filter(([, { state }]) => state === "known").length;
  const lines = [`# What NixOS will take for the options of ${visible(path)}: ${options.length} options, ${known} of them known.`, ""];
  const sources = new Map<string, SourceText | null>();
  const sourceOf = (file: string): SourceText | null => {
    if (!sources.has(file)) {
      const text = view.textOf(file);
      sources.set(file, text === null ? null : new SourceText(text));
    }
    return sources.get(file) ?? null;
  };
  const links: OptionDocument["links"][number][] = [];
  for (const [name, option] of options) {
    const { state, priority, definitions } = option;
    const shown = visible(name);
    let line = state === "known" ? `${shown} = ${visible(nixText(option.value ?? null, ROOM))}; #` : `# ${shown} ${STATES[state]}:`;
    const kind = priority === null ? "" : priorityName(priority);
    if (state === "known" && kind !== "") line += ` ${kind},`;
    for (const [index, definition] of definitions.entries()) {
      const place = placeText(definition, path);
      line += index === 0 ? " " : ", ";
      const range = { start: { line: lines.length, character: line.length }, end: { line: lines.length, character: line.length + place.length } };
      links.push({ range, target: view.uriOf(definition.path), position: view.positions.toClient(sourceOf(definition.path), definition) });
      line += place;
      if (priority !== null && definition.priority > priority) line += " (not taken)";
    }
    lines.push(line);
  }
  return { text: `${lines.join("\n")}\n`, links };
}

function placeText({ path, line }: DefinitionView, own: string): string {
  return path === own ? `line ${line}` : `${visible(path)}:${line}`;
}
