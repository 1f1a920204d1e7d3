/** The order of a module that the handbook gives ("Base Configuration Pattern"), for what is added to one. */

/** A section with its comment; the paths of its options, or of things that hold several, in order. */
export interface Section {
  /** Null for what the handbook shows elsewhere. */
  readonly title: string | null;
  readonly things: readonly (readonly string[])[];
}

/** Options that conventions ask for and the pattern does not show stand beside their nearest kin. */
export const BASE_PATTERN: readonly Section[] = [
  { title: "Boot", things: [["boot", "loader", "systemd-boot"], ["boot", "growPartition"]] },
  {
    title: "Networking",
    things: [
      ["networking", "hostName"],
      ["networking", "networkmanager", "enable"],
      ["systemd", "network", "enable"],
      ["networking", "networkmanager", "ensureProfiles"],
      ["networking", "firewall"],
    ],
  },
  { title: "Core services", things: [["services", "cloud-init"], ["services", "openssh"], ["services", "qemuGuest"], ["systemd", "services", "serial-getty@ttyS0"]] },
  { title: "User", things: [["users", "users", "tappaas"], ["security", "sudo"]] },
  { title: "Nix", things: [["nix", "settings", "experimental-features"], ["nix", "settings", "trusted-users"], ["nixpkgs", "config"], ["system", "stateVersion"]] },
  { title: null, things: [["virtualisation", "podman"], ["virtualisation", "oci-containers", "backend"], ["virtualisation", "oci-containers", "containers"]] },
];

/** Where a path stands in the pattern. */
export interface PatternPlace {
  readonly section: Section;
  /** Over all sections, from 0. */
  readonly index: number;
  readonly thing: readonly string[];
}

const PLACES: readonly PatternPlace[] = BASE_PATTERN.flatMap((section) => section.things.map((thing) => ({ section, thing }))).map((place, index) => ({ ...place, index }));

/** How many names two paths begin with in common. */
export function commonLength(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}

/** The place of a path of at least two names; null for one that the pattern does not know. */
export function patternPlace(path: readonly string[]): PatternPlace | null {
  if (path.length < 2) return null;
  return PLACES.find(({ thing }) => commonLength(path, thing) === Math.min(path.length, thing.length)) ?? null;
}
