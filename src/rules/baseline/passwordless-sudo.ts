/** Convention: who may use sudo need not type a password, since nobody has one. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const OPTION = "security.sudo.wheelNeedsPassword";

const messages = optionMessages("the user `tappaas` has keys and no password, and the deployment runs sudo unattended");

export default defineRule({
  id: "passwordless-sudo",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Let wheel use sudo without a password",
    convention: "`security.sudo.wheelNeedsPassword` is false.",
    handbook: "Key Conventions: “tappaas user in wheel group, passwordless sudo”",
    why: "The user `tappaas` logs in with a key and has no password to type. With the default of NixOS neither a person nor the deployment becomes root.",
    bad: [
      {
        code: "{ ... }:\n{\n  security.sudo.wheelNeedsPassword = ⟦true⟧;\n}\n",
        says: ["`security.sudo.wheelNeedsPassword` is `true`: write `security.sudo.wheelNeedsPassword = false;` (the user `tappaas` has keys and no password, and the deployment runs sudo unattended)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ["`security.sudo.wheelNeedsPassword` is not set: write `security.sudo.wheelNeedsPassword = false;` (the user `tappaas` has keys and no password, and the deployment runs sudo unattended)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  security.sudo.wheelNeedsPassword = false;\n}\n" }],
  },
  messages,
  check: (context) => requireOptions(context, messages, OPTION, [{ path: OPTION, want: is(false) }]),
});
