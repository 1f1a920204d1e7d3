/** A module of 900 lines with ten scripts, as real ones are, and what somebody types in it. */

const SCRIPTS = 10;
const LINES = 900;

const header = `# The archive: a web application with its database, cache, containers and backups.
{ config, lib, pkgs, ... }:

let
  versions = {
    archive = "4.2.1";
    search = "8.15.0";
    postgresql = "postgresql_15";
  };
  port = 8080;
  backupDir = "/var/backup/archive";
in
{
  imports = [ /etc/nixos/hardware-configuration.nix ];

  system.stateVersion = "25.05";
  nixpkgs.config.allowUnfree = true;
  networking.hostName = lib.mkDefault "archive";
  time.timeZone = lib.mkDefault "Europe/Amsterdam";

  boot.loader.systemd-boot.enable = true;
  boot.loader.efi.canTouchEfiVariables = true;
  boot.growPartition = true;
  services.cloud-init = {
    enable = true;
    network.enable = false;
  };
  networking.networkmanager = {
    enable = true;
    ensureProfiles.profiles.tappaas-ethernet = {
      connection = {
        id = "tappaas-ethernet";
        type = "ethernet";
      };
      ipv4.method = "auto";
    };
  };
  systemd.network.enable = lib.mkForce false;
  systemd.services."serial-getty@ttyS0" = {
    enable = true;
    wantedBy = [ "getty.target" ];
  };
  services.qemuGuest.enable = true;
  services.openssh = {
    enable = true;
    settings = {
      PasswordAuthentication = false;
      PermitRootLogin = "no";
    };
  };
  users.users.tappaas = {
    isNormalUser = true;
    extraGroups = [ "wheel" "networkmanager" ];
  };
  security.sudo.wheelNeedsPassword = false;
  nix.settings = {
    experimental-features = [ "nix-command" "flakes" ];
    trusted-users = [ "root" "@wheel" ];
  };
  networking.firewall = {
    enable = true;
    allowedTCPPorts = [ 22 port ];
  };

  services.postgresql = {
    enable = true;
    package = pkgs.\${versions.postgresql};
    ensureDatabases = [ "archive" ];
    ensureUsers = [
      { name = "archive"; ensureDBOwnership = true; }
    ];
    authentication = ''
      local all all trust
      host all all 127.0.0.1/32 trust
    '';
  };
  services.postgresqlBackup = {
    enable = true;
    databases = [ "archive" ];
    location = "/var/backup/postgresql";
    startAt = "*-*-* 02:00:00";
  };
  services.redis.servers.archive = {
    enable = true;
    bind = "127.0.0.1";
    port = 6379;
    settings = {
      maxmemory = "256mb";
      maxmemory-policy = "allkeys-lru";
    };
  };
  virtualisation.podman.enable = true;
  virtualisation.oci-containers.backend = "podman";
  virtualisation.oci-containers.containers.archive = {
    image = "docker.io/archive/archive:\${versions.archive}";
    ports = [ "127.0.0.1:\${toString port}:8080" ];
    environmentFiles = [ "/etc/secrets/archive.env" ];
    volumes = [ "/var/lib/archive:/data" ];
  };
`;

