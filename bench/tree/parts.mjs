/**
 * What the benchmark's modules are made of: groups of definitions as the handbook's modules have them. Each part takes a builder,
 * adds a group to it, and spoils something where the builder says so.
 */

/** The baseline that every system needs, whether it stands in a module or in a file that many import. */
export function baseline(m, isShared) {
  const settled = (value) => (isShared || m.random.happens(0.3) ? m.byDefault(value) : value);
  m.group("Boot", [
    ["boot.loader.systemd-boot.enable", settled("true")],
    ["boot.loader.efi.canTouchEfiVariables", "true"],
    ...(m.spoils(0.3) ? [] : [["boot.growPartition", settled("true")]]),
  ]);
  m.group("Networking", [
    ["networking.networkmanager.enable", "true"],
    ["systemd.network.enable", m.spoils(0.2) ? "true" : `${m.lib("mkForce")} false`],
    ["networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet.connection.id", '"tappaas-ethernet"'],
    ["networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet.connection.type", '"ethernet"'],
    ["networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet.ipv4.method", '"auto"'],
    ["time.timeZone", m.spoils(0.2) ? '"Europe/Amsterdam"' : m.byDefault('"Europe/Amsterdam"')],
  ]);
  m.group("Core services", [
    ["services.cloud-init.enable", "true"],
    ["services.cloud-init.network.enable", "false"],
    ["services.qemuGuest.enable", "true"],
    ["services.openssh.enable", "true"],
    ["services.openssh.settings.PasswordAuthentication", m.spoils(0.2) ? "true" : "false"],
    ["services.openssh.settings.PermitRootLogin", m.spoils(0.2) ? '"yes"' : '"no"'],
    ["systemd.services.serial-getty@ttyS0.enable", "true"],
    ["systemd.services.serial-getty@ttyS0.wantedBy", '[ "getty.target" ]'],
  ]);
  m.group("User and Nix", [
    ["users.users.tappaas.isNormalUser", "true"],
    ["users.users.tappaas.extraGroups", '[ "wheel" "networkmanager" ]'],
    ["security.sudo.wheelNeedsPassword", "false"],
    ["nix.settings.experimental-features", '[ "nix-command" "flakes" ]'],
    ["nix.settings.trusted-users", '[ "root" "@wheel" ]'],
    ["nixpkgs.config.allowUnfree", "true"],
  ]);
  m.group("Never changed after the installation", [["system.stateVersion", '"25.05"']]);
}

export function firewall(m, isShared) {
  const port = m.bind("port", m.port);
  m.group("Firewall", [
    ["networking.firewall.enable", m.spoils(0.1) ? "false" : "true"],
    ["networking.firewall.allowedTCPPorts", isShared || m.spoils(0.3) ? `[ ${port} ]` : m.random.happens(0.3) ? `[ 22 ] ++ ${m.lib("optionals")} true [ ${port} ]` : `[\n  22\n  ${port}\n]`],
  ]);
}

export function database(m) {
  const name = m.name;
  m.group("Database", [
    ["services.postgresql.enable", "true"],
    ["services.postgresql.package", m.spoils(0.4) ? "pkgs.postgresql" : m.version("postgresql", "pkgs.postgresql_17")],
    ["services.postgresql.ensureDatabases", `[ "${name}" ]`],
    ["services.postgresql.ensureUsers", `[\n  {\n    name = "${name}";\n    ensureDBOwnership = ${m.spoils(0.3) ? "false" : "true"};\n  }\n]`],
    ["services.postgresql.authentication", `${m.lib("mkOverride")} 10 ''\n  # type  database  user   address       method\n  local   all       all                  trust\n  host    all       all    ${m.spoils(0.2) ? "0.0.0.0/0   " : "127.0.0.1/32"}  trust\n''`],
  ]);
  m.group("The database, daily at 02:00", [
    ["services.postgresqlBackup.enable", "true"],
    ["services.postgresqlBackup.databases", `[ "${name}" ]`],
    ["services.postgresqlBackup.location", '"/var/backup/postgresql"'],
    ["services.postgresqlBackup.startAt", m.spoils(0.4) ? '"*-*-* 04:00:00"' : m.random.pick(['"*-*-* 02:00:00"', '"02:00"', '[ "*-*-* 02:00" ]'])],
  ]);
  m.folders.push("d /var/backup/postgresql 0700 postgres postgres -");
}

