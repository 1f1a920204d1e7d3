/** Convention: databases and caches are nobody's business but the machine's. */
import type { PortRange } from "../../engine/domain/ports.ts";
import type { At, Configuration } from "../../engine/model/index.ts";
import { type Fix, MODULES, type Withheld, defineRule, enclosing, isSoleUse } from "../../engine/run/index.ts";
import { exprAt, fixOf, removeStatement, rewriteValues } from "../vocabulary/fixes.ts";
import { openedPorts, showRange, without } from "../vocabulary/firewall.ts";
import { originOf, placeOf } from "../vocabulary/options.ts";
import { PRIVATE_PORTS, showPrivatePort } from "../vocabulary/private-ports.ts";
import { code, enumerate } from "../vocabulary/show.ts";
import { isSurelyOn, nodesAt } from "../vocabulary/units.ts";

export default defineRule({
  id: "firewall-private-ports",
  theme: "firewall",
  severity: "error",
  fix: "proposed",
  security: 8.1,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Keep database and cache ports closed",
    convention:
      "No port of a database or cache (PostgreSQL 5432, Redis 6379, MySQL 3306, MongoDB 27017, memcached 11211; option `ports`) is opened: alone or inside a range, by TCP or UDP, for all interfaces or one, or by the `openFirewall` of a Redis server. Interfaces that lead to the machine itself or to its containers (`lo`, `podman…`, `docker…`, bridges) are exempt.",
    handbook: "Security review: “databases bound to loopback”, “only necessary ports”",
    why: "The databases of a module trust local connections, some without any password. An open port makes each of them a way into the data for the whole zone as soon as one setting of its own slips.",
    bad: [
      {
        code: "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 80 ⟦5432⟧ ];\n}\n",
        says: ["`networking.firewall.allowedTCPPorts` opens 5432 (PostgreSQL) to the network: remove it and let only this machine connect"],
      },
      {
        code: "{ ... }:\n{\n  networking.firewall.allowedTCPPortRanges = [ ⟦{ from = 6000; to = 7000; }⟧ ];\n}\n",
        says: ["`networking.firewall.allowedTCPPortRanges` opens 6379 (Redis) inside 6000-7000 to the network: split the range around it"],
      },
    ],
    good: [
      { code: "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 443 ];\n}\n" },
      { code: '{ ... }:\n{\n  # Containers on this machine, not the network.\n  networking.firewall.interfaces."podman0".allowedTCPPorts = [ 5432 ];\n}\n' },
    ],
  },
  options: {
    type: "object",
    properties: {
      ports: {
        type: "array",
        items: { type: "integer", minimum: 1, maximum: 65535 },
        description: "The ports that must stay closed.",
        default: Object.keys(PRIVATE_PORTS).map(Number),
      },
    },
    additionalProperties: false,
  },
  messages: {
    port: "{option} opens {ports} to the network: remove it and let only this machine connect",
    range: "{option} opens {ports} inside {range} to the network: split the range around it",
    service: "{option} opens {ports} to the network: write `false` and let only this machine connect",
  },
  check: function* ({ config, options }) {
    for (const { from, to, option, isSure, at, value } of openedPorts(config).ports) {
      const inside = options.ports.filter((port) => from <= port && port <= to);
      if (!isSure || inside.length === 0 || at === null) continue;
      const ports = enumerate(inside.map(showPrivatePort));
      const related = originOf(value, at);
      if (from === to) yield { message: "port", at, data: { option: code(option), ports }, related, fix: () => dropElement(at) };
      else yield { message: "range", at, data: { option: code(option), ports, range: showRange({ from, to }) }, related, fix: () => splitRange(at, { from, to }, inside) };
    }
    yield* openedByRedis(config, options.ports);
  },
});

/** The port goes out of the list in which it stands, whatever names it there. */
function dropElement(place: At): Fix | Withheld | null {
  const list = enclosing(place.file.syntax.root, place).at(-2);
  if (list?.kind !== "list" || !isSoleUse(place)) return { since: "the list is not written in one piece, or serves more than this option" };
  return fixOf("Remove the port", removeStatement(place));
}

function splitRange(place: At, range: PortRange, ports: readonly number[]): Fix | Withheld | null {
  const expr = exprAt(place);
  if (expr?.kind !== "attrs" || !isSoleUse(place)) return { since: "the range is not written in one piece, or serves more than this option" };
  const left = without(range, ports.map((port) => ({ from: port, to: port })));
  if (left.length === 0) return fixOf("Remove the range", removeStatement(place));
  return fixOf("Split the range", { do: "replace", at: place, text: left.map(({ from, to }) => `{ from = ${from}; to = ${to}; }`).join(" ") });
}

/** Redis servers that open their own port; the default server has one without being told (NixOS option `services.redis.servers.<name>.port`). */
function* openedByRedis(config: Configuration, ports: readonly number[]) {
  for (const node of nodesAt(config, ["services", "redis", "servers", "*"])) {
    const opens = node.child("openFirewall").answer();
    const at = isSurelyOn(opens) ? placeOf(opens) : null;
    const port = node.child("port").answer();
    const name = node.path[node.path.length - 1] as string;
    const number = port.state === "undefined" && name === "" ? 6379 : port.state === "known" && port.value?.t === "int" ? port.value.v : null;
    if (at === null || number === null || !ports.includes(number)) continue;
    yield { message: "service", at, data: { option: code(`services.redis.servers.${JSON.stringify(name)}.openFirewall`), ports: showPrivatePort(number) }, fix: () => rewriteValues(opens.winners, "false") } as const;
  }
}
