/** Which programs the packages of nixpkgs hold that modules use most, so that a unit's path can be looked through. */

/** What has been split once: every unit asks for the same few. */
const split = new Map<string, readonly string[]>();

function words(text: string): readonly string[] {
  const found = split.get(text) ?? text.split(/\s+/).filter((word) => word !== "");
  split.set(text, found);
  return found;
}

const POSTGRESQL = "clusterdb createdb createuser dropdb dropuser ecpg initdb pg_amcheck pg_archivecleanup pg_basebackup pg_checksums pg_combinebackup pg_config pg_controldata pg_createsubscriber pg_ctl pg_dump pg_dumpall pg_isready pg_receivewal pg_recvlogical pg_resetwal pg_restore pg_rewind pg_test_fsync pg_test_timing pg_upgrade pg_verifybackup pg_waldump pg_walsummary pgbench postgres postmaster psql reindexdb vacuumdb vacuumlo oid2name";
const MARIADB = "mariadb mariadb-admin mariadb-backup mariadb-binlog mariadb-check mariadb-dump mariadb-import mariadb-install-db mariadb-show mariadb-upgrade mariadbd mysql mysqladmin mysqlbinlog mysqlcheck mysqld mysqldump mysqlimport mysql_install_db mysqlshow mysql_upgrade my_print_defaults mbstream";
const GIT = "git git-receive-pack git-shell git-upload-archive git-upload-pack scalar";

/**
 * Programs by the package's attribute name; names without `bin/` as `ls` shows them. Of packages that are not here nothing is
 * known. `hostname` is in none of NixOS's default packages: nixpkgs builds coreutils without it.
 */
