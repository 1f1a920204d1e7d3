/** Holds the reading of container ports and of port values in a module's JSON against tables. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLoopback, isLoopbackIPv6, parsePortPublication, parsePortRange } from "../../../src/engine/domain/ports.ts";

describe("parsePortRange", () => {
  it.each([
    [80, 80, 80], [65535, 65535, 65535], ["80", 80, 80], [" 80 ", 80, 80], ["8000:8010", 8000, 8010], ["8000-8010", 8000, 8010],
    ["8000 - 8010", 8000, 8010], ["80:80", 80, 80], ["0080", 80, 80],
  ])("reads %j", (value, from, to) => expect(parsePortRange(value)).toEqual({ from, to }));

  it.each([0, -1, 65536, 80.5, Number.NaN, "0", "65536", "", " ", "http", "80:", ":80", "8010:8000", "80,81", "1:2:3", "8e1", "+80", "123456", null, undefined, true, [80], { port: 80 }])(
    "refuses %j",
    (value) => expect(parsePortRange(value)).toBeNull(),
  );
});

describe("parsePortPublication", () => {
  const one = (port: number) => ({ from: port, to: port });
  it.each([
    ["8080:80", { host: null, hostPorts: one(8080), containerPorts: one(80), protocol: "tcp" }],
    ["80", { host: null, hostPorts: null, containerPorts: one(80), protocol: "tcp" }],
    ["80/udp", { host: null, hostPorts: null, containerPorts: one(80), protocol: "udp" }],
    ["127.0.0.1:8080:80/tcp", { host: "127.0.0.1", hostPorts: one(8080), containerPorts: one(80), protocol: "tcp" }],
    ["127.0.0.1::80", { host: "127.0.0.1", hostPorts: null, containerPorts: one(80), protocol: "tcp" }],
    ["[::1]:53:53/udp", { host: "::1", hostPorts: one(53), containerPorts: one(53), protocol: "udp" }],
    ["[fe80::1%eth0]:53:53", { host: "fe80::1%eth0", hostPorts: one(53), containerPorts: one(53), protocol: "tcp" }],
    ["8000-8010:8000-8010", { host: null, hostPorts: { from: 8000, to: 8010 }, containerPorts: { from: 8000, to: 8010 }, protocol: "tcp" }],
    ["8000-8010:80", { host: null, hostPorts: { from: 8000, to: 8010 }, containerPorts: one(80), protocol: "tcp" }],
    ["8000-8010/udp", { host: null, hostPorts: null, containerPorts: { from: 8000, to: 8010 }, protocol: "udp" }],
    ["0.0.0.0:80:80/SCTP", { host: "0.0.0.0", hostPorts: one(80), containerPorts: one(80), protocol: "sctp" }],
    ["0:80", { host: null, hostPorts: null, containerPorts: one(80), protocol: "tcp" }],
    ["localhost:80:80", { host: "localhost", hostPorts: one(80), containerPorts: one(80), protocol: "tcp" }],
  ])("reads %s", (text, publication) => expect(parsePortPublication(text)).toEqual(publication));

  it.each([
    "", ":", ":80", "80:", "http:80", "80/", "80/icmp", "80/tcp/udp", "::1:80:80", "8000-8010:8000-8005", "8080:8000-8001", "99999:80", "80:0",
    "8010-8000:8010-8000", "a b:80:80", "[]:80:80", "[::1:80:80", "-80:80", "80 :80",
  ])("refuses %j", (text) => expect(parsePortPublication(text)).toBeNull());

  it("is total", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("1", "80", ":", "-", "/", "tcp", "[", "]", "::1", "."), { maxLength: 12 }), (parts) => {
      const publication = parsePortPublication(parts.join(""));
      if (publication !== null) expect(publication.containerPorts.from).toBeLessThanOrEqual(publication.containerPorts.to);
    }));
  });
});

describe("loopback", () => {
  it.each([
    ["127.0.0.1:80:80", true], ["127.1.2.3:80:80", true], ["[::1]:80:80", true], ["[0:0:0:0:0:0:0:1]:80:80", true], ["localhost:80:80", true],
    ["80:80", false], ["80", false], ["0.0.0.0:80:80", false], ["[::]:80:80", false], ["10.0.0.1:80:80", false], ["[::11]:80:80", false],
    ["128.0.0.1:80:80", false],
  ])("%s: %s", (text, expected) => {
    const publication = parsePortPublication(text);
    expect(publication !== null && isLoopback(publication)).toBe(expected);
  });

  it("knows the spellings of ::1", () => {
    expect(["::1", "0::1", "::0001", "0:0::1", "0000:0000:0000:0000:0000:0000:0000:0001", "::ffff:127.0.0.1"].map(isLoopbackIPv6)).toEqual(Array(6).fill(true));
    expect(["::", "::2", "1::1", "::1:1", "::10", "::1::", "127.0.0.1", "::ffff:10.0.0.1", ""].map(isLoopbackIPv6)).toEqual(Array(9).fill(false));
  });
});
