/** Shows what NixOS would take for every option that a module sets: a table for people, JSON for programs. */
import { join, relative } from "node:path";
import { type OptionView, Project, nixText, optionView, priorityName } from "../engine/model/index.ts";
import { roleOf } from "../engine/run/index.ts";
import { loadNixParser } from "./grammars.ts";
import { jsonText, visible } from "../report/text.ts";
import type { CommonOptions } from "./arguments.ts";
import { STDOUT, complain, print } from "./output.ts";
import { type Paint, paintFor } from "./paint.ts";
import { knownRules } from "./plugins.ts";
import { settingsOf } from "./settings.ts";
import { terminalOptions } from "./terminal.ts";
import { openTrees } from "./trees.ts";
import { UsageError } from "./usage-error.ts";

type Options = { readonly file: string; readonly json: boolean } & CommonOptions;

/** Columns for the value where the reader's width is not known. */
const PLAIN_WIDTH = 120;

/**
 * Prints the options of one module.
 * @throws UsageError where it cannot be read
 */
export async function optionsCommand(options: Options): Promise<0> {
  const cwd = process.cwd();
  const { trees, failures } = await openTrees({ paths: [options.file], stdinFilename: null }, cwd);
  const [failure] = failures;
  if (failure !== undefined) throw new UsageError(`${failure.path ?? ""}: ${failure.message}`);
  const tree = trees[0];
  const path = tree?.targets[0];
  if (tree === undefined || path === undefined || tree.named.size !== 1 || tree.targets.length !== 1) throw new UsageError(`\`options\` takes one module, and ${options.file} is a folder or a pattern; name a file.`);
  if (tree.host.read(path) === null) throw new UsageError(`${options.file} cannot be read: ${tree.disk.problem(path) ?? "it does not exist"}.`);
  const displayPath = (inside: string): string => relative(cwd, join(tree.disk.root, inside));
  const project = new Project(tree.host, await loadNixParser());
  const role = roleOf(project, path, await settingsOf(tree, await knownRules(options.plugins, [tree.disk.root], cwd), options.config, cwd));
  const isModule = role !== "package" && role !== "flake";
  if (!isModule) complain(`${options.file} is no NixOS module but a ${role}, so it sets no options; name a module.`);
  const configuration = isModule ? project.configuration(path) : null;
  const view = configuration === null ? {} : optionView(configuration);
  const shown = Object.fromEntries(Object.entries(view).map(([name, option]) => [name, { ...option, definitions: option.definitions.map((definition) => ({ ...definition, path: displayPath(definition.path) })) }]));
  if (options.json) {
    print(STDOUT, jsonText({ file: displayPath(path), role, options: shown }));
    return 0;
  }
  const look = await terminalOptions(options.color);
  const width = look.isTerminal ? look.width : PLAIN_WIDTH;
  print(STDOUT, table(`${displayPath(path)} (${role})`, shown, width, await paintFor(look.colors)));
  return 0;
}

function table(title: string, view: Readonly<Record<string, OptionView>>, width: number, paint: Paint): string {
  const entries = Object.entries(view);
  const places = entries.map(([, option]) => option.definitions.map((definition) => visible(`${definition.path}:${definition.line}:${definition.column}`)));
  const priorities = entries.map(([, { priority }]) => (priority === null ? "" : priorityName(priority)));
  const widestName = Math.min(Math.max(...entries.map(([name]) => name.length), 6), Math.max(20, Math.floor(width * 0.4)));
  const widestPriority = Math.max(...priorities.map((priority) => priority.length), 8);
  const widestPlace = Math.max(...places.flat().map((place) => place.length), 5);
  const room = Math.max(20, width - widestName - widestPriority - widestPlace - 6);
  const row = (name: string, value: string, priority: string, place: string): string => `${name.padEnd(widestName)}  ${value.padEnd(room)}  ${priority.padEnd(widestPriority)}  ${place}`.trimEnd();
  const lines = entries.flatMap(([name, option], index) => {
    const label = visible(name);
    const [first = "", ...others] = places[index] as string[];
    const value = option.state === "known" ? visible(nixText(option.value ?? null, room)) : `(${option.state})`;
    const head = row(label.length > widestName ? "" : label, value.length > room ? `${value.slice(0, room - 1)}…` : value, priorities[index] as string, first);
    return [...(label.length > widestName ? [label] : []), head, ...others.map((place) => row("", "", "", place))];
  });
  const known = entries.filter(([, { state }]) => state === "known").length;
  const header = row("option", "value", "priority", "where");
  return [paint.title(title), "", paint.dim(header), ...lines, "", `${entries.length} options, ${known} of them known.`, ""].join("\n");
}
