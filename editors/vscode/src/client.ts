/** The client of the language server: how the server is started and which documents it gets. */
import { type LogOutputChannel, workspace } from "vscode";
import { LanguageClient, RevealOutputChannelOn, TransportKind } from "vscode-languageclient/node";
import { CONFIG_NAME } from "../../../src/engine/run/config/name.ts";
import { SECTION } from "../../../src/lsp/client-settings.ts";
import type { Program } from "./program.ts";

/** What the server is asked about, as a document selector. */
export const DOCUMENTS = [
  { scheme: "file", language: "nix" },
  { scheme: "file", pattern: `**/${CONFIG_NAME}` },
] as const;

/** A client that is not started yet. */
export function createClient({ file, home, env }: Program, log: LogOutputChannel): LanguageClient {
  return new LanguageClient(
    SECTION,
    "TAPPaaS Lint",
    { module: file, args: ["lsp"], transport: TransportKind.stdio, options: { cwd: home, env } },
    {
      documentSelector: [...DOCUMENTS],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => workspace.getConfiguration(SECTION),
      diagnosticPullOptions: { onChange: true, onSave: true },
    },
  );
}
