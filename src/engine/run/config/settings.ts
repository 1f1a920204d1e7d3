/** Finds the configuration of each file, follows what it extends, and says what it comes to for the file. */
import type { Node } from "jsonc-parser";
import { type Host, baseName, folderOf, isOutside, join } from "../../model/index.ts";
import type { Role, Severity } from "../result.ts";
import type { Rule } from "../rule.ts";
import { DEFAULT_SETTINGS, type Requirement, type RuleSetting, type Settings, type SettingsOf } from "../settings.ts";
import { type Document, entriesOf, entryOf, mistakeAt, parseDocument } from "./document.ts";
import { GlobList } from "./glob.ts";
import { ConfigError } from "./mistakes.ts";
import { CONFIG_NAME } from "./name.ts";
import { requiredIds, requirementMistakes, requirementsOf } from "./requirements.ts";
import { configSchema, type Schema } from "./schema.ts";
import { validate } from "./validate.ts";

/** Files that one configuration may be made of: two that extend a third twice each would double with every step. */
const MOST_LAYERS = 100;

/** One configuration file, without what it extends. */
interface Layer {
  /** Its globs count from here. */
  readonly folder: string;
  readonly rules: readonly RuleChange[];
  readonly overrides: readonly Override[];
  readonly ignore: GlobList;
  readonly requireReasons: boolean | null;
  readonly requirements: readonly Requirement[];
}

interface RuleChange {
  readonly id: string;
  readonly severity: Severity | "off";
  /** Null keeps the options given before. */
  readonly options: Readonly<Record<string, unknown>> | null;
}

interface Override {
  readonly files: GlobList;
  readonly ignoreFiles: GlobList;
  readonly role: Role | null;
  readonly rules: readonly RuleChange[];
}

/** The configuration that holds for a file or for what a folder contains: the nearest upward. Null where there is none. */
export function findConfig(host: Host, path: string): string | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const candidate = join(folder, CONFIG_NAME);
    if (host.kind(candidate) === "file") return candidate;
    if (folder === "") return null;
  }
}

/**
 * The settings for every file of a tree. Configurations are read when a file first asks for them.
 * @param options `explicit` is a configuration, relative to the root, that holds for every file instead of those found;
 * `globsFrom` is the folder from which all globs count then, by default that of the file they are written in
 * @returns a function that throws ConfigError where the configuration of a file cannot be used
 */
export function loadSettings(host: Host, rules: readonly Rule[], options: { readonly explicit?: string; readonly globsFrom?: string } = {}): SettingsOf {
  const reader = new ConfigReader(host, rules, options.globsFrom ?? null);
  const configs = new Map<string, string | null>();
  const settings = new Map<string, Settings>();
  return (path) => {
    const known = settings.get(path);
    if (known !== undefined) return known;
    const folder = folderOf(path);
    let config = options.explicit ?? configs.get(folder);
    if (config === undefined) {
      config = findConfig(host, path);
      configs.set(folder, config);
    }
    const made = config === null ? DEFAULT_SETTINGS : settingsFor(path, reader.layers(config));
    settings.set(path, made);
    return made;
  };
}

/** Reads configurations, each once. */
class ConfigReader {
  readonly #host: Host;
  readonly #rules: readonly Rule[];
  readonly #globsFrom: string | null;
  readonly #layers = new Map<string, readonly Layer[] | ConfigError>();
  readonly #schemas = new Map<string, Schema>();
  /** What all configurations require that have been read. */
  readonly #requirements: Requirement[] = [];
  /** Files read for the configuration at hand. */
  #count = 0;

  constructor(host: Host, rules: readonly Rule[], globsFrom: string | null) {
    this.#host = host;
    this.#rules = rules;
    this.#globsFrom = globsFrom;
  }

  /** A configuration's layers, weakest first. */
  layers(path: string): readonly Layer[] {
    let layers = this.#layers.get(path);
    if (layers === undefined) {
      try {
        this.#count = 0;
        layers = this.#read(path, []);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        layers = error;
      }
      this.#layers.set(path, layers);
    }
    if (layers instanceof ConfigError) throw layers;
    return layers;
  }

