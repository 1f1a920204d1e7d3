/** Convention: systemd-boot starts the machine. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const messages = optionMessages("the VMs boot by UEFI, and without a boot loader a new generation cannot be installed");

export default defineRule({
  id: "boot-loader",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Boot with systemd-boot",
    convention: "`boot.loader.systemd-boot.enable` is true. That NixOS would choose a boot loader by itself does not count.",
    handbook: "Base Configuration Pattern, “Boot”: `boot.loader.systemd-boot.enable = true;`",
    why: "The VMs boot by UEFI. A rebuild of a system without a boot loader stops with an assertion, or leaves the old generation to be started.",
    bad: [
      {
        code: "{ ... }:\n{\n  boot.loader.systemd-boot.enable = ⟦false⟧;\n}\n",
        says: ["`boot.loader.systemd-boot.enable` is `false`: write `boot.loader.systemd-boot.enable = true;` (the VMs boot by UEFI, and without a boot loader a new generation cannot be installed)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦boot.loader.systemd-boot⟧.configurationLimit = 5;\n}\n",
        says: ["`boot.loader.systemd-boot` lacks `enable`: write `boot.loader.systemd-boot.enable = true;` (the VMs boot by UEFI, and without a boot loader a new generation cannot be installed)"],
      },
    ],
    good: [{ code: "{ lib, ... }:\n{\n  boot.loader.systemd-boot.enable = lib.mkDefault true;\n}\n" }],
  },
  messages,
  check: (context) => requireOptions(context, messages, "boot.loader.systemd-boot", [{ path: "boot.loader.systemd-boot.enable", want: is(true) }]),
});