const PROGRAMS: Readonly<Record<string, string>> = {
  coreutils: `[ arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm coreutils cp csplit cut date dd df dir
    dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join kill link ln logname ls md5sum
    mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm
    rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail
    tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink uptime users vdir wc who whoami yes`,
  findutils: "find locate updatedb xargs",
  gnugrep: "egrep fgrep grep",
  gnused: "sed",
  systemd: `bootctl busctl coredumpctl halt homectl hostnamectl importctl init journalctl kernel-install localectl loginctl machinectl
    mount.ddi mount.storage networkctl oomctl portablectl poweroff reboot resolvconf resolvectl run0 runlevel shutdown storagectl systemctl telinit
    timedatectl udevadm ukify updatectl userdbctl varlinkctl`,
  acl: "chacl getfacl setfacl",
  age: "age age-inspect age-keygen age-plugin-batchpass",
  apacheHttpd: "ab apachectl htdbm htdigest htpasswd httpd rotatelogs",
  attr: "attr getfattr setfattr",
  awscli2: "aws aws_completer",
  bash: "bash sh bashbug",
  bashInteractive: "bash sh bashbug",
  bc: "bc dc",
  borgbackup: "borg borgfs",
  btrfs: "btrfs",
  bzip2: "bunzip2 bzcat bzcmp bzdiff bzegrep bzfgrep bzgrep bzip2 bzip2recover bzless bzmore",
  cifs: "mount.cifs umount.cifs cifscreds",
  cron: "cron crontab",
  curl: "curl",
  curlMinimal: "curl",
  dig: "delv dig host nslookup nsupdate",
  diffutils: "cmp diff diff3 sdiff",
  dnsutils: "delv dig host nslookup nsupdate",
  ffmpeg: "ffmpeg ffplay ffprobe",
  file: "file",
  gawk: "awk gawk gawk-5 gawkbug",
  gettext: "autopoint envsubst gettext gettext.sh gettextize msgcat msgfmt msgmerge ngettext xgettext",
  gh: "gh",
  git: GIT,
  gitMinimal: GIT,
  gitFull: GIT,
  gnutar: "tar",
  gnupg: "gpg gpg-agent gpg-connect-agent gpgconf gpgsm gpgv dirmngr gpgtar",
  gzip: "gunzip gzexe gzip uncompress zcat zcmp zdiff zegrep zfgrep zforce zgrep zless zmore znew",
  hostname: "dnsdomainname domainname hostname nisdomainname ypdomainname",
  inetutils: "dnsdomainname ftp hostname ifconfig logger ping ping6 telnet tftp traceroute whois talk",
  iproute2: "bridge ctstat dcb devlink genl ifstat ip lnstat nstat rdma routel rtacct rtmon rtstat ss tc tipc vdpa",
  iptables: "arptables ebtables ip6tables ip6tables-restore ip6tables-save iptables iptables-restore iptables-save xtables-monitor",
  iputils: "arping clockdiff ping tracepath",
  jq: "jq",
  yq: "yq xq tomlq",
  "yq-go": "yq",
  kmod: "depmod insmod kmod lsmod modinfo modprobe rmmod",
  lsof: "lsof",
  lz4: "lz4 lz4c lz4cat unlz4",
  lzip: "lzip",
  lzop: "lzop",
  mkpasswd: "mkpasswd",
  msmtp: "msmtp msmtp-queue msmtpq",
  ncurses: "clear infocmp reset tabs tic toe tput tset",
  netcat: "nc",
  "netcat-openbsd": "nc",
  netcat_openbsd: "nc",
  nettools: "arp dnsdomainname domainname hostname ifconfig mii-tool nameif netstat nisdomainname plipconfig rarp route slattach ypdomainname",
  nftables: "nft",
  nix: "nix nix-build nix-channel nix-collect-garbage nix-copy-closure nix-daemon nix-env nix-hash nix-instantiate nix-prefetch-url nix-shell nix-store",
  openssh: "scp sftp ssh ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan sshd",
  openssl: "c_rehash openssl",
  p7zip: "7z 7za 7zr",
  pigz: "pigz unpigz",
  podman: "podman podman-remote podmansh rootlessport",
  docker: "docker dockerd docker-init docker-proxy",
  procps: "free pgrep pidof pidwait pkill pmap ps pwdx slabtop sysctl tload top uptime vmstat w watch kill",
  psmisc: "fuser killall peekfd prtstat pslog pstree",
  pv: "pv",
  pwgen: "pwgen",
  python3: "2to3 idle idle3 pydoc pydoc3 python python3 python3-config",
  rclone: "rclone",
  redis: "redis-benchmark redis-check-aof redis-check-rdb redis-cli redis-sentinel redis-server",
  valkey: "valkey-benchmark valkey-check-aof valkey-check-rdb valkey-cli valkey-sentinel valkey-server redis-benchmark redis-check-aof redis-check-rdb redis-cli redis-sentinel redis-server",
  restic: "restic",
  rsync: "rsync rsync-ssl",
  shadow: "chage chgpasswd chpasswd expiry faillog getsubids gpasswd groupadd groupdel groupmems groupmod grpck grpconv grpunconv logoutd newgidmap newuidmap newusers nologin passwd pwck pwconv pwunconv useradd userdel usermod vigr vipw",
  su: "su",
  sudo: "cvtsudoers sudo sudoedit sudoreplay visudo",
  socat: "filan procan socat",
  sqlite: "sqlite3 sqldiff",
  strace: "strace",
  tree: "tree",
  unzip: "funzip unzip unzipsfx zipgrep zipinfo",
  "util-linux": `addpart agetty blkdiscard blkid blkzone blockdev cal cfdisk chcpu chmem choom chrt col colcrt colrm column ctrlaltdel delpart
    dmesg eject enosys exch fadvise fallocate fdisk fincore findfs findmnt flock fsck fsck.cramfs fsck.minix fsfreeze fstrim getopt getty hardlink
    hexdump hwclock i386 ionice ipcmk ipcrm ipcs irqtop isosize kill last lastb ldattach linux32 linux64 logger look losetup lsblk
    lscpu lsfd lsipc lsirq lslocks lslogins lsmem lsns mcookie mesg mkfs mkfs.bfs mkfs.cramfs mkfs.minix mkswap more mount mountpoint
    namei nologin nsenter partx pipesz pivot_root prlimit readprofile rename renice resizepart rev rtcwake runuser script scriptlive
    scriptreplay setarch setpgid setpriv setsid setterm sfdisk sulogin swaplabel swapoff swapon switch_root taskset uclampset ul umount uname26
    unshare utmpdump uuidd uuidgen uuidparse waitpid wall wdctl whereis wipefs write x86_64 zramctl`,
  vim: "ex rview rvim vi view vim vimdiff vimtutor xxd",
  wget: "wget",
  which: "which",
  whois: "mkpasswd whois",
  xxd: "xxd",
  "unixtools.xxd": "xxd",
  xz: "lzcat lzcmp lzdiff lzegrep lzfgrep lzgrep lzless lzma lzmadec lzmainfo lzmore unlzma unxz xz xzcat xzcmp xzdec xzdiff xzegrep xzfgrep xzgrep xzless xzmore",
  zfs: "zdb zed zfs zpool zstream",
  zip: "zip zipcloak zipnote zipsplit",
  zstd: "pzstd unzstd zstd zstdcat zstdgrep zstdless zstdmt",
};