  #read(path: string, chain: readonly string[]): readonly Layer[] {
    const text = this.#host.read(path);
    if (text === null) throw new ConfigError([{ path, line: 1, column: 1, message: "this configuration cannot be read; check that it is a text file in UTF-8 that you may read" }]);
    const document = parseDocument(path, text);
    refuseCode(document);
    const extended = this.#extended(document, [...chain, path]);
    const known = [...new Set([...requiredIds(document), ...extended.flatMap(({ requirements }) => requirements.map(({ id }) => id))])];
    const mistakes = validate(document, this.#schemaWith(known));
    if (mistakes.length === 0) mistakes.push(...requirementMistakes(document, this.#rules, this.#requirements, this.#host));
    if (mistakes.length > 0) throw new ConfigError(mistakes);
    const layer = this.#layer(document);
    this.#requirements.push(...layer.requirements);
    return [...extended, layer];
  }

  /** The layers that a document starts from; none where it does not say so in a way that can be read. */
  #extended(document: Document, chain: readonly string[]): readonly Layer[] {
    const target = document.root.type === "object" ? entryOf(document.root, "extends") : null;
    const isReadable = textsOf(target).every(({ text }) => typeof text === "string" && text !== "");
    return isReadable ? textsOf(target).flatMap(({ text, node }) => this.#extend(document, node, text, chain)) : [];
  }

  #schemaWith(own: readonly string[]): Schema {
    const key = own.join(" ");
    const schema = this.#schemas.get(key) ?? configSchema(this.#rules, own);
    this.#schemas.set(key, schema);
    return schema;
  }

  #extend(document: Document, node: Node, target: string, chain: readonly string[]): readonly Layer[] {
    const path = join(folderOf(document.path), target);
    const fail = (message: string): never => {
      throw new ConfigError([mistakeAt(document, node, message)]);
    };
    if (target.startsWith("/") || isOutside(path)) return fail(`\`${target}\` leads out of the tree; extend a file inside it, by a path relative to this one`);
    if (chain.includes(path)) return fail(`\`${target}\` extends itself: ${[...chain.slice(chain.indexOf(path)), path].map((name) => `\`${name}\``).join(" → ")}; take one of these out`);
    if (++this.#count >= MOST_LAYERS) return fail(`more than ${MOST_LAYERS} configurations are extended from here; extend fewer`);
    const kind = this.#host.kind(path);
    if (kind === "link" || kind === "closed") return fail(`\`${path}\` is ${kind === "link" ? "a link that leads to nothing inside the tree" : "no regular file, or in a folder that you may not enter"}, and is never read; extend the file itself, inside the tree`);
    if (kind !== "file") return fail(`there is no file \`${path}\` to extend; the path is relative to \`${folderOf(document.path) || "."}\`${this.#hint(path)}`);
    return this.#read(path, chain);
  }

  /** A configuration that stands in the folder where one was looked for. */
  #hint(path: string): string {
    const candidate = join(path, CONFIG_NAME);
    return this.#host.kind(path) === "folder" && this.#host.kind(candidate) === "file" ? `; did you mean \`${baseName(path)}/${CONFIG_NAME}\`?` : "";
  }

  #layer(document: Document): Layer {
    const { path, root } = document;
    const overrides = entryOf(root, "overrides")?.children ?? [];
    const requireReasons = entryOf(root, "requireReasons")?.value as boolean | undefined;
    return {
      folder: this.#globsFrom ?? folderOf(path),
      rules: changesOf(entryOf(root, "rules")),
      overrides: overrides.map((override) => ({
        files: globsOf(entryOf(override, "files")),
        ignoreFiles: globsOf(entryOf(override, "ignoreFiles")),
        role: (entryOf(override, "role")?.value as Role | undefined) ?? null,
        rules: changesOf(entryOf(override, "rules")),
      })),
      ignore: globsOf(entryOf(root, "ignore")),
      requireReasons: requireReasons ?? null,
      requirements: requirementsOf(document),
    };
  }
}

/** A configuration comes with the tree that is linted, which may be a stranger's pull request: it says what holds, and never runs anything. */
function refuseCode(document: Document): void {
  const plugins = document.root.type === "object" ? entriesOf(document.root).find(({ name }) => name === "plugins") : undefined;
  if (plugins === undefined) return;
  throw new ConfigError([
    mistakeAt(document, plugins.key, "a configuration cannot load plugins: it comes with the tree that is linted, which may be a stranger's, and must not run code; name them on the command line with `--plugin FILE` or in your own settings, or write `requireOptions` here"),
  ]);
}

/** A text or a list of texts, validated before. */
function textsOf(node: Node | null): { readonly text: string; readonly node: Node }[] {
  const nodes = node === null ? [] : node.type === "array" ? (node.children ?? []) : [node];
  return nodes.map((each) => ({ text: each.value as string, node: each }));
}

function globsOf(node: Node | null): GlobList {
  return new GlobList(textsOf(node).map(({ text }) => text));
}

function changesOf(node: Node | null): RuleChange[] {
  if (node === null) return [];
  return entriesOf(node).map(({ name, value }) => {
    const [severity, options] = value.type === "array" ? (value.children ?? []) : [value];
    return { id: name, severity: severity?.value as RuleChange["severity"], options: options === undefined ? null : (plain(options) as Record<string, unknown>) };
  });
}

function plain(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(plain);
  if (node.type === "object") return Object.fromEntries(entriesOf(node).map(({ name, value }) => [name, plain(value)]));
  return node.value;
}

function settingsFor(path: string, layers: readonly Layer[]): Settings {
  const rules = new Map<string, RuleSetting>();
  let role: Role | null = null;
  let ignored = false;
  let requireReasons = false;
  const apply = (changes: readonly RuleChange[]): void => {
    for (const { id, severity, options } of changes) rules.set(id, { severity, options: options ?? rules.get(id)?.options ?? null });
  };
  const requirements = new Map(layers.flatMap((layer) => layer.requirements.map((requirement) => [requirement.id, requirement])));
  for (const { id, severity } of requirements.values()) rules.set(id, { severity, options: null });
  for (const layer of layers) {
    const inside = layer.folder === "" ? path : path.startsWith(`${layer.folder}/`) ? path.slice(layer.folder.length + 1) : null;
    apply(layer.rules);
    requireReasons = layer.requireReasons ?? requireReasons;
    // Globs count from the folder of the file that they are written in, so they cannot mean anything outside it.
    if (inside === null) continue;
    ignored = layer.ignore.verdict(inside) ?? ignored;
    for (const override of layer.overrides) {
      if (override.files.verdict(inside) !== true || override.ignoreFiles.verdict(inside) === true) continue;
      role = override.role ?? role;
      apply(override.rules);
    }
  }
  return { rule: (id) => rules.get(id) ?? null, role, ignored, requireReasons, requirements: [...requirements.values()] };
}
