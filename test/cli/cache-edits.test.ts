/** Whatever is changed in a tree, a run with the cache finds what a run without it finds. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { changesSinceHead } from "../../src/cli/base.ts";
import { Cache } from "../../src/cli/cache/cache.ts";
import { DiskHost } from "../../src/cli/disk-host.ts";
import { type Judged, type Parsers, judge, judgePart } from "../../src/cli/judging.ts";
import { merged } from "../../src/cli/results.ts";
import { settingsOf } from "../../src/cli/settings.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { type RunResult, groupsOf } from "../../src/engine/run/index.ts";
import { rules as allRules } from "../../src/rules/index.ts";
import { ownRules } from "../../src/rules/own.ts";
import { git } from "../support/git.ts";
import { parser, shell } from "../support/parser.ts";

const folders: string[] = [];
function temporary(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tappaas-lint-test-")));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 120_000);

const system = (name: string, more: string): string =>
  `{ config, lib, pkgs, ... }:\nlet\n  facts = if builtins.pathExists ./${name}.json then builtins.fromJSON (builtins.readFile ./${name}.json) else { };\nin\n{\n  imports = [ ${more} ];\n  networking.hostName = lib.mkDefault (facts.vmname or "");\n  system.stateVersion = "25.05";\n}\n`;

/** What may stand at the paths of the tree; a text that begins with `->` is a link. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  "baseline.nix": ["{ ... }:\n{\n  boot.growPartition = true;\n  system.stateVersion = \"25.05\";\n}\n", "{ ... }:\n{\n  system.stateVersion = \"24.11\";\n}\n", "{ pkgs }: pkgs.hello\n", "{ a = ; }\n"],
  "a/a.nix": [system("a", "../baseline.nix ./part.nix"), system("a", "/etc/nixos/hardware-configuration.nix"), system("a", "./part.nix ../b/extra"), "->../b/b.nix"],
  "a/a.json": ['{ "vmname": "a", "proxyPort": 8080 }', '{ "vmname": "other" }', "{"],
  "a/part.nix": ["{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 5432 ];\n}\n", "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ (builtins.fromJSON (builtins.readFile ./port.txt)) ];\n}\n", "{ ... }:\n{\n  house.name = \"a\";\n}\n"],
  "a/port.txt": ["22", "6379", "->../b/port.txt"],
  "b/b.nix": [system("b", "../baseline.nix ./extra"), system("b", "./missing.nix"), "# baseline.nix\n{ ... }:\n{\n  services.redis.servers.x.enable = true;\n}\n"],
  "b/b.json": ['{ "vmname": "b" }', "[]"],
  "b/extra/default.nix": ["{ lib, ... }:\n{\n  options.house.name = lib.mkOption { };\n  config.services.openssh.enable = true;\n}\n", "{ ... }:\n{\n  imports = [ ../../a/part.nix ];\n}\n"],
  "b/missing.nix": ["{ ... }:\n{\n  boot.growPartition = false;\n}\n", "->../a/part.nix", "->/etc/hostname"],
  "b/port.txt": ["5432"],
  "flake.nix": [
    '{\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05";\n  outputs = { self, nixpkgs }: {\n    nixosConfigurations.a = nixpkgs.lib.nixosSystem { modules = [ ./a/a.nix ./baseline.nix ]; };\n  };\n}\n',
    '{\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/master";\n  outputs = { self, nixpkgs }: { };\n}\n',
  ],
  "flake.lock": ["{}"],
  ".tappaas-lint.json": ['{ "rules": { "trusted-users": "error", "allow-unfree": "off" } }', '{ "overrides": [ { "files": ["b/**"], "role": "fragment" } ], "ignore": ["a/part.nix"] }', '{ "extends": "shared.json" }', '{ "requireOptions": [ { "id": "fail2ban", "option": "services.fail2ban.enable", "value": true, "message": "Keep guessers out" } ] }'],
  "shared.json": ['{ "requireReasons": true }', '{ "rules": { "serial-console": "info" } }'],
  "b/.tappaas-lint.json": ['{ "rules": { "networkmanager": "off" } }'],
  ".gitignore": ["part.nix\n", "/b/\n"],
};

/** One step: a path and what is to stand there; null takes it away, and for no path all is committed. */
type Step = readonly [path: string | null, text: string | null];

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...Object.keys(TEXTS)).chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(TEXTS[path] as string[]), null))) },
  { weight: 1, arbitrary: fc.constant([null, null] as const) },
);

function make(root: string, [path, text]: Step): void {
  if (path === null) {
    git(root, "add", "-A");
    git(root, "commit", "-q", "--allow-empty", "-m", "step");
    return;
  }
  const place = join(root, path);
  rmSync(place, { force: true });
  if (text === null) return;
  mkdirSync(dirname(place), { recursive: true });
  if (text.startsWith("->")) symlinkSync(text.slice(2), place);
  else writeFileSync(place, text);
}

let judgedAgain = 0;

/** Judges all files of a tree, with the cache in a folder or without one, as a new process would. */
async function found(root: string, cacheFolder: string | null): Promise<RunResult | string> {
  return run(root, cacheFolder).catch((error: unknown) => {
    if (error instanceof UsageError) return error.message;
    throw error;
  });
}

async function run(root: string, cacheFolder: string | null): Promise<RunResult> {
  const disk = new DiskHost(root);
  const targets = disk.nixFiles().filter((path) => disk.read(path) !== null);
  const settings = await settingsOf({ disk, host: disk, targets }, allRules, null, root);
  const wanted = targets.filter((path) => !settings(path).ignored);
  const rules = [...allRules, ...(await ownRules(settings, targets))];
  const about = { disk, host: disk, settings, rules, knownRules: new Set(rules.map(({ id }) => id)), cwd: root };
  const parsers: Parsers = { nix: parser, shell: () => Promise.resolve(shell) };
  const changes = () => changesSinceHead(disk);
  if (cacheFolder === null) return merged([await judge({ ...about, changes: changes() }, wanted, parsers)], [], rules);
  const options = { paths: ["."], config: null, rules: [], ignoredRules: [], base: null, cacheLocation: cacheFolder };
  const cache = new Cache(cacheFolder, options, root);
  const inGroups = async (judged: Judged, some: readonly string[], answers: Parameters<typeof judgePart>[3]) => {
    judgedAgain += some.length;
    const parts = [];
    for (const group of groupsOf(disk, some)) parts.push(await judgePart(judged, group, parsers, answers));
    return parts;
  };
  const results = await cache.judge(about, wanted, { compares: true, changes, judge: inGroups });
  cache.write();
  return merged(results, [], rules);
}

describe("a cached run", () => {
  it("finds after any edits what an uncached one finds", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 8 }), async (edits) => {
        const [root, cache] = [temporary(), temporary()];
        git(root, "init", "-q");
        for (const [path, texts] of Object.entries(TEXTS)) if (!path.endsWith(".tappaas-lint.json") && path !== ".gitignore") make(root, [path, texts[0] as string]);
        make(root, [null, null]);
        await found(root, cache);
        for (const edit of edits) {
          make(root, edit);
          const [cached, uncached] = [await found(root, cache), await found(root, null)];
          expect(cached).toEqual(uncached);
          expect(await found(root, cache)).toEqual(uncached);
        }
        // Once all is committed, what was found is found again, with nothing left to judge.
        make(root, [null, null]);
        const last = await found(root, cache);
        judgedAgain = 0;
        expect([await found(root, cache), judgedAgain]).toEqual([last, 0]);
      }),
      { numRuns: Number(process.env["LINT_CACHE_RUNS"] ?? 15) },
    );
  });
});
