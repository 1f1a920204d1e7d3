/** The status bar item: how many findings the module has, or what keeps it from being checked. */
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { SECTION } from "../../../src/lsp/client-settings.ts";
import { DOCUMENTS } from "./client.ts";
import { type Counts, count, inWords } from "./counts.ts";

/** What the item shows. */
interface Look {
  readonly text: string;
  readonly tooltip: string;
  readonly color?: vscode.ThemeColor;
}

/** The findings that this extension has put on a document. */
export function findingsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === SECTION);
}

/** The item; it is there while a module or a configuration is looked at. */
export class StatusItem implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #item = vscode.window.createStatusBarItem("tappaas-lint.status", vscode.StatusBarAlignment.Left);
  readonly #parts: vscode.Disposable[];

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#item.name = "TAPPaaS Lint";
    this.#item.command = "tappaas-lint.menu";
    const show = () => this.#show();
    this.#parts = [
      this.#item,
      client.onDidChangeState(show),
      vscode.window.onDidChangeActiveTextEditor(show),
      vscode.languages.onDidChangeDiagnostics(show),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) show();
      }),
    ];
    show();
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || vscode.languages.match(DOCUMENTS, document) === 0) {
      this.#item.hide();
      return;
    }
    const { text, tooltip, color } = this.#look(document);
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.backgroundColor = color;
    this.#item.accessibilityInformation = { label: tooltip };
    this.#item.show();
  }

  #look({ uri }: vscode.TextDocument): Look {
    switch (this.#client.state) {
      case State.Starting:
        return { text: "$(loading~spin) TAPPaaS", tooltip: "TAPPaaS Lint is starting" };
      case State.Running:
        break;
      default:
        return { text: "$(alert) TAPPaaS", tooltip: "TAPPaaS Lint is not running: modules are not checked. Its log says why", color: new vscode.ThemeColor("statusBarItem.errorBackground") };
    }
    if (!vscode.workspace.getConfiguration(SECTION).get("enable")) return { text: "$(circle-slash) TAPPaaS", tooltip: "TAPPaaS Lint is switched off in the settings" };
    const counts = count(findingsOf(uri), 0);
    return { text: inSigns(counts), tooltip: `TAPPaaS Lint: ${inWords(counts)} in this file` };
  }
}

function inSigns({ errors, warnings, infos }: Counts): string {
  const signs = [...(errors > 0 ? [`$(error) ${errors}`] : []), ...(warnings > 0 ? [`$(warning) ${warnings}`] : []), ...(infos > 0 ? [`$(info) ${infos}`] : [])];
  return signs.length === 0 ? "$(check) TAPPaaS" : `TAPPaaS ${signs.join(" ")}`;
}
