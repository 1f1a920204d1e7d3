/** Lints: from the paths of a command line to reports and an exit status. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { type Host, Project } from "../engine/model/index.ts";
import { BASELINE_NAME } from "../engine/run/baseline/name.ts";
import type { Failure, Finding, Rule, RunResult } from "../engine/run/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";
import { loadReporter, plainOptions } from "../report/index.ts";
import { rules as allRules } from "../rules/index.ts";
import type { LintOptions } from "./arguments.ts";
import type { Changes } from "./base.ts";
import type { Company } from "./company.ts";
import type { Cache } from "./cache/cache.ts";
import type { Answers } from "./cache/questions.ts";
import type { TreeRun } from "./baseline.ts";
import type { Mended, Mending } from "./fix-run.ts";
import { type Judged, type Parsers, type Part, baseOf, displayPathOf, judgePart, requestOf } from "./judging.ts";
import { STDERR, STDOUT, complain, print } from "./output.ts";
import { knownRules } from "./plugins.ts";
import { writeReasonOf } from "./reason.ts";
import { gitTop } from "./roots.ts";
import { merged, summaryOf } from "./results.ts";
import { type Settled, chosen, settle } from "./rule-choice.ts";
import { expectShortRun } from "./short-run.ts";
import { isTerminalStream, terminalOptions } from "./terminal.ts";
import { threadsFor } from "./thread-start.ts";
import type { Threads } from "./threads.ts";
import { type Tree, openTrees } from "./trees.ts";
import { UsageError } from "./usage-error.ts";
import type { Memory } from "./watch.ts";

/** What a module with scripts is likely to hold. */
const SCRIPTS = /\b(?:script\b|Exec[A-Z]|writeShell|(?:pre|post)St(?:art|op)\b)/;

const WEIGHTS = { error: 3, warning: 2, info: 1, never: 4 } as const;

/** Lints and reports. Returns the exit status: 0 nothing that makes it fail, 1 findings, 2 the run itself failed. */
export async function lintCommand(options: LintOptions): Promise<0 | 1 | 2> {
  const cwd = process.cwd();
  if (options.watch) return (await import("./watch.ts")).watch(options, cwd, lintOnce);
  expectShortRun();
  return lintOnce(options, cwd, null);
}

/**
 * Lints and reports once.
 * @param memory of the runs before it; null where there are none
 */
async function lintOnce(options: LintOptions, cwd: string, memory: Memory | null): Promise<0 | 1 | 2> {
  const company = options.statistics || options.profile !== null || (await isTerminalStream(STDERR)) ? await (await import("./company.ts")).companyFor(options) : null;
  const tell = (message: string): void => {
    company?.hush();
    complain(message);
  };
  const linted = await lintPaths(options, cwd, tell, company, memory).catch((error: unknown) => {
    company?.hush();
    throw error;
  });
  company?.hush();
  company?.phase("reports");
  memory?.isDone();
  const status = await reported(linted, options, cwd);
  return company === null ? status : company.leave(status);
}

async function reported({ result, mending, isWritten, cache }: Linted, options: LintOptions, cwd: string): Promise<0 | 1 | 2> {
  const areReportsMade = await report(quietened(result, options), options, cwd, mending);
  const status = statusOf(result, options, areReportsMade && isWritten);
  cache?.write();
  return options.diff && status !== 2 ? (mending?.wouldWrite === true ? 1 : 0) : status;
}

/** What a run came to. */
interface Linted {
  readonly result: RunResult;
  readonly mending: Mending | null;
  /** Whether every baseline that was to be written is. */
  readonly isWritten: boolean;
  /** Where what was found is to be kept; null for nowhere. */
  readonly cache: Cache | null;
}

/**
 * Lints without reporting.
 * @param tell is given what people should know beside the result
 * @param company goes along with the run, where somebody asks for that
 * @param memory of runs before it that are told what changed since
 * @throws UsageError for what cannot be done as it is asked for
 */
