/** The SARIF 2.1.0 report, shaped by what GitHub's code scanning takes, shows and refuses. */

import { posix } from "node:path";
import type { Location, Log, Notification, PhysicalLocation, Region, ReportingDescriptor, Result, Suppression } from "sarif";
import type { FileResult, Finding, Position, RunResult, Severity } from "../engine/run/result.ts";
import { lineHashes } from "./line-hashes.ts";
import type { ReportOptions } from "./options.ts";
import { bareDescriptor, level, ruleDescriptor } from "./sarif-rules.ts";
import { jsonText, sourceLines, visible } from "./text.ts";

/** Results that code scanning accepts in one run; it refuses a file with more. */
const mostResults = 25_000;

/** What the parts of a log look up. */
interface Context {
  readonly prefix: string;
  readonly includeSuppressed: boolean;
  /** Whether findings were compared with a baseline. */
  readonly hasBaseline: boolean;
  readonly rules: readonly ReportingDescriptor[];
  readonly ruleIndex: ReadonlyMap<string, number>;
  /** The lines of each linted file by its path. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

interface Weighed {
  readonly severity: Severity;
  readonly result: Result;
}

/**
 * One SARIF log with one run, the same bytes for the same result. Findings that are suppressed or that the baseline knows are left
 * out unless they are asked for, since code scanning ignores `suppressions` and would open an alert for each.
 */
export function sarif(result: RunResult, options: ReportOptions): string {
  const context = contextOf(result, options);
  const all = result.files.flatMap((file) => fileResults(file, context));
  const kept = withinLimit(all);
  const notifications = result.failures.map(({ path, rule, message }) => failureNotification(path, rule, message, context));
  if (kept.length < all.length) notifications.push(limitNotification(all.length - kept.length));
  const { name, version, url } = result.tool;
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, informationUri: url, rules: [...context.rules] } },
        automationDetails: { id: `${name}/` },
        invocations: [{ executionSuccessful: result.failures.length === 0, toolExecutionNotifications: notifications }],
        columnKind: "utf16CodeUnits",
        results: kept.map((weighed) => weighed.result),
      },
    ],
  };
  return jsonText(log);
}

function contextOf(result: RunResult, { prefix, includeSuppressed = false }: ReportOptions): Context {
  const described = new Set(result.rules.map(({ id }) => id));
  const named = [...result.files.flatMap(({ findings, known = [] }) => [...findings, ...known].map(({ rule }) => rule)), ...result.failures.map(({ rule }) => rule)];
  const others = [...new Set(named)].filter((id): id is string => id !== null && !described.has(id)).sort();
  const rules = [...result.rules.map(ruleDescriptor), ...others.map(bareDescriptor)];
  return {
    prefix,
    includeSuppressed,
    hasBaseline: (result.baselines ?? []).length > 0,
    rules,
    ruleIndex: new Map(rules.map(({ id }, index) => [id, index])),
    lines: new Map(result.files.flatMap(({ path, text }) => (text === null ? [] : [[path, sourceLines(text)]]))),
  };
}

function fileResults(file: FileResult, context: Context): Weighed[] {
  const known = new Set(context.includeSuppressed ? file.known : []);
  const told = [...file.findings.filter((finding) => context.includeSuppressed || !finding.suppressed), ...known];
  if (told.length === 0) return [];
  const hashes = file.text === null ? [] : lineHashes(file.text);
  return told.map((finding) => {
    const place = physicalLocation(file.path, finding.start, finding.end, context);
    const hash = hashes[(place.region?.startLine ?? 1) - 1];
    return {
      severity: finding.severity,
      result: {
        ruleId: finding.rule,
        ruleIndex: context.ruleIndex.get(finding.rule) ?? -1,
        level: level(finding.severity),
        message: { text: messageText(finding) },
        locations: [{ physicalLocation: place }],
        ...(finding.related.length > 0 ? { relatedLocations: relatedLocations(finding, context) } : {}),
        partialFingerprints: {
          ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
          "tappaasLintFingerprint/v1": finding.fingerprints.join("-"),
        },
        ...(context.hasBaseline ? { baselineState: known.has(finding) ? "unchanged" : "new" } : {}),
        ...(context.includeSuppressed ? { suppressions: suppressionsOf(finding, known.has(finding)) } : {}),
      },
    };
  });
}

