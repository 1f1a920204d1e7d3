# Notes: a web application in a container, with PostgreSQL and Redis beside it.
#
# Everything that the handbook asks of a module is here: the baseline, pinned versions, secrets that are generated at the
# first boot, three layers of backups with a clean-up, and a firewall that opens SSH and the application alone.

{ config, lib, pkgs, ... }:

let
  # All versions are pinned here and nowhere else.
  versions = {
    notes = "2.4.1";
    postgresql = pkgs.postgresql_17;
  };

  secretsFile = "/etc/secrets/notes.env";
  port = 8080;
in
{
  imports = [ /etc/nixos/hardware-configuration.nix ];

  # ── Boot ────────────────────────────────────────────────────────────────────
  boot.loader.systemd-boot.enable = true;
  boot.loader.efi.canTouchEfiVariables = true;
  boot.growPartition = true;

  # ── Networking ──────────────────────────────────────────────────────────────
  networking.hostName = lib.mkDefault "notes";
  networking.networkmanager.enable = true;
  systemd.network.enable = lib.mkForce false;
  networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet = {
    connection = {
      id = "tappaas-ethernet";
      type = "ethernet";
      autoconnect = "true";
    };
    ipv4.method = "auto";
    ipv6.method = "auto";
  };

  networking.firewall = {
    enable = true;
    allowedTCPPorts = [
      22
      port
    ];
  };

  time.timeZone = lib.mkDefault "Europe/Amsterdam";

  # ── Core services ───────────────────────────────────────────────────────────
  services.cloud-init = {
    enable = true;
    network.enable = false;
  };
  services.qemuGuest.enable = true;
  services.openssh = {
    enable = true;
    settings = {
      PasswordAuthentication = false;
      PermitRootLogin = "no";
    };
  };
  systemd.services."serial-getty@ttyS0" = {
    enable = true;
    wantedBy = [ "getty.target" ];
    serviceConfig.Restart = "always";
  };

  # ── User ────────────────────────────────────────────────────────────────────
  users.users.tappaas = {
    isNormalUser = true;
    extraGroups = [ "wheel" "networkmanager" ];
  };
  security.sudo.wheelNeedsPassword = false;

  # ── Nix ─────────────────────────────────────────────────────────────────────
  nix.settings.experimental-features = [ "nix-command" "flakes" ];
  nix.settings.trusted-users = [ "root" "@wheel" ];
  nixpkgs.config.allowUnfree = true;

  # ── Database ────────────────────────────────────────────────────────────────
  services.postgresql = {
    enable = true;
    package = versions.postgresql;
    ensureDatabases = [ "notes" ];
    ensureUsers = [
      {
        name = "notes";
        ensureDBOwnership = true;
      }
    ];
    authentication = lib.mkOverride 10 ''
      # type  database  user   address       method
      local   all       all                  trust
      host    all       all    127.0.0.1/32  trust
      host    all       all    ::1/128       trust
    '';
  };

  # ── Cache ───────────────────────────────────────────────────────────────────
  services.redis.servers.notes = {
    enable = true;
    port = 6379;
    bind = "127.0.0.1";
    settings = {
      maxmemory = "256mb";
      maxmemory-policy = "allkeys-lru";
    };
  };

  # ── Secrets, generated at the first boot ────────────────────────────────────
  systemd.services.notes-init-secrets = {
    description = "Generate the secrets of Notes";
    wantedBy = [ "multi-user.target" ];
    after = [ "local-fs.target" ];
    before = [ "podman-notes.service" ];
    unitConfig.ConditionPathExists = "!${secretsFile}";
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
    };
    script = ''
      umask 077
      mkdir -p /etc/secrets
      KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)
      cat > ${secretsFile} <<EOF
      SECRET_KEY=$KEY
      EOF
      chmod 600 ${secretsFile}
      echo "The secrets of Notes are in ${secretsFile}"
    '';
  };

  # ── Application ─────────────────────────────────────────────────────────────
  virtualisation.podman.enable = true;
  virtualisation.oci-containers.backend = "podman";
  virtualisation.oci-containers.containers.notes = {
    image = "docker.io/example/notes:${versions.notes}";
    environment.LISTEN = ":${toString port}";
    environmentFiles = [ secretsFile ];
    volumes = [ "/var/lib/notes:/data" ];
    extraOptions = [ "--network=host" ];
  };

  systemd.services.podman-notes = {
    after = [ "postgresql.service" "redis-notes.service" ];
    requires = [ "postgresql.service" "redis-notes.service" ];
  };

  # ── Backups ─────────────────────────────────────────────────────────────────
  # Layer 1: the database, daily at 02:00.
  services.postgresqlBackup = {
    enable = true;
    databases = [ "notes" ];
    location = "/var/backup/postgresql";
    startAt = "*-*-* 02:00:00";
  };

  # Layer 2: Redis, daily at 02:30.
  systemd.services.notes-redis-backup = {
    description = "Back up the cache of Notes";
    serviceConfig = {
      Type = "oneshot";
      User = "redis-notes";
    };
    path = [ pkgs.redis ];
    script = ''
      redis-cli SAVE
      cp /var/lib/redis-notes/dump.rdb "/var/backup/redis/notes-$(date +%F).rdb"
    '';
  };
  systemd.timers.notes-redis-backup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "02:30";
      Persistent = true;
    };
  };

  # Layer 3: configuration and secrets, daily at 02:45.
  systemd.services.notes-files-backup = {
    description = "Back up the secrets and the data of Notes";
    serviceConfig.Type = "oneshot";
    path = [ pkgs.gnutar pkgs.gzip ];
    script = ''
      umask 077
      tar -czf "/var/backup/notes/files-$(date +%F).tar.gz" /etc/secrets /var/lib/notes
    '';
  };
  systemd.timers.notes-files-backup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "*-*-* 02:45:00";
      Persistent = true;
    };
  };

  # Backups older than 30 days go once a month.
  systemd.services.notes-backup-cleanup = {
    description = "Remove old backups of Notes";
    serviceConfig.Type = "oneshot";
    script = ''
      find /var/backup -type f -mtime +30 -delete
    '';
  };
  systemd.timers.notes-backup-cleanup = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "monthly";
      Persistent = true;
    };
  };

  # ── Folders ─────────────────────────────────────────────────────────────────
  systemd.tmpfiles.rules = [
    "d /etc/secrets 0700 root root -"
    "d /var/lib/notes 0750 root root -"
    "d /var/backup 0755 root root -"
    "d /var/backup/postgresql 0700 postgres postgres -"
    "d /var/backup/redis 0700 redis-notes redis-notes -"
    "d /var/backup/notes 0700 root root -"
  ];

  # Never changed after the installation.
  system.stateVersion = "25.05";
}