export async function lintPaths(options: LintOptions, cwd: string, tell: (message: string) => void, company: Company | null = null, memory: Memory | null = null): Promise<Linted> {
  company?.phase("finding files");
  const opened = memory === null && mayBeKept(options) ? (await import("./cache/cache.ts")).openCache(options, cwd) : null;
  // What takes long begins beside the search for files, unless an earlier run may have left nothing to do.
  const soon = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
    const asked = once(ask);
    if (opened?.hasEntry !== true) void asked();
    return asked;
  };
  const grammars = once(() => import("./grammars.ts"));
  const nix = soon(async () => (await grammars()).loadNixParser());
  const { trees, failures } = await openTrees(options, cwd, memory?.disk);
  company?.phase("settings and git");
  if (opened?.hasEntry !== true && trees.some(({ host, targets }) => hasScripts(host, targets))) (await grammars()).compileShellGrammar();
  const known = await knownRules(options.plugins, trees.map(({ disk }) => disk.root), cwd);
  const asked = trees.map((tree) => soon(() => changesOf(tree, options, chosen(known, options))));
  if (typeof options.baseline === "string" && trees.length > 1) throw new UsageError(`\`--baseline ${options.baseline}\` is for one tree, and the paths lead into ${trees.length}; lint each in a run of its own.`);
  // Plugins are loaded in this thread only, and V8 profiles one.
  const isShared = known === allRules && memory === null && options.profile === null;
  const threads = trees.map((tree) => soon(async () => (isShared ? threadsOf(tree, tree.targets, options) : null)));
  // Rules of plugins may read whatever they like.
  const cache = opened !== null && known === allRules && trees.length === 1 && trees.every(({ disk, targets }) => targets.length > 1 && opened.isOutside(disk.root)) ? opened : null;
  const settled = await settle(trees, known, options, cwd);
  const runs: TreeRun[] = [];
  const mended: Mended[] = [];
  const own: Failure[] = [...failures];
  const shell = once(async (): Promise<ShellParser> => (await grammars()).loadShellParser());
  for (const [index, found] of trees.entries()) {
    company?.phase("settings and git");
    const baseline = hasBaseline(found, options) ? (await import("./baseline.ts")).readBaseline(found, options, cwd) : null;
    const { settings, rules } = settled[index] as Settled;
    const changes = asked[index] as (typeof asked)[number];
    const isScoped = options.changed || options.dependents;
    const project = isScoped ? new Project(found.host, await nix()) : undefined;
    const tree = project !== undefined ? { ...found, targets: (await import("./scope.ts")).scopeOf(found, options, options.changed ? await changes() : null, project, settings) } : found;
    const displayPath = displayPathOf(tree.disk, cwd);
    const wanted = tree.targets.filter((path) => !settings(path).ignored);
    if (tree.targets.length > 0) own.push(...ignoredFailure(tree, wanted, displayPath, tell));
    const readable = wanted.filter((path) => tree.host.read(path) !== null);
    for (const path of wanted) if (tree.host.read(path) === null) own.push({ path: displayPath(path), rule: null, message: `This file cannot be read: ${tree.disk.problem(path) ?? "it does not exist"}.` });
    const about = { disk: tree.disk, host: tree.host, settings, rules: chosen(rules, options), knownRules: new Set(rules.map(({ id }) => id)), cwd };
    const judgeAll = async (judged: Judged, targets: readonly string[], answers: Answers | null): Promise<readonly Part[]> => {
      if (opened?.hasEntry === true && hasScripts(tree.host, targets)) (await grammars()).compileShellGrammar();
      company?.phase("grammars");
      const parsers: Parsers = { nix: await nix(), shell };
      company?.phase("judging");
      company?.expect(targets.length, displayPath);
      if (memory !== null) return [{ targets, result: await memory.judge(judged, targets, parsers), asked: null }];
      const others = opened?.hasEntry === true && isShared ? await threadsOf(tree, targets, options) : await threads[index]?.();
      return (await others?.judge(judged, options.config, targets, parsers, answers, company?.threads ?? null)) ?? [await judgePart(judged, targets, parsers, answers, project)];
    };
    if (options.fix === null) {
      const compares = isCompared(tree, options, about.rules);
      let known = readable.length;
      const judge = async (judged: Judged, targets: readonly string[], answers: Answers | null): Promise<readonly Part[]> => {
        known -= targets.length;
        return judgeAll(judged, targets, answers);
      };
      const results = cache !== null ? await cache.judge(about, readable, { compares, changes, judge }) : (await judge({ ...about, changes: changes() }, readable, null)).map(({ result }) => result);
      if (cache !== null) company?.spare(known);
      runs.push({ tree, result: merged(results, [], about.rules), baseline });
    } else {
      // A fix may bring in what only the shell grammar reads.
      const parsers: Parsers = { nix: await nix(), shell };
      const read = await shell();
      const judged = { ...about, changes: changes() };
      const open = (host: Host): Project => Object.assign(new Project(host, parsers.nix), { shell: read });
      const mending = (await import("./fix-run.ts")).mendInMemory({ tree, request: { ...requestOf(judged, readable, open(tree.host)), base: await baseOf(judged, parsers) }, open }, options.fix);
      mended.push(mending);
      runs.push({ tree, result: mending.outcome.result, baseline });
    }
  }
  const mending = options.fix === null ? null : await (await import("./fix-run.ts")).finish(mended, options);
  const found = mending === null ? runs : runs.map((run, index) => ({ ...run, result: mending.results[index] ?? run.result }));
  if (mending !== null) own.push(...mending.failures);
  const isWhole = own.length === 0 && found.every(({ result }) => result.failures.length === 0);
  const { results, isWritten } = found.every(({ baseline }) => baseline === null)
    ? { results: found.map(({ result }) => result), isWritten: true }
    : await (await import("./baseline.ts")).applyBaselines(found, options, cwd, isWhole, tell);
  return { result: merged(results, own, chosen(known, options)), mending, isWritten, cache };
}

