/** Shows what a rule asks for and why, from the page that is generated from the rules; it is there without a network, too. */
import * as vscode from "vscode";

const SCHEME = "tappaas-lint-rule";

/** A rule as it is chosen from a list. */
interface Page {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  /** Its section of the page, as Markdown. */
  readonly text: string;
}

/** The rules' documentation. */
export class RulePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #file: vscode.Uri;
  readonly #registration: vscode.Disposable;

  constructor(extension: vscode.Uri) {
    this.#file = vscode.Uri.joinPath(extension, "rules.md");
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const id = path.slice(1, -".md".length);
    return (await this.#pages()).find((page) => page.id === id)?.text ?? `There is no rule \`${id}\`.`;
  }

  /** Shows a rule, or lets one be chosen, the named ones first. */
  async show(id: string | null, first: readonly string[]): Promise<void> {
    const chosen = id ?? (await this.#choose(first));
    if (chosen !== null) await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.from({ scheme: SCHEME, path: `/${chosen}.md` }));
  }

  async #choose(first: readonly string[]): Promise<string | null> {
    const items = (await this.#pages()).map(({ id, title, severity }) => ({ label: id, description: severity, detail: title }));
    const here = items.filter(({ label }) => first.includes(label));
    const others = items.filter(({ label }) => !first.includes(label));
    const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const list = here.length === 0 ? items : [separator("reported in this file"), ...here, separator("all others"), ...others];
    const chosen = await vscode.window.showQuickPick(list, { placeHolder: "A rule, to see what it asks for and why", matchOnDetail: true });
    return chosen?.label ?? null;
  }

  async #pages(): Promise<Page[]> {
    const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#file));
    const rows = new Map([...page.matchAll(/^\| \[`([a-z-]+)`\]\(#[a-z-]+\) \| (\w+) \| (.*) \|$/gm)].map(([, id = "", severity = "", title = ""]) => [id, { severity, title }]));
    return page
      .split(/^(?=##)/m)
      .flatMap((section) => {
        const id = /^### ([a-z-]+)\n/.exec(section)?.[1];
        const row = id === undefined ? undefined : rows.get(id);
        return id === undefined || row === undefined ? [] : [{ id, ...row, text: section.replace(/^###/, "#") }];
      });
  }
}
