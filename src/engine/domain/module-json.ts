/** Reads what the JSON beside a module says of it: the machine's name and the ports that the module publishes. */

import { parsePortRange } from "./ports.ts";

/** A port, or a range with both ends included, that a module publishes. */
export interface PublishedPort {
  readonly from: number;
  readonly to: number;
  readonly protocol: "tcp" | "udp";
  /** Where it stands in the JSON, for messages: `proxyPort`, `ports[0]`, `config."firewall:rules".ports[1]`. */
  readonly source: string;
}

/** What a module's JSON says. */
export interface ModuleJson {
  /** `vmname` at the top level; null where it is missing, empty or no string. */
  readonly vmname: string | null;
  /** Each published port once, in the order of the file. */
  readonly ports: readonly PublishedPort[];
  /** The whole document, for callers that compute with it. */
  readonly value: unknown;
}

/** Either what the JSON says or, as one sentence, why it cannot be read. */
export type ModuleJsonResult =
  | { readonly ok: true; readonly module: ModuleJson }
  | { readonly ok: false; readonly message: string };

type JsonObject = Readonly<Record<string, unknown>>;

const PROXY = "firewall:proxy";
/** The port of a proxied service that names none (`module-fields.json`, `proxyPort`). */
const PROXY_PORT = 80;

/**
 * Reads a module's JSON. Comments are refused, as `builtins.fromJSON` and the deployment refuse them.
 *
 * @param text the file, without byte order mark
 */
export function parseModuleJson(text: string): ModuleJsonResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/[\r\n\u2028\u2029]+/g, " ") : "it cannot be read";
    return { ok: false, message: `This is not valid JSON: ${why}` };
  }
  if (!isObject(value)) return { ok: false, message: "A module's JSON must be one object { … }." };
  const vmname = own(value, "vmname");
  return {
    ok: true,
    module: { vmname: typeof vmname === "string" && vmname !== "" ? vmname : null, ports: publishedPorts(value), value },
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of the document itself, never one that every JavaScript object has. */
function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Where a key stands, in the notation of Nix and jq alike. */
function join(place: string, key: string): string {
  const part = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : JSON.stringify(key);
  return place === "" ? part : `${place}.${part}`;
}

/**
 * Collects `proxyPort`, `ports[]` and with it `ingress[].ports` at any depth, but nothing below `egress` (what the module
 * connects to) or a key that starts with `_` (a comment by the project's habit).
 */
function publishedPorts(root: JsonObject): PublishedPort[] {
  const found = new Map<string, PublishedPort>();
  let isProxied = false;
  let hasProxyPort = false;
  // A stack of its own, since a stranger's document may nest deeper than the machine's stack.
  const pending: { value: unknown; place: string }[] = [{ value: root, place: "" }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, place } = next;
    const children: typeof pending = [];
    if (Array.isArray(value)) {
      value.forEach((item, at) => children.push({ value: item, place: `${place}[${at}]` }));
    } else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (key === "egress" || key.startsWith("_")) continue;
        const at = join(place, key);
        if (key === PROXY && isObject(child)) isProxied = true;
        if (key === "dependsOn" && Array.isArray(child) && child.includes(PROXY)) isProxied = true;
        if (key === "proxyPort" && child !== null && !isObject(child)) {
          hasProxyPort = true;
          add(found, child, "tcp", at);
        }
        if (key === "ports" && Array.isArray(child)) addPorts(found, child, own(value, "protocol"), at);
        children.push({ value: child, place: at });
      }
    }
    for (let at = children.length - 1; at >= 0; at--) pending.push(children[at] as (typeof pending)[number]);
  }
  if (isProxied && !hasProxyPort) add(found, PROXY_PORT, "tcp", PROXY);
  return [...found.values()];
}

/** An entry is an object with its own protocol, or a bare port or range, for which the object around it names the protocol. */
function addPorts(found: Map<string, PublishedPort>, entries: readonly unknown[], around: unknown, place: string): void {
  entries.forEach((entry, at) => {
    const [port, protocol] = isObject(entry) ? [own(entry, "port"), own(entry, "protocol") ?? around] : [entry, around];
    add(found, port, protocol, `${place}[${at}]`);
  });
}

function add(found: Map<string, PublishedPort>, port: unknown, protocol: unknown, source: string): void {
  const range = parsePortRange(port);
  if (range === null) return;
  for (const name of protocols(protocol)) {
    const key = `${name} ${range.from}-${range.to}`;
    if (!found.has(key)) found.set(key, { ...range, protocol: name, source });
  }
}

/** TCP where none is named (`module-fields.json`); none for ICMP and anything else that has no ports. */
function protocols(value: unknown): readonly ("tcp" | "udp")[] {
  if (value === undefined || value === null) return ["tcp"];
  if (typeof value !== "string") return [];
  const names = value.toLowerCase().split(/[/,+|&\s]+/).filter((name) => name !== "");
  if (names.length === 1 && (names[0] === "both" || names[0] === "any" || names[0] === "all")) return ["tcp", "udp"];
  return (["tcp", "udp"] as const).filter((name) => names.includes(name));
}
