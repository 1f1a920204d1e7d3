/** What can be done about findings: mend them, keep them back, read about them. Every edit is for the version that was judged. */
import { type CodeAction, CodeActionKind, type Diagnostic, type Range, type SnippetTextEdit, type TextEdit } from "vscode-languageserver-types";
import type { Finding, Severity } from "../engine/run/index.ts";
import { SourceText, type Syntax } from "../engine/syntax/index.ts";
import type { Abilities } from "./abilities.ts";
import { type View, diagnosticsOf } from "./convert.ts";
import { differences, textEdits, workspaceEdit } from "./edits.ts";
import { SHOW_DOCUMENTATION } from "./own-messages.ts";
import { REASON, type SuppressionEdit, suppressHere, suppressInFile } from "./suppressions.ts";
import type { Tree } from "./tree.ts";
import type { OpenDocument } from "./workspace.ts";

/** Mends all that is safe to mend; editors run it when a file is saved, if they are told to. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.tappaas-lint`;

/** The kinds that are offered. */
export const CODE_ACTION_KINDS = [CodeActionKind.QuickFix, FIX_ALL];

/** A choice whose edit is made when somebody takes it. */
export interface Deferred {
  readonly uri: string;
  readonly version: number;
  /** Left out for all rules: some clients lose a null on the way. */
  readonly rule?: string;
}

/** What was asked. */
export interface ActionRequest {
  readonly range: Range;
  readonly only: readonly string[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** The severities that are shown. */
  readonly severities: ReadonlySet<Severity>;
}

/** What can be done in a document, the most useful first. */
export async function codeActions(open: OpenDocument, { range, only, diagnostics, severities }: ActionRequest, view: View, abilities: Abilities): Promise<CodeAction[]> {
  const { file } = await open.tree.judge(open.path);
  const syntax = open.tree.project().file(open.path)?.syntax;
  // What was judged is not what the client shows: not saved yet where only saved text is judged, or it has changed meanwhile.
  if (file === null || syntax === undefined || file.text !== open.document.getText()) return [];
  const wants = (kind: string): boolean => only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  const source = new SourceText(file.text);
  const known = file.findings.filter(({ suppressed, severity }) => !suppressed && severities.has(severity));
  const actions = new Actions(open, source, view, abilities);
  const found: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const first = view.positions.offsetAt(source, range.start);
    const last = view.positions.offsetAt(source, range.end);
    // Some editors ask for the place of the cursor and show the diagnostics of its line beside it.
    const isShown = (finding: Finding): boolean => diagnostics.some((diagnostic) => isOf(diagnostic, actions.diagnostic(finding)));
    const here = known.filter((finding) => (source.offset(finding.start) <= last && first <= source.offset(finding.end)) || isShown(finding));
    for (const finding of here) actions.about(finding, diagnostics);
    for (const rule of new Set(here.map((finding) => finding.rule))) {
      const alike = known.filter((finding) => finding.rule === rule && finding.fix !== null);
      if (alike.length > 1) await actions.fixRule(rule, alike.every(({ fix }) => fix === "safe"));
    }
    for (const finding of here) actions.suppress(finding, syntax, diagnostics);
    for (const rule of new Set(here.map((finding) => finding.rule))) actions.explain(rule);
    found.push(...actions.all);
  }
  if (wants(FIX_ALL) && known.some(({ fix }) => fix === "safe")) found.push(...(await actions.deferred({ title: "Fix all that can safely be fixed in this file", kind: FIX_ALL })));
  return found;
}

/** The edit of a choice; null where the document is no longer what it was for. */
export async function resolveDeferred(open: OpenDocument, { version, rule }: Deferred, view: View, abilities: Abilities): Promise<CodeAction["edit"] | null> {
  const before = open.document.getText();
  const after = await open.tree.mend(open.path, (fix) => (rule === undefined ? fix.kind === "safe" : fix.finding.rule === rule));
  if (after === null || open.document.version !== version || open.document.getText() !== before) return null;
  return workspaceEdit({ uri: open.uri, version }, textEdits(new SourceText(before), await differences(before, after), view.positions), abilities);
}

/** Makes the actions of one document. */
class Actions {
  readonly all: CodeAction[] = [];
  readonly #open: OpenDocument;
  readonly #source: SourceText;
  readonly #view: View;
  readonly #abilities: Abilities;

  constructor(open: OpenDocument, source: SourceText, view: View, abilities: Abilities) {
    this.#open = open;
    this.#source = source;
    this.#view = view;
    this.#abilities = abilities;
  }

  get #document(): { readonly uri: string; readonly version: number } {
    return { uri: this.#open.uri, version: this.#open.document.version };
  }

