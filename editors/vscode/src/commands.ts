/** The commands of the extension. */
import * as vscode from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { CONFIG_NAME } from "../../../src/engine/run/config/name.ts";
import { count, inWords } from "./counts.ts";
import type { OptionViews } from "./option-views.ts";
import type { Program } from "./program.ts";
import type { RulePages } from "./rule-pages.ts";
import { findingsOf } from "./status-item.ts";

/** What the commands work with. */
interface Parts {
  readonly client: LanguageClient;
  readonly program: Program;
  readonly rules: RulePages;
  readonly options: OptionViews;
  readonly log: vscode.LogOutputChannel;
}

/** What is asked of the server about the whole workspace (LSP 3.17, "Workspace Diagnostics"). */
interface WorkspaceReport {
  readonly items: readonly { readonly kind: string; readonly items?: readonly { readonly severity?: number }[] }[];
}

/** The commands by the last part of their names. */
export function commandsFor({ client, program, rules, options, log }: Parts): Record<string, (...values: unknown[]) => unknown> {
  const module = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
  return {
    fixAll: () => vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.tappaas-lint", apply: "first" }),
    lintWorkspace: () => lintWorkspace(client),
    showRule: (id) => rules.show(typeof id === "string" ? id : null, rulesIn(module())),
    showOptions: async () => {
      const document = module();
      if (document !== undefined) await options.show(document);
    },
    createConfiguration: () => createConfiguration(program),
    restart: () => restart(client),
    showLog: () => log.show(),
    menu: () => showMenu(),
  };
}

function rulesIn(document: vscode.TextDocument | undefined): string[] {
  const codes = document === undefined ? [] : findingsOf(document.uri).map(({ code }) => (typeof code === "object" ? code.value : code));
  return codes.flatMap((code) => (typeof code === "string" ? [code] : []));
}

/** Starts the server anew, also where it has given up. */
async function restart(client: LanguageClient): Promise<void> {
  if (client.needsStop()) await client.stop();
  await client.start();
}

async function lintWorkspace(client: LanguageClient): Promise<void> {
  if (client.state !== State.Running) {
    const again = "Restart the Server";
    if ((await vscode.window.showErrorMessage("TAPPaaS Lint is not running.", again)) === again) await restart(client);
    return;
  }
  const report = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "TAPPaaS Lint: checking all modules" }, (_progress, token) =>
    client.sendRequest<WorkspaceReport>("workspace/diagnostic", { previousResultIds: [] }, token),
  );
  const files = report.items.map(({ items = [] }) => items);
  const found = files.filter((items) => items.length > 0);
  const counts = count(files.flat(), 1);
  if (found.length === 0) {
    await vscode.window.showInformationMessage(`TAPPaaS Lint: ${inWords(counts)} in ${files.length} files.`);
    return;
  }
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  void vscode.window.showInformationMessage(`TAPPaaS Lint: ${inWords(counts)} in ${found.length} of ${files.length} files.`);
}

async function createConfiguration(program: Program): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick({ placeHolder: "The folder that the configuration is for" }) : folders[0];
  if (folder === undefined) return;
  try {
    await program.run(["init"], folder.uri.fsPath);
  } catch (error) {
    void vscode.window.showWarningMessage(error instanceof Error ? error.message : String(error));
  }
  const file = vscode.Uri.joinPath(folder.uri, CONFIG_NAME);
  try {
    await vscode.window.showTextDocument(file);
  } catch {
    // There is none, and why has been said.
  }
}

/** What can be done from the status bar. */
async function showMenu(): Promise<void> {
  const items = [
    { label: "$(wrench) Fix all in this module", command: "tappaas-lint.fixAll" },
    { label: "$(symbol-property) Show what NixOS will take for each option", command: "tappaas-lint.showOptions" },
    { label: "$(book) Show a rule", command: "tappaas-lint.showRule" },
    { label: "$(checklist) Check all modules of the workspace", command: "tappaas-lint.lintWorkspace" },
    { label: "$(warning) Show the problems", command: "workbench.actions.view.problems" },
    { label: "$(output) Show the log", command: "tappaas-lint.showLog" },
    { label: "$(debug-restart) Restart the server", command: "tappaas-lint.restart" },
  ];
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "TAPPaaS Lint" });
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}
