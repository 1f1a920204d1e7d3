/** Convention: NetworkManager brings up the network. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const messages = optionMessages("nothing else brings up the network of a VM");

export default defineRule({
  id: "networkmanager",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Enable NetworkManager",
    convention: "`networking.networkmanager.enable` is true.",
    handbook: "Key Conventions: “NetworkManager with tappaas-ethernet profile”",
    why: "Neither cloud-init nor systemd-networkd sets up the network of a VM. Without NetworkManager its profiles are only files, and the VM comes up without an address.",
    bad: [
      {
        code: "{ ... }:\n{\n  networking.networkmanager.enable = ⟦false⟧;\n}\n",
        says: ["`networking.networkmanager.enable` is `false`: write `networking.networkmanager.enable = true;` (nothing else brings up the network of a VM)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ["`networking.networkmanager` is not set: write `networking.networkmanager.enable = true;` (nothing else brings up the network of a VM)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  networking = {\n    networkmanager.enable = true;\n  };\n}\n" }],
  },
  messages,
  check: (context) => requireOptions(context, messages, "networking.networkmanager", [{ path: "networking.networkmanager.enable", want: is(true) }]),
});
