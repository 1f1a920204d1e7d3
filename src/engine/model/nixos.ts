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
const SET_OPTIONS = [
  "environment.etc",
  "environment.variables",
  "environment.sessionVariables",
  "environment.shellAliases",
  "users.users",
  "users.groups",
  "systemd.services",
  "systemd.services.*.environment",
  "systemd.services.*.serviceConfig",
  "systemd.services.*.unitConfig",
  "systemd.timers",
  "systemd.timers.*.timerConfig",
  "systemd.sockets",
  "systemd.targets",
  "systemd.mounts",
  "systemd.paths",
  "systemd.slices",
  "fileSystems",
  "nix.settings",
  "networking.hosts",
  "networking.networkmanager.settings",
  "networking.networkmanager.ensureProfiles.profiles",
  "networking.networkmanager.ensureProfiles.profiles.*",
  "networking.interfaces",
  "networking.firewall.interfaces",
  "boot.kernel.sysctl",
  "security.acme.certs",
  "security.wrappers",
  "services.nginx.virtualHosts",
  "services.nginx.upstreams",
  "services.redis.servers",
  "services.redis.servers.*.settings",
  "services.postgresql.settings",
  "services.openssh.settings",
  "services.caddy.virtualHosts",
  "virtualisation.oci-containers.containers",
  "virtualisation.oci-containers.containers.*.environment",
  "containers",
  "specialisation",
].map((path) => path.split("."));

/** Whether a path is an option that holds a set; null where it may be one. */
export function holdsSet(path: readonly string[]): boolean | null {
  if (SET_OPTIONS.some((option) => option.length === path.length && option.every((name, index) => name === "*" || name === path[index]))) return true;
  return path.length <= 1 ? false : path.length === 2 && path[0] !== "services" ? false : null;
}
