/** The option view as the extension asks for it: what is open counts, and every definition can be gone to. */
import { expect, it } from "vitest";
import { OPTIONS_REQUEST, type OptionDocument } from "../../src/lsp/own-messages.ts";
import { Tree } from "../cli/program.ts";
import { Client, uri } from "./client.ts";

const MODULE = '{ lib, ... }:\n{\n  imports = [ ./base.nix ];\n  networking.hostName = lib.mkDefault "saved";\n  time.timeZone = "UTC";\n}\n';
const BASE = '{ lib, config, ... }:\n{\n  /* ä */ time.timeZone = lib.mkDefault "Europe/Amsterdam";\n  boot.growPartition = config.x.y or z;\n}\n';

async function options(client: Client, path: string): Promise<OptionDocument | null> {
  return client.request<OptionDocument | null>(OPTIONS_REQUEST, { textDocument: { uri: uri(path) } });
}

it("shows every option of a module with its value, its priority and its places", async () => {
  const tree = new Tree({ "host.nix": MODULE, "base.nix": BASE });
  const client = await Client.start({ folders: [tree.folder] });
  await client.open(tree.path("host.nix"), MODULE.replace("saved", "typed"));
  expect((await options(client, tree.path("host.nix")))?.text).toBe(
    [
      "# What NixOS will take for the options of host.nix: 3 options, 2 of them known.",
      "",
      "# boot.growPartition cannot be known without evaluating Nix: base.nix:4",
      'networking.hostName = "typed"; # mkDefault, line 4',
      'time.timeZone = "UTC"; # line 5, base.nix:3 (not taken)',
      "",
    ].join("\n"),
  );
});

it("leads to the definitions", async () => {
  const tree = new Tree({ "host.nix": MODULE, "base.nix": BASE });
  for (const [encoding, character] of [["utf-16", 10], ["utf-8", 11]] as const) {
    const client = await Client.start({ folders: [tree.folder], capabilities: { general: { positionEncodings: [encoding] } } });
    const { text, links } = (await options(client, tree.path("host.nix"))) as OptionDocument;
    const lines = text.split("\n");
    expect(links.map(({ range: { start, end }, target, position }) => [lines[start.line]?.slice(start.character, end.character), target, position])).toEqual([
      ["base.nix:4", uri(tree.path("base.nix")), { line: 3, character: 2 }],
      ["line 4", uri(tree.path("host.nix")), { line: 3, character: 2 }],
      ["line 5", uri(tree.path("host.nix")), { line: 4, character: 2 }],
      ["base.nix:3", uri(tree.path("base.nix")), { line: 2, character }],
    ]);
  }
});

it("has nothing to show of what is no module or no file", async () => {
  const tree = new Tree({ "host.nix": MODULE, "host.json": "{}" });
  const client = await Client.start({ folders: [tree.folder] });
  expect(await options(client, tree.path("host.json"))).toBeNull();
  expect(await options(client, tree.path("none.nix"))).toBeNull();
  expect(await client.request(OPTIONS_REQUEST, { textDocument: { uri: "untitled:Untitled-1" } })).toBeNull();
});
