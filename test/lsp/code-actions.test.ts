/** What can be done about a finding in an editor: fixes, suppressions, documentation. */
import { describe, expect, it } from "vitest";
import { type CodeAction, type Diagnostic, ResponseError, type TextEdit, type WorkspaceEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Tree } from "../cli/program.ts";
import { Client, uri } from "./client.ts";

const ACTIONS = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } };
const RESOLVES = { codeAction: { ...ACTIONS.codeAction, dataSupport: true, resolveSupport: { properties: ["edit"] } } };
const VERSIONED = { workspaceEdit: { documentChanges: true } };

const CONFIG = '{ "overrides": [{ "files": ["*.nix"], "role": "fragment" }] }';
const MODULE = `{ ... }:
{
  networking.firewall.enable = false;
  systemd.services.worker = {
    script = ''
      openssl rand -hex 32
    '';
  };
}
`;

async function opened(text: string, capabilities: object, files: Record<string, string> = {}): Promise<{ client: Client; path: string; diagnostics: readonly Diagnostic[] }> {
  const tree = new Tree({ "x.nix": text, ".tappaas-lint.json": CONFIG, ...files });
  const client = await Client.start({ folders: [tree.folder], capabilities });
  const path = tree.path("x.nix");
  await client.open(path, text);
  return { client, path, diagnostics: await client.diagnostics(path, 1) };
}