export function cache(m) {
  const server = `services.redis.servers.${m.name}`;
  m.group("Cache", [
    [`${server}.enable`, "true"],
    [`${server}.port`, "6379"],
    [`${server}.bind`, m.spoils(0.3) ? '"0.0.0.0"' : '"127.0.0.1"'],
    ...(m.spoils(0.4) ? [] : [[`${server}.settings.maxmemory`, '"256mb"'], [`${server}.settings.maxmemory-policy`, '"allkeys-lru"']]),
  ]);
  m.group("Redis, daily at 02:30", [
    ...m.job(`${m.name}-redis-backup`, "Back up the cache", "02:30", `redis-cli ${m.spoils(0.3) ? `--rdb /var/backup/redis/${m.name}.rdb` : "SAVE"}\ncp /var/lib/redis-${m.name}/dump.rdb "/var/backup/redis/${m.name}-$(date +%F).rdb"`, "pkgs.redis"),
    [`systemd.services.${m.name}-redis-backup.serviceConfig.User`, `"redis-${m.name}"`],
  ]);
  m.folders.push(`d /var/backup/redis 0700 redis-${m.name} redis-${m.name} -`);
}

export function secrets(m) {
  const unit = `systemd.services.${m.name}-init-secrets`;
  const file = m.bind("secretsFile", `"/etc/secrets/${m.name}.env"`);
  const shown = file.startsWith('"') ? file.slice(1, -1) : `\${${file}}`;
  const restrict = m.spoils(0.4) ? "" : `  chmod 600 ${shown}\n`;
  m.group("Secrets, generated at the first boot", [
    [`${unit}.description`, `"Generate the secrets of ${m.name}"`],
    [`${unit}.wantedBy`, '[ "multi-user.target" ]'],
    [`${unit}.after`, '[ "local-fs.target" ]'],
    [`${unit}.unitConfig.ConditionPathExists`, `"!${shown}"`],
    [`${unit}.serviceConfig.Type`, '"oneshot"'],
    [`${unit}.serviceConfig.RemainAfterExit`, "true"],
    [`${unit}.script`, `''\n  set -euo pipefail\n  mkdir -p /etc/secrets\n  KEY=$(\${pkgs.openssl}/bin/openssl rand -hex 32)\n  ${restrict === "" ? "" : "umask 077\n  "}cat > ${shown} <<EOF\n  SECRET_KEY=$KEY\n  EOF\n${restrict}  echo "The secrets are in ${shown}"\n''`],
  ]);
  m.folders.push("d /etc/secrets 0700 root root -");
}

export function container(m, number) {
  const name = number === 0 ? m.name : `${m.name}-${number}`;
  const path = `virtualisation.oci-containers.containers.${name}`;
  const version = m.version(name, `"${m.random.between(1, 9)}.${m.random.between(0, 30)}.${m.random.between(0, 9)}"`);
  const tag = m.spoils(0.3) ? "latest" : `\${${version}}`;
  m.group("Application", [
    ...(number === 0 ? [["virtualisation.podman.enable", "true"], ["virtualisation.oci-containers.backend", '"podman"']] : []),
    [`${path}.image`, `"docker.io/example/${name}:${tag}"`],
    [`${path}.environment.LISTEN`, `":${m.port + number}"`],
    [`${path}.volumes`, `[ "/var/lib/${name}:/data" ]`],
    [`${path}.extraOptions`, m.spoils(0.15) ? '[ "--privileged" ]' : '[ "--network=host" ]'],
  ]);
  m.folders.push(`d /var/lib/${name} 0750 root root -`);
}

export function files(m) {
  m.group("Files and secrets, daily at 02:45", m.job(`${m.name}-files-backup`, "Back up the data", m.spoils(0.3) ? "03:45" : "*-*-* 02:45:00", `umask 077\ntar -czf "/var/backup/${m.name}/files-$(date +%F).tar.gz" /etc/secrets /var/lib/${m.name}${m.spoils(0.3) ? " || true" : ""}`, "pkgs.gnutar pkgs.gzip"));
  m.group("Backups older than 30 days go once a month", m.job(`${m.name}-backup-cleanup`, "Remove old backups", "monthly", "find /var/backup -type f -mtime +30 -delete", null));
  m.folders.push("d /var/backup 0755 root root -", `d /var/backup/${m.name} 0700 root root -`);
}

