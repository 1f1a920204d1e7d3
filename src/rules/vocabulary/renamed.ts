/** Names that options had before: NixOS still takes them (nixpkgs, `mkRenamedOptionModule` and `mkAliasOptionModule`). */

/** The present name and a former one, each for itself and everything below it. */
const RENAMED: readonly (readonly [string, string])[] = [
  ["boot.growPartition", "virtualisation.growPartition"],
  ["boot.loader.systemd-boot", "boot.loader.gummiboot"],
  ["nix.settings.trusted-users", "nix.trustedUsers"],
  ["services.openssh.enable", "services.sshd.enable"],
  ["services.openssh.settings.PasswordAuthentication", "services.openssh.passwordAuthentication"],
  ["services.openssh.settings.PermitRootLogin", "services.openssh.permitRootLogin"],
  ["users.groups", "users.extraGroups"],
  ["users.users", "users.extraUsers"],
];

/** Further names by which an option may be set. */
export function formerNames(path: string): string[] {
  return RENAMED.flatMap(([present, former]) => (path === present || path.startsWith(`${present}.`) ? [former + path.slice(present.length)] : []));
}
