# Mistakes in how a module is put together.
{ lib, pkgs, ... }:

let
  versions = {
    postgresql = pkgs.postgresql_17;
    # violates: unused-version
    redis = "7.4.1";
  };
in
{
  imports = [
    # violates: hardware-import
    ./hardware-configuration.nix
    ./baseline.nix
    # violates: import-deployable
    ../shared/printing.nix
  ];

  networking.hostName = lib.mkDefault "structure";
  networking.firewall.allowedTCPPorts = [ 22 ];

  environment.systemPackages = [ versions.postgresql ];

  # violates: unknown-option-root
  Services.fstrim.enable = true;

  # violates: conflicting-definitions
  services.printing.enable = false;

  systemd.services.greeting = {
    wantedBy = [ "multi-user.target" ];
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
      # violates: duplicate-attribute
      RemainAfterExit = true;
    };
    script = "echo welcome";
  };

  # violates: unused-suppression
  # tappaas-lint: disable-next-line redis-bind -- nothing here runs Redis any more
  services.fwupd.enable = true;
}
