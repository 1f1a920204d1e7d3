/** Convention: secret files stand under /etc/secrets. */
import type { At } from "../../engine/model/index.ts";
import { display, head, whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { leavesOf } from "../vocabulary/leaves.ts";
import { createdSecrets, isInSecrets, isPassing } from "../vocabulary/secrets.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

/** Last names of options that hold the path of a secret file. */
const NAMES = /(?:environmentfiles?|passwordfile|passfile|tokenfile|secretfile|keyfile|credentialsfile)$/i;
const PUBLIC = /public_?keyfile$|pubkeyfile$/i;

export default defineRule({
  id: "secrets-location",
  theme: "secrets",
  severity: "warning",
  fix: null,
  security: 4.3,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Keep secret files under /etc/secrets",
    convention: "Secret files stand under `/etc/secrets/`: those that options and units refer to (`environmentFile`, `passwordFile`, `tokenFile`, `LoadCredential` and the like, `podman --env-file`) and those into which a script writes key material that it generates. Copies under `/run` are exempt.",
    handbook: "Key Conventions: “Secrets in /etc/secrets/ with mode 0600”",
    why: "One folder is backed up, closed and looked after. A key elsewhere is forgotten by the backup and by whoever replaces keys.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  services.vault.environmentFile = ⟦"/var/lib/vault/vault.env"⟧;\n}\n',
        says: ["The secret file `/var/lib/vault/vault.env` is not under `/etc/secrets`: move it there"],
      },
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.init.script = \'\'\n    ${pkgs.openssl}/bin/openssl rand -hex 32 | install -m 0600 /dev/stdin ⟦/var/lib/web/key⟧\n  \'\';\n}\n',
        says: ["The secret file `/var/lib/web/key` is not under `/etc/secrets`: move it there"],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  services.vault.environmentFile = "/etc/secrets/vault.env";\n  services.web.tokenFile = "/run/web/token";\n  systemd.services.web.serviceConfig.LoadCredential = "db:/etc/secrets/db";\n}\n' }],
  },
  messages: { elsewhere: "The secret file {path} is not under `/etc/secrets`: move it there" },
  *check({ config, scripts }) {
    for (const { path, text } of leavesOf(config)) {
      const name = path[path.length - 1] ?? "";
      let file = "";
      if (/^LoadCredential(?:Encrypted)?$/.test(name)) file = text.text.slice(text.text.indexOf(":") + 1);
      else if (name === "secrets" || (NAMES.test(name) && !PUBLIC.test(name))) file = text.text.replace(/^-/, "");
      if (text.at !== null && isElsewhere(file)) yield { message: "elsewhere", at: text.at, data: { path: code(inMessage(file)) } };
    }
    for (const script of scripts) {
      for (const file of createdSecrets(script)) {
        if (!isElsewhere(head(file.path)) || isInSecrets(head(file.path))) continue;
        const command = script.facts.commands.find(({ start, end, args }) => start <= file.start && end >= file.end && args.some((arg) => display(arg) === display(file.path)));
        const index = command?.args.findIndex((arg) => display(arg) === display(file.path)) ?? -1;
        const at: At | null = script.at(command?.argsAt[index] ?? withoutOperator(script.text, file));
        if (at !== null) yield { message: "elsewhere", at, data: { path: code(inMessage(display(file.path))) } };
      }
      for (const command of script.facts.commands) {
        if (command.name !== "podman" && command.name !== "docker") continue;
        for (const [index, arg] of command.args.entries()) {
          const inline = /^--env-file=(.*)$/.exec(whole(arg) ?? "")?.[1];
          const value = inline ?? (whole(command.args[index - 1]) === "--env-file" ? whole(arg) : null);
          const span = command.argsAt[index];
          const at = span === undefined ? null : script.at(span);
          if (value != null && at !== null && isElsewhere(value)) yield { message: "elsewhere", at, data: { path: code(inMessage(value)) } };
        }
      }
    }
  },
});

function isElsewhere(path: string): boolean {
  return /^\/[^/]/.test(path) && !isInSecrets(path) && !isPassing(path) && !path.startsWith("/run/");
}

/** The path of a redirect, without the operator before it. */
function withoutOperator(text: string, { start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } {
  const operator = /^(?:\d{1,3}|&)?>[>|&]?[ \t]{0,99}/.exec(text.slice(start, end))?.[0] ?? "";
  return { start: start + operator.length, end };
}
