/** Says whether reports are what they claim to be, as their readers would see it. */
import { Ajv, type ValidateFunction } from "ajv";
import { type DefaultTreeAdapterTypes as Html, parse } from "parse5";
import { SaxesParser } from "saxes";
import type { Format } from "../../src/report/index.ts";
import { toolPackage } from "../support/tools.ts";

/** What no report for people may contain: it would steer their terminal or reorder a line. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

/** The schema of SARIF 2.1.0, from a package that brings it along; null where it is not there. */
const sarifSchema = toolPackage("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as Readonly<Record<string, unknown>> | null;
export const hasSarifSchema = sarifSchema !== null;
let validateSarif: ValidateFunction | null = null;

/** It is of draft 4, and uses nothing that later drafts read otherwise but these names; formats such as `uri` are not looked at. */
function compileSarif({ $schema: _, id: __, ...schema }: Readonly<Record<string, unknown>>): ValidateFunction {
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, logger: false }).compile(schema);
}

/** What is wrong with a report, as its readers would see it; nothing if all is well. */
export function complaintsAboutReport(format: Format, report: string): string[] {
  const unsafe = UNSAFE.exec(report);
  const complaints = unsafe === null ? [] : [`holds ${JSON.stringify(unsafe[0])}`];
  if (Buffer.from(report).toString() !== report) complaints.push("is no UTF-8");
  switch (format) {
    case "json":
    case "gitlab":
      return [...complaints, ...jsonMistakes(report)];
    case "sarif":
      return [...complaints, ...sarifMistakes(report)];
    case "junit":
    case "checkstyle":
      return [...complaints, ...xmlMistakes(report)];
    case "matrix-html":
      return [...complaints, ...htmlMistakes(report)];
    case "github":
      return [...complaints, ...report.split("\n").flatMap((line) => (line === "" || /^::(?:error|warning|notice)(?: [^:]*)?::/.test(line) || !line.trimStart().startsWith("::") ? [] : [`has a command of its own: ${line}`]))];
    default:
      return complaints;
  }
}

function jsonMistakes(report: string): string[] {
  try {
    JSON.parse(report);
    return [];
  } catch (error) {
    return [`is no JSON: ${String(error)}`];
  }
}

function sarifMistakes(report: string): string[] {
  const mistakes = jsonMistakes(report);
  if (mistakes.length > 0 || sarifSchema === null) return mistakes;
  validateSarif ??= compileSarif(sarifSchema);
  return validateSarif(JSON.parse(report)) ? [] : (validateSarif.errors ?? []).map(({ instancePath, message }) => `breaks the schema of SARIF at ${instancePath}: ${message}`);
}

function xmlMistakes(report: string): string[] {
  const mistakes: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", ({ message }) => mistakes.push(`is not well-formed: ${message}`));
  parser.write(report).close();
  return mistakes;
}

/** Elements that the page is made of, beside one script and one style. */
const ELEMENTS = new Set(["html", "head", "meta", "title", "link", "style", "script", "body", "header", "main", "footer", "nav", "section", "article", "aside", "time", "details", "summary", "h1", "h2", "h3", "h4", "p", "a", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "div", "span", "b", "strong", "em", "i", "code", "pre", "mark", "small", "label", "input", "button", "select", "option", "fieldset", "legend", "form", "output", "abbr", "kbd", "noscript"]);

function htmlMistakes(report: string): string[] {
  const mistakes: string[] = [];
  const root = parse(report, { onParseError: ({ code, startLine, startCol }) => mistakes.push(`breaks HTML at ${startLine}:${startCol}: ${code}`) });
  let scripts = 0;
  const look = (node: Html.Node): void => {
    if ("tagName" in node) {
      if (!ELEMENTS.has(node.tagName)) mistakes.push(`has an element \`${node.tagName}\``);
      if (node.tagName === "script") scripts++;
      for (const { name, value } of node.attrs) {
        if (/^on|^style$|^srcdoc$/.test(name)) mistakes.push(`has an attribute \`${name}\``);
        if (/^(?:href|src|action)$/.test(name) && !/^(?:https?:|#|data:,$)/.test(value)) mistakes.push(`leads to ${value}`);
      }
    }
    if ("childNodes" in node) for (const child of node.childNodes) look(child);
  };
  look(root);
  if (scripts !== 1) mistakes.push(`has ${scripts} scripts`);
  return mistakes;
}
