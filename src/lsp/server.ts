/** The language server: what each message of the protocol leads to. */
import { isAbsolute, join } from "node:path";
import type { CancellationToken, Connection, Diagnostic, DocumentDiagnosticReport, InitializeParams, InitializeResult, TextDocumentIdentifier, WorkspaceDocumentDiagnosticReport } from "vscode-languageserver/node";
import { docsUrl } from "../engine/run/index.ts";
import { type Abilities, NO_ABILITIES, abilitiesOf } from "./abilities.ts";
import { type ClientSettings, DEFAULTS, SECTION, readSettings } from "./client-settings.ts";
import { CODE_ACTION_KINDS, type Deferred, codeActions, documentationOf, isDeferred, resolveDeferred } from "./code-actions.ts";
import { TRIGGERS, completeSuppression } from "./completion.ts";
import { completeConfiguration } from "./configuration-completion.ts";
import { type View, diagnosticOfMistake, diagnosticsOf } from "./convert.ts";
import { Grammars } from "./grammars.ts";
import { hoverAt } from "./hover.ts";
import { linksOf } from "./links.ts";
import { MARKDOWN, PLAIN } from "./markup.ts";
import { optionDocument } from "./option-view.ts";
import { OPTIONS_REQUEST, SHOW_DOCUMENTATION } from "./own-messages.ts";
import type { Platform } from "./platform.ts";
import { Positions, chooseEncoding } from "./positions.ts";
import { Pusher } from "./pusher.ts";
import type { Tree } from "./tree.ts";
import { type OpenDocument, type Place, WATCHED, Workspace, fileOf, isConfiguration, isModule } from "./workspace.ts";

// Of the protocol (LSP 3.17): what the server says of itself in numbers.
const INCREMENTAL = 2;
const CREATED = 1;
const DELETED = 3;
const WARNING = 2;
const INFORMATION = 3;
const REQUEST_CANCELLED = -32_800;
const CONTENT_MODIFIED = -32_801;
const INVALID_PARAMS = -32_602;

/** A server for one client. */
export class Server {
  readonly #connection: Connection;
  readonly #platform: Platform;
  readonly #makeError: (code: number, message: string) => Error;
  #settings: ClientSettings = DEFAULTS;
  #abilities: Abilities = NO_ABILITIES;
  #positions = new Positions("utf-16");
  #folders: string[] = [];
  #workspace: Workspace | null = null;
  readonly #pusher: Pusher;
  /** What was last answered for a URI, and under which id. */
  readonly #answered = new Map<string, { readonly id: string; readonly said: string }>();
  #ids = 0;
  readonly #told = new Set<string>();

