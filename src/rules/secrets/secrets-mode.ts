/** Convention: nobody but its owner can read a secret. */
import { effectiveMode, isAdjustingLine, isFileLine, isFolderLine, isOwnerOnly, allowsOthers } from "../../engine/domain/tmpfiles.ts";
import { type At, type Configuration, textOf } from "../../engine/model/index.ts";
import { display, whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { placeOf } from "../vocabulary/options.ts";
import { firstLine } from "../vocabulary/places.ts";
import { SECRETS_FOLDER, closedFolders, createdSecrets, isInSecrets, isInside, tmpfilesOf } from "../vocabulary/secrets.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

export default defineRule({
  id: "secrets-mode",
  theme: "secrets",
  severity: "error",
  fix: "safe",
  security: 7.1,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Keep secrets readable by their owner alone",
    convention: "`environment.etc.\"secrets/…\"` has mode 0600 or stricter (without a mode it is a link to a file that everybody can read); tmpfiles lines for files under `/etc/secrets` too, and the folder has nothing for others; a script that creates a file there, or anywhere with key material that it generated, or an archive of such files, ends with it at 0600 or stricter, or inside a closed folder.",
    handbook: "Key Conventions: “Secrets in /etc/secrets/ with mode 0600”",
    why: "Every service on the machine runs as a user of its own; a file that others can read gives all of them the key when one of them is broken into.",
    bad: [
      {
        code: '{ ... }:\n{\n  environment.etc."secrets/web.env" = {\n    text = "TOKEN=CHANGE_ME";\n    mode = ⟦"0644"⟧;\n  };\n  systemd.tmpfiles.rules = [ "d /etc/secrets ⟦0755⟧ root root -" ];\n}\n',
        says: ['`/etc/secrets/web.env` has the mode `0644`, so that others can read it: write `mode = "0600";`', "`/etc/secrets` is open to others with the mode `0755`: write `0700`"],
      },
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets.script = \'\'\n    ⟦${pkgs.openssl}/bin/openssl rand -hex 32 > /etc/secrets/web.key⟧\n  \'\';\n}\n',
        says: ["The script leaves `/etc/secrets/web.key` with the mode `0644`, so that others can read it: write `chmod 600 /etc/secrets/web.key` behind it, or `umask 077` before it"],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  environment.etc."secrets/web.env" = {\n    text = "TOKEN=CHANGE_ME";\n    mode = "0600";\n  };\n  systemd.services.web-init-secrets.script = \'\'\n    ${pkgs.openssl}/bin/openssl rand -hex 32 > /etc/secrets/web.key\n    chmod 600 /etc/secrets/web.key\n  \'\';\n}\n',
      },
    ],
  },
  messages: {
    link: "{file} has no mode, so that it is a link to a file in the store that everybody can read: write `mode = \"0600\";`",
    etc: '{file} has the mode {found}, so that others can read it: write `mode = "0600";`',
    line: "{file} has the mode {found}, so that others can read it: write `0600`",
    folder: "{file} is open to others with the mode {found}: write `0700`",
    script: "The script leaves {file} with the mode {found}, so that others can read it: write {chmod} behind it, or `umask 077` before it",
    archive: "The script leaves {file}, an archive of secrets, with the mode {found}, so that others can read it: write {chmod} behind it, or `umask 077` before it",
  },
  *check({ config, scripts }) {
    for (const name of config.node("environment.etc").names()) {
      if (!name.startsWith("secrets/")) continue;
      const node = config.node(["environment", "etc", name]);
      const mode = config.option([...node.path, "mode"]);
      const file = code(`/etc/${inMessage(name)}`);
      const near = node.keys()[0];
      if (mode.state === "undefined" && near !== undefined && node.names().length > 0) yield { message: "link", missing: `mode of ${name}`, near, data: { file } } as const;
      const text = mode.state === "known" && mode.value !== null ? textOf(mode.value) : null;
      const at = placeOf(mode);
      if (text === null || at === null) continue;
      const bits = /^[0-7]{3,4}$/.test(text) ? Number.parseInt(text, 8) : null;
      if (/symlink$/.test(text) || (bits !== null && !isOwnerOnly(bits))) yield { message: "etc", at, data: { file, found: code(text) } };
    }
    const entries = tmpfilesOf(config);
    for (const { rule, text } of entries) {
      const { path } = rule;
      if (path === null || (path !== SECRETS_FOLDER && !isInSecrets(path))) continue;
      const mode = effectiveMode(rule);
      const field = rule.modeField;
      const at: At | null = field === null ? text.at : text.place(field.start, field.end);
      if (mode === null || at === null) continue;
      const data = { file: code(path), found: code(`0${mode.toString(8)}`) };
      if (isFileLine(rule) && !isOwnerOnly(mode)) yield { message: "line", at, data };
      else if ((isFolderLine(rule) || (isAdjustingLine(rule) && path === SECRETS_FOLDER)) && allowsOthers(mode)) yield { message: "folder", at, data };
    }
    const closed = closedFolders(config);
    const made = new Set(entries.flatMap(({ rule }) => (isFileLine(rule) && rule.path !== null && isOwnerOnly(effectiveMode(rule) ?? 0o777) ? [rule.path] : [])));
    for (const script of scripts) {
      const archives = script.facts.hasErrors ? [] : script.facts.files.filter(({ how, members }) => how === "archive" && members.some((member) => holdsSecrets(config, whole(member))));
      for (const file of [...createdSecrets(script), ...archives]) {
        const { path, mode } = file;
        if (mode === null || isOwnerOnly(mode) || file.inClosedFolder || isInside(path, closed) || made.has(whole(path) ?? "")) continue;
        const at = script.at(commandAround(script.facts.commands, file));
        if (at === null) continue;
        const shown = inMessage(display(path));
        const data = { file: code(shown), found: code(`0${mode.toString(8)}`), chmod: code(whole(path) === null ? "chmod 600" : `chmod 600 ${shown}`) };
        if (file.how === "archive") yield { message: "archive", at: firstLine(at), data };
        else yield { message: "script", at: firstLine(at), data };
      }
    }
  },
});

/** Whether an archive of a path takes secrets in. */
function holdsSecrets(config: Configuration, path: string | null): boolean {
  if (path === null) return false;
  const clean = path.replace(/\/+$/, "").replace(/^([^/])/, "/$1");
  return clean === SECRETS_FOLDER || isInSecrets(clean) || (clean === "/etc" && config.node("environment.etc").names().some((name) => name.startsWith("secrets/")));
}

/** The command that a file comes from; its redirect alone says too little. */
function commandAround<T extends { readonly start: number; readonly end: number }>(commands: readonly T[], file: { readonly start: number; readonly end: number }): { start: number; end: number } {
  return commands.find((command) => command.start <= file.start && command.end >= file.end) ?? file;
}

