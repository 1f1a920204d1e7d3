/** Tests that fingerprints stay when a file changes around a finding, and tell findings apart. */
import { describe, expect, it } from "vitest";
import { rules } from "../../../../src/rules/index.ts";
import { lintTree } from "../../../support/lint.ts";

const head = "{ lib, ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n";

/** Fingerprints of one file's findings by rule, in their order. */
function fingerprints(text: string, ...ids: string[]): string[] {
  const { files } = lintTree({ "vm.nix": text }, rules.filter(({ id }) => ids.includes(id)));
  return files[0]?.findings.flatMap(({ fingerprints }) => fingerprints) ?? [];
}

describe("a fingerprint", () => {
  const wrong = `${head}  boot.growPartition = false;\n}\n`;

  it("has a fixed form", () => {
    expect(fingerprints(wrong, "grow-partition")).toEqual(["848a881fdaded26c"]);
  });

  it("stays when the line moves, is indented anew, or goes on differently", () => {
    const moved = `${head}  # new\n  services.qemuGuest.enable = true;\n\n\t  boot.growPartition  =  false; # really\n}\n`;
    expect(fingerprints(moved, "grow-partition")).toEqual(fingerprints(wrong, "grow-partition"));
  });

  it("of what is missing stays whatever happens to the line at which it is told", () => {
    const missing = `${head}}\n`;
    const more = `{ lib, pkgs, config, ... }:\n{\n  imports = [\n    /etc/nixos/hardware-configuration.nix\n  ];\n}\n`;
    expect(fingerprints(missing, "grow-partition")).toHaveLength(1);
    expect(fingerprints(more, "grow-partition")).toEqual(fingerprints(missing, "grow-partition"));
  });

  it("changes when what is found does", () => {
    const other = wrong.replace("false", '"no"');
    expect(fingerprints(other, "grow-partition")).toHaveLength(1);
    expect(fingerprints(other, "grow-partition")).not.toEqual(fingerprints(wrong, "grow-partition"));
  });

  it("is one for each part that is missing", () => {
    const two = fingerprints(`${head}}\n`, "ssh-hardening");
    const one = fingerprints(`${head}  services.openssh.enable = true;\n  services.openssh.settings.PermitRootLogin = "no";\n}\n`, "ssh-hardening");
    expect(two).toHaveLength(3);
    expect(one).toHaveLength(1);
    expect(two).toEqual(expect.arrayContaining(one));
  });

  it("does not hang on the line numbers of other places in a message", () => {
    const twice = "{ ... }:\n{\n  a.b = 1;\n  a.b = 2;\n}\n";
    expect(fingerprints(twice, "duplicate-attribute")).toHaveLength(1);
    expect(fingerprints(twice.replace("{ ...", "# new\n{ ..."), "duplicate-attribute")).toEqual(fingerprints(twice, "duplicate-attribute"));
  });

  it("tells equal findings of a file apart by their order", () => {
    const containers = (...names: string[]): string => `{ ... }:\n{\n${names.map((name) => `  a${name} = 1;\n  a${name} = 2;\n`).join("")}}\n`;
    const [first, second, third] = fingerprints(containers("", "", "b"), "duplicate-attribute");
    expect(new Set([first, second, third]).size).toBe(3);
    expect(fingerprints(containers("b"), "duplicate-attribute")).toEqual([fingerprints(containers("", "", "b"), "duplicate-attribute").at(-1)]);
  });
});
