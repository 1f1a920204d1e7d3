/** The ports that a module offers to others: by its JSON, and by its containers. */
import { type PortRange, isLoopback, parsePortPublication } from "../../engine/domain/ports.ts";
import { type At, type OptionNode, baseName } from "../../engine/model/index.ts";
import type { ConfigurationContext } from "../../engine/run/index.ts";
import { code } from "./show.ts";
import { isWhollyKnown, sureTexts } from "./text.ts";
import { nodesAt } from "./units.ts";

/** The section or dependency that stands for its default port where it names none. */
const PROXY = "firewall:proxy";

/** One published port or range. */
export interface PublishedPorts extends PortRange {
  readonly protocol: "tcp" | "udp";
  /** Who publishes it, for messages. */
  readonly source: string;
  /** Nothing names the port: it is the default of the proxy. */
  readonly isDefault: boolean;
  /** Where, if it stands in a Nix file: an element of a container's `ports`. */
  readonly at: At | null;
}

/** No module publishes more; what is beyond is left out, so that a stranger's list cannot take all day. */
const MAX_PUBLISHED = 500;

/** All that is surely published, in the order of the JSON, then of the containers. */
export function publishedPorts(context: ConfigurationContext<unknown>): PublishedPorts[] {
  const file = code(baseName(context.entry.path).replace(/\.nix$/, ".json"));
  const inJson = (context.json?.ports ?? []).map(({ from, to, protocol, source }) => ({ from, to, protocol, source: `${code(source)} in ${file}`, isDefault: source === PROXY, at: null }));
  return [...inJson, ...nodesAt(context.config, ["virtualisation", "oci-containers", "containers", "*"]).flatMap((node) => ofContainer(node))].slice(0, MAX_PUBLISHED);
}

/** The host ports of a container that can be reached from elsewhere. */
function ofContainer(node: OptionNode): PublishedPorts[] {
  const isSure = node.answer().definitions.some(({ undecided }) => undecided.length === 0);
  if (!isSure || !hasOwnNetwork(node)) return [];
  const source = `the container ${code(node.path[node.path.length - 1] as string)}`;
  return sureTexts(node.child("ports").answer()).flatMap(({ text, at }) => {
    const publication = parsePortPublication(text);
    if (publication === null || publication.hostPorts === null || publication.protocol === "sctp" || isLoopback(publication)) return [];
    return [{ ...publication.hostPorts, protocol: publication.protocol, source, isDefault: false, at }];
  });
}

/** Whether a container surely has a network of its own; with another's (podman-run(1) `--network`) its `ports` say nothing. */
function hasOwnNetwork(node: OptionNode): boolean {
  const [options, networks] = ["extraOptions", "networks"].map((name) => node.child(name).answer());
  if (options === undefined || networks === undefined || !isWhollyKnown(options) || !isWhollyKnown(networks)) return false;
  const words = sureTexts(options).map(({ text }) => text).join(" ");
  return !/(?:^| )--net(?:work)?[= ](?:host|none|ns:|container:)/.test(words) && !sureTexts(networks).some(({ text }) => text === "host" || text === "none");
}
