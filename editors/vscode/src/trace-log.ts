/** Writes the conversation with the server into the log as far as the settings ask for it, whatever the level of the log is. */
import * as vscode from "vscode";
import { SECTION } from "../../../src/lsp/client-settings.ts";

/** The client's library traces where the level of its channel is `Trace`, and asks the settings only how much. */
export class TraceLog implements vscode.LogOutputChannel {
  readonly #log: vscode.LogOutputChannel;
  readonly #changes = new vscode.EventEmitter<vscode.LogLevel>();
  readonly #settings: vscode.Disposable;
  readonly onDidChangeLogLevel = this.#changes.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.trace`)) this.#changes.fire(this.logLevel);
    });
  }

  get name(): string {
    return this.#log.name;
  }

  get logLevel(): vscode.LogLevel {
    const isOff = vscode.workspace.getConfiguration(SECTION).get("trace.server", "off") === "off";
    return isOff ? this.#log.logLevel : vscode.LogLevel.Trace;
  }

  trace(message: string, ...values: unknown[]): void {
    this.#log.info(message, ...values);
  }

  debug = (message: string, ...values: unknown[]): void => this.#log.debug(message, ...values);
  info = (message: string, ...values: unknown[]): void => this.#log.info(message, ...values);
  warn = (message: string, ...values: unknown[]): void => this.#log.warn(message, ...values);
  error = (message: string | Error, ...values: unknown[]): void => this.#log.error(message, ...values);
  append = (text: string): void => this.#log.append(text);
  appendLine = (text: string): void => this.#log.appendLine(text);
  replace = (text: string): void => this.#log.replace(text);
  clear = (): void => this.#log.clear();
  show = (): void => this.#log.show(true);
  hide = (): void => this.#log.hide();

  dispose(): void {
    this.#settings.dispose();
    this.#changes.dispose();
  }
}
