/** Which programs a unit's scripts find by name: NixOS's default path, and the packages that the unit adds. */
import { type Configuration, type Script, type Value, textOf } from "../../engine/model/index.ts";
import { packageOf } from "../../engine/model/script/index.ts";

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

/** Programs by package. A package that is not here may hold any program. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  coreutils: words(
    `[ arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dircolors
    dirname du echo env expand expr factor false fmt fold groups head hostid id install join kill link ln logname ls md5sum mkdir
    mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir
    runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee
    test timeout touch tr true truncate tsort tty uname unexpand uniq unlink uptime users vdir wc who whoami yes`,
  ),
  findutils: words("find locate updatedb xargs"),
  gnugrep: words("egrep fgrep grep"),
  gnused: words("sed"),
  systemd: words(
    `bootctl busctl coredumpctl halt homectl hostnamectl init journalctl localectl loginctl machinectl networkctl oomctl portablectl
    poweroff reboot resolvectl run0 runlevel shutdown systemctl systemd-ac-power systemd-analyze systemd-ask-password systemd-cat
    systemd-cgls systemd-cgtop systemd-creds systemd-cryptenroll systemd-cryptsetup systemd-delta systemd-detect-virt
    systemd-dissect systemd-escape systemd-firstboot systemd-hwdb systemd-id128 systemd-inhibit systemd-machine-id-setup
    systemd-mount systemd-notify systemd-nspawn systemd-path systemd-repart systemd-resolve systemd-run systemd-socket-activate
    systemd-stdio-bridge systemd-sysext systemd-sysusers systemd-tmpfiles systemd-tty-ask-password-agent systemd-umount telinit
    timedatectl udevadm userdbctl varlinkctl`,
  ),
  gzip: words("gunzip gzexe gzip uncompress zcat zcmp zdiff zegrep zfgrep zforce zgrep zless zmore znew"),
  gnutar: words("tar"),
  xz: words("lzcat lzma unlzma unxz xz xzcat xzcmp xzdiff xzgrep"),
  zstd: words("unzstd zstd zstdcat zstdmt"),
  bzip2: words("bunzip2 bzcat bzip2"),
  curl: words("curl"),
  wget: words("wget"),
  jq: words("jq"),
  openssl: words("openssl c_rehash"),
  redis: words("redis-benchmark redis-check-aof redis-check-rdb redis-cli redis-sentinel redis-server"),
  podman: words("podman podman-remote"),
  git: words("git git-receive-pack git-shell git-upload-archive git-upload-pack"),
  rsync: words("rsync rsync-ssl"),
  gawk: words("awk gawk"),
  bash: words("bash sh bashbug"),
  gettext: words("envsubst gettext msgfmt"),
  restic: words("restic"),
  borgbackup: words("borg borgfs"),
  rclone: words("rclone"),
  diffutils: words("cmp diff diff3 sdiff"),
  hostname: words("hostname"),
  iproute2: words("bridge ip ss tc"),
  procps: words("free kill pgrep pidof pkill pmap ps pwdx slabtop sysctl tload top uptime vmstat w watch"),
  "util-linux": words("blkid chrt dmesg fallocate findmnt flock getopt hexdump ionice kill last logger losetup lsblk mount mountpoint nsenter prlimit renice rev runuser script setpriv setsid su swapoff swapon taskset umount unshare uuidgen wall whereis"),
  shadow: words("chage chpasswd groupadd groupdel groupmod passwd su useradd userdel usermod"),
  acl: words("getfacl setfacl"),
  python3: words("python python3 pydoc"),
};

/** NixOS's path of every unit (nixpkgs, `nixos/modules/system/boot/systemd.nix` and `nixos/lib/systemd-unit-options.nix`). */
const DEFAULT_PACKAGES = ["coreutils", "findutils", "gnugrep", "gnused", "systemd"];

const EVERYWHERE = new Map<string, string>();
for (const [name, programs] of Object.entries(PROGRAMS)) for (const program of programs) if (!EVERYWHERE.has(program)) EVERYWHERE.set(program, name);
for (const program of ["pg_dump", "pg_dumpall", "psql", "pg_restore", "createdb", "dropdb"]) EVERYWHERE.set(program, "postgresql");
for (const program of ["mysqldump", "mysql", "mariadb-dump", "mariadb"]) EVERYWHERE.set(program, "mariadb");
for (const program of ["docker"]) EVERYWHERE.set(program, "docker");

/** The package to add for a program, where it is well known. */
export function packageFor(program: string): string | null {
  return EVERYWHERE.get(program) ?? null;
}

/** What a unit finds by name; null where that cannot be known. */
export function pathOf(config: Configuration, script: Script): ReadonlySet<string> | null {
  const { source } = script;
  if (source.unit === null || source.kind === "activation" || source.manager === "user") return null;
  const unit = ["systemd", "services", source.unit];
  const environment = config.option([...unit, "environment", "PATH"]);
  if (environment.state !== "undefined" && environment.definitions.length > 0) return null;
  if (mentionsPath(config.option([...unit, "serviceConfig", "Environment"]).value) || config.option([...unit, "serviceConfig", "EnvironmentFile"]).definitions.length > 0) return null;
  if (config.option([...unit, "serviceConfig", "ExecSearchPath"]).definitions.length > 0 || config.option([...unit, "enableDefaultPath"]).definitions.length > 0) return null;
  const path = config.option([...unit, "path"]);
  const packages: Value[] = [];
  if (path.definitions.length > 0) {
    if (path.state !== "known" || path.value?.t !== "list" || path.value.open !== null) return null;
    packages.push(...path.value.items.map((item) => item.thunk.force()));
  }
  if (source.kind === "application") {
    if (source.inputs === null) return null;
    packages.push(...source.inputs);
  }
  const found = new Set(DEFAULT_PACKAGES.flatMap((name) => PROGRAMS[name] ?? []));
  for (const value of packages) {
    const name = packageOf(value);
    const programs = name === null ? undefined : programsOf(name);
    if (programs === undefined) return null;
    for (const program of programs) found.add(program);
  }
  return found;
}

function programsOf(name: string): readonly string[] | undefined {
  if (/^postgresql(?:_\d+)?$/.test(name)) return words("createdb createuser dropdb dropuser initdb pg_basebackup pg_ctl pg_dump pg_dumpall pg_isready pg_restore pgbench postgres psql reindexdb vacuumdb");
  if (/^(?:mariadb|mysql\d*)$/.test(name)) return words("mariadb mariadb-admin mariadb-dump mysql mysqladmin mysqldump");
  if (/^git(?:Minimal|Full)$/.test(name)) return PROGRAMS.git;
  if (/^coreutils-full$/.test(name)) return PROGRAMS.coreutils;
  return PROGRAMS[name];
}

function mentionsPath(value: Value | null): boolean {
  if (value === null) return false;
  if (value.t === "list") return value.open !== null || value.items.some((item) => mentionsPath(item.thunk.force()));
  const text = textOf(value);
  return text === null || /(?:^|[\s"'])PATH=/.test(text);
}
