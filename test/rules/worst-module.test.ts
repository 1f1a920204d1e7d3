/** The worst module that the handbook knows, one without any of the baseline, becomes a conforming one by one run, and reads like the handbook. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type AttrsExpr, parse, walk } from "../../src/engine/syntax/index.ts";
import { rules } from "../../src/rules/index.ts";
import { fixTree } from "../support/lint.ts";

const examples = new URL("../../examples/conforming/apps/notes/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, examples), "utf8");
const json = { "notes.json": read("notes.json") };

/** The definitions of "Base Configuration Pattern" in the handbook, and what conventions add to it. */
const BASELINE = /^(?:imports|boot\.|networking\.(?!firewall)|systemd\.network\.|time\.|services\.(?:cloud-init|openssh|qemuGuest)|systemd\.services\."serial-getty|users\.users\.tappaas|security\.sudo|nix\.|nixpkgs\.|system\.stateVersion)/;

/** The module without its baseline, the headings of it, and the gaps that they leave. */
function stripped(text: string): string {
  const body = [...walk(parse(text).root)].filter((expr): expr is AttrsExpr => expr.kind === "attrs").sort((a, b) => b.end - b.start - (a.end - a.start))[0] as AttrsExpr;
  let left = text;
  for (const { start, end } of [...body.bindings].reverse()) if (BASELINE.test(text.slice(start, end))) left = left.slice(0, start) + left.slice(end);
  return left
    .replace(/^ *# ── (?:Boot|Networking|Core services|User|Nix) ─+\n/gm, "")
    .replace("22\n      port", "port")
    .replace(/^ +\n/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .replace("in\n{\n\n", "in\n{\n");
}

const HANDBOOK = `in
{
  imports = [ /etc/nixos/hardware-configuration.nix ];

  # Boot
  boot.loader.systemd-boot.enable = true;
  boot.growPartition = true;

  # Networking
  networking.hostName = lib.mkDefault "notes";
  networking.networkmanager.enable = true;
  systemd.network.enable = lib.mkForce false;
  networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet = {
    connection = {
      id = "tappaas-ethernet";
      type = "ethernet";
    };
    ipv4.method = "auto";
  };

  networking.firewall = {
    enable = true;
    allowedTCPPorts = [
      22
      port
    ];
  };

  # Core services
  services.cloud-init.enable = true;
  services.cloud-init.network.enable = false;
  services.openssh = {
    enable = true;
    settings = {
      PasswordAuthentication = false;
      PermitRootLogin = "no";
    };
  };
  services.qemuGuest.enable = true;
  systemd.services."serial-getty@ttyS0" = {
    enable = true;
    wantedBy = [ "getty.target" ];
  };

  # User
  users.users.tappaas = {
    isNormalUser = true;
    extraGroups = [ "wheel" "networkmanager" ];
  };
  security.sudo.wheelNeedsPassword = false;

  # Nix
  nix.settings.experimental-features = [ "nix-command" "flakes" ];
  nix.settings.trusted-users = [ "@wheel" ];
  nixpkgs.config.allowUnfree = true;
  system.stateVersion = "25.05";

  # ── Database ───`;

describe("a module without any of its baseline", () => {
  const before = stripped(read("notes.nix"));
  const { files, result, unsettled } = fixTree({ ...json, "notes.nix": before }, rules, ["safe", "proposed"]);

  it("lacks all of it", () => {
    expect(before).not.toMatch(/tappaas-ethernet|systemd-boot|qemuGuest|openssh|stateVersion =|hardware-configuration/);
  });

  it("conforms after one run", () => {
    expect(unsettled).toEqual([]);
    expect(result.files.flatMap(({ findings }) => findings.map(({ rule, message }) => `${rule}: ${message}`))).toEqual([]);
  });

  it("reads like the handbook's template, and is otherwise as it was", () => {
    const after = files[0]?.after ?? "";
    expect(after.slice(after.indexOf("in\n{"), after.indexOf("in\n{") + HANDBOOK.length)).toBe(HANDBOOK);
    // Nothing else was touched.
    const rest = (text: string): string => text.slice(text.indexOf("  # ── Database"));
    expect(rest(after)).toBe(rest(before));
    expect(after.slice(0, after.indexOf("in\n{"))).toBe(before.slice(0, before.indexOf("in\n{")));
  });
});
