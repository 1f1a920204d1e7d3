/** Lints: from the paths of a command line to reports and an exit status. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { type Host, Project } from "../engine/model/index.ts";
import { type Failure, type Finding, type LintRequest, type Rule, type RunResult, infoOf, prepare } from "../engine/run/index.ts";
import type { ShellParser } from "../engine/syntax/shell/index.ts";
import { loadReporter, plainOptions } from "../report/index.ts";
import { rules as allRules } from "../rules/index.ts";
import type { LintOptions } from "./arguments.ts";
import { reasonOf } from "./disk-host.ts";
import type { Changes } from "./base.ts";
import type { Mended, Mending } from "./fix-run.ts";
import { noSuchRule } from "./no-such-rule.ts";
import { STDERR, STDOUT, complain, print, writeWhole } from "./output.ts";
import { gitTop } from "./roots.ts";
import { settingsOf } from "./settings.ts";
import { expectShortRun } from "./short-run.ts";
import { terminalOptions } from "./terminal.ts";
import { type Tree, openTrees } from "./trees.ts";
import { UsageError } from "./usage-error.ts";
import { TOOL } from "./version.ts";

/** Syntax errors are told whatever rules are chosen: a file that cannot be read as Nix would pass as clean otherwise. */
const ALWAYS = "parse-error";

/** What a module with scripts is likely to hold. */
const SCRIPTS = /\b(?:script|Exec[A-Z]\w+|writeShell\w+|(?:pre|post)St(?:art|op))\b/;

const WEIGHTS = { error: 3, warning: 2, info: 1, never: 4 } as const;

/** Lints and reports. Returns the exit status: 0 nothing that makes it fail, 1 findings, 2 the run itself failed. */
export async function lintCommand(options: LintOptions): Promise<0 | 1 | 2> {
  const cwd = process.cwd();
  const rules = chosenRules(options);
  expectShortRun();
  // The runtime is compiled beside the search for files.
  const grammars = import("./grammars.ts");
  const loading = grammars.then(({ loadNixParser }) => loadNixParser());
  loading.catch(() => undefined);
  const { trees, failures } = await openTrees(options, cwd);
  const asked = trees.map((tree) => changesOf(tree, options, rules));
  for (const changes of asked) changes.catch(() => undefined);
  const results: RunResult[] = [];
  const mended: Mended[] = [];
  const own: Failure[] = [...failures];
  const parser = await loading;
  let shell: ShellParser | null = null;
  for (const [index, found] of trees.entries()) {
    const settings = await settingsOf(found, allRules, options.config, cwd);
    const project = new Project(found.host, parser);
    const changes = await (asked[index] as Promise<Changes | null>);
    const isScoped = options.changed || options.dependents;
    const tree = isScoped ? { ...found, targets: (await import("./scope.ts")).scopeOf(found, options, changes, project, settings) } : found;
    const displayPath = (path: string): string => relative(cwd, join(tree.disk.root, path)) || ".";
    const wanted = tree.targets.filter((path) => !settings(path).ignored);
    if (tree.targets.length > 0) own.push(...ignoredFailure(tree, wanted, displayPath));
    const readable = wanted.filter((path) => tree.host.read(path) !== null);
    for (const path of wanted) if (!readable.includes(path)) own.push({ path: displayPath(path), rule: null, message: `This file cannot be read: ${tree.disk.problem(path) ?? "it does not exist"}.` });
    if (shell === null && readable.some((path) => SCRIPTS.test(tree.host.read(path) ?? ""))) (await grammars).compileShellGrammar();
    const base = changes === null || readable.length === 0 ? null : await (await import("./base.ts")).baseTree(tree.disk, changes, parser);
    const request: LintRequest = { project, base, targets: readable, rules, knownRules: new Set(allRules.map(({ id }) => id)), settingsOf: settings, displayPath, tool: TOOL };
    const run = prepare(request);
    if (run.needsShell) {
      shell ??= await (await grammars).loadShellParser();
      project.shell = shell;
    }
    if (options.fix === null) results.push(run.result());
    else {
      // A fix may bring in what only the shell grammar reads.
      const read = (shell ??= await (await grammars).loadShellParser());
      const open = (host: Host): Project => Object.assign(new Project(host, parser), { shell: read });
      mended.push((await import("./fix-run.ts")).mendInMemory({ tree, request, open }, options.fix));
    }
  }
  const mending = options.fix === null ? null : await (await import("./fix-run.ts")).finish(mended, options);
  const result = merged(mending?.results ?? results, [...own, ...(mending?.failures ?? [])], rules);
  const areReportsMade = await report(quietened(result, options), options, cwd, mending);
  const status = statusOf(result, options, areReportsMade);
  return options.diff && status !== 2 ? (mending?.wouldWrite === true ? 1 : 0) : status;
}