  constructor(connection: Connection, platform: Platform, makeError: (code: number, message: string) => Error) {
    this.#connection = connection;
    this.#platform = platform;
    this.#makeError = makeError;
    this.#pusher = new Pusher({
      documents: () => this.#workspace?.documents ?? [],
      isJudged: ({ tree, path }) => tree.known(path) !== null,
      diagnosticsOf: (open) => this.#diagnosticsOf(open),
      publish: (uri, version, diagnostics) => void connection.sendDiagnostics({ uri, version, diagnostics }),
      failed: (error) => this.#log(error),
    });
  }

  /** Takes messages from now on. */
  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onDidOpenTextDocument(({ textDocument }) => {
      if (!this.#abilities.watches) this.#workspace?.refresh();
      this.#workspace?.open(textDocument);
      this.#changed(textDocument.uri);
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      this.#workspace?.change(textDocument.uri, contentChanges, textDocument.version, this.#settings.run === "onType");
      this.#changed(textDocument.uri);
    });
    connection.onDidSaveTextDocument(({ textDocument }) => {
      this.#workspace?.save(textDocument.uri);
      if (!this.#abilities.watches) this.#workspace?.refresh();
      this.#changed(textDocument.uri, this.#settings.run === "onSave");
    });
    connection.onDidCloseTextDocument(({ textDocument }) => {
      this.#workspace?.close(textDocument.uri);
      this.#pusher.close(textDocument.uri);
      this.#changed(null);
    });
    connection.onDidChangeWatchedFiles(({ changes }) => {
      this.#workspace?.changed(changes.map(({ uri, type }) => ({ uri, isStructure: type === CREATED || type === DELETED })));
      this.#changed(null, true);
    });
    connection.onDidChangeConfiguration(({ settings }) => this.#configure((settings as Record<string, unknown> | null)?.[SECTION]));
    connection.languages.diagnostics.on((params, token) => this.#pull(params.textDocument.uri, params.previousResultId, token));
    connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, progress) => {
      progress.begin(this.#platform.tool.name, 0, undefined, true);
      try {
        return { items: await this.#pullAll(new Map(previousResultIds.map(({ uri, value }) => [uri, value])), token, progress) };
      } finally {
        progress.done();
      }
    });
    connection.onCodeAction(async ({ textDocument, range, context }) => {
      const open = this.#openModule(textDocument.uri);
      return open === null ? [] : codeActions(open, { range, only: context.only, diagnostics: context.diagnostics, severities: this.#settings.severities }, this.#viewOf(open.tree), this.#abilities);
    });
    connection.onHover(async ({ textDocument, position }) => {
      const open = this.#openModule(textDocument.uri);
      return open === null ? null : hoverAt(open, position, this.#viewOf(open.tree), this.#abilities.hoversMarkdown ? MARKDOWN : PLAIN);
    });
    connection.onDocumentLinks(({ textDocument }) => {
      const open = this.#openModule(textDocument.uri);
      return open === null ? [] : linksOf(open, this.#viewOf(open.tree));
    });
    connection.onCompletion(({ textDocument, position }) => {
      const open = this.#workspace?.document(textDocument.uri) ?? null;
      if (open === null || !this.#settings.enable) return [];
      if (isConfiguration(open.path)) return completeConfiguration(open, position, this.#positions, this.#abilities);
      return isModule(open.path) ? completeSuppression(open, position, this.#positions, this.#abilities.completesMarkdown ? MARKDOWN : PLAIN) : [];
    });
    connection.onCodeActionResolve(async (action) => {
      const open = isDeferred(action.data) ? (this.#workspace?.document(action.data.uri) ?? null) : null;
      const edit = open === null ? null : await resolveDeferred(open, action.data as Deferred, this.#viewOf(open.tree), this.#abilities);
      if (edit == null) throw this.#makeError(CONTENT_MODIFIED, "The document has changed since this was offered.");
      return { ...action, edit };
    });
    connection.onRequest(OPTIONS_REQUEST, ({ textDocument }: { readonly textDocument: TextDocumentIdentifier }) => {
      const place = this.#workspace?.placeOf(textDocument.uri) ?? null;
      return place === null || !isModule(place.path) ? null : optionDocument(place, this.#viewOf(place.tree));
    });
    connection.onExecuteCommand(async ({ command, arguments: [rule] = [] }) => {
      const url = command === SHOW_DOCUMENTATION ? documentationOf(rule, this.#workspace?.trees ?? []) : null;
      if (url === null) throw this.#makeError(INVALID_PARAMS, "There is no such command or rule.");
      if (this.#abilities.showsDocuments) await connection.window.showDocument({ uri: url, external: true });
      else this.#show(INFORMATION, url);
      return null;
    });
    connection.listen();
  }

  async #initialize({ capabilities, workspaceFolders, rootUri, initializationOptions }: InitializeParams): Promise<InitializeResult> {
    this.#abilities = abilitiesOf(capabilities);
    const encoding = chooseEncoding(capabilities.general?.positionEncodings);
    this.#positions = new Positions(encoding);
    this.#settings = readSettings(initializationOptions);
    this.#folders = (workspaceFolders ?? (rootUri == null ? [] : [{ uri: rootUri }])).flatMap(({ uri }) => fileOf(uri) ?? []);
    this.#workspace = new Workspace(this.#platform, await Grammars.load(this.#platform), this.#positions);
    this.#arrange();
    return {
      serverInfo: { name: this.#platform.tool.name, version: this.#platform.tool.version },
      capabilities: {
        positionEncoding: encoding,
        textDocumentSync: { openClose: true, change: INCREMENTAL, save: { includeText: false } },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(this.#abilities.pulls ? { diagnosticProvider: { identifier: SECTION, interFileDependencies: true, workspaceDiagnostics: true, workDoneProgress: true } } : {}),
        ...(this.#abilities.codeActions ? { codeActionProvider: { codeActionKinds: CODE_ACTION_KINDS, resolveProvider: this.#abilities.resolvesEdits } } : {}),
        hoverProvider: true,
        documentLinkProvider: {},
        completionProvider: { triggerCharacters: TRIGGERS },
        executeCommandProvider: { commands: [SHOW_DOCUMENTATION] },
      },
    };
  }

  async #initialized(): Promise<void> {
    const connection = this.#connection;
    const { watches, configures, registersSettings, folders } = this.#abilities;
    const register = (method: string, registerOptions: object) => connection.sendRequest("client/registerCapability", { registrations: [{ id: method, method, registerOptions }] });
    const asked: Promise<unknown>[] = [];
    if (watches) asked.push(register("workspace/didChangeWatchedFiles", { watchers: WATCHED.map((globPattern) => ({ globPattern })) }));
    if (folders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.flatMap(({ uri }) => fileOf(uri) ?? []));
        this.#folders = [...this.#folders.filter((folder) => !gone.has(folder)), ...added.flatMap(({ uri }) => fileOf(uri) ?? [])];
        this.#arrange();
        this.#changed(null, true);
      });
    }
    if (configures && registersSettings) asked.push(register("workspace/didChangeConfiguration", { section: SECTION }));
    if (configures) asked.push(this.#configure(null));
    for (const outcome of await Promise.allSettled(asked)) if (outcome.status === "rejected") this.#log(outcome.reason);
  }

  /** Takes new settings: those that the client has where it can be asked, else those that it sends along. */
  async #configure(sent: unknown): Promise<void> {
    const given: unknown = this.#abilities.configures ? await this.#connection.workspace.getConfiguration(SECTION) : sent;
    if (given === null || given === undefined) return;
    const before = this.#settings;
    this.#settings = readSettings(given);
    if (JSON.stringify([...before.severities, before.enable, before.run, before.configuration]) === JSON.stringify([...this.#settings.severities, this.#settings.enable, this.#settings.run, this.#settings.configuration])) return;
    this.#arrange();
    this.#pusher.reset();
    this.#changed(null, true);
  }

  #arrange(): void {
    const { configuration } = this.#settings;
    const [folder = ""] = this.#folders;
    this.#workspace?.arrange(this.#folders, configuration === null || isAbsolute(configuration) ? configuration : join(folder, configuration));
  }

  /** Something has changed: tells the client, or what tells it later. `isUnseen` where the client does not know that it should ask again. */
  #changed(uri: string | null, isUnseen = false): void {
    if (!this.#abilities.pulls) this.#pusher.plan(uri);
    else if (isUnseen && this.#abilities.refreshes) this.#connection.languages.diagnostics.refresh();
  }

  /** An open module, unless the server is told to do nothing. */
  #openModule(uri: string): OpenDocument | null {
    const open = this.#workspace?.document(uri) ?? null;
    return open !== null && this.#settings.enable && isModule(open.path) ? open : null;
  }

  #viewOf(tree: Tree): View {
    return { positions: this.#positions, uriOf: (path) => this.#workspace?.uriOf(tree, path) ?? "", textOf: (path) => tree.host.read(path), docsOf: (rule) => tree.info(rule)?.url ?? docsUrl(rule) };
  }

  async #diagnosticsOf({ tree, path }: Place): Promise<Diagnostic[]> {
    if (!this.#settings.enable) return [];
    const view = this.#viewOf(tree);
    if (isConfiguration(path)) return (await tree.mistakesIn(path)).map((mistake) => diagnosticOfMistake(mistake, view));
    if (!isModule(path)) return [];
    const { file, failures, mistakes } = await tree.judge(path);
    for (const { message, rule } of failures) this.#tellOnce(`${path}: ${message}${rule === null ? "" : ` [${rule}]`}`);
    // In an open configuration they are marked where they stand, and typing makes a new one with every letter.
    for (const mistake of mistakes.filter((mistake) => this.#workspace?.document(this.#workspace.uriOf(tree, mistake.path)) === null)) this.#tellOnce(`The configuration cannot be used, so its defaults are: ${mistake.path}:${mistake.line}:${mistake.column}: ${mistake.message}`);
    return file === null ? [] : diagnosticsOf(file.findings, file.text, this.#settings.severities, view);
  }

  async #pull(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    // What has come meanwhile may make the question moot.
    await new Promise((done) => setImmediate(() => setImmediate(done)));
    if (token.isCancellationRequested) throw this.#makeError(REQUEST_CANCELLED, "The request was cancelled.");
    const place = this.#workspace?.placeOf(uri) ?? null;
    return this.#report(uri, place === null ? [] : await this.#diagnosticsOf(place), previous);
  }

  #report(uri: string, items: Diagnostic[], previous: string | undefined): DocumentDiagnosticReport {
    const said = JSON.stringify(items);
    let answer = this.#answered.get(uri);
    if (answer?.said !== said) {
      answer = { id: String(++this.#ids), said };
      this.#answered.set(uri, answer);
    }
    return answer.id === previous ? { kind: "unchanged", resultId: answer.id } : { kind: "full", resultId: answer.id, items };
  }

  async #pullAll(previous: ReadonlyMap<string, string>, token: CancellationToken, progress: { report(percentage: number): void }): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const reports: WorkspaceDocumentDiagnosticReport[] = [];
    const open = new Set<string>();
    for (const { uri, document, ...place } of this.#workspace?.documents ?? []) {
      open.add(uri);
      reports.push({ ...this.#report(uri, await this.#diagnosticsOf(place), previous.get(uri)), uri, version: document.version });
    }
    for (const { tree, isInside } of this.#workspace?.folderTrees() ?? []) {
      const targets = (await tree.targets()).filter(isInside);
      for (const [index, path] of targets.entries()) {
        const uri = this.#workspace?.uriOf(tree, path) ?? "";
        if (open.has(uri)) continue;
        if (tree.known(path) === null) {
          progress.report(Math.round((100 * index) / targets.length));
          // Typing goes first.
          await new Promise(setImmediate);
          if (token.isCancellationRequested) throw this.#makeError(REQUEST_CANCELLED, "The request was cancelled.");
        }
        reports.push({ ...this.#report(uri, await this.#diagnosticsOf({ tree, path }), previous.get(uri)), uri, version: null });
      }
    }
    // What is gone since the client last asked.
    const there = new Set(reports.map(({ uri }) => uri));
    for (const uri of previous.keys()) if (!there.has(uri)) reports.push({ ...this.#report(uri, [], undefined), uri, version: null });
    return reports;
  }

  #tellOnce(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#show(WARNING, message);
  }

  /** Shows a message. The library's own way asks a question without answers, which Neovim waits for. */
  #show(type: number, message: string): void {
    void this.#connection.sendNotification("window/showMessage", { type, message });
  }

  #log(error: unknown): void {
    this.#connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
