# Databases that are open to more than they should be; their backups are as the handbook asks.
{ lib, pkgs, ... }:

let
  versions = {
    redis = pkgs.redis;
  };
in
{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
    ./housekeeping.nix
  ];

  networking.hostName = lib.mkDefault "databases";
  networking.firewall.allowedTCPPorts = [ 22 ];

  services.postgresql = {
    enable = true;
    # violates: postgres-package
    package = pkgs.postgresql;
    ensureDatabases = [ "shop" ];
    ensureUsers = [
      # violates: postgres-ownership
      { name = "shop"; }
    ];
    authentication = lib.mkOverride 10 ''
      local  all  all              trust
      # violates: postgres-trust
      host   all  all  0.0.0.0/0   trust
    '';
  };
  services.postgresqlBackup = {
    enable = true;
    databases = [ "shop" ];
    startAt = "02:00";
  };

  services.redis.package = versions.redis;
  # violates: redis-memory
  services.redis.servers.shop = {
    enable = true;
    port = 6379;
    # violates: redis-bind
    bind = "0.0.0.0";
    settings.maxmemory = "256mb";
  };
  systemd.services.shop-redis-backup = {
    serviceConfig.Type = "oneshot";
    path = [ pkgs.redis ];
    script = ''
      redis-cli SAVE
      cp /var/lib/redis-shop/dump.rdb "/var/backup/redis-$(date +%F).rdb"
    '';
  };
  systemd.timers.shop-redis-backup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "02:30";
      Persistent = true;
    };
  };
}