/** Other names of the same package. */
const ALIASES: Readonly<Record<string, string>> = {
  "coreutils-full": "coreutils", "coreutils-prefixed": "", utillinux: "util-linux", utillinuxMinimal: "util-linux", "util-linuxMinimal": "util-linux", utilLinux: "util-linux", tar: "gnutar",
  gnutls: "", procps_ng: "procps", pythonFull: "", python3Full: "python3", python3Minimal: "python3", bind: "dnsutils", "bind.dnsutils": "dnsutils", xzutils: "xz", curlFull: "curl", wget2: "", jqMinimal: "jq",
  systemdMinimal: "systemd", "hostname-debian": "hostname", gawkInteractive: "gawk", gnupg1: "gnupg", openssl_3: "openssl", openssl_1_1: "openssl", redis_7: "redis", mysql: "mariadb", "mariadb-client": "mariadb", "mariadb.client": "mariadb",
};

/** The programs of a package; null for one of which nothing is known. */
export function programsOf(attribute: string): readonly string[] | null {
  const name = Object.hasOwn(ALIASES, attribute) ? (ALIASES[attribute] as string) : attribute;
  if (/^postgresql(?:_\d+)?(?:_jit)?$/.test(name)) return words(POSTGRESQL);
  if (/^mariadb(?:_\d+)?$/.test(name)) return words(MARIADB);
  if (/^python3\d+$/.test(name)) return [...words(PROGRAMS["python3"] ?? ""), name.replace(/^python3/, "python3.")];
  return Object.hasOwn(PROGRAMS, name) ? words(PROGRAMS[name] as string) : null;
}

/** NixOS puts these on the path of every unit (nixpkgs, `nixos/lib/systemd-lib.nix`, `stage2ServiceConfig`). */
export const DEFAULT_PACKAGES = ["coreutils", "findutils", "gnugrep", "gnused", "systemd"] as const;

/** Packages to name first where several have a program. */
const PREFERRED = ["util-linux", "openssh", "hostname", "iputils", "netcat", "dig", "yq-go", "mkpasswd", "shadow"];

/** Made when it is first asked for: most modules call nothing that is not found. */
let owners: ReadonlyMap<string, string> | null = null;

function ownersOfPrograms(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (text: string, owner: string): void => {
    for (const program of words(text)) if (!found.has(program)) found.set(program, owner);
  };
  add(POSTGRESQL, "postgresql");
  add(MARIADB, "mariadb");
  for (const name of [...PREFERRED, ...Object.keys(PROGRAMS)]) add(PROGRAMS[name] ?? "", name);
  return found;
}

/** The package that a program is usually taken from; null where that is not known. */
export function packageFor(program: string): string | null {
  owners ??= ownersOfPrograms();
  return owners.get(program) ?? null;
}

/** Programs that only work as NixOS's wrappers, for they need rights of root (`security.wrappers`). */
export const WRAPPED_PROGRAMS: ReadonlySet<string> = new Set(["sudo", "su", "newgrp", "sg", "passwd", "fusermount", "fusermount3", "pkexec"]);
