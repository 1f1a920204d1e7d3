/** Diagnostics come and go as documents and files change, and are those of the command line. */
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diagnostic, DocumentDiagnosticReport, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { BAD, GOOD, Tree } from "../cli/program.ts";
import { Client, brief, uri } from "./client.ts";

const FIXTURES = resolve(import.meta.dirname, "../fixtures");
/** Milliseconds that a machine with other work on it may take for all fixtures. */
const LONG = 300_000;
const PULLS = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true }, didChangeWatchedFiles: { dynamicRegistration: true } } };
const OF_ONE_RULE = '{ "rules": { "grow-partition": "error" }, "overrides": [] }';

const about = (diagnostics: readonly Diagnostic[], rule: string): string[] => brief(diagnostics).filter((text) => text.endsWith(` ${rule}`));

describe("pushed diagnostics", () => {
  it("come for what is typed, saved or not, and go when it is mended", async () => {
    const tree = new Tree({ "x.nix": GOOD });
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path("x.nix"), GOOD);
    expect(about(await client.diagnostics(tree.path("x.nix"), 1), "grow-partition")).toEqual([]);
    await client.change(tree.path("x.nix"), [{ range: { start: { line: 3, character: 23 }, end: { line: 3, character: 27 } }, text: "false" }], 2);
    const diagnostics = await client.diagnostics(tree.path("x.nix"), 2);
    expect(about(diagnostics, "grow-partition")).toEqual(["3:23 grow-partition"]);
    expect(diagnostics.find(({ code }) => code === "grow-partition")).toMatchObject({
      range: { start: { line: 3, character: 23 }, end: { line: 3, character: 28 } },
      severity: 1,
      source: "tappaas-lint",
      codeDescription: { href: "https://github.com/TAPPaaS/tappaas-lint/blob/main/rules.md#grow-partition" },
      data: { rule: "grow-partition" },
    });
    await client.change(tree.path("x.nix"), GOOD, 3);
    expect(about(await client.diagnostics(tree.path("x.nix"), 3), "grow-partition")).toEqual([]);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri: uri(tree.path("x.nix")) } });
    await client.until(() => client.pushed.get(uri(tree.path("x.nix")))?.diagnostics.length === 0);
  });

  it("count an unsaved import of another open module, and judge anew only what hangs on it", async () => {
    const system = "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./part.nix ];\n}\n";
    const part = (value: string) => `{ ... }:\n{\n  boot.growPartition = ${value};\n}\n`;
    const tree = new Tree({ "x.nix": system, "part.nix": part("true"), "y.nix": GOOD });
    const client = await Client.start({ folders: [tree.folder] });
    for (const path of ["x.nix", "part.nix", "y.nix"]) await client.open(tree.path(path), readFileSync(tree.path(path), "utf8"));
    expect(about(await client.diagnostics(tree.path("x.nix"), 1), "grow-partition")).toEqual([]);
    await client.diagnostics(tree.path("y.nix"), 1);
    const pushed: string[] = [];
    client.connection.onNotification("textDocument/publishDiagnostics", ({ uri: of, version, diagnostics }: { uri: string; version: number; diagnostics: Diagnostic[] }) => {
      pushed.push(of);
      client.saw(of, version, diagnostics);
    });
    // A value that the system itself then lacks.
    await client.change(tree.path("part.nix"), "{ ... }:\n{\n}\n", 2);
    await client.until(() => about(client.pushed.get(uri(tree.path("x.nix")))?.diagnostics ?? [], "grow-partition").length > 0);
    expect(about(client.pushed.get(uri(tree.path("x.nix")))?.diagnostics ?? [], "grow-partition")).toEqual(["2:2 grow-partition"]);
    expect(new Set(pushed)).toEqual(new Set([uri(tree.path("part.nix")), uri(tree.path("x.nix"))]));
  });

  it("follow what changes on the disk: JSON, configuration, files that come and go", async () => {
    const tree = new Tree({ "x.nix": BAD });
    const client = await Client.start({ folders: [tree.folder], capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
    const seen = (rule: string) => about(client.pushed.get(uri(tree.path("x.nix")))?.diagnostics ?? [], rule);
    await client.open(tree.path("x.nix"), BAD);
    await client.diagnostics(tree.path("x.nix"), 1);
    expect(seen("grow-partition")).toEqual(["3:23 grow-partition"]);
    tree.write(".tappaas-lint.json", '{ "rules": { "grow-partition": "off" } }');
    await client.watched(tree.path(".tappaas-lint.json"), 1);
    await client.until(() => seen("grow-partition").length === 0);
    tree.write(".tappaas-lint.json", '{ "rules": { "grow-partition": "warning" } }');
    await client.watched(tree.path(".tappaas-lint.json"), 2);
    await client.until(() => seen("grow-partition").length === 1);
    rmSync(tree.path(".tappaas-lint.json"));
    await client.watched(tree.path(".tappaas-lint.json"), 3);
    await client.until(() => client.pushed.get(uri(tree.path("x.nix")))?.diagnostics.find(({ code }) => code === "grow-partition")?.severity === 1);
    tree.write("x.json", '{ "vmname": "x", "proxyPort": 8443 }');
    expect(seen("firewall-service-port")).toEqual([]);
    await client.watched(tree.path("x.json"), 1);
    await client.until(() => seen("firewall-service-port").length === 1);
  });

  it("count columns in bytes for a client that does", async () => {
    const text = BAD.replace("  boot", "  /* ä𝄞 */ boot");
    const tree = new Tree({ "x.nix": text });
    const client = await Client.start({ folders: [tree.folder], capabilities: { general: { positionEncodings: ["utf-8", "utf-16"] } } });
    expect(client.initialized.capabilities.positionEncoding).toBe("utf-8");
    await client.open(tree.path("x.nix"), text);
    const column = Buffer.byteLength("  /* ä𝄞 */ boot.growPartition = ");
    expect(about(await client.diagnostics(tree.path("x.nix"), 1), "grow-partition")).toEqual([`3:${column} grow-partition`]);
    await client.change(tree.path("x.nix"), [{ range: { start: { line: 3, character: column }, end: { line: 3, character: column + 5 } }, text: "true" }], 2);
    expect(about(await client.diagnostics(tree.path("x.nix"), 2), "grow-partition")).toEqual([]);
  });

  it("honour the client's settings", async () => {
    const tree = new Tree({ "x.nix": BAD });
    const client = await Client.start({ folders: [tree.folder], settings: { severities: ["warning"] } });
    await client.open(tree.path("x.nix"), BAD);
    await client.until(() => (client.pushed.get(uri(tree.path("x.nix")))?.diagnostics ?? [{ severity: 1 } as Diagnostic]).every(({ severity }) => severity === 2));
    client.settings = { enable: false };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.pushed.get(uri(tree.path("x.nix")))?.diagnostics.length === 0);
    tree.write("lint.json", '{ "rules": { "grow-partition": "info" } }');
    client.settings = { configuration: "lint.json" };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.pushed.get(uri(tree.path("x.nix")))?.diagnostics.find(({ code }) => code === "grow-partition")?.severity === 3);
  });

  it("show the mistakes of an open configuration", async () => {
    const tree = new Tree({ "x.nix": GOOD });
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path(".tappaas-lint.json"), OF_ONE_RULE.replace("grow-partition", "grow-partitoin"), 1, "jsonc");
    const [mistake] = await client.diagnostics(tree.path(".tappaas-lint.json"), 1);
    expect(mistake).toMatchObject({ range: { start: { line: 0, character: 13 }, end: { line: 0, character: 29 } }, severity: 1 });
    expect(mistake?.message).toContain("`grow-partition`");
  });

  it("are made without a configuration that is wrong, which is told once where nobody sees its mistakes", async () => {
    const wrong = OF_ONE_RULE.replace("grow-partition", "grow-partitoin");
    const tree = new Tree({ "x.nix": BAD, ".tappaas-lint.json": wrong });
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path("x.nix"), BAD);
    await client.until(() => client.messages.length > 0);
    expect(client.messages).toEqual([expect.stringMatching(/^The configuration cannot be used, .* unknown rule `grow-partitoin`/)]);
    await client.open(tree.path(".tappaas-lint.json"), wrong.replace("partitoin", "partit"), 1, "jsonc");
    await client.diagnostics(tree.path(".tappaas-lint.json"), 1);
    await client.diagnostics(tree.path("x.nix"), 1);
    expect(client.messages).toHaveLength(1);
  });
});