/**
 * What git says has changed in a tree; null where nobody needs it or there is no git. The question runs beside the loading of the grammars.
 * @throws UsageError where the command line asks for it and git cannot tell
 */
async function changesOf(tree: Tree, { base, changed }: LintOptions, rules: readonly Rule[]): Promise<Changes | null> {
  const isAsked = base !== null || changed;
  if (!isAsked && !rules.some(({ comparesWithBase }) => comparesWithBase === true)) return null;
  if (existsSync(join(tree.disk.root, ".git"))) return (await import("./base.ts")).changesSince(tree.disk.root, base, changed);
  if (!isAsked) return null;
  throw new UsageError(`\`${base === null ? "--changed" : "--base"}\` compares with what git has, and ${tree.disk.root} is no git working tree; leave it out there.`);
}

/** @throws UsageError for a rule that does not exist: a typing error must not pass for a clean run */
function chosenRules({ rules: ids, ignoredRules }: LintOptions): readonly Rule[] {
  for (const id of [...ids, ...ignoredRules]) {
    if (allRules.some((rule) => rule.id === id)) continue;
    throw new UsageError(noSuchRule(id));
  }
  const chosen = ids.length === 0 ? allRules : allRules.filter(({ id }) => id === ALWAYS || ids.includes(id));
  return chosen.filter(({ id }) => !ignoredRules.includes(id));
}

/**
 * Files that were named themselves and are ignored are only noted: a commit hook names whatever changed. Folders in which
 * everything is ignored are a failure, since a run that checks nothing must not pass for a clean one.
 */
function ignoredFailure({ targets, named }: Tree, wanted: readonly string[], displayPath: (path: string) => string): Failure[] {
  const ignored = targets.filter((path) => !wanted.includes(path));
  for (const path of ignored) if (named.has(path)) complain(`${displayPath(path)} is ignored by its configuration and was not checked.`);
  if (wanted.length > 0 || targets.every((path) => named.has(path))) return [];
  return [{ path: null, rule: null, message: `The configuration ignores all of the ${targets.length} files found; take something out of its \`ignore\`, or lint another folder.` }];
}

/** The results of several trees as one. */
function merged(results: readonly RunResult[], failures: readonly Failure[], rules: readonly Rule[]): RunResult {
  const files = results.flatMap((result) => result.files).sort((a, b) => compare(a.path, b.path));
  const all = [...failures, ...results.flatMap((result) => result.failures)].sort((a, b) => compare(a.path ?? "", b.path ?? ""));
  return {
    files,
    summary: summaryOf(files, results.reduce((sum, { summary }) => sum + summary.suppressed, 0)),
    failures: all,
    rules: results[0]?.rules ?? rules.map(infoOf).sort((a, b) => compare(a.id, b.id)),
    tool: TOOL,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function summaryOf(files: RunResult["files"], suppressed: number): RunResult["summary"] {
  const open = files.flatMap(({ findings }) => findings.filter((finding) => !finding.suppressed));
  const count = (severity: string): number => open.filter((finding) => finding.severity === severity).length;
  return { files: files.length, errors: count("error"), warnings: count("warning"), infos: count("info"), suppressed, fixable: open.filter(({ fix }) => fix !== null).length };
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
  for (const { format, file } of options.reports) {
    if (file === null && options.diff) continue;
    const reporter = await loadReporter(format);
    const look = file === null ? await terminalOptions(options.color) : { width: plainOptions.width, colors: plainOptions.colors, hyperlinks: false };
    const text = await reporter(result, { ...look, fixHint: true, prefix });
    if (file === null) {
      print(stream, text);
      continue;
    }
    try {
      writeWhole(file, text);
    } catch (error) {
      complain(`The report ${file} cannot be written: ${(error as NodeJS.ErrnoException).code === "ENOENT" ? "its folder does not exist" : reasonOf(error)}.`);
      isComplete = false;
    }
  }
  // Reports for programs have no place for failures, and nobody may be looking at a file.
  if (options.diff || !options.reports.some(({ format, file }) => file === null && !["json", "sarif", "gitlab"].includes(format))) {
    for (const { path, rule, message } of result.failures) complain(`${path === null ? "" : `${path}: `}${message}${rule === null ? "" : ` [${rule}]`}`);
  }
  return isComplete;
}

function statusOf({ summary, failures, files }: RunResult, { failOn, maxWarnings }: LintOptions, areReportsMade: boolean): 0 | 1 | 2 {
  if (failures.length > 0 || !areReportsMade) return 2;
  const isOver = maxWarnings !== null && summary.warnings > maxWarnings;
  if (isOver) complain(`There are more warnings than --max-warnings ${maxWarnings} allows: ${summary.warnings}.`);
  const hasFailing = files.some(({ findings }) => findings.some(({ suppressed, severity }) => !suppressed && WEIGHTS[severity] >= WEIGHTS[failOn]));
  return hasFailing || isOver ? 1 : 0;
}
