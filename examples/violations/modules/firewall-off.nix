# A system without a firewall.
{ lib, ... }:

{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
  ];

  networking.hostName = lib.mkDefault "firewall-off";
  # violates: firewall-enabled
  networking.firewall.enable = false;
  networking.firewall.allowedTCPPorts = [ 22 ];
}
