/** Says what must hold of a run over any tree whatever: it ends, nothing crashes, what it says is in place, and what it mends is Nix. */
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { Project } from "../../src/engine/model/index.ts";
import { BASELINE_NAME, type Baseline, BaselineError, baselineText, compareWithBaseline, parseBaseline, pruned, recorded } from "../../src/engine/run/baseline/index.ts";
import { ConfigError, type ConfigMistake, loadSettings } from "../../src/engine/run/config/index.ts";
import { DEFAULT_SETTINGS, type Finding, LIMIT_REACHED, type LintRequest, type Position, type RunResult, type SettingsOf, fixFiles, lint } from "../../src/engine/run/index.ts";
import { parse } from "../../src/engine/syntax/index.ts";
import { formats, loadReporter, plainOptions } from "../../src/report/index.ts";
import { ownRules } from "../../src/rules/own.ts";
import { rules } from "../../src/rules/index.ts";
import { parser, shell } from "../support/parser.ts";
import { complaintsAboutEdits } from "./edits.ts";
import type { Sample } from "./kinds.ts";
import { complaintsAboutReport } from "./reports.ts";

export const tool = { name: "tappaas-lint", version: "0.0.0", url: "https://example.org" };

/** What came of a round. */
export interface Verdict {
  /** What is wrong with the run itself; nothing if all is well. */
  readonly complaints: readonly string[];
  /** Milliseconds of work that each step took. */
  readonly steps: ReadonlyMap<string, number>;
  /** Files that were mended, before and after. */
  readonly mended: readonly { readonly before: string; readonly after: string }[];
}

/** Milliseconds that this process has worked so far: a machine that is busy with other things makes nothing slow. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Opens a tree as a run does. */
export function openProject(files: Readonly<Record<string, string>>): Project {
  return Object.assign(new Project(memoryHost(files), parser), { shell });
}

/** The settings of a tree's files, and the mistakes in their configurations, which count as none then. */
export function settingsOf(files: Readonly<Record<string, string>>): { readonly settings: SettingsOf; readonly mistakes: readonly ConfigMistake[] } {
  const strict = loadSettings(memoryHost(files), rules);
  const mistakes: ConfigMistake[] = [];
  const settings: SettingsOf = (path) => {
    try {
      return strict(path);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      mistakes.push(...error.mistakes);
      return DEFAULT_SETTINGS;
    }
  };
  return { settings, mistakes };
}

/**
 * Looks at a sample.
 * @param isThorough whether all is mended and all reports are made too, which takes many times as long
 */
