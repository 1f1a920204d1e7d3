/** Builds run results for the tests of the reports: invented modules, with spans found by their text rather than counted by hand. */

import type { Failure, FileResult, Finding, Position, Related, Role, RuleInfo, RunResult, Severity } from "../../src/engine/run/result.ts";

/** What a finding is built from; everything else has a plain default. */
export type FindingSketch = Partial<Finding> & { readonly rule: string; readonly at?: string };

/** The span of the first place in `text` where `part` stands. */
export function spanOf(text: string, part: string): { start: Position; end: Position } {
  const from = text.indexOf(part);
  if (from < 0) throw new Error(`The sample does not hold ${JSON.stringify(part)}.`);
  return { start: positionAt(text, from), end: positionAt(text, from + part.length) };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** A finding at the text `at`, or at the given positions, or at the beginning of the file. */
export function finding(text: string, sketch: FindingSketch): Finding {
  const { at, ...given } = sketch;
  const span = at === undefined ? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } : spanOf(text, at);
  return { severity: "error", message: `Something about ${sketch.rule} is wrong.`, fingerprints: ["0123456789abcdef"], suppressed: false, fix: null, related: [], ...span, ...given };
}

/** A linted file with its findings in the given order. */
export function file(path: string, text: string | null, sketches: readonly FindingSketch[] = [], role: Role = "system"): FileResult {
  return { path, role, text, findings: sketches.map((sketch) => finding(text ?? "", sketch)) };
}

/** A place in a file for `related`. */
export function related(path: string, text: string, part: string, message: string): Related {
  return { path, ...spanOf(text, part), message };
}

/** A rule with documentation made of its id. */
export function rule(id: string, given: Partial<RuleInfo> = {}): RuleInfo {
  return {
    id,
    title: `Keep ${id}`,
    severity: "error",
    theme: "baseline",
    convention: `A system keeps \`${id}\`.`,
    handbook: "Key Conventions",
    why: "Without it a VM is lost.",
    roles: ["system"],
    options: [],
    security: null,
    marksSecrets: false,
    fix: null,
    url: `https://example.org/rules.md#${id}`,
    examples: { bad: [{ code: "{ }\n", says: "Nothing is set." }], good: [{ code: "{ a = true; }\n" }] },
    ...given,
  };
}

/** A whole result with counts that fit the files; rules are made for the ids that the findings name. */
export function result(files: readonly FileResult[], given: { rules?: readonly RuleInfo[]; failures?: readonly Failure[] } = {}): RunResult {
  const findings = files.flatMap((linted) => linted.findings);
  const open = findings.filter(({ suppressed }) => !suppressed);
  const count = (severity: Severity): number => open.filter((one) => one.severity === severity).length;
  const ids = [...new Set(findings.map((one) => one.rule))].sort();
  return {
    files,
    summary: {
      files: files.length,
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      suppressed: findings.length - open.length,
      fixable: open.filter(({ fix }) => fix !== null).length,
    },
    failures: given.failures ?? [],
    rules: given.rules ?? ids.map((id) => rule(id)),
    tool: { name: "tappaas-lint", version: "0.1.0", url: "https://example.org/tappaas-lint" },
  };
}

const wiki = `{ config, lib, pkgs, ... }:
let
  versions = {
    wiki = "2.5.301";
    postgresql = pkgs.postgresql_15;
  };
in
{
  imports = [ ./hardware-configuration.nix ];

  networking.hostName = lib.mkDefault "wiki";
  systemd.network.enable = false;

  services.postgresql = {
    enable = true;
    ensureDatabases = [ "wiki" ];
    ensureUsers = [
      {
        name = "wiki_rw";
        ensureDBOwnership = true;
      }
    ];
  };

  virtualisation.oci-containers.containers.wiki = {
    image = "ghcr.io/requarks/wiki:latest";
    ports = [ "127.0.0.1:3000:3000" ];
  };

  system.stateVersion = "25.05";
}
`;

const cache = `{ lib, ... }:
{
\tservices.redis.servers."käfig-缓存" = { enable = true; bind = "0.0.0.0"; }; # 🦀 cache
}
`;

const baseline = `{ lib, ... }:
{
  networking.networkmanager.enable = true;
  services.openssh.settings.PasswordAuthentication = false;
}
`;

/** Three files with findings of every kind: related places, a span of several lines, tabs, wide characters, a suppressed one. */
export const varied: RunResult = result(
  [
    file("src/apps/cache/cache.nix", cache, [
      {
        rule: "redis-bind",
        at: `"0.0.0.0"`,
        message: "The Redis server `käfig-缓存` listens on every address; write `bind = \"127.0.0.1\";` or use a unix socket.",
        fix: "safe",
      },
      { rule: "redis-memory", severity: "warning", at: "bind", suppressed: true, reason: "sized by the host" },
    ]),
    file("src/apps/wiki/wiki.nix", wiki, [
      {
        rule: "hardware-import",
        at: "./hardware-configuration.nix",
        message: "The hardware configuration is imported by a relative path, which no VM has; write `/etc/nixos/hardware-configuration.nix`.",
        fix: "safe",
      },
      {
        rule: "networkd-disabled",
        at: "false",
        message: "systemd-networkd is switched off without force, so another module can switch it on beside NetworkManager; write `systemd.network.enable = lib.mkForce false;`.",
        fix: "safe",
        related: [related("src/foundation/base.nix", baseline, "networking.networkmanager.enable", "NetworkManager is enabled here")],
      },
      {
        rule: "postgres-package",
        at: "services.postgresql",
        message: "PostgreSQL has no `package`, so its major version changes with NixOS and the data can no longer be read; write `package = versions.postgresql;`.",
      },
      {
        rule: "postgres-ownership",
        severity: "warning",
        at: `{\n        name = "wiki_rw";\n        ensureDBOwnership = true;\n      }`,
        message: "The user `wiki_rw` owns no database; add `\"wiki_rw\"` to `ensureDatabases`.",
        fix: "proposed",
      },
      {
        rule: "image-pinned",
        at: "latest",
        message: "The image has the tag `latest`, which is another program tomorrow; take a tag with a version number from `versions`.",
        related: [related("src/apps/wiki/wiki.nix", wiki, "wiki = \"2.5.301\"", "a version is pinned here")],
      },
    ]),
    file("src/foundation/base.nix", baseline, [], "baseline"),
  ],
  {
    rules: [
      rule("hardware-import", { title: "Import the VM's hardware configuration", theme: "structure", fix: "safe" }),
      rule("image-pinned", { title: "Pin images", theme: "containers", security: 6.5 }),
      rule("networkd-disabled", { title: "Switch systemd-networkd off by force", fix: "safe" }),
      rule("postgres-ownership", { title: "Let users own their databases", severity: "warning", theme: "containers", fix: "safe" }),
      rule("postgres-package", { title: "Pin PostgreSQL", theme: "containers" }),
      rule("redis-bind", { title: "Bind Redis to loopback", theme: "containers", security: 8, fix: "safe" }),
      rule("redis-memory", { title: "Limit Redis's memory", severity: "warning", theme: "containers", fix: "proposed" }),
    ],
  },
);
