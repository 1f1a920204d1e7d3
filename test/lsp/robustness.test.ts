/** The server does what it promises beside diagnostics, and outlives what clients and disks do to it. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Diagnostic, DiagnosticTag, type DocumentDiagnosticReport, ErrorCodes, type WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { BAD, GOOD, Tree } from "../cli/program.ts";
import { Client, brief, uri } from "./client.ts";

const PULLS = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true } };

const about = (diagnostics: readonly Diagnostic[], rule: string): string[] => brief(diagnostics).filter((text) => text.endsWith(` ${rule}`));
const pull = async (client: Client, path: string): Promise<readonly Diagnostic[]> => {
  const report = await client.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument: { uri: uri(path) } });
  return report.kind === "full" ? report.items : [];
};

describe("diagnostics", () => {
  it("are faded where something has no use, and lead to the second place", async () => {
    const text = 'let\n  versions = { a = "1"; };\n  release = "24.11";\nin\n{\n  system.stateVersion = release;\n}\n';
    const tree = new Tree({ "x.nix": text });
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path("x.nix"), text);
    const diagnostics = await client.diagnostics(tree.path("x.nix"), 1);
    expect(diagnostics.filter(({ tags }) => tags?.includes(DiagnosticTag.Unnecessary) === true).map(({ code }) => code)).toEqual(["unused-version"]);
    const [stateVersion] = diagnostics.filter(({ code }) => code === "state-version");
    expect(stateVersion?.range.start.line).toBe(5);
    expect(stateVersion?.relatedInformation?.map(({ location }) => location)).toEqual([{ uri: uri(tree.path("x.nix")), range: { start: { line: 2, character: 12 }, end: { line: 2, character: 19 } } }]);
  });

  it("come with the progress of a whole workspace", async () => {
    const tree = new Tree(Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`x${n}.nix`, BAD])));
    const client = await Client.start({ folders: [tree.folder], capabilities: { ...PULLS, window: { workDoneProgress: true } } });
    const told: { kind: string; percentage?: number }[] = [];
    client.connection.onNotification("$/progress", ({ token, value }: { token: string; value: { kind: string; percentage?: number } }) => {
      if (token === "whole") told.push(value);
    });
    const all = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [], workDoneToken: "whole" });
    expect(all.items).toHaveLength(12);
    expect([told[0]?.kind, told.at(-1)?.kind]).toEqual(["begin", "end"]);
    const percentages = told.flatMap(({ percentage }) => percentage ?? []);
    expect(percentages.length).toBeGreaterThan(5);
    expect([...percentages].sort((a, b) => a - b)).toEqual(percentages);
  });

  it("cover several workspace folders, also such as come and go", async () => {
    const [first, second, third] = [new Tree({ "a.nix": BAD }), new Tree({ "b.nix": BAD }), new Tree({ "c.nix": BAD })];
    const client = await Client.start({ folders: [first.folder, second.folder], capabilities: PULLS });
    const files = async (): Promise<string[]> => (await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] })).items.map((item) => item.uri).sort();
    expect(await files()).toEqual([uri(first.path("a.nix")), uri(second.path("b.nix"))].sort());
    await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added: [{ uri: uri(third.folder), name: "c" }], removed: [{ uri: uri(first.folder), name: "a" }] } });
    expect(await files()).toEqual([uri(second.path("b.nix")), uri(third.path("c.nix"))].sort());
  });

  it("wait for saving where they are told to", async () => {
    const tree = new Tree({ "x.nix": GOOD });
    const client = await Client.start({ folders: [tree.folder], settings: { run: "onSave" } });
    await client.request("workspace/executeCommand", { command: "none" }).catch(() => null);
    await client.open(tree.path("x.nix"), GOOD);
    expect(about(await client.diagnostics(tree.path("x.nix"), 1), "grow-partition")).toEqual([]);
    await client.change(tree.path("x.nix"), BAD, 2);
    expect(about(await client.diagnostics(tree.path("x.nix"), 2), "grow-partition")).toEqual([]);
    tree.write("x.nix", BAD);
    await client.connection.sendNotification("textDocument/didSave", { textDocument: { uri: uri(tree.path("x.nix")) } });
    await client.until(() => about(client.pushed.get(uri(tree.path("x.nix")))?.diagnostics ?? [], "grow-partition").length === 1);
  });

  it("are those of the last of a hundred edits a second, and not of each on the way", async () => {
    const tree = new Tree({ "x.nix": GOOD });
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path("x.nix"), GOOD);
    await client.diagnostics(tree.path("x.nix"), 1);
    let pushes = 0;
    client.connection.onNotification("textDocument/publishDiagnostics", ({ uri: of, version, diagnostics }: { uri: string; version: number; diagnostics: Diagnostic[] }) => {
      pushes++;
      client.saw(of, version, diagnostics);
    });
    // All at once: faster than anybody types.
    for (let version = 2; version <= 101; version++) {
      await client.change(tree.path("x.nix"), [{ range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, text: version === 101 ? "  boot.growPartition = false;\n#" : "#" }], version);
    }
    expect(about(await client.diagnostics(tree.path("x.nix"), 101), "grow-partition")).toEqual(["3:23 grow-partition"]);
    expect(pushes).toBeLessThan(50);
  });

  it("of a document of five megabytes are given, and do not keep others waiting for ever", async () => {
    const big = `{\n${Array.from({ length: 160_000 }, (_, n) => `  a.b${n} = "text ${n} text";\n`).join("")}}\n`;
    expect(big.length).toBeGreaterThan(5_000_000);
    const tree = new Tree({ "x.nix": GOOD });
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path("big.nix"), big);
    await client.open(tree.path("x.nix"), BAD);
    expect(about(await client.diagnostics(tree.path("x.nix"), 1), "grow-partition")).toEqual(["3:23 grow-partition"]);
    await client.diagnostics(tree.path("big.nix"), 1);
    await client.change(tree.path("big.nix"), [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "  boot.growPartition = false;\n" }], 2);
    await client.diagnostics(tree.path("big.nix"), 2);
  }, 300_000);
});

describe("the server", () => {
  it("answers what it does not know with an error, and goes on", async () => {
    const tree = new Tree({ "x.nix": BAD });
    const client = await Client.start({ folders: [tree.folder], capabilities: PULLS });
    await expect(client.request("textDocument/rename", { textDocument: { uri: uri(tree.path("x.nix")) } })).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
    await client.connection.sendNotification("$/nobodyKnowsThis", { a: 1 });
    await client.connection.sendNotification("textDocument/didChange", { textDocument: { uri: "untitled:nothing", version: 3 }, contentChanges: [{ text: "x" }] });
    await client.connection.sendNotification("textDocument/didChange", {});
    await client.connection.sendNotification("textDocument/didOpen", { textDocument: null });
    await expect(client.request("textDocument/hover", { textDocument: { uri: uri(tree.path("x.nix")) }, position: null })).resolves.toBeNull();
    await client.open(tree.path("x.nix"), BAD);
    await expect(client.request("textDocument/hover", { textDocument: { uri: uri(tree.path("x.nix")) }, position: null })).rejects.toBeDefined();
    await expect(client.request("codeAction/resolve", { title: "made up", data: { uri: uri(tree.path("x.nix")), version: 99 } })).rejects.toMatchObject({ code: -32801 });
    expect(about(await pull(client, tree.path("x.nix")), "grow-partition")).toEqual(["3:23 grow-partition"]);
  });

  it("outlives messages that are none", async () => {
    const tree = new Tree({ "x.nix": BAD });
    const client = await Client.start({ folders: [tree.folder], capabilities: PULLS });
    for (const body of ["{ no json", "[]", '"text"', "null", '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":{},"method":7}']) client.process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await client.open(tree.path("x.nix"), BAD);
    expect(about(await pull(client, tree.path("x.nix")), "grow-partition")).toEqual(["3:23 grow-partition"]);
  });

  it("outlives files and folders that vanish", async () => {
    const tree = new Tree({ "x.nix": BAD, "sub/y.nix": BAD });
    const client = await Client.start({ folders: [tree.folder], capabilities: PULLS });
    await client.open(tree.path("x.nix"), BAD);
    expect(about(await pull(client, tree.path("sub/y.nix")), "grow-partition")).toHaveLength(1);
    rmSync(tree.path("sub"), { recursive: true });
    rmSync(tree.path("x.nix"));
    await client.watched(tree.path("sub/y.nix"), 3);
    await client.watched(tree.path("x.nix"), 3);
    expect(await pull(client, tree.path("sub/y.nix"))).toEqual([]);
    expect(about(await pull(client, tree.path("x.nix")), "grow-partition")).toHaveLength(1);
    rmSync(tree.folder, { recursive: true });
    expect(about(await pull(client, tree.path("x.nix")), "grow-partition")).toHaveLength(1);
    await client.change(tree.path("x.nix"), GOOD, 2);
    expect(about(await pull(client, tree.path("x.nix")), "grow-partition")).toEqual([]);
  });

  it("ends with 0 after a shutdown, else with 1", async () => {
    const polite = await Client.start();
    await polite.connection.sendRequest("shutdown");
    await polite.connection.sendNotification("exit");
    expect(await polite.exited).toBe(0);
    const curt = await Client.start();
    await curt.connection.sendNotification("exit");
    expect(await curt.exited).toBe(1);
  });

  it("ends when its client has closed its end, or its parent is gone", async () => {
    const closed = await Client.start();
    closed.process.stdin?.end();
    expect(await closed.exited).toBe(1);
    const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const orphan = await Client.start({ parent: parent.pid as number });
    parent.kill();
    expect(await orphan.exited).toBe(1);
  });
});
