/** Shows what NixOS will take for each option of a module, in an editor beside it that follows what is typed. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { OPTIONS_REQUEST, type OptionDocument } from "../../../src/lsp/own-messages.ts";

const SCHEME = "tappaas-lint-options";

/** How long, in milliseconds, nothing is typed before the views are made anew. */
const PAUSE = 300;

/** The views that are open. */
export class OptionViews implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #links = new Map<string, OptionDocument["links"]>();
  readonly #parts: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.#changes.event;

  constructor(client: LanguageClient) {
    this.#client = client;
    const refresh = () => this.#refresh();
    this.#parts = [
      this.#changes,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
      // A module may import any other.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId === "nix" && document.uri.scheme !== SCHEME) refresh();
      }),
      vscode.workspace.onDidSaveTextDocument(refresh),
      client.onDidChangeState(refresh),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const part of this.#parts) part.dispose();
  }

  /** Shows the options of a module beside it. */
  async show(module: vscode.TextDocument): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${basename(module.uri.path)} (options)`, query: module.uri.toString() });
    const view = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(view, "nix");
    await vscode.window.showTextDocument(view, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    this.#links.delete(key);
    if (this.#client.state !== State.Running) return "# TAPPaaS Lint is not running.\n";
    const shown = await this.#client.sendRequest<OptionDocument | null>(OPTIONS_REQUEST, { textDocument: { uri: this.#client.code2ProtocolConverter.asUri(vscode.Uri.parse(uri.query)) } });
    if (shown === null) return "# This is no module that can be read.\n";
    this.#links.set(key, shown.links);
    return shown.text;
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    const { asRange, asUri } = this.#client.protocol2CodeConverter;
    return (this.#links.get(uri.toString()) ?? []).map(({ range, target, position }) => {
      const link = new vscode.DocumentLink(asRange(range), asUri(target).with({ fragment: `L${position.line + 1},${position.character + 1}` }));
      link.tooltip = "Go to the definition";
      return link;
    });
  }

  #refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.#changes.fire(uri);
    }, PAUSE);
  }
}
