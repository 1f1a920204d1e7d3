/** The kinds of what a stranger may have written, each made by chance out of what there is. */
import { BASELINE_NAME, baselineText, recorded } from "../../src/engine/run/baseline/index.ts";
import { CONFIG_NAME } from "../../src/engine/run/config/name.ts";
import { rules } from "../../src/rules/index.ts";
import { lintTree } from "../support/lint.ts";
import type { Corpus } from "./corpus.ts";
import type { Dice } from "./dice.ts";
import { mutated } from "./mutate.ts";
import { PIECES } from "./pieces.ts";

/** What one round looks at: a tree, and what becomes of it while an editor has it open. */
export interface Sample {
  readonly files: Readonly<Record<string, string>>;
  /** Texts that are typed one after the other, each a whole file; null closes it. */
  readonly typed?: readonly { readonly path: string; readonly text: string | null }[];
}

const MODULE = "apps/a/a.nix";

/** A text as a Nix string of one of the two kinds, which Nix reads as that text again. */
function quoted(dice: Dice, text: string): string {
  if (dice.once(2)) return `"${text.replace(/["\\]|\$(?=\{)/g, "\\$&").replace(/\r/g, "\\r")}"`;
  return `''\n${text.replaceAll("''", "'''").replaceAll("${", "''${")}''`;
}

