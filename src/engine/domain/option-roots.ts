/** Knows the top-level option names that NixOS itself declares, so that a name it does not know can be called wrong. */

/**
 * Top-level option names of NixOS 25.05 to 26.05. Those that only an image or installer module declares are among them, and
 * those that a release still knows in order to rename or remove them: a name too many hides a finding, one too few invents one.
 *
 * Source: `nixos/modules` of nixpkgs (`module-list.nix`, `rename.nix`, `virtualisation/`, `installer/`, `testing/`).
 */
export const OPTION_ROOTS: ReadonlySet<string> = new Set([
  // Every system (module-list.nix).
  "appstream", "assertions", "boot", "console", "containers", "documentation", "environment", "fileSystems", "fonts", "gtk",
  "hardware", "i18n", "ids", "image", "isSpecialisation", "lib", "location", "meta", "networking", "nix", "nixops", "nixpkgs",
  "openstack", "passthru", "power", "powerManagement", "programs", "qt", "security", "services", "specialisation",
  "swapDevices", "system", "systemd", "time", "users", "virtualisation", "warnings", "xdg", "zramSwap",
  // Images, installers and tests, for those who import their modules.
  "amazonImage", "ec2", "hyperv", "installer", "isoImage", "netboot", "oci", "openstackImage", "proxmox", "proxmoxLXC", "sdImage",
  "tarball", "testing", "virtualbox", "vmware",
  // Renamed or removed: NixOS says so itself.
  "docker-containers", "dysnomia", "gnu", "jobs", "kde", "krb5", "nesting", "qt5", "snapraid", "sound",
  // The module system's own (lib/modules.nix).
  "_module",
]);

/** Whether NixOS itself declares options under this top-level name. */
export function isOptionRoot(name: string): boolean {
  return OPTION_ROOTS.has(name);
}
