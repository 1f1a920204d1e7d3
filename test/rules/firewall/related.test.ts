/** The second places that the firewall's findings name. */
import { expect, it } from "vitest";
import firewallPrivatePorts from "../../../src/rules/firewall/firewall-private-ports.ts";
import firewallServicePort from "../../../src/rules/firewall/firewall-service-port.ts";
import firewallSsh from "../../../src/rules/firewall/firewall-ssh.ts";
import { lintTree } from "../../support/lint.ts";

const HEAD = "{ lib, ... }:\n";

function related(rule: Parameters<typeof lintTree>[1][number], files: Record<string, string>): string[] {
  const result = lintTree(files, [rule]);
  return result.files.flatMap((file) => file.findings.flatMap((finding) => finding.related.map(({ path, start, end, message }) => `${path}:${start.line}:${start.column}-${end.column} ${message}`)));
}

it("firewall-ssh shows the list that a stronger one replaces", () => {
  const files = {
    "wiki.nix": `${HEAD}{ imports = [ /etc/nixos/hardware-configuration.nix ./common.nix ];\n  networking.firewall.allowedTCPPorts = lib.mkForce [ 80 ]; }\n`,
    "common.nix": `${HEAD}{ networking.firewall.allowedTCPPorts = [ 22 ]; }\n`,
  };
  expect(related(firewallSsh, files)).toEqual(["common.nix:2:3-38 22 stands here, but the other definition is stronger and replaces the list"]);
});

it("firewall-private-ports shows where a port is bound", () => {
  const files = { "wiki.nix": `${HEAD}let dbPort = 5432; in\n{ imports = [ /etc/nixos/hardware-configuration.nix ];\n  networking.firewall.allowedTCPPorts = [ 22 dbPort ]; }\n` };
  expect(related(firewallPrivatePorts, files)).toEqual(["wiki.nix:2:14-18 the value is written here"]);
});

it("firewall-service-port shows the container", () => {
  const files = {
    "wiki.nix": `${HEAD}{ imports = [ /etc/nixos/hardware-configuration.nix ];\n  networking.firewall.allowedTCPPorts = [ 22 ];\n  virtualisation.oci-containers.containers.wiki.ports = [ "3000:3000" ]; }\n`,
  };
  expect(related(firewallServicePort, files)).toEqual(["wiki.nix:4:59-70 published here"]);
});
