/** What a user of VS Code sees and does, from the first finding to a module without any. */
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Editor } from "./editor.ts";

const CONFORMING = readFileSync(new URL("../../examples/conforming/apps/notes/notes.nix", import.meta.url), "utf8");

function broken(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The example has no \`${from}\``);
    return text.replace(from, to);
  }, CONFORMING);
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}

const MODULE = broken(["boot.growPartition = true;", "boot.growPartition = false;"], ['PermitRootLogin = "no";', 'PermitRootLogin = "yes";'], ['      maxmemory-policy = "allkeys-lru";\n', ""]);

describe("a module with violations", () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.open({ "apps/notes/notes.nix": MODULE, "apps/plain/plain.nix": CONFORMING.replaceAll("notes", "plain") }, { "security.workspace.trust.enabled": false, "editor.codeActionsOnSave": {} });
  });
  afterAll(() => (editor as Editor | undefined)?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await editor.picture("failed");
  });

  const problems = () => editor.page.locator(".markers-panel .monaco-list-row");
  const said = async () => (await problems().allInnerTexts()).map((text) => text.replaceAll("\u00a0", " ").replace(/\s+/g, " "));

  it("is marked where it violates", async () => {
    await editor.openFile("apps/notes/notes.nix");
    await editor.page.locator(".squiggly-error").first().waitFor();
    await editor.picture("squiggles");
  });

  it("has its findings in the Problems panel", async () => {
    await editor.page.keyboard.press("Control+Shift+m");
    await expect.poll(said).toEqual([
      expect.stringContaining("notes.nix"),
      expect.stringMatching(/boot\.growPartition.*tappaas-lint.*grow-partition/),
      expect.stringMatching(/PermitRootLogin.*tappaas-lint.*ssh-hardening/),
      expect.stringMatching(/maxmemory-policy.*tappaas-lint.*redis-memory/),
    ]);
    await editor.picture("problems");
  });

  it("is counted in the status bar", async () => {
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 2 errors, 1 warning in this file");
  });

  it("is judged again while it is typed", async () => {
    const line = lineOf(MODULE, "boot.growPartition");
    await editor.goTo(line, "  boot.growPartition = false".length + 1);
    for (let times = 0; times < "false".length; times++) await editor.page.keyboard.press("Backspace");
    await editor.page.keyboard.type("true", { delay: 20 });
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 1 error, 1 warning in this file");
    await editor.picture("typed");
  });

  it("says on hover what NixOS will take, and what the convention is", async () => {
    const hover = editor.page.locator(".monaco-hover:not(.hidden) .monaco-hover-content");
    await editor.goTo(lineOf(MODULE, "networking.hostName"), "  networking.host".length + 1);
    await editor.page.keyboard.press("Control+k");
    await editor.page.keyboard.press("Control+i");
    await expect.poll(async () => (await hover.allInnerTexts()).join("\n")).toContain('networking.hostName = "notes" (mkDefault, 1000)');
    await editor.picture("hover-option");
    await editor.page.keyboard.press("Escape");
    await editor.goTo(lineOf(MODULE, "PermitRootLogin"), '      PermitRootLogin = "'.length + 1);
    await editor.page.keyboard.press("Control+k");
    await editor.page.keyboard.press("Control+i");
    await expect.poll(async () => (await hover.allInnerTexts()).join("\n")).toContain("Harden SSH.");
    await editor.picture("hover-finding");
    await editor.page.keyboard.press("Escape");
  });

  it("shows what NixOS will take for each option", async () => {
    await editor.command("TAPPaaS: Show What NixOS Will Take for Each Option");
    await editor.page.locator(".tab").filter({ hasText: "notes.nix (options)" }).waitFor();
    await editor.page.locator(".view-line").filter({ hasText: "# What NixOS will take" }).waitFor();
    await editor.picture("options");
    await editor.page.locator(".view-line").filter({ hasText: "networking.hostName" }).locator(".detected-link").first().waitFor();
    await editor.closeTab("notes.nix (options)");
  });

  it("shows a rule", async () => {
    await editor.command("TAPPaaS: Show a Rule");
    await editor.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "ssh-hardening" }).first().waitFor();
    await editor.picture("choose-rule");
    await editor.page.keyboard.insertText("ssh-hardening");
    await editor.page.keyboard.press("Enter");
    await editor.page.locator(".tab").filter({ hasText: "Preview ssh-hardening.md" }).waitFor();
    await editor.page.waitForTimeout(2_000);
    await editor.picture("rule");
    await editor.closeTab("Preview ssh-hardening.md");
  });

  it("is mended from the menu of quick fixes", async () => {
    await editor.goTo(lineOf(MODULE, "PermitRootLogin"), '      PermitRootLogin = "'.length + 1);
    const fixes = await editor.quickFixes();
    await editor.picture("quick-fix");
    expect(await fixes.allInnerTexts()).toEqual([
      'Write `"no"`',
      "Suppress `ssh-hardening` on this line",
      "Suppress `ssh-hardening` in this file",
      "Read about `ssh-hardening`",
    ]);
    await fixes.first().click();
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 1 warning in this file");
    expect(await editor.saved("apps/notes/notes.nix")).toBe(MODULE.replace("boot.growPartition = false", "boot.growPartition = true").replace('PermitRootLogin = "yes"', 'PermitRootLogin = "no"'));
    await editor.picture("mended");
  });

  it("keeps a finding back with a comment that asks for the reason", async () => {
    await editor.goTo(lineOf(MODULE, "services.redis.servers.notes"), "  services.redis".length + 1);
    await (await editor.quickFixes()).filter({ hasText: "on this line" }).click();
    await editor.page.keyboard.type("the cache is small");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: nothing to complain about in this file");
    await editor.picture("suppressed");
    expect(await editor.saved("apps/notes/notes.nix")).toContain("  # tappaas-lint: disable-next-line redis-memory -- the cache is small\n  services.redis.servers.notes");
  });

  it("checks the whole workspace", async () => {
    editor.write("apps/plain/plain.nix", MODULE.replaceAll("notes", "plain").replace("boot.growPartition = false", "boot.growPartition = true"));
    await expect.poll(said).toContainEqual(expect.stringContaining("plain.nix"));
    await editor.command("TAPPaaS: Check All Modules of the Workspace");
    const toast = editor.page.locator(".notification-toast").filter({ hasText: "TAPPaaS Lint:" });
    await toast.waitFor();
    expect(await toast.innerText()).toContain("1 error, 1 warning in 1 of 2 files");
    await editor.picture("workspace");
  });

  it("is written from a snippet", async () => {
    await editor.command("Notifications: Clear All Notifications");
    editor.write("apps/new.nix", "");
    await editor.openFile("apps/new.nix");
    await editor.page.keyboard.type("tappaas", { delay: 30 });
    await editor.page.locator(".suggest-widget .monaco-list-row").filter({ hasText: "tappaas-module" }).waitFor();
    await editor.picture("snippets");
    await editor.page.keyboard.type("-module", { delay: 30 });
    await editor.page.keyboard.press("Tab");
    await editor.page.keyboard.press("Escape");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: nothing to complain about in this file");
    await editor.picture("from-snippet");
    expect(await editor.saved("apps/new.nix")).toContain('networking.hostName = lib.mkDefault "new";');
  });

  it("has a configuration that is written and checked", async () => {
    await editor.command("TAPPaaS: Create a Configuration");
    await editor.page.locator(".tab.active").filter({ hasText: ".tappaas-lint.json" }).waitFor();
    await editor.picture("configuration");
    const text = editor.read(".tappaas-lint.json");
    await editor.goTo(lineOf(text, '"rules": {'), '  "rules": {'.length + 1);
    await editor.page.keyboard.press("Enter");
    await editor.page.keyboard.insertText('"grow-partitoin": "off",');
    await expect.poll(said).toContainEqual("Unknown rule `grow-partitoin`; did you mean `grow-partition`? tappaas-lint [Ln 10, Col 5]");
    await editor.picture("configuration-mistake");
    for (let times = 0; times < 'toin": "off",'.length; times++) await editor.page.keyboard.press("Backspace");
    await editor.page.keyboard.press("Control+Space");
    await editor.page.locator(".suggest-widget .monaco-list-row").filter({ hasText: "grow-partition" }).waitFor();
    await editor.picture("configuration-completion");
    await editor.page.keyboard.press("Escape");
    await editor.command("File: Revert File");
    await expect.poll(said).not.toContainEqual(expect.stringContaining("json"));
  });

  it("can be checked by a server that was started again", async () => {
    await editor.openFile("apps/notes/notes.nix");
    await editor.command("TAPPaaS: Restart the Server");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: nothing to complain about in this file");
    await editor.page.locator('.statusbar-item[id*="tappaas-lint.status"]').click();
    await editor.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Fix all in this module" }).waitFor();
    await editor.picture("menu");
    await editor.page.keyboard.press("Escape");
  });
});