/** A unit with its script, its timer and its folder. */
const unit = (n) => `
  # Part ${n} of the archive: collects what has come in, and keeps a copy.
  systemd.services.archive-part${n} = {
    description = "Archive part ${n}";
    after = [ "network-online.target" "postgresql.service" ];
    wants = [ "network-online.target" ];
    path = [ pkgs.gzip pkgs.gnutar pkgs.openssl pkgs.rsync ];
    serviceConfig = {
      Type = "oneshot";
      User = "root";
      NoNewPrivileges = true;
      PrivateTmp = true;
      ProtectHome = true;
      ReadWritePaths = [ "/var/lib/archive/part${n}" "\${backupDir}/part${n}" ];
    };
    script = ''
      set -euo pipefail
      TARGET=\${backupDir}/part${n}
      STAMP=$(date +%Y%m%d-%H%M%S)
      SOURCE=/var/lib/archive/part${n}
      mkdir -p "$TARGET"
      if [ ! -d "$SOURCE" ]; then
        echo "nothing to save in part ${n}"
        exit 0
      fi
      # What has come in since the last run is sorted by kind.
      for kind in documents pictures letters; do
        if [ -d "$SOURCE/$kind" ]; then
          rsync -a "$SOURCE/$kind/" "$TARGET/$kind/"
          echo "saved $kind"
        else
          echo "no $kind in part ${n}"
        fi
      done
      tar -czf "$TARGET/archive-$STAMP.tar.gz" -C "$SOURCE" .
      if [ ! -f /etc/secrets/archive-part${n}.env ]; then
        KEY=$(openssl rand -hex 32)
        umask 077
        cat > /etc/secrets/archive-part${n}.env <<END
      ARCHIVE_KEY=$KEY
      END
        chmod 600 /etc/secrets/archive-part${n}.env
      fi
      COUNT=$(ls "$TARGET" | wc -l)
      case "$COUNT" in
        0) echo "no copies" ;;
        *) echo "$COUNT copies" ;;
      esac
    '';
  };
  systemd.timers.archive-part${n} = {
    wantedBy = [ "timers.target" ];
    timerConfig = {
      OnCalendar = "*-*-* 02:45:00";
      Persistent = true;
    };
  };
`;

/** Settings that no convention is about: most of a long module. */
const filler = (n) => `    key${n}.level = ${n % 7};\n    key${n}.name = "value ${n} of the archive";\n`;

const text = (() => {
  let body = header;
  for (let n = 1; n <= SCRIPTS; n++) body += unit(n);
  body += "\n  systemd.tmpfiles.rules = [\n";
  for (let n = 1; n <= SCRIPTS; n++) body += `    "d /var/lib/archive/part${n} 0750 root root -"\n    "d /var/backup/archive/part${n} 0700 root root -"\n`;
  body += '    "d /var/lib/archive 0750 root root -"\n    "d /etc/secrets 0700 root root -"\n  ];\n\n  services.archive.settings = {\n';
  const left = LINES - body.split("\n").length - 2;
  for (let n = 1; n <= Math.floor(left / 2); n++) body += filler(n);
  return `${body}  };\n}\n`;
})();

/** The module. */
export const MODULE = text;

/** A word that is typed and taken back; of each keystroke, `remove` characters at an offset go and `insert` comes. */
function* typed(at, word) {
  for (let index = 0; index < word.length; index++) yield { offset: at + index, remove: 0, insert: word[index] };
  for (let index = word.length; index > 0; index--) yield { offset: at + index - 1, remove: 1, insert: "" };
}

/**
 * The keystrokes of somebody at work, each an edit of the text as the ones before left it: words in scripts, comments, texts
 * and numbers, a mistake and its correction, and whole new definitions, which are no Nix until their last letter.
 * @param count how many at least; the last word is gone again before they end
 */
export function keystrokes(count) {
  const after = (needle, from = 0) => text.indexOf(needle, from) + needle.length;
  const places = [
    // In scripts: a new command, an argument, a comment.
    [after("nothing to save in part 3"), " for now"],
    [after('mkdir -p "$TARGET"', text.indexOf("archive-part5")), '\n      echo "start"'],
    [after("sorted by kind", text.indexOf("archive-part7")), " and by date"],
    // In comments and texts of Nix.
    [after("# Part 2 of the archive"), ", with letters"],
    [after('description = "Archive part 4'), " (nightly)"],
    // A value: wrong for a moment, then right again.
    [after("boot.growPartition = true") - 4, "un"],
    [after("allowedTCPPorts = [ 22 port"), " 443"],
    [after("key40.level = "), "12"],
    // New definitions, between others.
    [after("services.qemuGuest.enable = true;"), "\n  programs.mtr.enable = true;"],
    [after('key30.name = "value 30 of the archive";'), "\n    extra = [ 1 2 ];"],
  ];
  const all = [];
  for (let round = 0; all.length < count; round++) all.push(...typed(...places[round % places.length]));
  return all;
}
