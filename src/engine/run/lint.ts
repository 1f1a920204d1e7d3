/** Runs the rules over the targets of a tree and puts the findings where they belong. */
import { type At, type Project, type SourceFile, during, observed, readScripts } from "../model/index.ts";
import { type BaseTree, Past } from "./base.ts";
import { Fingerprints } from "./baseline/fingerprint.ts";
import { type Entry, entriesFor, systemsByModule } from "./entries.ts";
import { type PlannedFix, isWithheld, mendOf, plan } from "./fixes/plan.ts";
import { type Lack, place, placesOf } from "./placement.ts";
import type { Failure, FileResult, Finding, Related, Role, RuleInfo, RunResult, Severity, Summary } from "./result.ts";
import { type Placeless, type Planned, type Raw, messageOf, placeToLook, settled, withoutFix } from "./raw.ts";
import { Roles } from "./roles.ts";
import { type AnyProblem, type Rule, optionsOf } from "./rule.ts";
import { infoOf } from "./rule-info.ts";
import type { Settings, SettingsOf } from "./settings.ts";
import { type Suppression, type Suppressions, covers, readSuppressions } from "./suppressions.ts";

/** What is to be linted, and with what. */
export interface LintRequest {
  readonly project: Project;
  /** Root-relative paths of the files to report on. */
  readonly targets: readonly string[];
  readonly rules: readonly Rule[];
  /** Ids of all rules there are, where `rules` is a choice of them. */
  readonly knownRules?: ReadonlySet<string>;
  readonly settingsOf: SettingsOf;
  /** The base revision of git, for rules about changes; null or left out without one. */
  readonly base?: BaseTree | null;
  /** Turns a root-relative path into the one that reports show. */
  readonly displayPath: (path: string) => string;
  readonly tool: RunResult["tool"];
  /** Findings carry the text edits of their fixes. */
  readonly edits?: boolean;
}

/** A run that is about to be made. */
export interface PreparedRun {
  /** There are scripts to read: `project.shell` must be set before the result is asked for. */
  readonly needsShell: boolean;
  /**
   * Runs the rules. Never throws for anything in the tree: a rule that crashes becomes a failure of the run.
   * @param base in the place of the request's, for who comes to know it only now
   */
  result(base?: BaseTree | null): RunResult;
  /** The same with the fixes of the findings, in terms of the tree. */
  resultWithFixes(): { readonly result: RunResult; readonly fixes: readonly PlannedFix[] };
}

/** Works out what is to be judged, so that the caller can load what that needs. */
export function prepare(request: LintRequest): PreparedRun {
  const run = new Run(request);
  return { needsShell: run.needsShell(), result: (base) => run.result(base), resultWithFixes: () => ({ result: run.result(), fixes: run.fixes }) };
}

/** Lints where `project.shell` is set, or no rule that reads scripts takes part. */
export function lint(request: LintRequest): RunResult {
  return new Run(request).result();
}

/** Said of a file that is more than any module: what nobody looked at must not pass for clean. */
export const LIMIT_REACHED = "Not all of this was judged: it is nested too deep, or takes too long to work out. Make it simpler, or take it out of the tree.";

/** Findings of one file for which fixes are planned. */
const MOST_FIXES = 1000;

class Run {
  readonly #request: LintRequest;
  readonly #roles: Roles;
  readonly #targets: ReadonlySet<string>;
  readonly #failures: Failure[] = [];
  /** Filled by `result`. */
  readonly fixes: PlannedFix[] = [];
  #entries: readonly Entry[] | null = null;
  readonly #planned = new Map<SourceFile, number>();
  /** Fixes that were planned at once for what is judged right now. */
  #early = 0;
  /** Raw findings by root-relative path, each once. */
  readonly #raw = new Map<string, Map<string, Raw>>();

  constructor(request: LintRequest) {
    this.#request = request;
    this.#roles = new Roles(request.project, request.settingsOf);
    this.#targets = new Set(request.targets.filter((path) => !request.settingsOf(path).ignored));
  }

