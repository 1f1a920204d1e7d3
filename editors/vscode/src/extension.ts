/** The extension: starts the server that it carries, and shows how it is doing. */
import * as vscode from "vscode";
import { createClient } from "./client.ts";
import { Colours } from "./colours.ts";
import { commandsFor } from "./commands.ts";
import { OptionViews } from "./option-views.ts";
import { Program } from "./program.ts";
import { RulePages } from "./rule-pages.ts";
import { StatusItem } from "./status-item.ts";
import { TraceLog } from "./trace-log.ts";

/** Called by the editor when a module or a configuration is opened. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("TAPPaaS Lint", { log: true });
  const program = new Program(context.extensionUri);
  const rules = new RulePages(context.extensionUri);
  const trace = new TraceLog(log);
  const client = createClient(program, rules, log, trace);
  const options = new OptionViews(client);
  context.subscriptions.push(log, trace, client, rules, options, new Colours(), new StatusItem(client));
  for (const [name, run] of Object.entries(commandsFor({ client, program, rules, options, log }))) context.subscriptions.push(vscode.commands.registerCommand(`tappaas-lint.${name}`, run));
  await client.start();
}
