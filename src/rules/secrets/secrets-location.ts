/** Convention: secret files stand under /etc/secrets. */
import { HOLE } from "../../engine/domain/hole.ts";
import { type At, type Configuration, normalise } from "../../engine/model/index.ts";
import { display, head } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { containerUses, flagsOf } from "../vocabulary/containers.ts";
import { type Leaf, leavesOf } from "../vocabulary/leaves.ts";
import { SECRETS_FOLDER, createdSecrets, isPassing, placeOfPath } from "../vocabulary/secrets.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";
import { isSurelyOff } from "../vocabulary/units.ts";

/** Last names of options that hold the path of a secret file. */
const NAMES = /(?:environmentfiles?|passwordfile|passfile|tokenfile|secretfile|keyfile|credentialsfile)$/i;
/** Keys that are no secret. */
const PUBLIC = /(?:public|pub|trusted|authorized|verify|verification|verifying)[-_]?keyfile$/i;
/** Files that every NixOS has, or that hold nothing but settings. */
const SETTINGS = new Set(["/etc/os-release", "/etc/environment", "/etc/set-environment", "/etc/locale.conf", "/etc/machine-id"]);

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
  *check(context) {
    const { config, scripts } = context;
    const told = (path: string, at: At | null) => (at !== null && isElsewhere(path) ? [{ message: "elsewhere", at, data: { path: code(inMessage(path)) } } as const] : []);
    for (const leaf of leavesOf(config)) {
      const file = leaf.isSure && leaf.call === null ? fileOf(config, leaf) : null;
      if (file !== null) yield* told(file, leaf.text.at);
    }
    for (const use of containerUses(context)) {
      for (const { name, value, at } of flagsOf(use)) if (name === "--env-file" && value !== null) yield* told(value, at);
    }
    for (const script of scripts) {
      for (const file of createdSecrets(script)) yield* told(head(file.path) === display(file.path) ? head(file.path) : head(file.path) + HOLE, placeOfPath(script, file));
    }
  },
});

/** The file that an option names as a secret, as far as its path is known; null where it names none. */
function fileOf(config: Configuration, { path, text, isWhole }: Leaf): string | null {
  const name = path[path.length - 1] ?? "";
  // What the first stage of the boot reads stands on a disk of its own; what a container is told are paths inside it.
  if (path[0] === "boot" || path[0] === "fileSystems" || (path[1] === "oci-containers" && (path[4] === "environment" || path[4] === "labels"))) return null;
  if (path[0] === "services" && path.length > 2 && isSurelyOff(config.option([...path.slice(0, 2), "enable"]))) return null;
  if (name === "LoadCredential") return path[0] === "systemd" && text.text.includes(":") ? text.text.slice(text.text.indexOf(":") + 1) : null;
  if (name === "secrets") return isWhole ? null : text.text;
  if (!NAMES.test(name) || PUBLIC.test(name)) return null;
  const file = text.text.replace(/^-/, "");
  return /environmentfiles?$/i.test(name) && isOpenFile(config, file) ? null : file;
}

/** Whether a file is one that the configuration itself writes for everybody to read: no secret can be meant. */
function isOpenFile(config: Configuration, file: string): boolean {
  if (SETTINGS.has(file)) return true;
  const node = file.startsWith("/etc/") ? config.node(["environment", "etc", file.slice("/etc/".length)]) : null;
  return node !== null && ["text", "source"].some((name) => node.child(name).isDefined) && config.option([...node.path, "mode"]).state === "undefined";
}

/** Whether a path surely leads elsewhere. Of one that is known in part, the known folders tell. */
function isElsewhere(path: string): boolean {
  const unknown = path.search(new RegExp(`[${HOLE}%$*?]`));
  const known = unknown < 0 ? path : path.slice(0, path.lastIndexOf("/", unknown) + 1);
  if (!/^\/[^/]/.test(known)) return false;
  const clean = normalise(known);
  if (isPassing(`${clean}/`) || clean.startsWith("/var/lib/acme/")) return false;
  if (clean.startsWith(`${SECRETS_FOLDER}/`)) return false;
  return unknown < 0 || !`${SECRETS_FOLDER}/`.startsWith(`${clean}/`);
}
