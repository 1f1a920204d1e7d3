/** The one place that turns results of the engine into the protocol's words. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import type { Finding, Severity } from "../engine/run/index.ts";
import type { ConfigMistake } from "../engine/run/config/index.ts";
import { SourceText } from "../engine/syntax/index.ts";
import type { Positions } from "./positions.ts";

/** The name under which editors show the findings. */
export const SOURCE = "tappaas-lint";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** What a diagnostic carries for the code actions that are asked for it later. */
export interface DiagnosticData {
  readonly rule: string;
  readonly fix: Finding["fix"];
}

/** How paths and columns of one tree look to the client. */
export interface View {
  readonly positions: Positions;
  /** The URI of a path of the tree. */
  uriOf(path: string): string;
  /** The text of a file of the tree; null where it cannot be read. */
  textOf(path: string): string | null;
  /** Where the documentation of a rule stands on the web. */
  docsOf(rule: string): string;
}

/** The diagnostics of a file: its findings without those that are kept back by comments. */
export function diagnosticsOf(findings: readonly Finding[], text: string | null, severities: ReadonlySet<Severity>, view: View): Diagnostic[] {
  const source = text === null ? null : new SourceText(text);
  return findings.filter(({ suppressed, severity }) => !suppressed && severities.has(severity)).map((finding) => diagnosticOf(finding, source, view));
}

function diagnosticOf({ rule, severity, message, start, end, fix, related }: Finding, source: SourceText | null, { positions, uriOf, textOf, docsOf }: View): Diagnostic {
  const data: DiagnosticData = { rule, fix };
  return {
    range: positions.rangeOf(source, start, end),
    severity: SEVERITIES[severity],
    code: rule,
    codeDescription: { href: docsOf(rule) },
    source: SOURCE,
    message,
    // What has no use is shown faded (LSP 3.17, `DiagnosticTag.Unnecessary`).
    ...(rule.startsWith("unused-") ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((place) => {
            const text = textOf(place.path);
            return { location: { uri: uriOf(place.path), range: positions.rangeOf(text === null ? null : new SourceText(text), place.start, place.end) }, message: place.message };
          }),
        }),
    data,
  };
}

/** What a mistake is marked at: a text, a word, else one character. */
const TOKEN = /^(?:"(?:[^"\\\n]|\\.)*"|[\w.$-]+|.)/;

/** A mistake in a configuration, which the command line refuses to run with. */
export function diagnosticOfMistake({ line, column, message, path }: ConfigMistake, { positions, textOf }: View): Diagnostic {
  const text = textOf(path);
  const source = new SourceText(text ?? "");
  const start = source.offset({ line, column });
  return { range: positions.rangeOfSpan(source, { start, end: start + (TOKEN.exec(source.text.slice(start))?.[0].length ?? 0) }), severity: DiagnosticSeverity.Error, source: SOURCE, message: `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${message.endsWith("?") ? "" : "."}` };
}
