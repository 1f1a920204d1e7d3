# A firewall that opens the wrong ports: 8080 is published by the JSON beside it and stays closed.
# violates: firewall-service-port
{ lib, ... }:

{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
  ];

  networking.hostName = lib.mkDefault "firewall-ports";
  # violates: firewall-ssh
  networking.firewall.allowedTCPPorts = [
    # violates: firewall-private-ports
    5432
  ];
}
