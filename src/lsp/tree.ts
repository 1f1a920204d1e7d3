/** Judges the files of one tree, each again only when something that its judgement hangs on has changed. */
import { type Host, Project } from "../engine/model/index.ts";
import { CONFIG_NAME } from "../engine/run/config/name.ts";
import type { ConfigMistake } from "../engine/run/config/index.ts";
import { DEFAULT_SETTINGS, type Entry, type FileResult, type PlannedFix, Roles, type RuleInfo, type RunResult, type SettingsOf, entriesFor, fixFiles, infoOf, prepare } from "../engine/run/index.ts";
import { ownRules } from "../rules/own.ts";
import type { Grammars } from "./grammars.ts";
import type { Disk, Platform } from "./platform.ts";
import { SyntaxCache } from "./syntax-cache.ts";
import { RecordingHost, TreeHost } from "./tree-host.ts";

/** What was found in one file. */
export interface Judgement {
  /** Null where the file cannot be read or is ignored: it has no findings then. */
  readonly file: FileResult | null;
  readonly failures: RunResult["failures"];
  /** Mistakes in the configuration that it should have: it was judged as if there were none. */
  readonly mistakes: readonly ConfigMistake[];
}

/** A configuration for every file of a tree, instead of those that are found. */
export interface GivenConfiguration {
  /** The files among which it stands. */
  readonly disk: Disk;
  readonly path: string;
}

/** A tree that documents are open in. */
export class Tree {
  readonly host: TreeHost;
  readonly #tool: Platform["tool"];
  readonly #rules: Platform["rules"];
  readonly #grammars: Grammars;
  readonly #parser: SyntaxCache;
  #given: GivenConfiguration | null = null;
  /** What the rules say of themselves that there are, as far as files have been judged: some are the project's own. */
  readonly #infos: Map<string, RuleInfo>;
  readonly #judgements = new Map<string, { readonly judgement: Judgement; readonly host: RecordingHost }>();

  constructor(disk: Disk, grammars: Grammars, { tool, rules: known }: Pick<Platform, "tool" | "rules">) {
    this.host = new TreeHost(disk);
    this.#grammars = grammars;
    this.#parser = new SyntaxCache(grammars.nix);
    this.#tool = tool;
    this.#rules = known;
    this.#infos = new Map(known.map((rule) => [rule.id, infoOf(rule)]));
  }

  get root(): string {
    return this.host.disk.root;
  }

  /** Takes the configuration from elsewhere from now on; nothing that was judged holds any longer. */
  configure(given: GivenConfiguration | null): void {
    this.#given = given;
    this.#judgements.clear();
  }

  /** An open document has this text now; null where it has been closed. */
  lay(path: string, text: string | null): void {
    const before = this.host.read(path);
    const kind = this.host.kind(path);
    this.host.lay(path, text);
    this.#settle([[path, before]], kind !== this.host.kind(path));
  }

  /** Files have changed on the disk; `isStructure` where some may have come or gone. */
  changed(paths: readonly string[], isStructure: boolean): void {
    const before = paths.map((path): [string, string | null] => [path, this.host.read(path)]);
    for (const path of paths) this.host.forget(path, isStructure);
    this.#settle(before, isStructure);
  }