  needsShell(): boolean {
    if (this.#request.project.shell !== null || !this.#request.rules.some((rule) => rule.scope === "configuration")) return false;
    return this.#entriesOf([...this.#targets]).some((entry) => {
      this.#roles.trim();
      return during("scripts", { file: entry.file.path }, () => readScripts(entry.config, null)) === null;
    });
  }

  #entriesOf(targets: readonly string[]): readonly Entry[] {
    const readable = targets.filter((path) => this.#request.project.file(path) !== null);
    this.#entries ??= entriesFor(this.#roles, readable.sort());
    return this.#entries;
  }

  result(base = this.#request.base ?? null): RunResult {
    const { project, rules, displayPath, tool } = this.#request;
    const paths = [...this.#targets].sort();
    const readable: SourceFile[] = [];
    for (const path of paths) {
      const file = project.file(path);
      if (file !== null) readable.push(file);
      else this.#failures.push({ path: displayPath(path), rule: null, message: "This file cannot be read; check that it is a text file in UTF-8 that you may read." });
    }
    for (const file of readable) {
      this.#early = 0;
      project.noting(file.path, () => this.#judgeFile(file));
      if (file.syntax.tooDeep) project.cut.add(file.path);
      this.#roles.trim();
    }
    this.#judgeConfigurations(readable.map((file) => file.path), base);
    const files = readable.map((file) => {
      this.#roles.trim();
      return this.#finish(file);
    });
    for (const path of [...project.cut].sort()) this.#failures.push({ path: displayPath(path), rule: null, message: LIMIT_REACHED });
    return { files, summary: summarise(files), failures: this.#failures, rules: [...rules].sort(byId).map(infoOf), tool };
  }

  #settings(path: string): Settings {
    return this.#request.settingsOf(path);
  }

  #severity(rule: Rule, path: string): Severity | "off" {
    return this.#settings(path).rule(rule.id)?.severity ?? (rule.isRequirement === true ? "off" : rule.severity);
  }

  #options(rule: Rule, path: string): Record<string, unknown> {
    return optionsOf(rule, this.#settings(path).rule(rule.id)?.options ?? undefined);
  }

  /** Adds a finding; `planned` is its fix where that has been planned already. */
  #add(rule: Rule, problem: AnyProblem, at: At, planned?: Planned): void {
    if (!this.#isWantedAt(rule, at)) return;
    const { path } = at.file;
    const found = this.#raw.get(path) ?? new Map<string, Raw>();
    const id = `${rule.id}\0${at.start}\0${at.end}\0${messageOf(rule, problem)}`;
    if (!found.has(id)) found.set(id, settled(rule, problem, at, planned === undefined ? this.#planEarly(rule, problem, at) : planned));
    this.#raw.set(path, found);
  }

  #isWantedAt(rule: Rule, { file }: At): boolean {
    return this.#targets.has(file.path) && this.#severity(rule, file.path) !== "off";
  }

  /** Plans a fix at once, unless there are more than anybody would mend: undefined then. */
  #planEarly(rule: Rule, problem: AnyProblem, at: At): Planned | undefined {
    return this.#early++ < MOST_FIXES ? this.#fix(rule, problem, at) : undefined;
  }

  /** Runs a rule so that its crash is told and nothing else is lost. */
  #guard(rule: Rule, path: string, run: () => Iterable<AnyProblem>): AnyProblem[] {
    return this.#guarded(rule, path, () => [...run()], []);
  }

  #guarded<T>(rule: Rule, path: string, run: () => T, otherwise: T): T {
    try {
      return during("rules", { rule: rule.id, file: path }, run);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.#failures.push({
        path: this.#request.displayPath(path),
        rule: rule.id,
        message: `The rule crashed (${what.replace(/\s+/g, " ")}). ${rule.plugin === undefined ? "This is a mistake in tappaas-lint: please report it with this file" : `It comes from the plugin ${rule.plugin}`}; \`--ignore-rule ${rule.id}\` goes on without the rule.`,
      });
      return otherwise;
    }
  }

  #judgeFile(file: SourceFile): void {
    const role = this.#roles.roleOf(file.path);
    for (const rule of this.#request.rules) {
      if (rule.scope !== "file" || !rule.roles.includes(role) || this.#severity(rule, file.path) === "off") continue;
      const context = { file, role, project: this.#request.project, options: this.#options(rule, file.path) };
      for (const problem of this.#guard(rule, file.path, () => rule.check(context))) {
        this.#add(rule, problem, problem.at ?? { file, start: 0, end: 0 });
      }
    }
  }

  #judgeConfigurations(targets: readonly string[], base: BaseTree | null): void {
    const rules = this.#request.rules.filter((rule) => rule.scope === "configuration");
    if (rules.length === 0) return;
    const entries = this.#entriesOf(targets);
    const { shell } = this.#request.project;
    const past = base === null || base.changed.size === 0 ? null : new Past(base, this.#request.settingsOf);
    const roles = this.#roles;
    const lacks: Lack<Placeless>[] = [];
    const systemsOf = systemsByModule(entries);
    const judgeEntry = (entry: Entry): void => {
      this.#early = 0;
      const { config } = entry;
      let places: ReadonlyMap<string, At> | null = null;
      // Each is judged on a budget of its own: of many, the later ones would pass as clean otherwise.
      this.#request.project.evaluator.refill();
      for (const rule of rules) {
        if (!rule.roles.includes(entry.role) || !this.#isWanted(rule, entry)) continue;
        const context = {
          config,
          entry: entry.file,
          role: entry.role,
          isFlakeBuilt: entry.isFlakeBuilt,
          systemsWith: (file: SourceFile) => systemsOf.get(file.path) ?? 0,
          json: entry.json,
          get scripts() {
            const scripts = during("scripts", undefined, () => readScripts(config, shell));
            if (scripts === null) throw new Error("the shell grammar is not loaded");
            return scripts;
          },
          get before() {
            return past?.of(entry, roles) ?? null;
          },
          project: this.#request.project,
          options: this.#options(rule, entry.file.path),
        };
        for (const problem of this.#guard(rule, entry.file.path, () => rule.check(context))) {
          if (problem.at !== undefined) this.#add(rule, problem, problem.at);
          // A fragment alone is never complete: what it lacks, something else may have.
          else if (entry.role !== "fragment") lacks.push(this.#lack(entry, rule, problem, (places ??= placesOf(entry, roles))));
        }
      }
    };
    let done: SourceFile | null = null;
    for (const [index, entry] of entries.entries()) {
      observed.by?.reached("configurations", index, entries.length);
      roles.trim(done);
      done = entry.file;
      this.#request.project.noting(entry.file.path, () => judgeEntry(entry));
    }
    const skips = ({ rule }: { rule: Rule }): boolean => rule.scope === "configuration" && !rule.roles.includes("baseline");
    const listed = new Set(lacks.length === 0 ? [] : this.#request.project.host.nixFiles());
    const isOurs = (path: string): boolean => listed.has(path) || this.#targets.has(path);
    for (const { at, problem: { rule, problem, planned } } of place(lacks, entries, this.#roles, skips, isOurs)) this.#add(rule, problem, at, planned.get(at));
  }

  #lack(entry: Entry, rule: Rule, problem: AnyProblem, places: ReadonlyMap<string, At>): Lack<Placeless> {
    const near = problem.near ?? null;
    const possible = [...(near === null ? [] : [near]), ...places.values()].filter((at) => this.#isWantedAt(rule, at));
    const planned = new Map(possible.map((at) => [at, this.#planEarly(rule, problem, at)]));
    const isPlanned = [...planned.values()].every((fix) => fix !== undefined);
    return { entry, key: JSON.stringify([rule.id, problem.missing]), near, places, problem: { rule, problem: isPlanned ? withoutFix(problem) : problem, planned } };
  }

  /** A rule that is off for every file of a configuration need not run on it. */
  #isWanted(rule: Rule, entry: Entry): boolean {
    return entry.modules.some((path) => this.#targets.has(path) && this.#severity(rule, path) !== "off") || this.#severity(rule, entry.file.path) !== "off";
  }

  #finish(file: SourceFile): FileResult {
    const role = this.#roles.roleOf(file.path);
    const suppressions = readSuppressions(file);
    const used = new Map<Suppression, Set<string>>();
    const fingerprints = new Fingerprints();
    const raw = [...(this.#raw.get(file.path)?.values() ?? [])].sort((a, b) => a.at.start - b.at.start);
    const findings = raw.map((found) => this.#finding(found, suppressions, used, fingerprints));
    for (const found of this.#aboutSuppressions(file, role, suppressions, used)) findings.push(this.#finding(found, { all: [], broken: [] }, used, fingerprints));
    return { path: this.#request.displayPath(file.path), role, findings: findings.sort(byPlace), text: file.syntax.source.text };
  }

  #aboutSuppressions(file: SourceFile, role: Role, suppressions: Suppressions, used: ReadonlyMap<Suppression, ReadonlySet<string>>): Raw[] {
    const found: Raw[] = [];
    for (const rule of this.#request.rules) {
      if (rule.scope !== "suppressions" || !rule.roles.includes(role) || this.#severity(rule, file.path) === "off") continue;
      const ran = new Set(this.#request.rules.filter((other) => this.#severity(other, file.path) !== "off").map(({ id }) => id));
      const context = {
        file,
        suppressions: suppressions.all,
        broken: suppressions.broken,
        used,
        known: this.#request.knownRules ?? new Set(this.#request.rules.map(({ id }) => id)),
        ran,
        requireReasons: this.#settings(file.path).requireReasons,
        options: this.#options(rule, file.path),
      };
      for (const problem of this.#guard(rule, file.path, () => rule.check(context))) found.push({ rule, problem, at: problem.at ?? { file, start: 0, end: 0 }, planned: undefined });
    }
    return found;
  }

  #finding(raw: Raw, suppressions: Suppressions, used: Map<Suppression, Set<string>>, fingerprints: Fingerprints): Finding {
    const { rule, problem, at } = raw;
    const { source } = at.file.syntax;
    const start = source.position(at.start);
    let reason: string | null = null;
    let suppressed = false;
    for (const suppression of suppressions.all) {
      if (!covers(suppression, rule.id, start.line)) continue;
      suppressed = true;
      reason ??= suppression.reason;
      used.set(suppression, (used.get(suppression) ?? new Set()).add(rule.id));
    }
    const severity = this.#severity(rule, at.file.path);
    // A configured severity is the user's word; without one a problem may weigh less than its rule.
    const own = this.#settings(at.file.path).rule(rule.id) === null ? (problem.severity ?? severity) : severity;
    const made = suppressed ? null : this.#countedFix(raw);
    const withheld = made !== null && isWithheld(made) ? made : null;
    const planned = made === null || isWithheld(made) ? null : made;
    const finding: Finding = {
      rule: rule.id,
      severity: own === "off" ? rule.severity : own,
      message: messageOf(rule, problem),
      start,
      end: source.position(at.end),
      fingerprints: fingerprints.of(rule, problem, at),
      suppressed,
      ...(reason === null ? {} : { reason }),
      fix: planned?.kind ?? null,
      ...(planned === null || this.#request.edits !== true ? {} : { mend: mendOf(planned, this.#request.displayPath) }),
      ...(withheld === null ? {} : { withheld: withheld.since }),
      related: [...(problem.related ?? []), ...placeToLook(raw, withheld)].map((related) => this.#related(related.at, related.message)),
    };
    if (planned !== null) this.fixes.push({ ...planned, path: at.file.path, finding });
    return finding;
  }

  /** The same for as many findings of a file as anybody would mend at once: each takes time that grows with the file. */
  #countedFix({ rule, problem, at, planned }: Raw): Planned {
    const { file } = at;
    const count = this.#planned.get(file) ?? 0;
    this.#planned.set(file, count + 1);
    return count < MOST_FIXES ? (planned === undefined ? this.#fix(rule, problem, at) : planned) : { since: "the file has too many findings; mend the others first" };
  }

  #fix(rule: Rule, problem: AnyProblem, at: At): Planned {
    const { fix } = problem;
    if (fix === undefined || rule.fix === null) return null;
    const kind = rule.fix;
    return this.#guarded(rule, at.file.path, () => plan(fix, at, kind, (path) => !this.#settings(path).ignored), null);
  }

  #related(at: At, message: string): Related {
    const { source } = at.file.syntax;
    return { path: this.#request.displayPath(at.file.path), start: source.position(at.start), end: source.position(at.end), message };
  }
}

function byId(a: Rule | RuleInfo, b: Rule | RuleInfo): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function byPlace(a: Finding, b: Finding): number {
  return a.start.line - b.start.line || a.start.column - b.start.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}

function summarise(files: readonly FileResult[]): Summary {
  const all = files.flatMap((file) => file.findings);
  const open = all.filter((finding) => !finding.suppressed);
  const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return {
    files: files.length,
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    suppressed: all.length - open.length,
    fixable: open.filter((finding) => finding.fix !== null).length,
  };
}

/** The role of a file, as a run would recognise it. */
export function roleOf(project: Project, path: string, settingsOf: SettingsOf): Role {
  return new Roles(project, settingsOf).roleOf(path);
}
