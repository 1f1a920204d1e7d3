/** What the model must know of NixOS's own options to merge their definitions as NixOS does. */

/** Options of joining types (`types.lines` and the like): several definitions are put together with line breaks. */
const LINES = new Set(
  (
    "script preStart postStart preStop postStop reload extraConfig extraCommands extraStopCommands interactiveShellInit loginShellInit " +
    "shellInit promptInit extraInit authentication identMap extraOptions postBootCommands initrdPostDeviceCommands preDeviceCommands " +
    "postDeviceCommands preLVMCommands postMountCommands postResumeCommands powerUpCommands powerDownCommands appendConfig appendHttpConfig " +
    "commonHttpConfig httpConfig eventsConfig streamConfig virtualHostsConfig globalConfig text hostsText extraHosts extraPlugins stopScript"
  ).split(" "),
);

/** Options that take one string: two different ones of the same priority cannot be evaluated. */
const SINGLE_STRINGS = new Set(
  (
    "networking.hostName networking.domain networking.hostId time.timeZone system.stateVersion i18n.defaultLocale console.keyMap " +
    "virtualisation.oci-containers.backend services.postgresql.dataDir services.postgresqlBackup.location services.postgresqlBackup.startAt " +
    "services.openssh.settings.PermitRootLogin networking.networkmanager.dns nixpkgs.hostPlatform"
  ).split(" "),
);

/** Last names of options of submodules that take one string. */
const SINGLE_LAST_NAMES = new Set("image bind unixSocket mode user group hostName description workdir entrypoint fsType device".split(" "));

/** Whether several string definitions of an option are joined; null where it is not known. */
export function joinsStrings(path: readonly string[]): boolean | null {
  if (SINGLE_STRINGS.has(path.join("."))) return false;
  const last = path[path.length - 1] ?? "";
  if (LINES.has(last)) return true;
  return SINGLE_LAST_NAMES.has(last) && path[0] !== "tappaas" ? false : null;
}

/**
 * Paths that are options holding a set (`types.attrsOf …`): a forced set there replaces the other definitions, while above
 * an option `mkForce` is handed down to each option inside (nixpkgs, `lib/modules.nix`, `pushDownProperties`).
 * `*` stands for any name.
 */
export const SET_OPTIONS: readonly (readonly string[])[] = [
  "boot.binfmt.registrations",
  "boot.initrd.luks.devices",
  "boot.kernel.sysctl",
  "boot.kernel.sysfs",
  "boot.loader.grub.users",
  "boot.specialFileSystems",
  "containers",
  "environment.etc",
  "environment.profileRelativeSessionVariables",
  "environment.sessionVariables",
  "environment.shellAliases",
  "environment.variables",
  "fileSystems",
  "hardware.printers.ensurePrinters",
  "i18n.extraLocaleSettings",
  "networking.bonds",
  "networking.bridges",
  "networking.firewall.interfaces",
  "networking.hosts",
  "networking.interfaces",
  "networking.macvlans",
  "networking.networkmanager.ensureProfiles.profiles",
  "networking.networkmanager.ensureProfiles.profiles.*",
  "networking.networkmanager.settings",
  "networking.sits",
  "networking.vlans",
  "networking.vswitches",
  "networking.wg-quick.interfaces",
  "networking.wireguard.interfaces",
  "networking.wlanInterfaces",
  "nix.registry",
  "nix.settings",
  "nixpkgs.config",
  "programs.ssh.knownHosts",
  "security.acme.certs",
  "security.pam.services",
  "security.wrappers",
  "services.caddy.virtualHosts",
  "services.nginx.upstreams",
  "services.nginx.virtualHosts",
  "services.nginx.virtualHosts.*.locations",
  "services.openssh.settings",
  "services.postgresql.settings",
  "services.redis.servers",
  "services.redis.servers.*.settings",
  "services.restic.backups",
  "services.borgbackup.jobs",
  "specialisation",
  "system.activationScripts",
  "system.build",
  "systemd.mounts",
  "systemd.network.links",
  "systemd.network.netdevs",
  "systemd.network.networks",
  "systemd.nspawn",
  "systemd.paths",
  "systemd.paths.*.pathConfig",
  "systemd.services",
  "systemd.services.*.environment",
  "systemd.services.*.serviceConfig",
  "systemd.services.*.unitConfig",
  "systemd.slices",
  "systemd.slices.*.sliceConfig",
  "systemd.sockets",
  "systemd.sockets.*.socketConfig",
  "systemd.targets",
  "systemd.timers",
  "systemd.timers.*.timerConfig",
  "systemd.tmpfiles.settings",
  "systemd.user.services",
  "systemd.user.timers",
  "users.groups",
  "users.users",
  "virtualisation.oci-containers.containers",
  "virtualisation.oci-containers.containers.*.environment",
  "xdg.mime.defaultApplications",
].map((path) => path.split("."));

/** Options that NixOS itself sets to what its release is (nixpkgs, `nixos/modules/misc/version.nix`), by the path that leads to them. */
const OF_THE_RELEASE: ReadonlyMap<string, readonly string[]> = new Map(
  [
    ["release", "lib.trivial.release"],
    ["codeName", "lib.trivial.codeName"],
    ["versionSuffix", "lib.trivial.versionSuffix"],
    ["version", "lib.version"],
  ].map(([name, value]) => [["config", "system", "nixos", name].join("\0"), (value as string).split(".")]),
);

/** What stands outside the tree for something unknown of that name (`unknownNamed`); null where only NixOS could say. */
export function outsideOf(id: string): readonly string[] | null {
  return OF_THE_RELEASE.get(id) ?? null;
}

/** The same by their first name: most paths are ruled out by it. */
const SET_OPTIONS_BY_ROOT = new Map<string, (readonly string[])[]>();
for (const option of SET_OPTIONS) {
  const root = option[0] as string;
  SET_OPTIONS_BY_ROOT.set(root, [...(SET_OPTIONS_BY_ROOT.get(root) ?? []), option]);
}

/** Whether a path is an option that holds a set, or an element of one; null where it may be. */
export function holdsSet(path: readonly string[]): boolean | null {
  const isAt = (option: readonly string[], length: number): boolean => option.length === length && option.every((name, index) => name === "*" || name === path[index]);
  if (SET_OPTIONS_BY_ROOT.get(path[0] ?? "")?.some((option) => isAt(option, path.length) || isAt(option, path.length - 1)) === true) return true;
  return path.length <= 1 ? false : path.length === 2 && path[0] !== "services" ? false : null;
}
