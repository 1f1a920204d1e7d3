/** Reads the ports that containers publish and the port values of a module's JSON. */

/** A range of ports, both ends included; a single port has equal ends. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** One published port of a container (podman-run(1), docker run `--publish`). */
export interface PortPublication {
  /** The host address without brackets; null where the port is published on every address. */
  readonly host: string | null;
  /** Null where the container engine chooses a free host port. */
  readonly hostPorts: PortRange | null;
  readonly containerPorts: PortRange;
  readonly protocol: "tcp" | "udp" | "sctp";
}

const PORT_MAX = 65535;

/**
 * Reads a port or a range as a module's JSON holds it: a number, or a string such as `"80"`, `"8000:8010"`, `"8000-8010"`.
 *
 * @returns null for anything else, for port 0, ports above 65535 and a range that runs backwards
 */
export function parsePortRange(value: unknown): PortRange | null {
  if (typeof value === "number") return isPort(value) ? { from: value, to: value } : null;
  if (typeof value !== "string") return null;
  const [, first, last] = /^ *([0-9]{1,5})(?: *[:-] *([0-9]{1,5}))? *$/.exec(value) ?? [];
  const from = Number(first);
  const to = Number(last ?? first);
  return isPort(from) && isPort(to) && from <= to ? { from, to } : null;
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= PORT_MAX;
}

/**
 * Reads `[[address:][hostPorts]:]containerPorts[/protocol]`, as in `virtualisation.oci-containers.containers.<name>.ports`.
 *
 * A range of host ports for one container port leaves the choice within it to the engine; ranges of unequal length are wrong.
 *
 * @returns null where no container engine would take the text
 */
export function parsePortPublication(text: string): PortPublication | null {
  const [, ports, protocolText] = /^([^/]*)(?:\/([A-Za-z]+))?$/.exec(text) ?? [];
  if (ports === undefined) return null;
  const protocol = (protocolText ?? "tcp").toLowerCase();
  if (protocol !== "tcp" && protocol !== "udp" && protocol !== "sctp") return null;

  const containerAt = ports.lastIndexOf(":");
  const containerPorts = parseDashed(ports.slice(containerAt + 1));
  if (containerPorts === null) return null;
  if (containerAt < 0) return { host: null, hostPorts: null, containerPorts, protocol };

  const front = ports.slice(0, containerAt);
  const hostAt = front.lastIndexOf(":");
  const hostText = hostAt < 0 ? null : front.slice(0, hostAt);
  const hostPortsText = front.slice(hostAt + 1);
  const host = hostText === null || hostText === "" ? null : readHost(hostText);
  if (host === undefined) return null;
  // Port 0 asks the engine for a free port, as leaving the port out does.
  const isChosen = hostPortsText === "" || hostPortsText === "0";
  const hostPorts = isChosen ? null : parseDashed(hostPortsText);
  if (isChosen ? hostText === null && hostPortsText === "" : hostPorts === null) return null;
  const length = (range: PortRange): number => range.to - range.from;
  if (hostPorts !== null && length(containerPorts) > 0 && length(hostPorts) !== length(containerPorts)) return null;
  return { host, hostPorts, containerPorts, protocol };
}

function parseDashed(text: string): PortRange | null {
  return /^[0-9]+(-[0-9]+)?$/.test(text) ? parsePortRange(text) : null;
}

/** Returns undefined where the text is no address; IPv6 must stand in brackets, since its colons separate otherwise. */
function readHost(text: string): string | undefined {
  const inside = /^\[([0-9A-Za-z:.%]+)\]$/.exec(text)?.[1];
  if (inside !== undefined) return inside;
  return /^[A-Za-z0-9.-]+$/.test(text) ? text : undefined;
}

/** Whether the port can be reached from the machine itself only (127.0.0.0/8, ::1, `localhost`). */
export function isLoopback(publication: PortPublication): boolean {
  const host = publication.host?.toLowerCase() ?? "";
  if (host === "localhost" || /^127(\.[0-9]{1,3}){3}$/.test(host)) return true;
  return isLoopbackIPv6(host);
}

/** Whether a text is `::1` in any spelling, or an IPv4 loopback address mapped into IPv6. */
export function isLoopbackIPv6(text: string): boolean {
  if (/^::ffff:127(\.[0-9]{1,3}){3}$/i.test(text)) return true;
  return /^(?:0{1,4}:){7}0{0,3}1$/.test(text) || /^(?:(?:0{1,4}:){1,6}|:):(?:0{1,4}:){0,5}0{0,3}1$/.test(text);
}