async function actionsAt(client: Client, path: string, [diagnostic]: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> {
  const { range } = diagnostic as Diagnostic;
  return client.request<CodeAction[]>("textDocument/codeAction", { textDocument: { uri: uri(path) }, range: { start: range.start, end: range.start }, context: { diagnostics: [diagnostic], ...(only === undefined ? {} : { only }) } });
}

const of = (diagnostics: readonly Diagnostic[], rule: string): Diagnostic[] => diagnostics.filter(({ code }) => code === rule);
const named = (actions: readonly CodeAction[], title: string): CodeAction => actions.find((action) => action.title.startsWith(title)) as CodeAction;

/** The text after an edit of one document, which must be for a version of it. */
function applied(text: string, edit: WorkspaceEdit | undefined, version: number): string {
  const [change, ...others] = edit?.documentChanges ?? [];
  expect(others).toEqual([]);
  if (change === undefined || !("textDocument" in change)) throw new Error("no edit of a document");
  expect(change.textDocument.version).toBe(version);
  return TextDocument.applyEdits(TextDocument.create("file:///x", "nix", 1, text), change.edits as TextEdit[]);
}

describe("code actions", () => {
  it("mend a finding, the safe fix preferred, for the version that was judged", async () => {
    const { client, path, diagnostics } = await opened(MODULE, { textDocument: ACTIONS, workspace: VERSIONED });
    expect(client.initialized.capabilities.codeActionProvider).toEqual({ codeActionKinds: ["quickfix", "source.fixAll.tappaas-lint"], resolveProvider: false });
    const found = of(diagnostics, "firewall-enabled");
    const actions = await actionsAt(client, path, found);
    expect(actions.map(({ title, kind, isPreferred }) => `${kind ?? ""} ${isPreferred === true ? "preferred " : ""}${title}`)).toEqual([
      "quickfix preferred Write `true`",
      "quickfix Suppress `firewall-enabled` on this line",
      "quickfix Suppress `firewall-enabled` in this file",
      "quickfix Read about `firewall-enabled`",
      "source.fixAll.tappaas-lint Fix all that can safely be fixed in this file",
    ]);
    expect(actions[0]?.diagnostics).toEqual(found);
    expect(applied(MODULE, actions[0]?.edit, 1)).toBe(MODULE.replace("enable = false", "enable = true"));
    await client.change(path, MODULE.replace("false", "false "), 2);
    const [later] = await actionsAt(client, path, found);
    expect(applied(MODULE.replace("false", "false "), later?.edit, 2)).toBe(MODULE.replace("false", "true "));
  });

  it("name a proposed fix as such and do not prefer it", async () => {
    const text = '{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 5432 ];\n}\n';
    const { client, path, diagnostics } = await opened(text, { textDocument: ACTIONS, workspace: VERSIONED }, { ".tappaas-lint.json": "{}" });
    const [action] = await actionsAt(client, path, of(diagnostics, "firewall-private-ports"), ["quickfix"]);
    expect(action?.title).toBe("Remove the port (proposed: it may change behaviour)");
    expect(action?.isPreferred).toBeUndefined();
    expect(applied(text, action?.edit, 1)).toBe(text.replace(" 5432", ""));
  });

  it("mend all of a file, and all of one rule", async () => {
    const both = MODULE.replace("{\n", 'let\n  versions = {\n    a = "1.2";\n    b = "3.4";\n    c = "5.6";\n  };\nin\n{\n').replace("hex 32", "hex ${versions.c}");
    const { client, path, diagnostics } = await opened(both, { textDocument: RESOLVES, workspace: VERSIONED });
    const unused = of(diagnostics, "unused-version");
    expect(unused.length).toBe(2);
    const actions = await actionsAt(client, path, unused);
    const one = named(actions, "Fix all of `unused-version`");
    expect(one.edit).toBeUndefined();
    const without = both.replace('    a = "1.2";\n    b = "3.4";\n', "");
    const resolved = (await client.request<CodeAction>("codeAction/resolve", one)).edit;
    expect(resolved?.documentChanges).toMatchObject([{ edits: [{ range: { start: { line: 3, character: 0 }, end: { line: 5, character: 0 } }, newText: "" }] }]);
    expect(applied(both, resolved, 1)).toBe(without);
    const [all] = await actionsAt(client, path, unused, ["source.fixAll"]);
    expect(applied(both, (await client.request<CodeAction>("codeAction/resolve", all as CodeAction)).edit, 1)).toBe(without.replace("enable = false", "enable = true"));
    await client.change(path, `${both}\n`, 2);
    await expect(client.request("codeAction/resolve", one)).rejects.toMatchObject({ code: -32801 });
  });

  it("keep back with a reason, in comments that change nothing", async () => {
    const { client, path, diagnostics } = await opened(MODULE, { textDocument: ACTIONS, workspace: VERSIONED });
    const firewall = await actionsAt(client, path, of(diagnostics, "firewall-enabled"));
    expect(applied(MODULE, named(firewall, "Suppress `firewall-enabled` on this line").edit, 1)).toBe(MODULE.replace("  networking", "  # tappaas-lint: disable-next-line firewall-enabled -- reason\n  networking"));
    expect(applied(MODULE, named(firewall, "Suppress `firewall-enabled` in this file").edit, 1)).toBe(`# tappaas-lint: disable-file firewall-enabled -- reason\n${MODULE}`);
    const inScript = of(diagnostics, "secrets-logged");
    const script = named(await actionsAt(client, path, inScript), "Suppress `secrets-logged` in this string");
    const after = applied(MODULE, script.edit, 1);
    expect(after).toBe(MODULE.replace("    script", "    # tappaas-lint: disable secrets-logged -- reason\n    script").replace("    '';\n", "    '';\n    # tappaas-lint: enable secrets-logged\n"));
    await client.change(path, after, 2);
    expect(of(await client.diagnostics(path, 2), "secrets-logged")).toEqual([]);
    expect(of(await client.diagnostics(path, 2), "unused-suppression")).toEqual([]);
  });

  it("leave a place for the reason where the client can", async () => {
    const { client, path, diagnostics } = await opened(MODULE, { textDocument: ACTIONS, workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } });
    const action = named(await actionsAt(client, path, of(diagnostics, "firewall-enabled")), "Suppress `firewall-enabled` on this line");
    expect(action.edit?.documentChanges?.[0]).toMatchObject({ edits: [{ snippet: { kind: "snippet", value: "  # tappaas-lint: disable-next-line firewall-enabled -- ${1:reason}\n" } }] });
  });

  it("are plain changes for a client that knows no versions, and none where the text is not judged", async () => {
    const { client, path, diagnostics } = await opened(MODULE, { textDocument: ACTIONS });
    const [action] = await actionsAt(client, path, of(diagnostics, "firewall-enabled"));
    expect(action?.edit).toEqual({ changes: { [uri(path)]: [{ range: { start: { line: 2, character: 31 }, end: { line: 2, character: 36 } }, newText: "true" }] } });
    const { client: saver, path: saved, diagnostics: judged } = await opened(MODULE, { textDocument: ACTIONS, workspace: { configuration: true } });
    saver.settings = { run: "onSave" };
    await saver.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await saver.request("workspace/executeCommand", { command: "none" }).catch(() => null);
    await saver.change(saved, `\n${MODULE}`, 2);
    expect(await actionsAt(saver, saved, of(judged, "firewall-enabled"))).toEqual([]);
  });

  it("show a rule's documentation", async () => {
    const { client, path, diagnostics } = await opened(MODULE, { textDocument: ACTIONS, window: { showDocument: { support: true } } });
    const shown: unknown[] = [];
    client.connection.onRequest("window/showDocument", (params: unknown) => {
      shown.push(params);
      return { success: true };
    });
    const { command } = named(await actionsAt(client, path, of(diagnostics, "firewall-enabled")), "Read about");
    await client.request("workspace/executeCommand", { command: command?.command, arguments: command?.arguments });
    expect(shown).toEqual([{ uri: "https://github.com/TAPPaaS/tappaas-lint/blob/main/rules.md#firewall-enabled", external: true }]);
    await expect(client.request("workspace/executeCommand", { command: command?.command, arguments: ["https://example.org"] })).rejects.toBeInstanceOf(ResponseError);
  });
});
