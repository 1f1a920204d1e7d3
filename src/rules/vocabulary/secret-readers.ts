/** Which units of a configuration read a secret file: those that have to start behind the one that makes it. */
import { type At, type Configuration, type Script, normalise, textOf } from "../../engine/model/index.ts";
import { type CommandUse, type Text, head, whole } from "../../engine/model/script/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { COPIES, isInBackups } from "./backups.ts";
import { containerUses, mountsOf } from "./containers.ts";
import { leavesOf } from "./leaves.ts";
import type { SourcedText } from "./text.ts";
import { isNixosService, isSurelyOn, unitsOf } from "./units.ts";

/** A unit that reads a file. */
export interface Reader {
  /** With its suffix. */
  readonly unit: string;
  /** Where it names the file. */
  readonly at: At | null;
}

/**
 * Services of NixOS whose unit has their own name and reads the files that their options name (nixpkgs,
 * `nixos/modules/services`). Not among them: those that are only instances (`authelia`), that are several units of other names
 * (`karakeep`) or hold the options of such (`prometheus.exporters`), and whose files another unit reads before (`searx`).
 */
const OWN_UNIT = new Set(
  (
    "actual alloy caddy cloudflare-dyndns coturn ddclient dex fider filebrowser forgejo garage gitea gotosocial grafana hedgedoc home-assistant homebox influxdb2 keycloak " +
    "komga librechat linkwarden listmonk litellm lldap loki maddy matrix-synapse mattermost mealie meilisearch miniflux minio mosquitto n8n navidrome nextcloud-spreed-signaling " +
    "nextcloud-whiteboard-server node-red ntfy-sh oauth2-proxy ocis ollama open-webui outline pgadmin photoprism plausible pocket-id promtail stalwart-mail step-ca " +
    "tandoor-recipes traefik transmission umami vault vaultwarden vikunja wastebin woodpecker-server zigbee2mqtt"
  ).split(" "),
);
/** Commands that name a file without reading it, or that only see to its mode. */
const NOT_READING = new Set("echo printf chmod chown chgrp touch rm mkdir test [ ls stat tee mv ln shred setfacl systemctl".split(" "));
const MAX_OCCURRENCES = 50;

/** The units that surely read one of some files, by name; jobs that only copy them away do not count. */
export function readersOf(context: { readonly config: Configuration; readonly scripts: readonly Script[] }, files: readonly string[]): readonly Reader[] {
  const { config, scripts } = context;
  const found = new Map<string, Reader>();
  const add = (unit: string, at: At | null): void => {
    if (!found.has(unit)) found.set(unit, { unit, at });
  };
  const backend = config.option("virtualisation.oci-containers.backend").value;
  const prefix = backend !== null && textOf(backend) === "docker" ? "docker" : "podman";
  for (const { unit, container, text } of namingLeaves(config)) {
    if (files.some((file) => isNamedIn(text.text, file))) add(unit ?? `${prefix}-${container}.service`, text.at);
  }
  for (const use of containerUses(context)) {
    const container = /^the container `(.*)`$/.exec(use.title)?.[1];
    if (container === undefined) continue;
    for (const { source, at } of mountsOf(use)) if (files.includes(source)) add(`${prefix}-${container}.service`, at);
  }
  const jobs = copyingJobs(config, scripts);
  for (const script of scripts) {
    const { unit, manager } = script.source;
    if (unit === null || manager === "user" || script.source.uncertain || jobs.has(unit)) continue;
    const command = script.facts.commands.find((each) => reads(each, files));
    if (command !== undefined) add(`${unit}.service`, script.at(command));
  }
  return [...found.values()].sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

const serviceNames = onceFor((config: Configuration): ReadonlySet<string> => new Set(unitsOf(config, "services").map(({ name }) => name)));

/** The strings that surely count. */
const sureLeaves = onceFor((config: Configuration) => leavesOf(config).filter(({ isSure, call }) => isSure && call === null));

/** The strings by which a unit is told of a file, each with that unit or its container. */
const namingLeaves = onceFor((config: Configuration) => {
  const services = serviceNames(config);
  return sureLeaves(config).flatMap(({ path, text }): { readonly unit: string | null; readonly container: string; readonly text: SourcedText }[] => {
    const [root, kind = "", name = "", section = "", last = ""] = path;
    if (root === "systemd" && kind === "services" && services.has(name)) {
      // Its commands are looked at one by one.
      const isNaming = section === "environment" || (section === "serviceConfig" && /^(?:Environment|EnvironmentFile|LoadCredential|StandardInput)$/.test(last));
      return isNaming ? [{ unit: `${name}.service`, container: "", text }] : [];
    }
    if (kind === "oci-containers" && name === "containers") return /^(?:environmentFiles|extraOptions)$/.test(last) ? [{ unit: null, container: section, text }] : [];
    if (root === "services" && OWN_UNIT.has(kind) && isNixosService(config, kind) && isSurelyOn(config.option(["services", kind, "enable"]))) return [{ unit: `${kind}.service`, container: "", text }];
    return [];
  });
});

/** Whether a text names a file, and not one whose name goes on. */
function isNamedIn(text: string, file: string): boolean {
  for (let at = text.indexOf(file), count = 0; at >= 0 && count < MAX_OCCURRENCES; at = text.indexOf(file, at + 1), count++) {
    if (!/[\w./-]/.test(text[at + file.length] ?? " ") && !/[\w.]/.test(text[at - 1] ?? " ")) return true;
  }
  return false;
}

function reads({ name, args, inputs, elsewhere }: CommandUse, files: readonly string[]): boolean {
  if (inputs.some((input) => isOneOf(input, files))) return true;
  if (elsewhere || name === null || NOT_READING.has(name)) return false;
  // What is copied for a service is read; what is packed away is not.
  if (name === "cp" || name === "install") return args.slice(0, -1).some((arg) => isOneOf(arg, files)) && !args.some(isInBackups);
  if (COPIES.has(name)) return false;
  return args.some((arg) => {
    if (isOneOf(arg, files)) return true;
    const text = whole(arg);
    return text !== null && /^(?:-[\w-]+=|@|[\w.-]+[=:]@?)/.test(head(arg)) && files.some((file) => text.endsWith(file) && isNamedIn(text, file));
  });
}

function isOneOf(text: Text, files: readonly string[]): boolean {
  const path = absolutePath(text);
  return path !== null && files.includes(path);
}

const absolutePath = onceFor((text: Text): string | null => {
  const path = whole(text);
  return path !== null && path.startsWith("/") ? normalise(path) : null;
});

/** Units that a timer starts to copy files away: they do not wait for anything. */
const copyingJobs = onceFor((config: Configuration, scripts: readonly Script[]): ReadonlySet<string> => {
  const timed = new Set<string>();
  for (const timer of unitsOf(config, "timers")) {
    const unit = config.option([...timer.path, "timerConfig", "Unit"]).value;
    timed.add((unit === null ? null : textOf(unit))?.replace(/\.service$/, "") ?? timer.name);
  }
  for (const unit of unitsOf(config, "services")) if (unit.node.child("startAt").isDefined) timed.add(unit.name);
  const copying = scripts.filter(({ source, facts }) => source.unit !== null && timed.has(source.unit) && facts.commands.some(({ name }) => name !== null && COPIES.has(name)));
  return new Set(copying.map(({ source }) => source.unit as string));
});