  #edit(edits: (TextEdit | SnippetTextEdit)[]): NonNullable<CodeAction["edit"]> {
    return workspaceEdit(this.#document, edits, this.#abilities);
  }

  /** The client's own diagnostic of a finding, so that it knows what an action is about. */
  #diagnosticOf(finding: Finding, diagnostics: readonly Diagnostic[]): Diagnostic[] {
    const own = this.diagnostic(finding);
    return own === null ? [] : [diagnostics.find((diagnostic) => isOf(diagnostic, own)) ?? own];
  }

  diagnostic(finding: Finding): Diagnostic | null {
    return diagnosticsOf([finding], this.#source.text, new Set([finding.severity]), this.#view)[0] ?? null;
  }

  /** The fix of a finding. */
  about(finding: Finding, diagnostics: readonly Diagnostic[]): void {
    const { mend, fix } = finding;
    if (mend === undefined) return;
    this.all.push({
      title: fix === "safe" ? mend.title : `${mend.title} (proposed: it may change behaviour)`,
      kind: CodeActionKind.QuickFix,
      diagnostics: this.#diagnosticOf(finding, diagnostics),
      ...(fix === "safe" ? { isPreferred: true } : {}),
      edit: this.#edit(textEdits(this.#source, mend.edits, this.#view.positions)),
    });
  }

  async fixRule(rule: string, isSafe: boolean): Promise<void> {
    const title = `Fix all of \`${rule}\` in this file${isSafe ? "" : " (proposed: it may change behaviour)"}`;
    this.all.push(...(await this.deferred({ title, kind: CodeActionKind.QuickFix }, rule)));
  }

  /** An action whose edit takes a run of its own, so that it is made late where the client can wait for it. */
  async deferred(action: CodeAction, rule?: string): Promise<CodeAction[]> {
    const data: Deferred = { ...this.#document, ...(rule === undefined ? {} : { rule }) };
    if (this.#abilities.resolvesEdits) return [{ ...action, data }];
    const edit = await resolveDeferred(this.#open, data, this.#view, this.#abilities);
    return edit == null ? [] : [{ ...action, edit }];
  }

  suppress(finding: Finding, syntax: Syntax, diagnostics: readonly Diagnostic[]): void {
    // What a suppression does wrong is not kept back by another one.
    if (finding.rule === "unused-suppression") return;
    for (const suppression of [suppressHere(finding, syntax), suppressInFile(finding.rule, this.#source.text)]) {
      this.#push({ title: suppression.title, kind: CodeActionKind.QuickFix, diagnostics: this.#diagnosticOf(finding, diagnostics), edit: this.#edit(this.#comments(suppression)) });
    }
  }

  #comments({ edits }: SuppressionEdit): (TextEdit | SnippetTextEdit)[] {
    return textEdits(this.#source, edits, this.#view.positions).map((edit) => {
      const { range, newText } = edit;
      const place = newText.indexOf(` -- ${REASON}`);
      if (!this.#abilities.snippetEdits || place < 0) return edit;
      const [before, after] = [newText.slice(0, place), newText.slice(place + ` -- ${REASON}`.length)].map((text) => text.replace(/[\\$}]/g, "\\$&"));
      return { range, snippet: { kind: "snippet", value: `${before} -- \${1:${REASON}}${after}` } };
    });
  }

  explain(rule: string): void {
    this.all.push({ title: `Read about \`${rule}\``, kind: CodeActionKind.QuickFix, command: { title: `Read about \`${rule}\``, command: SHOW_DOCUMENTATION, arguments: [rule] } });
  }

  /** Two findings on a line lead to the same comment. */
  #push(action: CodeAction): void {
    const isThere = this.all.some(({ title, edit }) => title === action.title && JSON.stringify(edit) === JSON.stringify(action.edit));
    if (!isThere) this.all.push(action);
  }
}

/** Whether a client's diagnostic is one of ours. */
function isOf({ code, range, message }: Diagnostic, own: Diagnostic | null): boolean {
  return own !== null && code === own.code && message === own.message && JSON.stringify(range) === JSON.stringify(own.range);
}

/** Where the documentation of a rule stands; null for what is no rule. */
export function documentationOf(rule: unknown, trees: Iterable<Tree>): string | null {
  return typeof rule === "string" ? ([...trees].map((tree) => tree.info(rule)).find((info) => info !== null)?.url ?? null) : null;
}

/** Whether what came back is what was handed out. */
export function isDeferred(data: unknown): data is Deferred {
  const { uri, version, rule } = (data ?? {}) as Partial<Record<keyof Deferred, unknown>>;
  return typeof uri === "string" && typeof version === "number" && (rule === undefined || typeof rule === "string");
}
