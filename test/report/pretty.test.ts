/** Tests the report for people, as it looks with and without colours. */

import { describe, expect, it } from "vitest";
import { plainOptions, type ReportOptions } from "../../src/report/options.ts";
import { pretty } from "../../src/report/pretty.ts";
import type { RunResult } from "../../src/engine/run/result.ts";
import { file, related, result, rule, varied } from "./sample.ts";

/** The report's lines, the empty one behind the last line end left out. */
async function linesOf(run: RunResult, options: Partial<ReportOptions> = {}): Promise<string[]> {
  const text = await pretty(run, { ...plainOptions, ...options });
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
}

describe("pretty", () => {
  it("groups findings by file, each with its source, and ends with the counts", async () => {
    expect(await linesOf(varied, { width: 100 })).toEqual([
      "src/apps/cache/cache.nix",
      "",
      "  3:62  error  redis-bind",
      "  The Redis server `käfig-缓存` listens on every address; write `bind = \"127.0.0.1\";` or use a unix",
      "  socket.",
      '    3 │     services.redis.servers."käfig-缓存" = { enable = true; bind = "0.0.0.0"; }; # 🦀 cache',
      "      │                                                                   ^^^^^^^^^",
      "",
      "src/apps/wiki/wiki.nix",
      "",
      "  9:15  error  hardware-import",
      "  The hardware configuration is imported by a relative path, which no VM has; write",
      "  `/etc/nixos/hardware-configuration.nix`.",
      "     9 │   imports = [ ./hardware-configuration.nix ];",
      "       │               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
      "",
      "  12:28  error  networkd-disabled",
      "  systemd-networkd is switched off without force, so another module can switch it on beside",
      "  NetworkManager; write `systemd.network.enable = lib.mkForce false;`.",
      '    11 │   networking.hostName = lib.mkDefault "wiki";',
      "    12 │   systemd.network.enable = false;",
      "       │                            ^^^^^",
      "    → see src/foundation/base.nix:3:3: NetworkManager is enabled here",
      "",
      "  14:3  error  postgres-package",
      "  PostgreSQL has no `package`, so its major version changes with NixOS and the data can no longer be",
      "  read; write `package = versions.postgresql;`.",
      "    14 │   services.postgresql = {",
      "       │   ^^^^^^^^^^^^^^^^^^^",
      "    15 │     enable = true;",
      "",
      "  18:7  warning  postgres-ownership",
      '  The user `wiki_rw` owns no database; add `"wiki_rw"` to `ensureDatabases`.',
      "    18 │ ╭       {",
      '    19 │ │         name = "wiki_rw";',
      "    20 │ │         ensureDBOwnership = true;",
      "    21 │ │       }",
      "       │ ╰───────^",
      "",
      "  26:36  error  image-pinned",
      "  The image has the tag `latest`, which is another program tomorrow; take a tag with a version",
      "  number from `versions`.",
      "    25 │   virtualisation.oci-containers.containers.wiki = {",
      '    26 │     image = "ghcr.io/requarks/wiki:latest";',
      "       │                                    ^^^^^^",
      '    27 │     ports = [ "127.0.0.1:3000:3000" ];',
      "    → see src/apps/wiki/wiki.nix:4:5: a version is pinned here",
      "",
      "5 errors, 1 warning in 2 of 3 files; 1 suppressed",
    ]);
  });

  it("fits a narrow terminal", async () => {
    const text = `{\n  services.openssh.settings.PermitRootLogin = "prohibit-password"; # for the old backup host\n}\n`;
    const run = result([
      file("a.nix", text, [
        {
          rule: "ssh-hardening",
          at: '"prohibit-password"',
          message: "Root may log in; write `services.openssh.settings.PermitRootLogin = \"no\";`.",
          related: [related("src/base.nix", text, "services", "openssh is enabled here")],
        },
      ]),
    ]);
    expect(await linesOf(run, { width: 40 })).toEqual([
      "a.nix",
      "",
      "  2:47  error  ssh-hardening",
      "  Root may log in; write",
      "  `services.openssh.settings.PermitRootL",
      '  ogin = "no";`.',
      '    2 │ …in = "prohibit-password"; # fo…',
      "      │       ^^^^^^^^^^^^^^^^^^^",
      "    → see src/base.nix:2:3: openssh is",
      "      enabled here",
      "",
      "1 error in 1 file",
    ]);
  });

  it("gives source the width of a wide terminal, but prose no more than can be read", async () => {
    const text = `{ a = "${"x".repeat(150)}"; b = 1; }\n`;
    const run = result([file("a.nix", text, [{ rule: "r", at: "b = 1", message: "word ".repeat(30).trim() }])]);
    expect(await linesOf(run, { width: 200 })).toEqual([
      "a.nix",
      "",
      "  1:161  error  r",
      `  ${"word ".repeat(19).trim()}`,
      `  ${"word ".repeat(11).trim()}`,
      `    1 │ { a = "${"x".repeat(150)}"; b = 1; }`,
      `      │ ${" ".repeat(160)}^^^^^`,
      "",
      "1 error in 1 file",
    ]);
  });

  it("is one short line for a clean run", async () => {
    expect(await linesOf(result([file("a.nix", "{ }\n"), file("b.nix", "{ }\n")]))).toEqual(["No findings in 2 files"]);
    expect(await linesOf(result([]))).toEqual(["No files were linted"]);
    const suppressed = file("a.nix", "{ }\n", [{ rule: "r", suppressed: true }]);
    expect(await linesOf(result([suppressed]))).toEqual(["No findings in 1 file; 1 suppressed"]);
  });

  it("does without source where a file could not be read, and shows an empty file", async () => {
    const run = result([file("a.nix", null, [{ rule: "r" }]), file("b.nix", "", [{ rule: "r" }])]);
    expect(await linesOf(run)).toEqual([
      "a.nix",
      "",
      "  1:1  error  r",
      "  Something about r is wrong.",
      "",
      "b.nix",
      "",
      "  1:1  error  r",
      "  Something about r is wrong.",
      "    1 │",
      "      │ ^",
      "",
      "2 errors in 2 files",
    ]);
  });

  it("says what failed", async () => {
    const run = result([file("a.nix", "{ }\n")], {
      failures: [
        { path: "b.nix", rule: null, message: "The file cannot be read; check its permissions." },
        { path: "a.nix", rule: "redis-bind", message: "The rule crashed; report it." },
        { path: null, rule: null, message: "No file matches." },
      ],
    });
    expect(await linesOf(run)).toEqual([
      "failed  b.nix",
      "  The file cannot be read; check its permissions.",
      "failed  a.nix, rule redis-bind",
      "  The rule crashed; report it.",
      "failed",
      "  No file matches.",
      "",
      "No findings in 1 file; 3 failures, so this is not the whole answer",
    ]);
  });

  it("names fixes only if asked to", async () => {
    const run = result([file("a.nix", null, [{ rule: "r", fix: "safe" }, { rule: "s", fix: "proposed" }, { rule: "t" }])]);
    expect((await linesOf(run)).filter((line) => line.includes("fix"))).toEqual([]);
    expect((await linesOf(run, { fixHint: true })).filter((line) => line.includes("fix"))).toEqual([
      "  1:1  error  r (safe fix)",
      "  1:1  error  s (proposed fix)",
      "3 errors in 1 file; 1 can be mended with --fix, 1 more with --fix-proposed",
    ]);
  });

  it("shows nothing of a stranger's text that a terminal or a workflow acts on", async () => {
    const run = result([file("::a\u001b[2J\n.nix", "# \u001b]0;x\u0007 \u202e##[error]x\n", [{ rule: "r", at: "x\n", message: "::error::\u001b[1m \u202e ##[warning]" }])], {
      failures: [{ path: "::b\r.nix", rule: "c\u0000", message: "::warning::\u009b" }],
    });
    expect(await linesOf(run, { hyperlinks: true })).toEqual([
      "\\u{3a}:a\\u{1b}[2J\\n.nix",
      "",
      "  1:20  error  \u001b]8;;https://example.org/rules.md#r\u001b\\r\u001b]8;;\u001b\\",
      "  \\u{3a}:error::\\u{1b}[1m \\u{202e} ##\\u{5b}warning]",
      "    1 │ # \\u{1b}]0;x\\u{7} \\u{202e}##\\u{5b}error]x",
      "      │                                         ^",
      "",
      "failed  ::b\\r.nix, rule c\\u{0}",
      "  \\u{3a}:warning::\\u{9b}",
      "",
      "1 error in 1 file; 1 failure, so this is not the whole answer",
    ]);
  });

  it("cuts a message that is as long as a file", async () => {
    const lines = await linesOf(result([file("a.nix", null, [{ rule: "r", message: "é".repeat(1_000_000) }])]), { width: 100 });
    expect(lines).toHaveLength(26);
    expect(lines[23]).toBe(`  ${"é".repeat(2000 - 20 * 98)}…`);
  });
});