/** Why a result is not to be acted on (SARIF 2.1.0, 3.27.23); an empty list says that it is. */
function suppressionsOf(finding: Finding, isKnown: boolean): Suppression[] {
  const justification = isKnown ? "It is in the baseline." : finding.reason;
  if (!isKnown && !finding.suppressed) return [];
  return [{ kind: isKnown ? "external" : "inSource", status: "accepted", ...(justification === undefined ? {} : { justification: visible(justification) }) }];
}

/**
 * The message with a link to each related location, since code scanning shows only those that are linked to (SARIF
 * 2.1.0, 3.11.6). What looks like a link in the message itself is parted: its target would be a stranger's choice.
 */
function messageText(finding: Finding): string {
  const links = finding.related.map(({ message }, index) => `[${visible(message).replace(/[\\[\]]/gu, "\\$&")}](${index + 1})`);
  const text = visible(finding.message).replaceAll("](", "] (");
  return links.length === 0 ? text : `${text} See: ${links.join(", ")}.`;
}

function relatedLocations(finding: Finding, context: Context): Location[] {
  return finding.related.map(({ path, start, end, message }, index) => ({
    id: index + 1,
    message: { text: visible(message) },
    physicalLocation: physicalLocation(path, start, end, context),
  }));
}

function physicalLocation(path: string, start: Position, end: Position, context: Context): PhysicalLocation {
  return { artifactLocation: { uri: uri(path, context.prefix) }, region: region(start, end, context.lines.get(path)) };
}

/**
 * A region within the file and within one line: a pull request shows an annotation only where every line of its region
 * is part of the difference, so a span of several lines is clipped to its first.
 */
function region(start: Position, end: Position, lines: readonly string[] | undefined): Region {
  const startLine = lines === undefined ? start.line : Math.min(start.line, lines.length);
  const lineEnd = lines === undefined ? Infinity : (lines[startLine - 1] ?? "").length + 1;
  const startColumn = Math.min(start.column, lineEnd);
  const wanted = end.line > start.line ? lineEnd : end.column;
  const endColumn = Math.max(startColumn, Math.min(wanted, lineEnd));
  return { startLine, startColumn, endLine: startLine, endColumn: Number.isFinite(endColumn) ? endColumn : startColumn };
}

/** A file's path from the root of the repository as a relative URI reference (RFC 3986, 4.2); code scanning knows no `uriBaseId`. */
function uri(path: string, prefix: string): string {
  return posix
    .join(prefix, path)
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}

function failureNotification(path: string | null, rule: string | null, message: string, context: Context): Notification {
  return {
    level: "error",
    message: { text: visible(message) },
    ...(rule === null ? {} : { associatedRule: { id: rule, index: context.ruleIndex.get(rule) ?? -1 } }),
    ...(path === null ? {} : { locations: [{ physicalLocation: { artifactLocation: { uri: uri(path, context.prefix) } } }] }),
  };
}

/** The results that code scanning accepts, in their order: what is left out are infos first, then warnings, the last ones first. */
function withinLimit(all: readonly Weighed[]): readonly Weighed[] {
  if (all.length <= mostResults) return all;
  const weights: readonly Severity[] = ["error", "warning", "info"];
  const kept = new Set(weights.flatMap((severity) => all.filter((weighed) => weighed.severity === severity)).slice(0, mostResults));
  return all.filter((weighed) => kept.has(weighed));
}

function limitNotification(count: number): Notification {
  return {
    level: "warning",
    message: { text: `${count} results were left out, the least severe first, since code scanning takes at most ${mostResults} in one run.` },
  };
}
