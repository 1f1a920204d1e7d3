# Backs up the secrets and the data of a system and throws old backups away, as the handbook asks.
{ pkgs, ... }:

{
  systemd.services.files-backup = {
    serviceConfig.Type = "oneshot";
    path = [ pkgs.gnutar pkgs.gzip ];
    script = ''
      umask 077
      tar -czf "/var/backup/files/files-$(date +%F).tar.gz" /etc/secrets /var/lib/vault
    '';
  };
  systemd.timers.files-backup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "02:45";
      Persistent = true;
    };
  };

  systemd.services.backup-cleanup = {
    serviceConfig.Type = "oneshot";
    script = ''
      find /var/backup -type f -mtime +30 -delete
    '';
  };
  systemd.timers.backup-cleanup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "monthly";
      Persistent = true;
    };
  };

  systemd.tmpfiles.rules = [
    "d /var/backup 0755 root root -"
    "d /var/backup/files 0700 root root -"
  ];
}