export async function verdictOn({ files, typed }: Sample, isThorough: boolean): Promise<Verdict> {
  const complaints: string[] = [];
  const steps = new Map<string, number>();
  const mended: { before: string; after: string }[] = [];
  /** Does a step; a crash is a complaint. */
  const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T | null> => {
    const start = worked();
    try {
      return await work();
    } catch (error) {
      complaints.push(`${name}: it throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return null;
    } finally {
      steps.set(name, worked() - start);
    }
  };

  const { settings, mistakes } = settingsOf(files);
  const request = await step("settings", async (): Promise<Omit<LintRequest, "project">> => {
    const targets = Object.keys(files).filter((path) => path.endsWith(".nix") && !settings(path).ignored);
    return { targets, rules: [...rules, ...(await ownRules(settings, targets))], settingsOf: settings, displayPath: (path) => path, tool };
  });
  for (const { path, line, column, message } of mistakes) {
    if (!isInside({ line, column }, files[path] ?? "")) complaints.push(`a mistake points outside ${path}: ${line}:${column}`);
    if (!isSentence(message)) complaints.push(`a mistake has no message of one line: ${JSON.stringify(message)}`);
  }
  const result = request === null ? null : await step("lint", () => lint({ ...request, project: openProject(files), edits: isThorough }));
  if (request !== null && result !== null) {
    complaints.push(...complaintsAboutResult(result, files));
    const shown = (await step("baseline", () => withBaseline(result, files, complaints))) ?? result;
    if (isThorough) {
      for (const format of formats) {
        const report = await step(`report ${format}`, async () => (await loadReporter(format))(shown, { ...plainOptions, fixHint: true, prefix: "sub", includeSuppressed: true }));
        if (report !== null) complaints.push(...complaintsAboutReport(format, report).map((complaint) => `the report ${format} ${complaint}`));
      }
      const fixed = await step("fixes", () => fixFiles({ ...request, host: memoryHost(files), open: (host) => Object.assign(new Project(host, parser), { shell }), kinds: new Set(["safe", "proposed"]) }));
      for (const { path, before, after } of fixed?.files ?? []) {
        mended.push({ before, after });
        const [error] = parse(after).errors;
        if (error !== undefined) complaints.push(`a fix breaks ${path}: ${error.message}`);
      }
      if (fixed !== null) complaints.push(...fixed.unsettled.map((path) => `the fixes of ${path} do not settle`));
    }
  }
  if (typed !== undefined) complaints.push(...((await step("edits", () => complaintsAboutEdits(files, typed))) ?? []));
  return { complaints, steps, mended };
}

/** What a run says that it could not do, save what takes too long for any. */
export function crashes(failures: RunResult["failures"]): string[] {
  return failures.flatMap(({ rule, message }) => (message === LIMIT_REACHED ? [] : [`${rule ?? "the run"} fails: ${message}`]));
}

function complaintsAboutResult({ failures, files: found }: RunResult, files: Readonly<Record<string, string>>): string[] {
  const complaints = crashes(failures);
  for (const { path, findings } of found) {
    for (const { rule, start, end, message, related, mend, fingerprints } of findings) {
      for (const place of [{ path, start, end }, ...related]) if (!isSpan(place, files[place.path])) complaints.push(`${rule} points outside ${place.path}: ${JSON.stringify([place.start, place.end])}`);
      for (const text of [message, ...related.map((each) => each.message)]) if (!isSentence(text)) complaints.push(`${rule} has no message of one line: ${JSON.stringify(text)}`);
      if (fingerprints.length === 0) complaints.push(`${rule} has no fingerprint`);
      for (const edit of mend?.edits ?? []) if (!(edit.start >= 0 && edit.start <= edit.end && edit.end <= (files[edit.path]?.length ?? -1))) complaints.push(`${rule} mends outside ${edit.path}: ${edit.start}-${edit.end}`);
    }
  }
  return complaints;
}

/** Compares with the baseline of the tree, where there is one that can be read, and writes it anew. */
function withBaseline(result: RunResult, files: Readonly<Record<string, string>>, complaints: string[]): RunResult {
  const text = files[BASELINE_NAME];
  if (text === undefined) return result;
  let baseline: Baseline;
  try {
    baseline = parseBaseline(text);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    if (!isSentence(error.message)) complaints.push(`the baseline's mistake is no line: ${JSON.stringify(error.message)}`);
    return result;
  }
  const judged = { files: new Map(result.files.map((file) => [file.path, file])), isJudged: () => true };
  const { files: compared, stale } = compareWithBaseline(judged, baseline);
  const count = (all: Iterable<readonly Finding[]>): number => [...all].reduce((sum, findings) => sum + findings.length, 0);
  const all = count(result.files.map(({ findings }) => findings));
  if (count([...compared.values()].flatMap(({ findings, known = [] }) => [findings, known])) !== all) complaints.push("the baseline loses findings");
  for (const next of [recorded(judged, baseline), pruned(judged, baseline)]) {
    const written = baselineText(next);
    if (baselineText(parseBaseline(written)) !== written) complaints.push("the baseline is read as another one");
  }
  if (count([...compareWithBaseline(judged, recorded(judged, baseline)).files.values()].map(({ findings }) => findings.filter(({ suppressed }: Finding) => !suppressed))) > 0) complaints.push("the baseline that was written does not know all that was found");
  return { ...result, files: [...compared.values()], baselines: [{ path: BASELINE_NAME, known: count([...compared.values()].map(({ known = [] }) => known)), stale }] };
}

function isSentence(message: string): boolean {
  return message !== "" && !/[\r\n]/.test(message);
}

function isSpan({ start, end }: { readonly start: Position; readonly end: Position }, text: string | undefined): boolean {
  if (text === undefined || !isInside(start, text) || !isInside(end, text)) return false;
  return start.line < end.line || (start.line === end.line && start.column <= end.column);
}

let last: { readonly text: string; readonly lines: readonly string[] } = { text: "", lines: [""] };

function isInside({ line, column }: Position, text: string): boolean {
  if (last.text !== text) last = { text, lines: text.split(/\r\n?|\n/) };
  const { lines } = last;
  return line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] as string).length + 1;
}
