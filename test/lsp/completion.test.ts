/** What an editor completes: suppression comments and configurations; and where the paths of a module lead. */
import { describe, expect, it } from "vitest";
import { type CompletionItem, type DocumentLink, InsertTextFormat, type TextEdit } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { withoutPlaces } from "../../src/lsp/configuration-completion.ts";
import { rules } from "../../src/rules/index.ts";
import { BAD, Tree } from "../cli/program.ts";
import { Client, uri } from "./client.ts";

/** Opens a text in which `│` is the cursor, and asks what can stand there. */
async function completing(name: string, marked: string, capabilities: object = {}): Promise<{ items: CompletionItem[]; after: (label: string) => string }> {
  const text = marked.replace("│", "");
  const tree = new Tree({ [name]: text });
  const client = await Client.start({ folders: [tree.folder], capabilities });
  await client.open(tree.path(name), text, 1, name.endsWith(".nix") ? "nix" : "jsonc");
  await client.diagnostics(tree.path(name), 1);
  const document = TextDocument.create("file:///x", "x", 1, text);
  const items = await client.request<CompletionItem[]>("textDocument/completion", { textDocument: { uri: uri(tree.path(name)) }, position: document.positionAt(marked.indexOf("│")) });
  return { items, after: (label) => TextDocument.applyEdits(document, [items.find((item) => item.label === label)?.textEdit as TextEdit]) };
}

const first = (items: readonly CompletionItem[]): string | undefined => [...items].sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))[0]?.label;

describe("completion in suppressions", () => {
  it("offers the keywords", async () => {
    const { items, after } = await completing("x.nix", BAD.replace("  boot", "  # tappaas-lint: dis│able\n  boot"));
    expect(items.map(({ label }) => label)).toEqual(["disable-next-line", "disable-line", "disable-file", "disable", "enable"]);
    expect(after("disable-next-line")).toContain("  # tappaas-lint: disable-next-line\n");
  });

  it("offers the rules with their conventions, those that are found there first", async () => {
    const { items, after } = await completing("x.nix", BAD.replace("  boot", "  # tappaas-lint: disable-next-line host-name, gr│ow -- reason\n  boot"), { textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } } });
    expect(items.length).toBe(rules.length - 1);
    expect(items.some(({ label }) => label === "host-name")).toBe(false);
    expect(first(items)).toBe("grow-partition");
    expect(items.find(({ label }) => label === "grow-partition")).toMatchObject({ detail: "Grow the root partition", documentation: { kind: "markdown", value: "`boot.growPartition` is true." } });
    expect(after("grow-partition")).toContain("disable-next-line host-name, grow-partition -- reason\n");
  });

  it.each([
    ["the reason", "# tappaas-lint: disable-line grow-partition -- │"],
    ["another comment", "# see tappaas-lint │"],
    ["no keyword", "# tappaas-lint: disab grow│"],
    ["code", "a = │"],
  ])("offers nothing in %s", async (_, line) => {
    expect((await completing("x.nix", `{ ... }:\n{\n  ${line}\n}\n`)).items).toEqual([]);
  });
});

describe("completion in a configuration", () => {
  it("follows the schema", async () => {
    const { items, after } = await completing(".tappaas-lint.json", '// comment\n{\n  "rules": {\n    "grow│"\n  }\n}\n');
    expect(items.map(({ label }) => label).sort()).toEqual(rules.map(({ id }) => id).sort());
    expect(after("grow-partition")).toBe('// comment\n{\n  "rules": {\n    "grow-partition"\n  }\n}\n');
    const values = await completing(".tappaas-lint.json", '{ "rules": { "grow-partition": │ } }');
    expect(values.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['"off"', '"info"', '"warning"', '"error"']));
    expect(values.items.every(({ textEdit }) => !(textEdit?.newText ?? "").includes("$"))).toBe(true);
    const options = await completing(".tappaas-lint.json", '{ "rules": { "backup-schedule": ["error", { │ }] } }');
    expect(options.items.map(({ label }) => label)).toContain("tolerance");
  });

  it("takes our schema whatever the document names, and leaves places where the client can", async () => {
    const { items } = await completing(".tappaas-lint.json", '{ "$schema": "https://example.org/schema.json", │ }', { textDocument: { completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } } } });
    expect(items.map(({ label }) => label).sort()).toEqual(["extends", "ignore", "overrides", "requireOptions", "requireReasons", "rules"]);
    expect(items.find(({ label }) => label === "rules")).toMatchObject({ insertTextFormat: InsertTextFormat.Snippet });
    expect(items.find(({ label }) => label === "ignore")?.documentation).toContain("not linted");
  });

  it("makes plain text of snippets", () => {
    expect(withoutPlaces('"a": ${1:"\\}\\$x"}$0, \\\\ ${2}')).toBe('"a": "}$x", \\ ');
  });
});

it("links to what a module imports, calls and reads inside the tree", async () => {
  const text = `{ lib, pkgs, ... }:
{
  imports = [ /etc/nixos/hardware-configuration.nix ./part.nix ../outside.nix ./folder ./missing.nix ];
  environment.systemPackages = [ (pkgs.callPackage ./package.nix { }) ];
  networking.hostName = (builtins.fromJSON (builtins.readFile ./x.json)).vmname;
}
`;
  const tree = new Tree({ "a/x.nix": text, "a/part.nix": "{ }\n", "a/folder/default.nix": "{ }\n", "a/package.nix": "{ }: { }\n", "a/x.json": "{ }" });
  const client = await Client.start({ folders: [tree.folder] });
  await client.open(tree.path("a/x.nix"), text);
  const links = await client.request<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri: uri(tree.path("a/x.nix")) } });
  const lines = text.split("\n");
  expect(links.map(({ range: { start, end }, target }) => [(lines[start.line] as string).slice(start.character, end.character), target])).toEqual([
    ["./part.nix", uri(tree.path("a/part.nix"))],
    ["./folder", uri(tree.path("a/folder/default.nix"))],
    ["./package.nix", uri(tree.path("a/package.nix"))],
    ["./x.json", uri(tree.path("a/x.json"))],
  ]);
});
