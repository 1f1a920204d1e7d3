# Units that are not confined, cannot start, or never run.
{ lib, pkgs, ... }:

{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
  ];

  networking.hostName = lib.mkDefault "units";
  networking.firewall.allowedTCPPorts = [ 22 ];

  # violates: unit-hardening
  systemd.services.pages = {
    wantedBy = [ "multi-user.target" ];
    serviceConfig.ExecStart = "${pkgs.python3}/bin/python3 -m http.server 8000";
  };

  systemd.services.thumbnails = {
    wantedBy = [ "multi-user.target" ];
    serviceConfig = {
      ExecStart = "${pkgs.thumbnailer}/bin/thumbnailer";
      NoNewPrivileges = true;
      ProtectSystem = "strict";
      ProtectHome = true;
      PrivateTmp = true;
      # violates: unit-write-paths
      ReadWritePaths = [ "/var/lib/thumbnails" ];
    };
  };

  systemd.services.feed = {
    serviceConfig.Type = "oneshot";
    script = ''
      # violates: unit-command-path
      curl --silent --output /var/lib/feed.xml https://example.org/feed.xml
    '';
  };
  systemd.timers.feed = {
    wantedBy = [ "timers.target" ];
    # violates: timer-calendar
    timerConfig.OnCalendar = "every morning";
  };

  systemd.tmpfiles.rules = [
    # violates: tmpfiles-syntax
    "d /var/cache/pages 0988 root root -"
  ];
}
