/** Shows what NixOS will take for each option of a module, in an editor that follows what is saved. */
import { basename, dirname, isAbsolute, join } from "node:path";
import * as vscode from "vscode";
import type { Program } from "./program.ts";

const SCHEME = "tappaas-lint-options";

/** The end of a row: line and column of a definition, behind its path. */
const PLACE = /:(\d+):(\d+)$/;

/** The views that are open. */
export class OptionViews implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  readonly #program: Program;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #parts: vscode.Disposable[];
  readonly onDidChange = this.#changes.event;

  constructor(program: Program) {
    this.#program = program;
    this.#parts = [
      this.#changes,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
      // A module may import any other.
      vscode.workspace.onDidSaveTextDocument(() => this.#refresh()),
    ];
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  /** Shows the options of a module beside it. */
  async show(module: vscode.TextDocument): Promise<void> {
    // The program reads what is on the disk.
    if (module.isDirty && !(await module.save())) return;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${basename(module.uri.fsPath)} (options)`, query: module.uri.fsPath });
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  async provideTextDocumentContent({ query: file }: vscode.Uri): Promise<string> {
    try {
      return await this.#program.run(["--no-color", "options", file], folderOf(file));
    } catch (error) {
      return `The options of ${file} cannot be shown: ${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const folder = folderOf(document.uri.query);
    return document.getText().split("\n").flatMap((text, line) => {
      const match = PLACE.exec(text);
      if (match === null) return [];
      const [, row, column] = match;
      const shown = text.slice(0, match.index);
      const path = shown.slice(shown.lastIndexOf("  ") + 1).trim();
      const target = vscode.Uri.file(isAbsolute(path) ? path : join(folder, path)).with({ fragment: `L${row},${column}` });
      return [new vscode.DocumentLink(new vscode.Range(line, text.length - path.length - `:${row}:${column}`.length, line, text.length), target)];
    });
  }

  #refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === SCHEME) this.#changes.fire(uri);
  }
}

/** The folder that paths are shown from. */
function folderOf(file: string): string {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath ?? dirname(file);
}
