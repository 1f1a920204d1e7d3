/** Where a fix could do harm it is withheld, or only proposed, and the finding says why and where to look. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/engine/run/index.ts";
import { rules } from "../../src/rules/index.ts";
import { type TreeOptions, lintTree } from "../support/lint.ts";

const IMPORTS = "imports = [ /etc/nixos/hardware-configuration.nix ];";

/** The findings of one rule in a tree, by path. */
function found(id: string, files: Readonly<Record<string, string>>, options: TreeOptions = {}): (Pick<Finding, "fix" | "withheld"> & { path: string; looks: string[] })[] {
  const result = lintTree(files, rules.filter((rule) => rule.id === id), options);
  return result.files.flatMap(({ path, findings }) => findings.map(({ fix, withheld, related }) => ({ path, fix, ...(withheld === undefined ? {} : { withheld }), looks: related.map((place) => `${place.path}:${place.start.line}`) })));
}

describe("state-version", () => {
  const since = "a machine that is installed keeps the version that it was installed with, and only its maintainer knows which that is";

  it.each(['"24.11"', "lib.trivial.release", "24.11"])("leaves %s alone", (value) => {
    expect(found("state-version", { "x.nix": `{ lib, ... }:\n{\n  ${IMPORTS}\n  system.stateVersion = ${value};\n}\n` })).toEqual([{ path: "x.nix", fix: null, withheld: since, looks: [] }]);
  });

  it.each(['lib.mkDefault "25.05"', "25.05"])("writes the same release in the place of %s", (value) => {
    expect(found("state-version", { "x.nix": `{ lib, ... }:\n{\n  ${IMPORTS}\n  system.stateVersion = ${value};\n}\n` })).toEqual([{ path: "x.nix", fix: "proposed", looks: [] }]);
  });

  it("proposes one where there is none", () => {
    expect(found("state-version", { "x.nix": `{ ... }:\n{\n  ${IMPORTS}\n}\n` })).toEqual([{ path: "x.nix", fix: "proposed", looks: [] }]);
  });
});

describe("hardware-import", () => {
  const system = "{ ... }:\n{\n  imports = [ ./hardware-configuration.nix ];\n}\n";

  it("is safe where the file that is named is not there, and proposed where it is", () => {
    expect(found("hardware-import", { "x.nix": system })).toEqual([{ path: "x.nix", fix: "safe", looks: [] }]);
    expect(found("hardware-import", { "x.nix": system, "hardware-configuration.nix": "{ ... }:\n{\n  boot.growPartition = true;\n}\n" }).filter(({ path }) => path === "x.nix")).toEqual([{ path: "x.nix", fix: "proposed", looks: [] }]);
    expect(found("hardware-import", { "x.nix": system.replace("./", "/root/") })).toEqual([{ path: "x.nix", fix: "proposed", looks: [] }]);
  });
});

describe("firewall-ssh", () => {
  const part = "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 80 ];\n}\n";
  const system = `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./part.nix ];\n}\n`;

  it("does not open a port in a part of several systems", () => {
    expect(found("firewall-ssh", { "part.nix": part, "a.nix": system, "b.nix": system })).toEqual([
      { path: "part.nix", fix: null, withheld: "several systems share this part: open 22 in each of them, or here for all", looks: [] },
    ]);
    expect(found("firewall-ssh", { "part.nix": part, "a.nix": system })).toEqual([{ path: "part.nix", fix: "safe", looks: [] }]);
  });
});

describe("host-name", () => {
  it("names no template", () => {
    const module = (name: string): string => `{ lib, ... }:\n{\n  ${IMPORTS}\n  ${name}\n}\n`;
    const since = "this looks like a template, whose copies have names of their own";
    for (const line of ['networking.hostName = lib.mkDefault "tappaas-nixos";', ""]) {
      expect(found("host-name", { "00-Template/template.nix": module(line) })).toEqual([{ path: "00-Template/template.nix", fix: null, withheld: since, looks: [] }]);
      expect(found("host-name", { "wiki/wiki.nix": module(line) })).toEqual([{ path: "wiki/wiki.nix", fix: "proposed", looks: [] }]);
    }
  });
});

describe("a value that serves more than one definition", () => {
  it("stays, and the finding says where it is written", () => {
    const text = "{ ... }:\nlet\n  off = false;\nin\n{\n  boot.growPartition = off;\n  services.qemuGuest.enable = off;\n}\n";
    expect(found("grow-partition", { "x.nix": text }, { roles: { "x.nix": "system" } })).toEqual([{ path: "x.nix", fix: null, withheld: "its value is written elsewhere and serves more than this definition", looks: ["x.nix:3"] }]);
    expect(found("grow-partition", { "x.nix": text.replace("  services.qemuGuest.enable = off;\n", "") }, { roles: { "x.nix": "system" } })).toMatchObject([{ fix: "safe" }]);
  });

  it("stays in a file that the run is not about", () => {
    const files = { "part.nix": "{ ... }:\n{\n  boot.growPartition = false;\n}\n", "x.nix": `{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ./part.nix ];\n}\n` };
    expect(found("grow-partition", files)).toEqual([{ path: "part.nix", fix: "safe", looks: [] }]);
    expect(found("grow-partition", files, { targets: ["x.nix"] })).toEqual([]);
  });

  it("is not put into one side of an update", () => {
    expect(found("grow-partition", { "x.nix": `{ ... }:\n{\n  ${IMPORTS}\n  boot.loader.timeout = 1;\n} // { }\n` })).toMatchObject([{ fix: null }]);
  });
});

describe("unknown-option-root", () => {
  const under = (lines: string): unknown => found("unknown-option-root", { "x.nix": `{ ... }:\n{\n  ${IMPORTS}\n${lines}}\n` });

  it("renames what is set beside others", () => {
    expect(under("  Security.sudo.enable = true;\n  security.sudo.wheelNeedsPassword = false;\n")).toEqual([{ path: "x.nix", fix: "safe", looks: [] }]);
  });

  it("leaves alone what Nix would refuse under its right name", () => {
    expect(under("  Security.sudo.enable = true;\n  security.sudo.enable = false;\n")).toEqual([{ path: "x.nix", fix: null, withheld: "what it sets is set under the right name as well", looks: [] }]);
  });
});