describe("pulled diagnostics", () => {
  it("are never pushed as well, and say when nothing has changed", async () => {
    const tree = new Tree({ "x.nix": BAD, "sub/y.nix": BAD });
    const client = await Client.start({ folders: [tree.folder], capabilities: PULLS });
    expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true, workspaceDiagnostics: true });
    await client.open(tree.path("x.nix"), GOOD);
    const pull = (previousResultId?: string) => client.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument: { uri: uri(tree.path("x.nix")) }, previousResultId });
    const first = await pull();
    expect(first.kind === "full" && about(first.items, "grow-partition")).toEqual([]);
    expect(await pull(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.change(tree.path("x.nix"), BAD, 2);
    const second = await pull(first.resultId);
    expect(second.kind === "full" && about(second.items, "grow-partition")).toEqual(["3:23 grow-partition"]);

    const all = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
    expect(all.items.map(({ uri: of, kind, version }) => [of, kind, version])).toEqual([
      [uri(tree.path("x.nix")), "full", 2],
      [uri(tree.path("sub/y.nix")), "full", null],
    ]);
    const again = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: all.items.map(({ uri: of, resultId }) => ({ uri: of, value: resultId })) });
    expect(again.items.map(({ kind }) => kind)).toEqual(["unchanged", "unchanged"]);
    rmSync(tree.path("sub/y.nix"));
    await client.watched(tree.path("sub/y.nix"), 3);
    await client.until(() => client.refreshes > 0);
    const gone = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: all.items.map(({ uri: of, resultId }) => ({ uri: of, value: resultId })) });
    expect(gone.items.find(({ uri: of }) => of.endsWith("y.nix"))).toMatchObject({ kind: "full", items: [] });
    expect(client.pushed.size).toBe(0);
  });

  it("are what the command line reports, for every fixture", async () => {
    const tree = new Tree({ "none.nix": "{ }\n" });
    for (const rule of readdirSync(FIXTURES)) {
      for (const name of readdirSync(join(FIXTURES, rule))) {
        const target = tree.path(`${rule}/${name.replace(/\.nix$/, "")}`);
        cpSync(join(FIXTURES, rule, name), statSync(join(FIXTURES, rule, name)).isDirectory() ? target : join(target, name), { recursive: true });
      }
    }
    const unmarked = (folder: string): void => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) unmarked(path);
        else if (entry.isFile() && entry.name.endsWith(".nix")) writeFileSync(path, readFileSync(path, "utf8").replace(/[⟦⟧]/g, ""));
      }
    };
    unmarked(tree.folder);
    const { stdout } = tree.run(["--format", "json", "--fail-on", "never"]);
    const report = JSON.parse(stdout) as { files: { path: string; findings: { rule: string; severity: string; message: string; suppressed: boolean; start: { line: number; column: number }; end: { line: number; column: number } }[] }[] };
    const expected = Object.fromEntries(
      report.files.map(({ path, findings }) => [
        path,
        findings.filter(({ suppressed }) => !suppressed).map(({ rule, severity, message, start, end }) => `${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule} ${message}`),
      ]),
    );
    const client = await Client.start({ folders: [tree.folder], capabilities: PULLS });
    const all = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds: [] });
    const seen = Object.fromEntries(
      all.items.map((item) => [
        decodeURIComponent(item.uri.slice(uri(tree.folder).length + 1)),
        item.kind === "full" ? item.items.map(({ range: { start, end }, severity, code, message }) => `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${["", "error", "warning", "info"][severity ?? 0]} ${String(code)} ${message as string}`) : [],
      ]),
    );
    expect(Object.keys(seen).length).toBeGreaterThan(200);
    expect(Object.keys(expected).filter((path) => seen[path]?.join("\n") !== expected[path]?.join("\n")).map((path) => [path, seen[path], expected[path]])).toEqual([]);
    expect(Object.keys(seen).sort()).toEqual(Object.keys(expected).sort());
  }, LONG);
});
