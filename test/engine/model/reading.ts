/** Short ways to ask the model, for its tests. */
import { type At, type Configuration, type Json, Project, type Value, optionView, toJson } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";

/** The configuration that `main.nix` makes; a string is that file alone. */
export function configure(files: string | Readonly<Record<string, string>>): Configuration {
  const configuration = new Project(memoryHost(typeof files === "string" ? { "main.nix": files } : files), parser).configuration("main.nix");
  if (configuration === null) throw new Error("main.nix cannot be read");
  return configuration;
}

/** The option view with a value for what is known, and the state in brackets for the rest. */
export function view(files: string | Readonly<Record<string, string>>): Record<string, Json> {
  const all = optionView(configure(files));
  return Object.fromEntries(Object.entries(all).map(([path, { state, value }]) => [path, state === "known" ? (value as Json) : `<${state}>`]));
}

/** What an expression comes to; it may name `./other.nix` and the like. */
export function valueOf(text: string, files: Readonly<Record<string, string>> = {}): Value {
  const project = new Project(memoryHost({ ...files, "main.nix": text }), parser);
  const file = project.file("main.nix");
  if (file === null || file.syntax.errors.length > 0) throw new Error(`this is not Nix: ${text}`);
  return project.value(file);
}

/** The JSON of an expression; undefined where a part is not known. */
export function jsonOf(text: string, files: Readonly<Record<string, string>> = {}): Json | undefined {
  return toJson(valueOf(text, files));
}

/** The source text that a place covers. */
export function written(at: At | null | undefined): string | null {
  return at === null || at === undefined ? null : at.file.syntax.source.text.slice(at.start, at.end);
}
