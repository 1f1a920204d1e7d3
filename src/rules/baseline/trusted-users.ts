/** Convention: the administrators may bring their own builds to a machine. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { onlyBySetting } from "../vocabulary/nix-settings.ts";
import { hasAllWords, optionMessages, requireOptions } from "../vocabulary/options.ts";

const NAME = "trusted-users";
const OPTION = `nix.settings.${NAME}`;

const messages = optionMessages("a remote `nixos-rebuild` copies what it built as a user of `wheel`");

export default defineRule({
  id: "trusted-users",
  theme: "baseline",
  severity: "warning",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Trust wheel in Nix",
    convention: "`nix.settings.trusted-users` has `@wheel`. `extra-trusted-users` and a line in `nix.extraOptions` come to the same.",
    handbook: "Expertise Areas: “nixos-rebuild remote deployment”",
    why: "`nixos-rebuild --target-host` builds elsewhere and copies the result to the VM as `tappaas`. Nix takes unsigned paths from trusted users only, so that the deployment ends with “lacks a signature by a trusted key”.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦nix.settings.trusted-users⟧ = [ "root" ];\n}\n',
        says: ['`nix.settings.trusted-users` lacks `"@wheel"`: add it (a remote `nixos-rebuild` copies what it built as a user of `wheel`)'],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ['`nix.settings.trusted-users` is not set: write `nix.settings.trusted-users = [ "@wheel" ];` (a remote `nixos-rebuild` copies what it built as a user of `wheel`)'],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  nix.settings.trusted-users = [ "root" "@wheel" ];\n}\n' }],
  },
  messages,
  check: (context) => {
    const users = onlyBySetting(context.config, NAME, ["@wheel"]);
    return users.length === 0 ? [] : requireOptions(context, messages, OPTION, [{ path: OPTION, want: hasAllWords(users) }]);
  },
});
