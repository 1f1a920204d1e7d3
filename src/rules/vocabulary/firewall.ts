/** Which ports a configuration's firewall lets in, as far as it can be told (NixOS options `networking.firewall.*`). */
import { type PortRange, parsePortRange } from "../../engine/domain/ports.ts";
import type { ActiveDefinition, Answer, At, Configuration, OptionNode, Value } from "../../engine/model/index.ts";
import { showPath, textOf } from "../../engine/model/index.ts";
import { isSurelyOff } from "./units.ts";

export const PROTOCOLS = ["tcp", "udp"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const FIREWALL = ["networking", "firewall"] as const;

/** The list that opens single ports of a protocol, by its path. */
export const PORT_LISTS: Readonly<Record<Protocol, string>> = {
  tcp: "networking.firewall.allowedTCPPorts",
  udp: "networking.firewall.allowedUDPPorts",
};

/** One element of a list of allowed ports or ranges. */
export interface OpenedPort extends PortRange {
  readonly protocol: Protocol;
  /** The list that it stands in, by its path. */
  readonly option: string;
  /** It counts whatever the conditions around it come to. */
  readonly isSure: boolean;
  /** The element as written. */
  readonly at: At | null;
  readonly value: Value;
}

/** What a firewall lets in. */
export interface OpenedPorts {
  /** Each element, also those that only a condition brings. */
  readonly ports: readonly OpenedPort[];
  /** There may be further ones of these protocols. */
  readonly open: ReadonlySet<Protocol>;
}

/**
 * Interfaces that lead to the machine itself or to containers on it, by their usual names: what is opened there cannot be
 * reached from the network.
 */
const INNER_INTERFACE = /^(?:lo$|(?:podman|docker|cni|br-|virbr|veth|ve-|vb-))/;

/** All lists of allowed ports and ranges; those of inner interfaces are left out. */
export function openedPorts(config: Configuration): OpenedPorts {
  const ports: OpenedPort[] = [];
  const open = new Set<Protocol>(config.unfollowed.length > 0 ? PROTOCOLS : []);
  const interfaces = config.names([...FIREWALL, "interfaces"]);
  if (interfaces.open) for (const protocol of PROTOCOLS) open.add(protocol);
  const folders = [[...FIREWALL], ...interfaces.names.filter((name) => !INNER_INTERFACE.test(name)).map((name) => [...FIREWALL, "interfaces", name])];
  for (const folder of folders) {
    for (const protocol of PROTOCOLS) {
      const name = `allowed${protocol.toUpperCase()}Port`;
      for (const path of [[...folder, `${name}s`], [...folder, `${name}Ranges`]]) {
        const answer = config.option(path);
        if (answer.state === "undefined") continue;
        const isRead = answer.value?.t === "list" && (answer.state === "known" || answer.state === "conditional");
        const strongest = Math.min(...answer.winners.filter(({ undecided }) => undecided.length === 0).map(({ priority }) => priority));
        const found = answer.winners.map((definition) => elementsOf(definition, protocol, showPath(path), isCounting(definition, answer, strongest)));
        if (!isRead || found.some(({ isWhole }) => !isWhole)) open.add(protocol);
        ports.push(...found.flatMap(({ elements }) => elements));
      }
    }
  }
  return { ports, open };
}

/** Whether a definition surely takes part: it has no open condition, and no stronger one may come in its place. */
function isCounting(definition: ActiveDefinition, answer: Answer, strongest: number): boolean {
  return definition.undecided.length === 0 && definition.priority === strongest && answer.winners.every(({ priority }) => priority >= strongest);
}

/** The elements of one list that can be read, and whether these are all. */
function elementsOf({ value, valueAt, key }: ActiveDefinition, protocol: Protocol, option: string, isSure: boolean): { readonly elements: readonly OpenedPort[]; readonly isWhole: boolean } {
  if (value.t !== "list") return { elements: [], isWhole: false };
  const elements: OpenedPort[] = [];
  for (const { thunk, maybe } of value.items) {
    const element = thunk.force();
    const range = rangeOf(element);
    if (range === null) continue;
    elements.push({ ...range, protocol, option, isSure: isSure && !maybe, at: thunk.at ?? valueAt ?? key, value: element });
  }
  return { elements, isWhole: value.open === null && elements.length === value.items.length };
}

/** A port (an integer) or a range (`{ from = …; to = …; }`) as Nix has it. */
function rangeOf(value: Value): PortRange | null {
  if (value.t === "int") return parsePortRange(value.v);
  if (value.t !== "attrs" || value.open !== null) return null;
  const [from, to] = ["from", "to"].map((name) => value.attrs.get(name)?.thunk.force());
  return from?.t === "int" && to?.t === "int" && from.v <= to.v ? { from: from.v, to: to.v } : null;
}

/** The answers for texts and lists with which a configuration writes firewall rules by hand. */
function handWritten(config: Configuration): Answer[] {
  return [
    ...["extraCommands", "extraInputRules", "extraForwardRules", "trustedInterfaces"].map((name) => config.option([...FIREWALL, name])),
    ...["ruleset", "rulesetFile", "tables"].map((name) => config.option(["networking", "nftables", name])),
  ].filter(({ state }) => state !== "undefined");
}

/**
 * Whether rules written by hand may let something in that no list names: they accept something, or cannot be read. Rules
 * that only drop, count or translate addresses on the way out do not.
 */
export function mayAcceptByHand(config: Configuration): boolean {
  return handWritten(config).some((answer) => {
    const { value } = answer;
    if (answer.state !== "known" || value === null) return true;
    if (value.t === "list") return value.open !== null || value.items.some((item) => item.maybe || !INNER_INTERFACE.test(textOf(item.thunk.force()) ?? ""));
    if (value.t === "null") return false;
    const text = textOf(value);
    return text === null || /accept|dnat|redirect/i.test(text);
  });
}

/** Whether the firewall is surely on: set so, or left to NixOS, whose default it is. Null where it cannot be known. */
export function isFirewallOn(config: Configuration): boolean | null {
  const answer = config.option([...FIREWALL, "enable"]);
  if (answer.state === "undefined") return true;
  return answer.state === "known" && answer.value?.t === "bool" ? answer.value.v : null;
}

/** Names of options with which a service opens its own ports: `openFirewall`, `openPorts`, `openDefaultPorts`. */
const OPENS_ITSELF = /^open(?:Firewall|[A-Za-z]*Ports?)/;
/** SSH's own option opens nothing but SSH. */
const SSH = "openssh";

/** What opens its ports without being told (nixpkgs, `nixos/modules/services/networking/avahi-daemon.nix` and the like). */
const OPEN_BY_DEFAULT = ["services.avahi", "services.netbird", "services.zerotierone", "programs.mosh"];

/** Whether something of the configuration opens ports of its own that no list names, or may do so. */
export function mayOpenItself(config: Configuration): boolean {
  if (OPEN_BY_DEFAULT.some((name) => config.node(name).isDefined && !isSurelyOff(config.option(`${name}.enable`)))) return true;
  return ["services", "programs", "virtualisation", "networking"].some((name) => visit(config.node(name), 0));
}

const MAX_DEPTH = 5;

function visit(node: OptionNode, depth: number): boolean {
  const name = node.path[node.path.length - 1] as string;
  // A service that cannot be read as a whole may open anything.
  if (depth < 2 && (node.open !== null || node.definitions.some(({ value }) => value.t === "unknown"))) return true;
  if (OPENS_ITSELF.test(name)) {
    const { state, value } = node.answer();
    return state !== "undefined" && !(state === "known" && value?.t === "bool" && !value.v);
  }
  if (depth >= MAX_DEPTH || name === SSH || !node.isSet) return false;
  return node.names().some((inner) => visit(node.child(inner), depth + 1));
}

/** What is left of a range without others, in order. */
export function without(range: PortRange, others: readonly PortRange[]): PortRange[] {
  const left: PortRange[] = [];
  let { from } = range;
  for (const other of [...others].sort((a, b) => a.from - b.from)) {
    if (other.from > range.to) break;
    if (other.from > from) left.push({ from, to: other.from - 1 });
    from = Math.max(from, other.to + 1);
  }
  if (from <= range.to) left.push({ from, to: range.to });
  return left;
}

/** `80`, `8000-8010`. */
export function showRange({ from, to }: PortRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}