  /** Anything may have changed on the disk, as far as somebody has asked for it. */
  refresh(): void {
    const asked = new Set(this.host.nixFiles());
    for (const { host } of this.#judgements.values()) for (const path of host.asked()) asked.add(path);
    this.changed([...asked], true);
  }

  #settle(before: readonly (readonly [string, string | null])[], isStructure: boolean): void {
    const changes = before.map(([path, text]) => ({ path, before: text, after: this.host.read(path) })).filter((change) => change.before !== change.after);
    if (changes.length === 0 && !isStructure) return;
    for (const change of changes) this.#parser.drop(change.before);
    this.host.settle(changes, isStructure);
    for (const [path, { host }] of this.#judgements) if (!host.stands(changes, isStructure)) this.#judgements.delete(path);
  }

  /** What a rule says of itself; null for what is none here. */
  info(rule: string): RuleInfo | null {
    return this.#infos.get(rule) ?? null;
  }

  /** What all rules say of themselves. */
  infos(): readonly RuleInfo[] {
    return [...this.#infos.values()];
  }

  /** The judgement of a file where it has been made and still holds, else null. */
  known(path: string): Judgement | null {
    return this.#judgements.get(path)?.judgement ?? null;
  }

  /** What is found in a file. */
  async judge(path: string): Promise<Judgement> {
    for (;;) {
      const known = this.known(path);
      if (known !== null) return known;
      const host = new RecordingHost(this.host);
      const { settingsOf, mistakes } = await this.#settings(host, path);
      const isTarget = !settingsOf(path).ignored && host.read(path) !== null;
      const project = this.#project(host);
      const all = [...this.#rules, ...(isTarget ? await ownRules(settingsOf, [path]) : [])];
      const run = prepare({ project, targets: isTarget ? [path] : [], rules: all, knownRules: new Set(all.map(({ id }) => id)), settingsOf, edits: true, displayPath: (shown) => shown, tool: this.#tool });
      if (run.needsShell) {
        await this.#grammars.loadShell();
        // Meanwhile the document may have changed.
        continue;
      }
      const { files, failures, rules: ran } = run.result();
      for (const info of ran) this.#infos.set(info.id, info);
      const judgement = { file: files[0] ?? null, failures, mistakes };
      this.#judgements.set(path, { judgement, host });
      return judgement;
    }
  }

  /**
   * The text of a file after the fixes that are taken, pass by pass until there are no more; null where it would not settle or
   * cannot be read. The same as the command line makes of it.
   */
  async mend(path: string, takes: (fix: PlannedFix) => boolean): Promise<string | null> {
    await this.#grammars.loadShell();
    const { settingsOf } = await this.#settings(this.host, path);
    const open = (host: Host): Project => {
      const project = new Project(host, this.#parser.borrowed);
      project.shell = this.#grammars.shell;
      return project;
    };
    const all = [...this.#rules, ...(await ownRules(settingsOf, [path]))];
    const { files, unsettled } = fixFiles({ host: this.host, open, targets: [path], rules: all, knownRules: new Set(all.map(({ id }) => id)), settingsOf, displayPath: (shown) => shown, tool: this.#tool, kinds: new Set(["safe", "proposed"]), takes });
    if (unsettled.includes(path)) return null;
    return files.find((file) => file.path === path)?.after ?? this.host.read(path);
  }

  /** The files that a run over the whole tree reports on. */
  async targets(): Promise<readonly string[]> {
    const { settingsOf } = await this.#settings(this.host, "");
    return this.host.nixFiles().filter((path) => !settingsOf(path).ignored && this.host.read(path) !== null);
  }

  /** The configurations that a module is part of: its own, or those of what imports it. */
  async entriesOf(path: string): Promise<{ readonly project: Project; readonly entries: readonly Entry[] }> {
    const { settingsOf } = await this.#settings(this.host, path);
    const project = this.project();
    const entries = entriesFor(new Roles(project, settingsOf), [path]).filter(({ config }) => config.modules.some((module) => module.file.path === path));
    return { project, entries };
  }

  /** The mistakes in one configuration. */
  async mistakesIn(path: string): Promise<readonly ConfigMistake[]> {
    const { ConfigError, loadSettings } = await import("../engine/run/config/index.ts");
    try {
      loadSettings(this.host, this.#rules, { explicit: path })(path);
    } catch (error) {
      if (error instanceof ConfigError) return error.mistakes.filter((mistake) => mistake.path === path);
      throw error;
    }
    return [];
  }

  /** The tree as it is now, parsed where somebody looks. */
  project(): Project {
    return this.#project(this.host);
  }

  #project(host: TreeHost | RecordingHost): Project {
    const project = new Project(host, this.#parser);
    project.shell = this.#grammars.shell;
    return project;
  }

  async #settings(host: TreeHost | RecordingHost, path: string): Promise<{ readonly settingsOf: SettingsOf; readonly mistakes: readonly ConfigMistake[] }> {
    const given = this.#given;
    if (given === null && !hasConfiguration(host, path)) return { settingsOf: () => DEFAULT_SETTINGS, mistakes: [] };
    const { ConfigError, loadSettings } = await import("../engine/run/config/index.ts");
    // As on the command line: the globs of one that stands elsewhere count from the root of this tree.
    const isInside = given?.disk.root === this.root;
    const strict = given === null ? loadSettings(host, this.#rules) : loadSettings(isInside ? host : given.disk, this.#rules, { explicit: given.path, ...(isInside ? {} : { globsFrom: "" }) });
    const mistakes: ConfigMistake[] = [];
    const settingsOf: SettingsOf = (asked) => {
      try {
        return strict(asked);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        if (asked === path && mistakes.length === 0) mistakes.push(...error.mistakes);
        return DEFAULT_SETTINGS;
      }
    };
    settingsOf(path);
    return { settingsOf, mistakes };
  }
}

/** Whether any file of the tree may have a configuration: where none has, what reads them need not be loaded. */
function hasConfiguration(host: TreeHost | RecordingHost, path: string): boolean {
  const folders = new Set<string>([""]);
  for (const file of [path, ...host.nixFiles()]) {
    for (let end = file.lastIndexOf("/"); end > 0; end = file.lastIndexOf("/", end - 1)) folders.add(file.slice(0, end));
  }
  return [...folders].some((folder) => host.kind(folder === "" ? CONFIG_NAME : `${folder}/${CONFIG_NAME}`) === "file");
}
