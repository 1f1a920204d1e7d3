/** A project's own rules from its configuration are known to every command and report, as the others are. */
import { describe, expect, it } from "vitest";
import type { CompletionItem, Hover, MarkupContent } from "vscode-languageserver/node";
import { Client, brief, uri } from "../lsp/client.ts";
import { BAD, GOOD, Tree } from "./program.ts";

const CONFIG = JSON.stringify({ requireOptions: [{ id: "own-time", option: "networking.timeServers", value: ["ntp.example.org"], message: "our own clocks", url: "https://example.org/time" }] });
const SERVERS = '  networking.timeServers = [ "ntp.example.org" ];\n}\n';
const MESSAGE = '`networking.timeServers` is not set: write `networking.timeServers = [ "ntp.example.org" ];` (our own clocks)';

describe("a required option", () => {
  const tree = new Tree({ ".tappaas-lint.json": CONFIG, "bad.nix": GOOD, "good.nix": GOOD.replace(/\}\n$/u, SERVERS), "kept.nix": GOOD.replace("  imports", "  # tappaas-lint: disable-next-line own-time -- a lab\n  imports"), "sub/.tappaas-lint.json": "{}", "sub/x.nix": GOOD });

  it("is reported, suppressed, chosen and left out by its id", () => {
    const { status, stdout } = tree.run(["--rule", "own-time", "--format", "compact"]);
    expect([status, stdout]).toEqual([1, `bad.nix:3:3: error: ${MESSAGE} [own-time]\n`]);
    expect(tree.run(["--rule", "own-time,grow-partition", "--ignore-rule", "own-time"]).status).toBe(0);
    expect(tree.run(["--rule", "own-time", "sub"]).stderr).toBe("tappaas-lint: There is no rule `own-time`; `tappaas-lint rules` lists all of them.\n");
    expect(tree.run(["--rule", "own-tme"]).stderr).toBe("tappaas-lint: There is no rule `own-tme`; did you mean `own-time`?\n");
    expect(tree.findings(["kept.nix"]).filter((finding) => finding.includes("unused-suppression"))).toEqual([]);
  });

  it("is described in SARIF, and has a column of the matrix", () => {
    const log = JSON.parse(tree.run(["--format", "sarif"]).stdout) as { runs: { tool: { driver: { rules: { id: string; helpUri: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }[] };
    const { tool, results } = log.runs[0] as (typeof log.runs)[0];
    const own = results.filter(({ ruleId }) => ruleId === "own-time");
    expect(own.map(({ ruleIndex }) => tool.driver.rules[ruleIndex])).toEqual([expect.objectContaining({ id: "own-time", helpUri: "https://example.org/time" })]);
    expect(tree.run(["--format", "matrix", "--rule", "own-time"]).stdout).toContain("own  a own-time 1\n");
  });

  it("is judged in every thread", () => {
    const { status, stdout } = tree.run(["--rule", "own-time", "--format", "json", "--threads", "3"]);
    expect(stdout).toBe(tree.run(["--rule", "own-time", "--format", "json", "--threads", "1"]).stdout);
    expect([status, stdout.includes('"own-time"')]).toEqual([1, true]);
  });

  it("counts for what depends on a file that is named, too", () => {
    const part = new Tree({ "part.nix": "{ ... }:\n{\n  boot.growPartition = true;\n}\n", "sub/.tappaas-lint.json": CONFIG, "sub/x.nix": "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ../part.nix ];\n}\n" });
    expect(part.findings(["--rule", "own-time", "--dependents", "part.nix"])).toEqual(["sub/x.nix:3:3 own-time"]);
  });

  it("is among the rules, and explained", () => {
    expect((JSON.parse(tree.run(["rules", "--json"]).stdout) as { id: string }[]).at(-1)).toMatchObject({ id: "own-time", theme: "own", severity: "error" });
    expect((JSON.parse(tree.run(["rules", "--json"], {}, "sub").stdout) as { id: string }[]).map(({ id }) => id)).not.toContain("own-time");
    expect(tree.run(["explain", "own-time"]).stdout).toMatch(/`networking\.timeServers` has\s+`"ntp\.example\.org"`\./u);
    expect(tree.run(["explain", "own-time", "--config", "sub/.tappaas-lint.json"]).status).toBe(2);
  });

  it("is shown in an editor", async () => {
    const client = await Client.start({ folders: [tree.folder] });
    await client.open(tree.path("bad.nix"), GOOD);
    const diagnostics = await client.diagnostics(tree.path("bad.nix"), 1);
    expect(brief(diagnostics).filter((text) => text.endsWith(" own-time"))).toEqual(["2:2 own-time"]);
    expect(diagnostics.find(({ code }) => code === "own-time")).toMatchObject({ message: MESSAGE, codeDescription: { href: "https://example.org/time" } });
    const textDocument = { uri: uri(tree.path("bad.nix")) };
    const hover = await client.connection.sendRequest<Hover | null>("textDocument/hover", { textDocument, position: { line: 2, character: 4 } });
    expect((hover?.contents as MarkupContent).value).toContain('`networking.timeServers` has `"ntp.example.org"`.');
    await client.change(tree.path("bad.nix"), `# tappaas-lint: disable-file own\n${GOOD}`, 2);
    const items = await client.connection.sendRequest<CompletionItem[]>("textDocument/completion", { textDocument, position: { line: 0, character: 32 } });
    expect(items.map(({ label }) => label)).toContain("own-time");
  });

  it("that is wrong is told, by every command", () => {
    const wrong = new Tree({ ".tappaas-lint.json": CONFIG.replace('"value"', '"vale"'), "a.nix": BAD });
    for (const args of [[], ["rules"], ["explain", "own-time"]]) {
      const { status, stderr } = wrong.run(args);
      expect([args, status, stderr.includes(`.tappaas-lint.json:1:${CONFIG.indexOf('"value"') + 1}: unknown key \`vale\` in a required option; did you mean \`value\`?`)]).toEqual([args, 2, true]);
    }
  });
});
