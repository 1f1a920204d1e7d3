/** A repository in the shape of the real project, with modules that were written before there was a linter. */
import { repository } from "../support/git.ts";
import type { Tree } from "../cli/program.ts";

const baseline = `{ config, lib, pkgs, ... }:
{
  boot.loader.systemd-boot.enable = true;
  boot.growPartition = true;
  services.cloud-init.enable = true;
  services.cloud-init.network.enable = false;
  networking.networkmanager.enable = true;
  networking.firewall.allowedTCPPorts = [ 22 ];
  services.openssh.enable = true;
  services.openssh.settings.PermitRootLogin = "no";
  services.qemuGuest.enable = true;
  system.stateVersion = "25.05";
}
`;

const oldModule = `{ config, lib, pkgs, ... }:
{
  imports = [
    /etc/nixos/hardware-configuration.nix
  ];

  networking.hostName = "wiki";
  systemd.network.enable = false;
  services.openssh.settings.PasswordAuthentication = true;

  virtualisation.oci-containers.containers.wiki = {
    image = "ghcr.io/requarks/wiki:latest";
    ports = [ "127.0.0.1:3000:3000" ];
  };

  system.stateVersion = "24.11";
}
`;

export const WIKI = "src/apps/wiki/wiki.nix";
export const CACHE = "src/apps/cache/cache.nix";

/** Old modules of the fleet by path. */
const files = {
  "README.md": "# Fleet\n",
  "src/foundation/templates/common.nix": baseline,
  [WIKI]: oldModule,
  "src/apps/wiki/wiki.json": '{ "vmname": "wiki", "vmid": 310 }\n',
  [CACHE]: oldModule.replaceAll("wiki", "cache").replace("requarks", "example").replaceAll("3000", "3100").replace("24.11", "24.05"),
  "src/apps/cache/cache.json": '{ "vmname": "cache", "vmid": 311 }\n',
  "src/apps/notes/notes.nix": oldModule.replaceAll("wiki", "notes"),
  "src/foundation/Attic/old/old.nix": oldModule.replaceAll("wiki", "old"),
};

/** The fleet before anything is adopted. */
export function fleet(): Tree {
  return repository(files);
}