function hasScripts(host: Host, targets: readonly string[]): boolean {
  return targets.some((path) => SCRIPTS.test(host.read(path) ?? ""));
}

/** Asks when first wanted, and no more. What went wrong is told to whoever waits for the answer. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => {
    if (answer === null) {
      answer = ask();
      answer.catch(() => undefined);
    }
    return answer;
  };
}

/** Whether an earlier run can know what this one will find: a few files are soon judged, and standard input and what is mended are of the moment. */
function mayBeKept({ cache, fix, changed, dependents, paths, plugins }: LintOptions): boolean {
  const isOneFile = paths.length === 1 && paths[0]?.endsWith(".nix") === true;
  return cache && fix === null && !changed && !dependents && !isOneFile && !paths.includes("-") && plugins.length === 0;
}

/** Threads beside this one, where a tree is worth them; standard input is one file, and what is mended is judged again and again as a whole. */
async function threadsOf({ host, disk }: Tree, targets: readonly string[], { threads, fix }: LintOptions): Promise<Threads | null> {
  if (host !== disk || targets.length < 2 || fix !== null) return null;
  const size = threads === null ? targets.reduce((sum, path) => sum + (host.read(path)?.length ?? 0), 0) : 0;
  const count = threadsFor(size, threads, availableParallelism);
  return count < 2 ? null : (await import("./threads.ts")).startThreads(count - 1);
}

/** Whether rules compare a tree with what git has. */
function isCompared({ disk }: Tree, { base }: LintOptions, rules: readonly Rule[]): boolean {
  return (base !== null || rules.some(({ comparesWithBase }) => comparesWithBase === true)) && existsSync(join(disk.root, ".git"));
}

/**
 * What git says has changed in a tree; null where nobody needs it or there is no git. The question runs beside the loading of the grammars.
 * @throws UsageError where the command line asks for it and git cannot tell
 */
async function changesOf(tree: Tree, { base, changed }: LintOptions, rules: readonly Rule[]): Promise<Changes | null> {
  const isAsked = base !== null || changed;
  if (!isAsked && !rules.some(({ comparesWithBase }) => comparesWithBase === true)) return null;
  if (existsSync(join(tree.disk.root, ".git"))) {
    const { changesSince, changesSinceHead } = await import("./base.ts");
    return isAsked ? changesSince(tree.disk.root, base, changed) : changesSinceHead(tree.disk);
  }
  if (!isAsked) return null;
  throw new UsageError(`\`${base === null ? "--changed" : "--base"}\` compares with what git has, and ${tree.disk.root} is no git working tree; leave it out there.`);
}

