/** Convention: a unit finds every command that its scripts name. */
import { type CommandUse, type Text, head, whole } from "../../engine/model/script/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { code } from "../vocabulary/show.ts";
import { packageFor, pathOf } from "../vocabulary/unit-path.ts";

export default defineRule({
  id: "unit-command-path",
  theme: "units",
  severity: "error",
  fix: "proposed",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Give units the commands that they use",
    convention: "Every command in a unit's script can be found there: a shell builtin or function, an absolute path (`${pkgs.x}/bin/x`), NixOS's default unit path (coreutils, findutils, gnugrep, gnused, systemd), or a package of the unit's `path`. Wrapped commands count. `tar -z` needs gzip on that path too, `-J` xz, `--zstd` zstd. A script that sets `PATH` is not judged.",
    handbook: "Systemd units and services; security review list: systemd hardening",
    why: "A unit does not see what an administrator's shell sees. With errors hidden this silently made empty backups in production: `tar -z` without gzip writes nothing.",
    bad: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup.script = ''\n    ⟦${pkgs.gnutar}/bin/tar⟧ -czf /var/backup/etc.tar.gz /etc\n    ⟦curl⟧ -fsS https://example.org/ping\n  '';\n}\n",
        says: [
          "`tar -z` needs `gzip`, which the unit `files-backup` does not find: write `systemd.services.files-backup.path = [ pkgs.gzip ];`",
          "The unit `files-backup` does not find `curl`: write `${pkgs.curl}/bin/curl`, or `systemd.services.files-backup.path = [ pkgs.curl ];`",
        ],
      },
    ],
    good: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup = {\n    path = [ pkgs.gnutar pkgs.gzip ];\n    script = ''\n      mkdir -p /var/backup/etc\n      tar -czf /var/backup/etc/etc.tar.gz /etc\n      ${pkgs.curl}/bin/curl -fsS https://example.org/ping\n    '';\n  };\n}\n",
      },
    ],
  },
  messages: {
    unknown: "The unit {unit} does not find {name}: write an absolute path such as {absolute}, or add its package to {path}",
    known: "The unit {unit} does not find {name}: write {absolute}, or {path}",
    compressor: "{tar} needs {name}, which the unit {unit} does not find: write {path}",
  },
  *check({ config, scripts }) {
    for (const script of scripts) {
      const { unit } = script.source;
      const found = pathOf(config, script);
      if (found === null || unit === null || script.facts.hasErrors || script.source.kind === "command-line") continue;
      const named = /^[A-Za-z_][\w'-]*$/.test(unit) ? unit : `"${unit}"`;
      const asked = askedFor(script.facts.commands);
      const told = new Set<string>();
      for (const command of script.facts.commands) {
        if (command.elsewhere || command.path !== null || command.environment.has("PATH") || command.name === null) continue;
        const { name, program } = command;
        const at = script.at(command.nameAt);
        if (at === null) continue;
        const option = `systemd.services.${named}.path`;
        if (program.kind === "name" && !found.has(name) && !told.has(name) && !asked.has(name) && /^[A-Za-z][\w.+-]*$/.test(name)) {
          told.add(name);
          const from = packageFor(name);
          if (from === null) yield { message: "unknown", at, data: { unit: code(unit), name: code(name), absolute: code(`\${pkgs.…}/bin/${name}`), path: code(option) } };
          else yield { message: "known", at, data: { unit: code(unit), name: code(name), absolute: code(`\${pkgs.${from}}/bin/${name}`), path: code(`${option} = [ pkgs.${from} ];`) } };
        }
        const compressor = name === "tar" ? compressorOf(command) : null;
        if (compressor !== null && !found.has(compressor.name) && !told.has(`tar ${compressor.name}`)) {
          told.add(`tar ${compressor.name}`);
          yield { message: "compressor", at, data: { tar: code(`tar ${compressor.option}`), name: code(compressor.name), unit: code(unit), path: code(`${option} = [ pkgs.${packageFor(compressor.name) ?? compressor.name} ];`) } };
        }
      }
    }
  },
});

/** Programs whose presence the script itself asks for. */
function askedFor(commands: readonly CommandUse[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { name, args } of commands) {
    if (name !== "command" && name !== "type" && name !== "hash" && name !== "which") continue;
    for (const arg of args) found.add(whole(arg) ?? "");
  }
  return found;
}

const BY_LETTER: Readonly<Record<string, string>> = { z: "gzip", J: "xz", j: "bzip2" };
const BY_OPTION: Readonly<Record<string, string>> = { "--gzip": "gzip", "--gunzip": "gzip", "--xz": "xz", "--bzip2": "bzip2", "--zstd": "zstd" };
const BY_ENDING: readonly (readonly [RegExp, string])[] = [[/\.(?:tar\.gz|tgz)$/, "gzip"], [/\.(?:tar\.xz|txz)$/, "xz"], [/\.(?:tar\.bz2|tbz2?)$/, "bzip2"], [/\.(?:tar\.zst|tzst)$/, "zstd"]];

/** The program that a run of tar starts to compress or unpack (tar(1), "Compression options"). */
function compressorOf({ args }: CommandUse): { readonly name: string; readonly option: string } | null {
  for (const [index, arg] of args.entries()) {
    const text = head(arg);
    const long = BY_OPTION[whole(arg) ?? ""];
    if (long !== undefined) return { name: long, option: text };
    if (text.startsWith("--")) continue;
    const isBundle = /^-[A-Za-z]+/.test(text) || (index === 0 && /^[A-Za-z]+$/.test(text));
    if (!isBundle) continue;
    const letters = text.replace(/^-/, "").match(/^[A-Za-z]*?(?=[fCTXI]|$)/)?.[0] ?? "";
    for (const letter of letters) if (BY_LETTER[letter] !== undefined) return { name: BY_LETTER[letter] as string, option: `-${letter}` };
    if (letters.includes("a")) {
      const file = archiveOf(args);
      const ending = file === null ? undefined : BY_ENDING.find(([pattern]) => pattern.test(lastText(file)));
      if (ending !== undefined) return { name: ending[1], option: "-a" };
    }
  }
  return null;
}

function archiveOf(args: readonly Text[]): Text | null {
  const index = args.findIndex((arg) => /^-?[A-Za-z]*f$/.test(whole(arg) ?? ""));
  return index < 0 ? null : (args[index + 1] ?? null);
}

function lastText(text: Text): string {
  const part = text.parts[text.parts.length - 1];
  return typeof part === "string" ? part : "";
}
