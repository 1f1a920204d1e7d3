/** Holds the reading of a module's JSON against the shapes that modules have: flat, nested in `config`, mixed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseModuleJson, type ModuleJson } from "../../../src/engine/domain/module-json.ts";

function read(value: unknown): ModuleJson {
  const result = parseModuleJson(JSON.stringify(value));
  if (!result.ok) throw new Error(result.message);
  return result.module;
}

/** `8000-8010/tcp proxyPort` for each port. */
function ports(value: unknown): string[] {
  return read(value).ports.map(({ from, to, protocol, source }) => `${from}${to === from ? "" : `-${to}`}/${protocol} ${source}`);
}

describe("parseModuleJson", () => {
  it.each([
    ["", /not valid JSON/], ["{", /not valid JSON/], ['{"a": 1,}', /not valid JSON/], ["{} // no", /not valid JSON/], ["\uFEFF{}", /not valid JSON/],
    ["[]", /one object/], ["null", /one object/], ['"x"', /one object/], ["3", /one object/],
  ])("refuses %j", (text, message) => {
    const result = parseModuleJson(text);
    expect(result.ok ? "" : result.message).toMatch(message);
    expect(result.ok ? "" : result.message).not.toMatch(/[\r\n]/);
  });

  it("gives the machine's name", () => {
    expect(read({ vmname: "litellm" }).vmname).toBe("litellm");
    expect(read({ vmname: "" }).vmname).toBeNull();
    expect(read({ vmname: 3 }).vmname).toBeNull();
    expect(read({ config: { vmname: "x" } }).vmname).toBeNull();
    expect(read({ a: [1] }).value).toEqual({ a: [1] });
  });

  it("reads proxyPort, flat or in its section", () => {
    expect(ports({ proxyPort: 8080 })).toEqual(["8080/tcp proxyPort"]);
    expect(ports({ config: { "firewall:proxy": { proxyPort: 4000 } } })).toEqual(['4000/tcp config."firewall:proxy".proxyPort']);
    expect(ports({ proxyPort: "9000" })).toEqual(["9000/tcp proxyPort"]);
  });

  it("takes 80 where a proxied module names no port", () => {
    expect(ports({ dependsOn: ["cluster:vm", "firewall:proxy"] })).toEqual(["80/tcp firewall:proxy"]);
    expect(ports({ config: { "firewall:proxy": { proxyAllowedZones: ["mgmt"] } } })).toEqual(["80/tcp firewall:proxy"]);
    expect(ports({ dependsOn: ["firewall:proxy"], proxyPort: null })).toEqual(["80/tcp firewall:proxy"]);
    expect(ports({ dependsOn: ["firewall:proxy"], proxyPort: 3000 })).toEqual(["3000/tcp proxyPort"]);
    expect(ports({ dependsOn: ["firewall:proxy"], proxyPort: "computed" })).toEqual([]);
    expect(ports({ dependsOn: ["firewall:rules", "firewall:proxyish"], provides: ["firewall:proxy"] })).toEqual([]);
  });

  it("reads ports[] at any depth", () => {
    const list = [
      { port: 8123, protocol: "TCP" }, { port: "8000:8010", protocol: "udp" }, { port: 53, protocol: "TCP/UDP" }, { port: 54, protocol: "both" },
      { port: 22 }, { port: 1, protocol: "ICMP" }, 9000, "9100-9101",
    ];
    const expected = ["8123/tcp @[0]", "8000-8010/udp @[1]", "53/tcp @[2]", "53/udp @[2]", "54/tcp @[3]", "54/udp @[3]", "22/tcp @[4]", "9000/tcp @[6]", "9100-9101/tcp @[7]"];
    expect(ports({ ports: list })).toEqual(expected.map((line) => line.replace("@", "ports")));
    expect(ports({ config: { "firewall:rules": { ports: list } } })).toEqual(expected.map((line) => line.replace("@", 'config."firewall:rules".ports')));
  });

  it("reads ingress[].ports with the entry's protocol", () => {
    expect(ports({ ingress: [{ from: "internet", ports: [3478], protocol: "UDP" }, { from: "home", ports: [80, "443"] }, { ports: [1], protocol: "icmp" }] }))
      .toEqual(["3478/udp ingress[0].ports[0]", "80/tcp ingress[1].ports[0]", "443/tcp ingress[1].ports[1]"]);
    expect(ports({ config: { "firewall:rules": { ingress: [{ ports: [5], protocol: "tcp/udp" }] } } }))
      .toEqual(['5/tcp config."firewall:rules".ingress[0].ports[0]', '5/udp config."firewall:rules".ingress[0].ports[0]']);
  });

  it("gives each port once", () => {
    expect(ports({ ports: [{ port: 80 }], ingress: [{ ports: [80] }], proxyPort: 80, more: { ports: [{ port: 80, protocol: "UDP" }] } }))
      .toEqual(["80/tcp ports[0]", "80/udp more.ports[0]"]);
  });

  it("never looks below egress, nor at keys that merely look similar", () => {
    expect(ports({
      egress: [{ to: "home", ports: [443] }],
      config: { "firewall:rules": { egress: [{ to: "x", nested: { ports: [{ port: 1 }], proxyPort: 2, ingress: [{ ports: [3] }] } }] } },
      _comment_ports: { ports: [{ port: 4 }] },
      discoveryUdpRelay: [{ port: 36549, zones: ["home"] }],
      natRules: [{ externalPort: 2022, internalPort: 22 }],
      aliases: { ports: { type: "port", addresses: ["8080"] } },
      Ports: [{ port: 5 }], port: 6, proxyports: 7, proxyPortX: 8, exposedPorts: [9],
      switches: { a: { ports: { 1: { type: "node" } } } },
      description: "ports: 80", ports: "80", cluster: { proxyPort: { default: 80 } },
    })).toEqual([]);
  });

  it.each([[{ port: 0 }], [{ port: 70000 }], [{ port: null }], [{}], [{ port: 80, protocol: 6 }], [null], [[80]]])("passes over %j in ports", (entry) => {
    expect(ports({ ports: [entry] })).toEqual([]);
  });

  it("is total, also on deep and wide documents", () => {
    fc.assert(fc.property(fc.json(), (text) => void parseModuleJson(text)));
    fc.assert(fc.property(fc.string(), (text) => void parseModuleJson(text)));
    expect(ports({ __proto__: null, constructor: { ports: [80] } })).toEqual(["80/tcp constructor.ports[0]"]);
    expect(parseModuleJson(`{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`).ok).toBe(true);
    expect(ports({ ports: Array.from({ length: 200_000 }, (_, at) => ({ port: (at % 65_535) + 1 })) })).toHaveLength(65_535);
  });
});