describe("colours and links", () => {
  const run = result([file("a.nix", "a\n", [{ rule: "r", at: "a", severity: "warning", message: "Write `b c` here.", related: [related("a.nix", "a\n", "a", "there")] }])]);

  it("has no escape without them", async () => {
    expect((await linesOf(run)).join("\n")).not.toContain("\u001b");
  });

  it("colours severity, marks, quoted code and the counts", async () => {
    expect(await linesOf(run, { colors: 1 })).toEqual([
      "\u001b[1m\u001b[4ma.nix\u001b[24m\u001b[22m",
      "",
      "  1:1  \u001b[33m\u001b[1mwarning\u001b[22m\u001b[39m  \u001b[2mr\u001b[22m",
      "  Write \u001b[36m`b c`\u001b[39m here.",
      "\u001b[2m    1 │\u001b[22m a",
      "\u001b[2m      │\u001b[22m \u001b[33m\u001b[1m^\u001b[22m\u001b[39m",
      "    \u001b[2m→\u001b[22m see a.nix:1:1: there",
      "",
      "\u001b[33m\u001b[1m1 warning in 1 file\u001b[22m\u001b[39m",
    ]);
  });

  it("ends a colour with its line", async () => {
    const long = result([file("a.nix", null, [{ rule: "r", message: "Write `aaaaaaaaaa bbbbbbbbbb cccccccccc` here." }])]);
    expect((await linesOf(long, { colors: 1, width: 24 })).slice(3, 6)).toEqual([
      "  Write \u001b[36m`aaaaaaaaaa\u001b[39m",
      "  \u001b[36mbbbbbbbbbb cccccccccc`\u001b[39m",
      "  here.",
    ]);
  });

  it("is red for errors and green for a clean run", async () => {
    expect((await linesOf(result([file("a.nix", null, [{ rule: "r" }])]), { colors: 1 })).at(-1)).toBe("\u001b[31m\u001b[1m1 error in 1 file\u001b[22m\u001b[39m");
    expect(await linesOf(result([file("a.nix", "")]), { colors: 1 })).toEqual(["\u001b[32mNo findings in 1 file\u001b[39m"]);
  });

  it("links a rule only to an address that is one", async () => {
    const odd = result([file("a.nix", null, [{ rule: "r" }, { rule: "s" }, { rule: "unknown" }])], {
      rules: [rule("r", { url: "javascript:x" }), rule("s", { url: "https://example.org/\u001b\\x" })],
    });
    expect((await linesOf(odd, { hyperlinks: true })).join("\n")).not.toContain("\u001b");
  });
});