/** Whether there is a baseline, or is to be one; what reads it is loaded only then. */
function hasBaseline({ disk }: Tree, { baseline, rewriteBaseline }: LintOptions): boolean {
  return typeof baseline === "string" || rewriteBaseline !== null || (baseline === null && existsSync(join(disk.root, BASELINE_NAME)));
}

/**
 * Files that were named themselves and are ignored are only noted: a commit hook names whatever changed. Folders in which
 * everything is ignored are a failure, since a run that checks nothing must not pass for a clean one.
 */
function ignoredFailure({ targets, named }: Tree, wanted: readonly string[], displayPath: (path: string) => string, tell: (message: string) => void): Failure[] {
  const ignored = targets.filter((path) => !wanted.includes(path));
  for (const path of ignored) if (named.has(path)) tell(`${displayPath(path)} is ignored by its configuration and was not checked.`);
  if (wanted.length > 0 || targets.every((path) => named.has(path))) return [];
  return [{ path: null, rule: null, message: `The configuration ignores all of the ${targets.length} files found; take something out of its \`ignore\`, or lint another folder.` }];
}

/** With `--quiet` only errors are left, and what else makes the run fail: nobody shall wonder about the status. */
function quietened(result: RunResult, { quiet, failOn }: LintOptions): RunResult {
  if (!quiet) return result;
  const least = Math.min(WEIGHTS.error, WEIGHTS[failOn]);
  const isShown = (finding: Finding): boolean => WEIGHTS[finding.severity] >= least;
  const files = result.files.map((file) => ({ ...file, findings: file.findings.filter(isShown) }));
  return { ...result, files, summary: summaryOf(files, files.reduce((sum, { findings }) => sum + findings.filter(({ suppressed }) => suppressed).length, 0)) };
}

/** Makes the reports; whether all of them could be written. */
async function report(result: RunResult, options: LintOptions, cwd: string, mending: Mending | null): Promise<boolean> {
  const prefix = relative(gitTop(cwd) ?? cwd, cwd);
  let isComplete = true;
  // The mended text or the diff is then all that goes to standard output.
  const stream = mending?.takesOutput === true ? STDERR : STDOUT;
  const isForPeople = options.reports.some(({ format, file }) => file === null && format === "pretty");
  if (mending !== null) print(isForPeople ? stream : STDERR, `${mending.text}${options.diff ? "" : "\n"}`);
  const files = options.reports.some(({ file }) => file !== null) ? await import("./whole-file.ts") : null;
  const writing = files === null ? null : new files.Writing();
  for (const { format, file } of options.reports) {
    if (file === null && options.diff) continue;
    const reporter = await loadReporter(format);
    const look = file === null ? await terminalOptions(options.color) : { width: plainOptions.width, colors: plainOptions.colors, hyperlinks: false };
    const text = await reporter(result, { ...look, fixHint: true, prefix, includeSuppressed: options.includeSuppressed });
    try {
      if (file === null) print(stream, text);
      else files?.writeWhole(file, text);
    } catch (error) {
      complain(error instanceof UsageError ? error.message : `The report ${file} cannot be written: ${writeReasonOf(error)}.`);
      isComplete = false;
    }
  }
  await writing?.end("every report is either as it was or written");
  // Reports for programs have no place for failures, and nobody may be looking at a file.
  if (options.diff || !options.reports.some(({ format, file }) => file === null && !["json", "sarif", "gitlab"].includes(format))) {
    for (const { path, rule, message } of result.failures) complain(`${path === null ? "" : `${path}: `}${message}${rule === null ? "" : ` [${rule}]`}`);
  }
  return isComplete;
}

function statusOf({ summary, failures, files }: RunResult, { failOn, maxWarnings }: LintOptions, isAllWritten: boolean): 0 | 1 | 2 {
  if (failures.length > 0 || !isAllWritten) return 2;
  const isOver = maxWarnings !== null && summary.warnings > maxWarnings;
  if (isOver) complain(`There are more warnings than --max-warnings ${maxWarnings} allows: ${summary.warnings}.`);
  const hasFailing = files.some(({ findings }) => findings.some(({ suppressed, severity }) => !suppressed && WEIGHTS[severity] >= WEIGHTS[failOn]));
  return hasFailing || isOver ? 1 : 0;
}
