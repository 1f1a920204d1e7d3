/** Convention: the guest agent tells the host about the machine. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const messages = optionMessages("Proxmox asks the guest agent for the VM's address, and to stand still for a snapshot");

export default defineRule({
  id: "qemu-guest",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Run the QEMU guest agent",
    convention: "`services.qemuGuest.enable` is true.",
    handbook: "Key Conventions: “qemuGuest enabled”",
    why: "The deployment learns a VM's address from its guest agent, and a VM backup has it freeze the file systems. Without it the one waits in vain and the other copies files in the middle of a write.",
    bad: [
      {
        code: "{ ... }:\n{\n  services.qemuGuest.enable = ⟦false⟧;\n}\n",
        says: ["`services.qemuGuest.enable` is `false`: write `services.qemuGuest.enable = true;` (Proxmox asks the guest agent for the VM's address, and to stand still for a snapshot)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ["`services.qemuGuest` is not set: write `services.qemuGuest.enable = true;` (Proxmox asks the guest agent for the VM's address, and to stand still for a snapshot)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  services = {\n    qemuGuest.enable = true;\n  };\n}\n" }],
  },
  messages,
  check: (context) => requireOptions(context, messages, "services.qemuGuest", [{ path: "services.qemuGuest.enable", want: is(true) }]),
});