function system(...lines: readonly string[]): string {
  return `{ config, lib, pkgs, ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

/** One of a tree's files is another then. */
function withOne(dice: Dice, files: Readonly<Record<string, string>>, name: RegExp, make: (text: string) => string): Record<string, string> {
  const paths = Object.keys(files).filter((path) => name.test(path));
  if (paths.length === 0) return { ...files };
  const path = dice.oneOf(paths);
  return { ...files, [path]: make(files[path] as string) };
}

const JSON_FILE = /\.json$|flake\.lock$/;

function modules(dice: Dice, { modules: all }: Corpus): Sample {
  return { files: { [MODULE]: mutated(dice, dice.oneOf(all), all) } };
}

function scripts(dice: Dice, { scripts: all }: Corpus): Sample {
  const text = mutated(dice, dice.oneOf(all), all, PIECES.shell);
  const string = quoted(dice, text);
  const module = dice.oneOf([
    system(`systemd.services.x.script = ${string};`, 'systemd.services.x.startAt = "02:00";'),
    system("systemd.services.x.script = builtins.readFile ./x.sh;", 'systemd.services.x.environment.DIR = "/etc/secrets";'),
    system(`systemd.services.x.serviceConfig.ExecStart = pkgs.writeShellScript "x" ${string};`),
    system(`systemd.services.x.serviceConfig.ExecStart = ${quoted(dice, text.slice(0, 200))};`),
    system(`system.activationScripts.x.text = ${string};`, `environment.systemPackages = [ (pkgs.writeShellApplication { name = "x"; runtimeInputs = [ pkgs.gzip ]; text = ${string}; }) ];`),
    system(`systemd.services.x = let part = ${string}; in { preStart = part; script = "set -e\\n\${part}\\n" + part; };`),
  ]);
  return { files: { [MODULE]: module, "apps/a/x.sh": text } };
}

const NAMES = ["{ \"vmname\": \"a\", \"proxyPort\": 8080, \"ports\": [ 80, \"8000:8010\", { \"port\": 53, \"protocol\": \"udp\" } ], \"ingress\": [ { \"ports\": [ 443 ] } ] }"];

function json(dice: Dice, { trees }: Corpus): Sample {
  const withJson = trees.filter((files) => Object.keys(files).some((path) => path.endsWith(".json")));
  const texts = [...withJson.flatMap((files) => Object.values(files).filter((text) => text.startsWith("{\n  \""))), ...NAMES];
  return { files: withOne(dice, dice.oneOf(withJson), /\.json$/, (text) => mutated(dice, dice.once(4) ? (NAMES[0] as string) : text, texts, PIECES.json)) };
}

/** Configurations with all that the schema has. */
const CONFIGURATIONS = [
  `{\n  // For people.\n  "$schema": "./schema.json",\n  "extends": "./base.json",\n  "rules": { "grow-partition": "off", "backup-schedule": ["error", { "times": { "database": ["02:00"] }, "tolerance": 10 }], "state-version": ["warning", { "release": "25.05" }] },\n  "overrides": [ { "files": ["apps/**/*.nix", "!apps/b/*.nix"], "role": "system", "rules": { "host-name": "info" } } ],\n  "ignore": ["gen/**", "*.{tmp,bak}.nix", "[a-c]?.nix"],\n  "requireReasons": true,\n}\n`,
  `{ "require": [ { "id": "own-rule", "option": "services.fail2ban.enable", "value": true, "roles": ["system"], "severity": "error", "message": "Protect SSH.", "url": "https://example.org/x", "priority": "plain" } ], "rules": { "own-rule": "warning" } }`,
  `{ "extends": ["../../base.json", "../b/${CONFIG_NAME}"], "rules": { "secrets-literal": "error" } }`,
];

function configurations(dice: Dice, { modules: all }: Corpus): Sample {
  const text = (): string => mutated(dice, dice.oneOf(CONFIGURATIONS), CONFIGURATIONS, PIECES.json);
  const folder = dice.oneOf(["", "apps/", "apps/a/"]);
  return { files: { [MODULE]: dice.oneOf(all), "apps/b/b.nix": dice.oneOf(all), [`${folder}${CONFIG_NAME}`]: text(), [dice.oneOf(["base.json", `apps/b/${CONFIG_NAME}`])]: dice.once(2) ? text() : dice.oneOf(CONFIGURATIONS) } };
}

function flakes(dice: Dice, { trees }: Corpus): Sample {
  const all = trees.filter((files) => Object.keys(files).some((path) => path.endsWith("flake.lock")));
  const locks = all.flatMap((files) => Object.entries(files).flatMap(([path, text]) => (path.endsWith("flake.lock") ? [text] : [])));
  const flakeTexts = all.flatMap((files) => Object.entries(files).flatMap(([path, text]) => (path.endsWith("flake.nix") ? [text] : [])));
  const files = withOne(dice, dice.oneOf(all), /flake\.lock$/, (text) => mutated(dice, text, locks, PIECES.json));
  return { files: dice.once(2) ? files : withOne(dice, files, /flake\.nix$/, (text) => mutated(dice, text, flakeTexts)) };
}

function baselines(dice: Dice, { modules: all }: Corpus): Sample {
  const texts = { [MODULE]: dice.oneOf(all), "apps/b/b.nix": dice.oneOf(all) };
  const { files } = lintTree(texts, rules);
  const text = baselineText(recorded({ files: new Map(files.map((file) => [file.path, file])), isJudged: () => true }, new Map()));
  return { files: { ...texts, [MODULE]: dice.once(3) ? mutated(dice, texts[MODULE], all) : texts[MODULE], [BASELINE_NAME]: dice.once(4) ? text : mutated(dice, text, [text], PIECES.json) } };
}

/** Schedules and the like that no fixture need have. */
const LINES = ["Mon..Fri *-*-1..7/2 *:0/5:30 Europe/Berlin", "*-02~03/7 00:00", "2003-03-05 05:40", "f+! /etc/secrets/%i 0640 root root 10d:1h key=\\x41%%", "L+ /etc/x - - - - ../y", "docker.io/library/postgres:15.3@sha256:0123", "127.0.0.1:8080:80/tcp", "local all all trust", "host all all ::1/128 scram-sha-256", "2h 30min", "github:NixOS/nixpkgs/nixos-25.05?dir=x"];

function lines(dice: Dice, corpus: Corpus): Sample {
  const all = [...LINES, ...corpus.lines];
  const line = (): string => quoted(dice, mutated(dice, dice.once(2) ? dice.oneOf(LINES) : dice.oneOf(all), all, PIECES.lines));
  return {
    files: {
      [MODULE]: system(
        `systemd.timers.x.timerConfig = { OnCalendar = [ ${line()} ${line()} ]; Persistent = true; RandomizedDelaySec = ${line()}; };`,
        `systemd.services.x = { startAt = ${line()}; serviceConfig = { ExecStart = ${line()}; ReadWritePaths = [ ${line()} ]; UMask = ${line()}; LoadCredential = ${line()}; Type = ${line()}; }; unitConfig.ConditionPathExists = ${line()}; };`,
        `systemd.tmpfiles.rules = [ ${line()} ${line()} ${line()} ];`,
        `virtualisation.oci-containers.containers.x = { image = ${line()}; ports = [ ${line()} ]; volumes = [ ${line()} ]; extraOptions = [ ${line()} ]; environment.X_PASSWORD = ${line()}; };`,
        `services.postgresql = { enable = true; authentication = ${line()}; };`,
        `services.redis.servers.x = { enable = true; bind = ${line()}; };`,
        `environment.etc.${line().replace(/^''/, '"').replace(/''$/, '"')}.mode = ${line()};`,
        `system.stateVersion = ${line()}; networking.hostName = ${line()};`,
      ),
      "flake.nix": `{ inputs.nixpkgs.url = ${line()}; inputs.x.url = ${line()}; outputs = { ... }: { }; }\n`,
    },
  };
}

function suppressions(dice: Dice, { modules: all }: Corpus): Sample {
  const comment = (): string => mutated(dice, dice.oneOf(PIECES.suppressions) + dice.oneOf(PIECES.suppressions), PIECES.suppressions, PIECES.suppressions);
  const texts = dice.oneOf(all).split("\n");
  for (let times = 1 + dice.upTo(5); times > 0; times--) {
    const at = dice.upTo(texts.length + 1);
    if (dice.once(2)) texts.splice(at, 0, comment());
    else texts[Math.min(at, texts.length - 1)] += ` ${comment()}`;
  }
  return { files: { [MODULE]: texts.join("\n"), ...(dice.once(4) ? { [CONFIG_NAME]: '{ "requireReasons": true }' } : {}) } };
}

/** Modules that import each other, some broken. */
function trees(dice: Dice, corpus: Corpus): Sample {
  const paths = ["apps/a/a.nix", "apps/a/part.nix", "apps/b/b.nix", "base.nix", "lib/default.nix", "flake.nix"].slice(0, 2 + dice.upTo(5));
  const links = [...paths.map((path) => `/${path}`), "/lib", "/nowhere.nix", "/apps/a/a.json", "/apps/../../x.nix"].flatMap((path) => [`.${path}`, `..${path}`, `../..${path}`, `./${path.split("/").at(-1)}`]);
  const module = (): string => {
    const text = dice.once(2) ? mutated(dice, dice.oneOf(corpus.modules), corpus.modules) : dice.oneOf(corpus.modules);
    const imported = dice.many(0, 3, () => dice.oneOf([dice.oneOf(links), `(import ${dice.oneOf(links)} { inherit lib; })`, `(lib.importJSON ${dice.oneOf(links)})`, `(builtins.readFile ${dice.oneOf(links)})`, "(_: { })"])).join(" ");
    return text.includes("imports = [") ? text.replace("imports = [", () => `imports = [ ${imported} `) : text.replace("{\n", () => `{\n  imports = [ ${imported} ];\n`);
  };
  const files = Object.fromEntries(paths.map((path) => [path, module()]));
  return { files: dice.once(3) ? { ...dice.oneOf(corpus.trees), ...files } : { ...files, "apps/a/a.json": mutated(dice, NAMES[0] as string, NAMES, PIECES.json) } };
}

/** A few letters here and there, as one types, and now and then a whole other text. */
function edits(dice: Dice, corpus: Corpus): Sample {
  const { files } = dice.once(2) ? trees(dice, corpus) : { files: dice.oneOf(corpus.trees) };
  const paths = [...Object.keys(files), "new/new.nix", CONFIG_NAME];
  const texts: Record<string, string> = { ...files };
  const typed = dice.many(1, 8, () => {
    const path = dice.oneOf(paths);
    const before = texts[path] ?? (path === CONFIG_NAME ? dice.oneOf(CONFIGURATIONS) : dice.oneOf(corpus.modules));
    const pieces = JSON_FILE.test(path) ? PIECES.json : PIECES.nix;
    const at = dice.upTo(before.length + 1);
    const text = dice.once(3) ? mutated(dice, before, corpus.modules, pieces) : before.slice(0, at) + dice.oneOf([...pieces, "", "x", "1"]) + before.slice(at + dice.upTo(3));
    texts[path] = text;
    return { path, text: dice.once(8) ? null : text };
  });
  return { files, typed };
}

/** Half a character that two make can be in no file. */
function wellFormed({ files, typed }: Sample): Sample {
  const all = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text).toString()]));
  return { files: all, ...(typed === undefined ? {} : { typed: typed.map(({ path, text }) => ({ path, text: text === null ? null : Buffer.from(text).toString() })) }) };
}

const makers: Readonly<Record<string, (dice: Dice, corpus: Corpus) => Sample>> = { modules, scripts, json, configurations, flakes, baselines, lines, suppressions, trees, edits };

/** The names of the kinds. */
export const kinds = Object.keys(makers);

/** Makes a sample of a kind. */
export function make(kind: string, dice: Dice, corpus: Corpus): Sample {
  return wellFormed((makers[kind] as (typeof makers)[string])(dice, corpus));
}
