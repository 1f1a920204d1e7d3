/** Convention: cloud-init sets a new VM up, but keeps out of the network. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const messages = optionMessages("Proxmox hands name and keys over by cloud-init, while NetworkManager alone brings up the network");

export default defineRule({
  id: "cloud-init",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Use cloud-init without its network part",
    convention: "`services.cloud-init.enable` is true and `services.cloud-init.network.enable` is false. Both are written: NixOS's defaults do not count.",
    handbook: "Key Conventions: “cloud-init enabled, network.enable = false”",
    why: "Proxmox gives a cloned VM its name and its SSH keys through cloud-init; without it nobody gets in. Its network part writes a configuration for systemd-networkd that competes with NetworkManager for the same interface.",
    bad: [
      {
        code: "{ ... }:\n{\n  services.cloud-init = {\n    enable = true;\n    network.enable = ⟦true⟧;\n  };\n}\n",
        says: ["`services.cloud-init.network.enable` is `true`: write `services.cloud-init.network.enable = false;` (Proxmox hands name and keys over by cloud-init, while NetworkManager alone brings up the network)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦services.cloud-init⟧.enable = true;\n}\n",
        says: ["`services.cloud-init` lacks `network.enable`: write `services.cloud-init.network.enable = false;` (Proxmox hands name and keys over by cloud-init, while NetworkManager alone brings up the network)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  services.cloud-init = {\n    enable = true;\n    network.enable = false;\n  };\n}\n" }],
  },
  messages,
  check: (context) =>
    requireOptions(context, messages, "services.cloud-init", [
      { path: "services.cloud-init.enable", want: is(true) },
      { path: "services.cloud-init.network.enable", want: is(false) },
    ]),
});
