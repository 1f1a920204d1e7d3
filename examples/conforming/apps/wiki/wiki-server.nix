# Options and unit of the wiki server.
{ config, lib, pkgs, ... }:

let
  cfg = config.services.wiki-server;
in
{
  options.services.wiki-server = {
    enable = lib.mkEnableOption "the wiki server";
    port = lib.mkOption {
      type = lib.types.port;
      default = 8080;
      description = "The port that the wiki listens on.";
    };
  };

  config = lib.mkIf cfg.enable {
    networking.firewall.allowedTCPPorts = [ cfg.port ];

    systemd.services.wiki-server = {
      description = "Wiki server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network-online.target" ];
      wants = [ "network-online.target" ];
      serviceConfig = {
        ExecStart = "${pkgs.python3}/bin/python3 -m http.server ${toString cfg.port} --directory /var/lib/wiki";
        Restart = "on-failure";
        DynamicUser = true;
        StateDirectory = "wiki";
        ReadWritePaths = [ "/var/lib/wiki" ];
      };
    };
  };
}
