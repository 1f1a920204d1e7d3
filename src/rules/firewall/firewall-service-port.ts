/** Convention: what a module publishes can be reached. */
import type { PortRange } from "../../engine/domain/ports.ts";
import type { At } from "../../engine/model/index.ts";
import { type ConfigurationContext, JUDGED, defineRule } from "../../engine/run/index.ts";
import { PORT_LISTS, PROTOCOLS, type Protocol, isFirewallOn, mayAcceptByHand, mayOpenItself, openedPorts, showRange, without } from "../vocabulary/firewall.ts";
import { isBaselineOf, ownDefinition } from "../vocabulary/options.ts";
import { PRIVATE_PORTS, showPrivatePort } from "../vocabulary/private-ports.ts";
import { type PublishedPorts, publishedPorts } from "../vocabulary/published-ports.ts";
import { code, enumerate } from "../vocabulary/show.ts";

export default defineRule({
  id: "firewall-service-port",
  theme: "firewall",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Open the ports that the module publishes",
    convention:
      "The firewall opens, by port, range and protocol, what the module publishes: in the JSON beside it `proxyPort` (80 where a `firewall:proxy` names none), `ports` and `ingress[].ports`; of its containers the `ports` that are not bound to loopback. Nothing is said where ports may be opened in other ways: by a service's `openFirewall`, by rules written by hand, by an import that cannot be followed, or with the firewall off. Port 22 is `firewall-ssh`'s; ports of databases belong on loopback.",
    handbook: "Firewall: `networking.firewall.allowedTCPPorts = [ 22 <service-ports> ];`",
    why: "The proxy and other modules connect to the published port. If the VM's own firewall drops them, the service runs, its health check on the VM is green, and its users see a gateway timeout.",
    bad: [
      {
        code: "{ ... }:\n{\n  ⟦networking.firewall.allowedTCPPorts⟧ = [ 22 ];\n}\n",
        files: { "example.json": '{ "vmname": "example", "config": { "firewall:proxy": { "proxyPort": 8080 } } }' },
        says: ['The firewall keeps 8080/tcp (`config."firewall:proxy".proxyPort` in `example.json`) closed: add `8080` to `networking.firewall.allowedTCPPorts`'],
      },
      {
        code: '{ ... }:\n{\n  ⟦networking.firewall.allowedTCPPorts⟧ = [ 22 ];\n  virtualisation.oci-containers.containers.wiki.ports = [ "3000:3000" ];\n}\n',
        says: ["The firewall keeps 3000/tcp (the container `wiki`) closed: add `3000` to `networking.firewall.allowedTCPPorts`, or publish on `127.0.0.1` what only this machine uses"],
      },
    ],
    good: [
      { code: "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 8080 ];\n}\n", files: { "example.json": '{ "vmname": "example", "config": { "firewall:proxy": { "proxyPort": 8080 } } }' } },
      { code: '{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 ];\n  virtualisation.oci-containers.containers.wiki.ports = [ "127.0.0.1:3000:3000" ];\n}\n' },
    ],
  },
  messages: {
    closed: "The firewall keeps {what} closed: add {how}",
    private: "The container publishes {what} beyond this machine, while the firewall keeps it closed: publish it on `127.0.0.1`",
  },
  check: function* (context) {
    const { config } = context;
    const published = publishedPorts(context);
    if (published.length === 0 || isFirewallOn(config) !== true || mayAcceptByHand(config) || mayOpenItself(config)) return;
    const opened = openedPorts(config);
    const [tcp, udp] = PROTOCOLS.map((protocol) => opened.ports.filter((port) => port.protocol === protocol).sort((a, b) => a.from - b.from));
    const closed: Closed[] = [];
    for (const one of published) {
      const { protocol, from, to, at } = one;
      if (opened.open.has(protocol)) continue;
      const ports = (protocol === "tcp" ? tcp : udp) ?? [];
      const rest = without(one, [...ports, ...NEVER]);
      if (rest.length > 0) closed.push({ ...one, rest: rest.length > MAX_SHOWN ? [one] : rest });
      else if (at !== null && from === to && from in PRIVATE_PORTS && without(one, ports).length > 0) yield { message: "private", at, data: { what: showPrivatePort(from) } };
    }
    if (closed.length === 0) return;
    const near = placeFor(context, closed[0]?.protocol ?? "tcp");
    const hints = [
      ...(closed.some(({ isDefault }) => isDefault) ? [", or name the module's own port as `proxyPort`"] : []),
      ...(closed.some(({ at }) => at !== null) ? [", or publish on `127.0.0.1` what only this machine uses"] : []),
    ];
    yield {
      message: "closed",
      missing: closed.flatMap(({ protocol, rest }) => rest.map((range) => `${protocol} ${showRange(range)}`)),
      ...(near === null ? {} : { near }),
      data: { what: described(closed), how: additions(closed) + hints.join("") },
      related: closed.flatMap(({ at }) => (at === null ? [] : [{ at, message: "published here" }])),
    };
  },
});

/** Of a long enumeration a message shows so many parts. */
const MAX_SHOWN = 8;

interface Closed extends PublishedPorts {
  /** The part that the firewall keeps closed. */
  readonly rest: readonly PortRange[];
}

/** Each closed port with all that publish it. */
function described(closed: readonly Closed[]): string {
  const sources = new Map<string, string[]>();
  for (const { protocol, rest, source } of closed) {
    const name = `${enumerate(rest.map(showRange))}/${protocol}`;
    sources.set(name, [...(sources.get(name) ?? []), source]);
  }
  return shortened([...sources].map(([name, publishers]) => `${name} (${shortened([...new Set(publishers)])})`));
}

function shortened(parts: readonly string[]): string {
  const rest = parts.length - MAX_SHOWN;
  return enumerate(rest < 2 ? parts : [...parts.slice(0, MAX_SHOWN), `${rest} more`]);
}

/** What this rule never asks to open: databases and caches, and port 22. */
const NEVER: readonly PortRange[] = [22, ...Object.keys(PRIVATE_PORTS).map(Number)].map((port) => ({ from: port, to: port }));

/** What to add to which list. */
function additions(closed: readonly Closed[]): string {
  const parts = PROTOCOLS.flatMap((protocol) => {
    const ranges = closed.filter((published) => published.protocol === protocol).flatMap(({ rest }) => rest);
    const part = (isRange: boolean, show: (range: PortRange) => string, list: string): string[] => {
      const shown = [...new Set(ranges.filter(({ from, to }) => from !== to === isRange).map(show))];
      return shown.length === 0 ? [] : [`${shortened(shown.map(code))} to ${code(list)}`];
    };
    return [
      ...part(false, showRange, PORT_LISTS[protocol]),
      ...part(true, ({ from, to }) => `{ from = ${from}; to = ${to}; }`, PORT_LISTS[protocol].replace(/s$/, "Ranges")),
    ];
  });
  return enumerate(parts);
}

/** The list of the module's own to which the ports belong; null where it has none. */
function placeFor(context: ConfigurationContext<unknown>, protocol: Protocol): At | null {
  for (const name of [protocol, ...PROTOCOLS]) {
    const own = ownDefinition(context, context.config.option(PORT_LISTS[name]));
    if (own?.key != null && !isBaselineOf(context.config, context.entry, own.file)) return own.key;
  }
  return null;
}
