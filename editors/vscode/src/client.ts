/** The client of the language server: how the server is started and which documents it gets. */
import { type LogOutputChannel, workspace } from "vscode";
import { LanguageClient, RevealOutputChannelOn, TransportKind } from "vscode-languageclient/node";
import { CONFIG_NAME } from "../../../src/engine/run/config/name.ts";
import { SECTION } from "../../../src/lsp/client-settings.ts";
import { SHOW_DOCUMENTATION } from "../../../src/lsp/own-messages.ts";
import type { Program } from "./program.ts";
import type { RulePages } from "./rule-pages.ts";

/** What the server is asked about, as a document selector. */
export const DOCUMENTS = [
  { scheme: "file", language: "nix" },
  { scheme: "file", pattern: `**/${CONFIG_NAME}` },
] as const;

/** A client that is not started yet. */
export function createClient({ file, home, env }: Program, rules: RulePages, log: LogOutputChannel, trace: LogOutputChannel): LanguageClient {
  return new LanguageClient(
    SECTION,
    "TAPPaaS Lint",
    { module: file, args: ["lsp"], transport: TransportKind.stdio, options: { cwd: home, env } },
    {
      documentSelector: [...DOCUMENTS],
      outputChannel: log,
      traceOutputChannel: trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => workspace.getConfiguration(SECTION),
      diagnosticPullOptions: { onChange: true, onSave: true },
      middleware: {
        // The page is at hand here, also without a network.
        executeCommand: (command, given, next) => (command === SHOW_DOCUMENTATION ? rules.show(String(given[0]), []) : next(command, given)),
      },
    },
  );
}