describe("a module that is mended on save", () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.open({ "apps/notes/notes.nix": MODULE }, { "security.workspace.trust.enabled": false, "editor.codeActionsOnSave": { "source.fixAll.tappaas-lint": "explicit" } });
  });
  afterAll(() => (editor as Editor | undefined)?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await editor.picture("failed");
  });

  it("has no violation left that can safely be mended", async () => {
    await editor.openFile("apps/notes/notes.nix");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 2 errors, 1 warning in this file");
    await editor.goTo(1, 1);
    await editor.page.keyboard.insertText("# Mended.\n");
    expect(await editor.saved("apps/notes/notes.nix")).toBe(`# Mended.\n${MODULE.replace("boot.growPartition = false", "boot.growPartition = true").replace('PermitRootLogin = "yes"', 'PermitRootLogin = "no"')}`);
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 1 warning in this file");
    await editor.picture("mended-on-save");
  });

  it("is mended by a command, too", async () => {
    await editor.page.keyboard.press("Control+z");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 2 errors, 1 warning in this file");
    await editor.command("TAPPaaS: Fix All in This Module");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 1 warning in this file");
  });
});

describe("a folder that is not trusted", () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await Editor.open({
      "apps/notes/notes.nix": MODULE,
      ".vscode/settings.json": '{ "tappaas-lint.configuration": "../outside.json" }\n',
      "../outside.json": '{ "rules": { "grow-partition": "off", "ssh-hardening": "off", "redis-memory": "off" } }\n',
    });
  });
  afterAll(() => (editor as Editor | undefined)?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await editor.picture("failed");
  });

  it("is checked, but cannot name a configuration outside", async () => {
    await editor.openFile("apps/notes/notes.nix");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: 2 errors, 1 warning in this file");
    await editor.picture("not-trusted");
  });

  it("can do so once it is trusted", async () => {
    await editor.page.locator(".statusbar-item").filter({ hasText: "Restricted Mode" }).click();
    await editor.page.locator(".workspace-trust-editor .monaco-button").filter({ hasText: /^Trust$/ }).first().click();
    await editor.openFile("apps/notes/notes.nix");
    await expect.poll(() => editor.status()).toBe("TAPPaaS Lint: nothing to complain about in this file");
    await editor.picture("trusted");
  });
});
