/** What an editor shows under the pointer. */
import { describe, expect, it } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver/node";
import { MARKDOWN } from "../../src/lsp/markup.ts";
import { Tree } from "../cli/program.ts";
import { Client, uri } from "./client.ts";

const MARKDOWN_CLIENT = { textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } } };
const SYSTEM = `{ lib, ... }:
{
  imports = [ /etc/nixos/hardware-configuration.nix ./base.nix ];
  networking.hostName = lib.mkDefault "litellm";
  networking.firewall.allowedTCPPorts = [ 4000 ];
  services.openssh = {
    enable = true;
    settings.PermitRootLogin = "no";
  };
  boot.growPartition = false;
  time.timeZone = builtins.currentTime;
}
`;
const BASE = `{ lib, ... }:
{
  networking.hostName = lib.mkOptionDefault "base";
  networking.firewall.allowedTCPPorts = [ 22 ];
  services.openssh.settings.X11Forwarding = false;
}
`;

async function hovering(files: Record<string, string>, capabilities: object = {}): Promise<{ tree: Tree; at: (path: string, needle: string) => Promise<Hover | null> }> {
  const tree = new Tree(files);
  const client = await Client.start({ folders: [tree.folder], capabilities });
  expect(client.initialized.capabilities.hoverProvider).toBe(true);
  for (const [path, text] of Object.entries(files)) if (path.endsWith(".nix")) await client.open(tree.path(path), text);
  const at = (path: string, needle: string): Promise<Hover | null> => {
    const before = (files[path] as string).slice(0, (files[path] as string).indexOf(needle)).split("\n");
    return client.request("textDocument/hover", { textDocument: { uri: uri(tree.path(path)) }, position: { line: before.length - 1, character: (before.at(-1) as string).length } });
  };
  return { tree, at };
}

const textOf = (hover: Hover | null): string => (hover?.contents as MarkupContent | undefined)?.value ?? "";

describe("hover on an option", () => {
  it("shows the value, its priority and all definitions across imports", async () => {
    const { at } = await hovering({ "litellm.nix": SYSTEM, "base.nix": BASE });
    const host = await at("litellm.nix", "hostName");
    expect(host?.contents).toEqual({ kind: "plaintext", value: 'networking.hostName = "litellm" (mkDefault, 1000)\n\n- litellm.nix:4 (mkDefault, 1000)\n- base.nix:3 (mkOptionDefault, 1500, not taken)' });
    expect(host?.range).toEqual({ start: { line: 3, character: 2 }, end: { line: 3, character: 21 } });
    expect(textOf(await at("litellm.nix", '"litellm"'))).toBe(textOf(host));
    expect(textOf(await at("base.nix", "networking.firewall"))).toBe("networking.firewall.allowedTCPPorts = [ 22 4000 ] (plain, 100)\n\n- litellm.nix:5 (plain, 100)\n- base.nix:4 (plain, 100)");
    expect(textOf(await at("litellm.nix", "timeZone"))).toContain("time.timeZone cannot be known without evaluating Nix\n\n- litellm.nix:11 (plain, 100)");
    expect(textOf(await at("litellm.nix", "PermitRootLogin"))).toContain('services.openssh.settings.PermitRootLogin = "no" (plain, 100)');
  });

  it("lists what a set holds", async () => {
    const { at } = await hovering({ "litellm.nix": SYSTEM, "base.nix": BASE });
    expect(textOf(await at("litellm.nix", "openssh"))).toContain(
      "services.openssh sets 3 options:\n\n- services.openssh.enable = true (plain, 100)\n- services.openssh.settings.PermitRootLogin = \"no\" (plain, 100)\n- services.openssh.settings.X11Forwarding = false (plain, 100)",
    );
  });

  it("tells the systems apart that import a file", async () => {
    const system = (name: string): string => `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./base.nix ];\n  networking.hostName = "${name}";\n}\n`;
    const { at } = await hovering({ "a.nix": system("a"), "b.nix": system("b"), "base.nix": BASE });
    expect(textOf(await at("base.nix", "hostName"))).toBe(
      'In a.nix:\n\nnetworking.hostName = "a" (plain, 100)\n\n- a.nix:4 (plain, 100)\n- base.nix:3 (mkOptionDefault, 1500, not taken)\n\nIn b.nix:\n\nnetworking.hostName = "b" (plain, 100)\n\n- b.nix:4 (plain, 100)\n- base.nix:3 (mkOptionDefault, 1500, not taken)',
    );
    expect(textOf(await at("base.nix", "networking.firewall"))).toBe("In a.nix, b.nix:\n\nnetworking.firewall.allowedTCPPorts = [ 22 ] (plain, 100)\n\n- base.nix:4 (plain, 100)");
  });

  it("links to the definitions, and shows a stranger's text as text", async () => {
    const name = "a](b)`<i>.nix";
    const text = '{ ... }:\n{\n  networking.hostName = "``` [x](http://evil) <img>\\n# title";\n}\n';
    const { tree, at } = await hovering({ [name]: text }, MARKDOWN_CLIENT);
    expect((await at(name, "hostName"))?.contents).toEqual({
      kind: "markdown",
      value: `\`networking.hostName\` = \`\`\`\`"\`\`\` [x](http://evil) <img>\\n# title"\`\`\`\` (plain, 100)\n\n- [\`\`a](b)\`<i>.nix:3\`\`](${uri(tree.path(name)).replace("(", "%28").replace(")", "%29")}#L3) (plain, 100)`,
    });
  });

  it("shows nothing elsewhere", async () => {
    const { at } = await hovering({ "litellm.nix": SYSTEM, "base.nix": BASE });
    expect(await at("litellm.nix", "{ lib")).toBeNull();
  });
});

describe("hover on a finding", () => {
  it("shows the convention, why it matters, and how it is kept", async () => {
    const { at } = await hovering({ "litellm.nix": SYSTEM, "base.nix": BASE }, MARKDOWN_CLIENT);
    const text = textOf(await at("litellm.nix", "false"));
    expect(text).toMatch(/^`boot\.growPartition` = `false` [^]*\n\n---\n\n\*\*Grow/);
    expect(text).toContain("**Grow the root partition.** ");
    expect(text).toContain("**Why.** ");
    expect(text).toMatch(/```nix\n[^`]*boot\.growPartition = lib.mkDefault true;[^`]*\n```/);
    expect(text).toContain("[Read more](https://github.com/TAPPaaS/tappaas-lint/blob/main/rules.md#grow-partition)");
  });
});

describe("code in Markdown", () => {
  it.each([
    ["a", "`a`"],
    ["", "`  `"],
    ["`", "`` ` ``"],
    ["a``b`c", "```a``b`c```"],
    [" a ", "`  a  `"],
    ["a\nb\u202e", "`a\\nb\\u{202e}`"],
  ])("%j is %j", (text, expected) => {
    expect(MARKDOWN.code(text)).toBe(expected);
  });
});
