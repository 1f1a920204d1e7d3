/** Holds the list of NixOS's top-level option names against names that modules use, and those they must not. */
import { describe, expect, it } from "vitest";
import { nearestName } from "../../../src/engine/domain/nearest-name.ts";
import { isOptionRoot, OPTION_ROOTS } from "../../../src/engine/domain/option-roots.ts";

describe("isOptionRoot", () => {
  it.each([
    "boot", "networking", "services", "systemd", "environment", "users", "security", "nix", "nixpkgs", "system", "time", "virtualisation",
    "fileSystems", "swapDevices", "programs", "zramSwap", "i18n", "hardware", "console", "documentation", "fonts", "specialisation", "_module",
    "assertions", "warnings", "meta", "lib", "xdg", "qt", "location", "power", "powerManagement", "containers", "image", "sound", "proxmox",
  ])("knows %s", (name) => expect(isOptionRoot(name)).toBe(true));

  it.each(["Nixpkgs", "nixPkgs", "service", "network", "virtualization", "filesystems", "user", "home-manager", "sops", "age", "tappaas", "constructor", "", "imports", "options", "config"])(
    "does not know %s",
    (name) => expect(isOptionRoot(name)).toBe(false),
  );
});

describe("the nearest root", () => {
  it.each([
    ["Nixpkgs", "nixpkgs"], ["nixPkgs", "nixpkgs"], ["netwroking", "networking"], ["virtualization", "virtualisation"], ["filesystems", "fileSystems"],
    ["service", "services"], ["sytemd", "systemd"], ["Boot", "boot"], ["enviroment", "environment"], ["user", "users"], ["securty", "security"],
    ["tappaas", null], ["home-manager", null], ["sops", null], ["zzz", null],
  ])("to %s is %s", (name, nearest) => expect(nearestName(name, OPTION_ROOTS)).toBe(nearest));
});
