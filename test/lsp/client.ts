/** A client that speaks to the built server over its standard streams, as editors do. */
import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { afterEach } from "vitest";
import { type Diagnostic, type InitializeResult, type MessageConnection, StreamMessageReader, StreamMessageWriter, createMessageConnection } from "vscode-languageserver/node";
import { PROGRAM } from "../cli/program.ts";

const running: Client[] = [];
afterEach(() => {
  for (const client of running.splice(0)) client.kill();
});

export interface ClientOptions {
  readonly folders?: readonly string[];
  readonly capabilities?: object;
  readonly settings?: object;
  /** What stands before the command. */
  readonly args?: readonly string[];
  /** The process that the server is to end with. */
  readonly parent?: number;
}

/** One client with one server of its own. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly pushed = new Map<string, { readonly version: number | undefined; readonly diagnostics: readonly Diagnostic[] }>();
  readonly messages: string[] = [];
  refreshes = 0;
  settings: object | null = null;
  readonly exited: Promise<number | null>;
  #waiting: (() => void)[] = [];
  initialized: InitializeResult = { capabilities: {} };

  private constructor(args: readonly string[]) {
    this.process = spawn(process.execPath, [PROGRAM, ...args, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    this.exited = new Promise((resolve) => this.process.on("exit", resolve));
    this.connection = createMessageConnection(new StreamMessageReader(this.process.stdout as NodeJS.ReadableStream), new StreamMessageWriter(this.process.stdin as NodeJS.WritableStream));
    this.connection.onNotification("textDocument/publishDiagnostics", ({ uri, version, diagnostics }: { uri: string; version?: number; diagnostics: Diagnostic[] }) => {
      this.saw(uri, version, diagnostics);
    });
    this.connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      this.messages.push(message);
      this.#wake();
    });
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => this.settings));
    this.connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      this.#wake();
      return null;
    });
    this.connection.listen();
  }

  /** A client whose server has been told nothing yet. */
  static idle(args: readonly string[] = []): Client {
    const client = new Client(args);
    running.push(client);
    return client;
  }

  /** Starts a server and shakes hands. */
  static async start({ folders = [], capabilities = {}, settings, args = [], parent = process.pid }: ClientOptions = {}): Promise<Client> {
    const client = Client.idle(args);
    client.settings = settings ?? null;
    client.initialized = await client.connection.sendRequest("initialize", {
      processId: parent,
      rootUri: null,
      workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder })),
      capabilities: { ...(settings === undefined ? {} : { workspace: { configuration: true } }), ...capabilities },
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  saw(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[]): void {
    this.pushed.set(uri, { version, diagnostics });
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Waits until something that the server said makes it true. */
  async until(isTrue: () => boolean): Promise<void> {
    // Each test has its own limit of time.
    while (!isTrue()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  open(path: string, text: string, version = 1, languageId = "nix"): Promise<void> {
    return this.connection.sendNotification("textDocument/didOpen", { textDocument: { uri: uri(path), languageId, version, text } });
  }

  /** Replaces a whole document, or parts of it. */
  change(path: string, changes: string | readonly object[], version: number): Promise<void> {
    return this.connection.sendNotification("textDocument/didChange", { textDocument: { uri: uri(path), version }, contentChanges: typeof changes === "string" ? [{ text: changes }] : changes });
  }

  watched(path: string, type: 1 | 2 | 3): Promise<void> {
    return this.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: uri(path), type }] });
  }

  /** What was pushed for a version of a document. */
  async diagnostics(path: string, version: number): Promise<readonly Diagnostic[]> {
    await this.until(() => this.pushed.get(uri(path))?.version === version);
    return this.pushed.get(uri(path))?.diagnostics ?? [];
  }

  request<T>(method: string, params: object): Promise<T> {
    return this.connection.sendRequest(method, params);
  }

  kill(): void {
    this.connection.dispose();
    this.process.kill();
  }
}

export function uri(path: string): string {
  return pathToFileURL(path).href;
}

/** Diagnostics as `line:character rule`, both from 0. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ range, code }) => `${range.start.line}:${range.start.character} ${String(code)}`);
}
