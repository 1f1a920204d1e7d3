# Wiki: a native service. The baseline is imported, the host name comes from the JSON that deployment puts beside it.
{ config, lib, pkgs, ... }:

let
  module =
    if builtins.pathExists ./wiki.json
    then builtins.fromJSON (builtins.readFile ./wiki.json)
    else { };
in
{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
    ./wiki-server.nix
  ];

  networking.hostName = lib.mkDefault (module.vmname or "wiki");

  services.wiki-server = {
    enable = true;
    port = 3000;
  };

  networking.firewall.allowedTCPPorts = [ 22 ];
  networking.firewall.allowedUDPPortRanges = [
    {
      from = 7000;
      to = 7010;
    }
  ];
}
