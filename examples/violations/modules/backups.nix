# Backups that are made at the wrong time, to the wrong place, in the wrong way, or never; and nothing cleans up.
# violates: backup-retention
{ lib, pkgs, ... }:

let
  versions = {
    postgresql = pkgs.postgresql_17;
  };
  daily = time: {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = time;
      Persistent = true;
    };
  };
in
{
  imports = [
    /etc/nixos/hardware-configuration.nix
    ./baseline.nix
  ];

  networking.hostName = lib.mkDefault "backups";
  networking.firewall.allowedTCPPorts = [ 22 ];

  services.postgresql = {
    enable = true;
    package = versions.postgresql;
    ensureDatabases = [ "forum" ];
  };
  services.postgresqlBackup = {
    enable = true;
    databases = [ "forum" ];
    # violates: backup-location
    location = "/srv/dumps";
    startAt = "02:00";
  };

  # The user postgres cannot enter the folder of root.
  systemd.services.forum-dump = {
    serviceConfig = {
      Type = "oneshot";
      User = "postgres";
    };
    path = [ versions.postgresql ];
    script = ''
      pg_dump -Fc -f "/var/backup/closed/forum-$(date +%F).dump" forum
    '';
  };
  systemd.timers.forum-dump = daily "02:00";

  services.redis.servers.forum = {
    enable = true;
    port = 6379;
    settings = {
      maxmemory = "256mb";
      maxmemory-policy = "allkeys-lru";
    };
  };
  systemd.services.forum-redis-backup = {
    serviceConfig.Type = "oneshot";
    path = [ pkgs.redis ];
    script = ''
      # violates: backup-redis-save
      redis-cli -p 6379 --rdb "/var/backup/redis-$(date +%F).rdb"
    '';
  };
  systemd.timers.forum-redis-backup = daily "02:30";

  # No job saves this one.
  # violates: backup-coverage
  services.redis.servers.queue = {
    enable = true;
    port = 6380;
    settings = {
      maxmemory = "64mb";
      maxmemory-policy = "noeviction";
    };
  };

  systemd.services.forum-files-backup = {
    serviceConfig.Type = "oneshot";
    path = [ pkgs.rsync ];
    script = ''
      rsync -a /var/lib/forum/ /var/backup/forum/
    '';
  };
  systemd.timers.forum-files-backup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      # violates: backup-schedule
      OnCalendar = "04:00";
      Persistent = true;
    };
  };

  systemd.services.uploads-backup = {
    serviceConfig.Type = "oneshot";
    path = [ pkgs.rsync ];
    script = ''
      # violates: backup-errors-hidden
      rsync -a /var/lib/uploads/ /var/backup/uploads/ || true
    '';
  };
  systemd.timers.uploads-backup = daily "02:45";

  systemd.services.mail-backup = {
    serviceConfig.Type = "oneshot";
    path = [ pkgs.rsync ];
    script = ''
      rsync -a /var/lib/mail/ /var/backup/mail/
    '';
  };
  # violates: backup-timer
  systemd.timers.mail-backup = {
    wantedBy = [ "timers.target" ];
    timerConfig.OnCalendar = "02:45";
  };

  systemd.tmpfiles.rules = [
    "d /var/backup 0755 root root -"
    # violates: backup-folder-access
    "d /var/backup/closed 0700 root root -"
  ];
}
