/** Colours for Nix where no other extension brings any; those that do know more of it. */
import * as vscode from "vscode";
import { KINDS, stretches } from "./stretches.ts";

const LEGEND = new vscode.SemanticTokensLegend([...KINDS]);

/** Colours modules as long as nothing else does. */
export class Colours implements vscode.DocumentSemanticTokensProvider, vscode.Disposable {
  #registration: vscode.Disposable | undefined;
  readonly #watch: vscode.Disposable;

  constructor() {
    this.#watch = vscode.extensions.onDidChange(() => this.#arrange());
    this.#arrange();
  }

  dispose(): void {
    this.#watch.dispose();
    this.#registration?.dispose();
  }

  #arrange(): void {
    const isColoured = vscode.extensions.all.some(({ packageJSON }) => hasGrammar(packageJSON));
    if (isColoured) this.#registration?.dispose();
    this.#registration = isColoured ? undefined : (this.#registration ?? vscode.languages.registerDocumentSemanticTokensProvider({ language: "nix" }, this, LEGEND));
  }

  provideDocumentSemanticTokens(document: vscode.TextDocument): vscode.SemanticTokens {
    const builder = new vscode.SemanticTokensBuilder(LEGEND);
    for (const { start, end, kind } of stretches(document.getText())) {
      const [first, last] = [document.positionAt(start), document.positionAt(end)];
      // A token of theirs ends with its line.
      for (let line = first.line; line <= last.line; line++) {
        const from = line === first.line ? first.character : 0;
        const to = line === last.line ? last.character : document.lineAt(line).text.length;
        if (to > from) builder.push(new vscode.Range(line, from, line, to), kind);
      }
    }
    return builder.build();
  }
}

function hasGrammar(manifest: { readonly contributes?: { readonly grammars?: readonly { readonly language?: string }[] } }): boolean {
  return manifest.contributes?.grammars?.some(({ language }) => language === "nix") === true;
}