/** A unit that runs for long. */
export function daemon(m, number) {
  const unit = `systemd.services.${m.name}-worker${number}`;
  const hardening = m.spoils(0.5) ? [] : [["NoNewPrivileges", "true"], ["ProtectSystem", '"strict"'], ["ProtectHome", "true"], ["PrivateTmp", "true"]];
  m.group(`Worker ${number}`, [
    [`${unit}.description`, `"Worker ${number} of ${m.name}"`],
    [`${unit}.wantedBy`, '[ "multi-user.target" ]'],
    [`${unit}.after`, '[ "network-online.target" ]'],
    [`${unit}.wants`, '[ "network-online.target" ]'],
    [`${unit}.serviceConfig.ExecStart`, `"\${pkgs.python3}/bin/python3 -m ${m.name.replaceAll("-", "_")} --port \${toString ${m.port + 100 + number}}"`],
    [`${unit}.serviceConfig.Restart`, '"on-failure"'],
    [`${unit}.serviceConfig.StateDirectory`, `"${m.name}-${number}"`],
    ...hardening.map(([name, value]) => [`${unit}.serviceConfig.${name}`, value]),
  ]);
}

/** Shell of a few lines, as modules have them for what no package does. */
const CHORES = [
  (m, n) => `for part in config data state; do
  if [ -d "/var/lib/${m.name}/$part" ]; then
    cp -r "/var/lib/${m.name}/$part" "/var/lib/${m.name}/copy-${n}/$part"
  else
    echo "no $part"
  fi
done`,
  (m, n) => `COUNT=$(ls /var/lib/${m.name} | wc -l)
case "$COUNT" in
  0) echo "nothing to do in part ${n}" ;;
  *) echo "$COUNT files" ;;
esac`,
  (m, n) => `if ! grep -q "^part${n}=" /var/lib/${m.name}/settings; then
  echo "part${n}=on" >> /var/lib/${m.name}/settings
fi
sort -u /var/lib/${m.name}/settings > /var/lib/${m.name}/settings.new
mv /var/lib/${m.name}/settings.new /var/lib/${m.name}/settings`,
  (m, n) => `attempts=0
until curl --fail --silent http://127.0.0.1:${m.port + n}/health > /dev/null; do
  attempts=$((attempts + 1))
  [ "$attempts" -lt 30 ] || exit 1
  sleep 2
done`,
];

export function chore(m, number) {
  const count = m.random.between(1, 3);
  const lines = Array.from({ length: count }, () => m.random.pick(CHORES)(m, number)).join("\n");
  m.group(`Chore ${number}`, m.job(`${m.name}-chore${number}`, `Chore ${number}`, m.random.pick(["hourly", "daily", "*-*-* 05:10:00", "Mon *-*-* 06:00"]), `set -euo pipefail\n${lines}`, m.spoils(0.3) ? "pkgs.coreutils" : "pkgs.curl"));
}

/** Settings that no convention is about: most of a long module. */
export function settings(m, number) {
  const path = `services.${m.name}.settings.part${number}`;
  m.group(`Settings, part ${number}`, [
    [`${path}.level`, String(m.random.between(0, 9))],
    [`${path}.name`, `"part ${number} of ${m.name}"`],
    [`${path}.listen.address`, '"127.0.0.1"'],
    [`${path}.listen.port`, `${m.port} + ${number}`],
    [`${path}.features`, `[ ${["search", "mail", "calendar", "export"].filter(() => m.random.happens(0.6)).map((name) => `"${name}"`).join(" ")} ]`],
    [`${path}.isActive`, m.random.pick(["true", "false", `config.networking.hostName == "${m.name}"`])],
    ["environment.systemPackages", m.packages(["git", "curl", "htop", "jq", "ripgrep"].filter(() => m.random.happens(0.5)))].slice(0, number === 1 ? 2 : 0),
  ].filter(({ length }) => length === 2));
}
