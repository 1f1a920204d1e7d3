/** Describes rules in SARIF as GitHub's code scanning shows them: title, convention, reason, examples. */

import type { ReportingDescriptor } from "sarif";
import type { RuleInfo, Severity } from "../engine/run/result.ts";

/** Characters of a description that code scanning keeps. */
const longestDescription = 1024;

/** SARIF's word for a severity (SARIF 2.1.0, 3.27.10). */
export function level(severity: Severity): "error" | "warning" | "note" {
  return severity === "info" ? "note" : severity;
}

/** The descriptor of a rule (SARIF 2.1.0, 3.49). Only a rule about security gets a `security-severity`, since that alone makes its results security alerts. */
export function ruleDescriptor(rule: RuleInfo): ReportingDescriptor {
  const isSecurity = rule.security !== null;
  return {
    id: rule.id,
    name: ruleName(rule.id),
    shortDescription: { text: sentence(rule.title) },
    fullDescription: { text: clipped(plainText(rule.convention)) },
    defaultConfiguration: { level: level(rule.severity) },
    ...(/^https?:\/\//u.test(rule.url) ? { helpUri: rule.url } : {}),
    help: { text: `${plainText(rule.convention)}\n\n${plainText(rule.why)}`, markdown: helpMarkdown(rule) },
    properties: {
      tags: ["nixos", rule.theme, ...(isSecurity ? ["security"] : [])],
      precision: "high",
      "problem.severity": rule.severity === "info" ? "recommendation" : rule.severity,
      ...(rule.security === null ? {} : { "security-severity": rule.security.toFixed(1) }),
    },
  };
}

/** For a finding of a rule that the result does not describe: a result must name a rule that the log knows. */
export function bareDescriptor(id: string): ReportingDescriptor {
  const text = sentence(id);
  return { id, name: ruleName(id), shortDescription: { text }, fullDescription: { text }, help: { text, markdown: text } };
}

/** An id in Pascal case, the form that SARIF asks of a name; a name must differ from its id by more than case. */
function ruleName(id: string): string {
  const words = id.match(/[A-Za-z0-9]+/gu) ?? [];
  const named = words.length === 1 ? [...words, "rule"] : words;
  return named.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
}

function sentence(text: string): string {
  return clipped(/[.!?]$/u.test(text) ? text : `${text}.`);
}

function clipped(text: string): string {
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1)}…`;
}

/** Markdown as plain text: of links their words, no marks of code or emphasis, one line. */
function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^[\]]*)\]\([^()]*\)/gu, "$1")
    .replace(/[`*]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

function helpMarkdown(rule: RuleInfo): string {
  const bad = rule.examples.bad.flatMap(({ code, says }) => [`Reported: ${says}`, fenced(code)]);
  const good = rule.examples.good.flatMap(({ code }) => ["Right:", fenced(code)]);
  return [rule.convention.trim(), `**Why:** ${rule.why.trim()}`, ...bad, ...good].join("\n\n");
}

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(code: string): string {
  const longestRun = Math.max(2, ...(code.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longestRun + 1);
  return `${fence}nix\n${code.trimEnd()}\n${fence}`;
}
