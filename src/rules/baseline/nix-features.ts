/** Convention: Nix knows its new command line and flakes. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { onlyBySetting } from "../vocabulary/nix-settings.ts";
import { hasAllWords, optionMessages, requireOptions } from "../vocabulary/options.ts";

const NAME = "experimental-features";
const OPTION = `nix.settings.${NAME}`;

const messages = optionMessages("flakes and the `nix` command are refused otherwise");

export default defineRule({
  id: "nix-features",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Enable nix-command and flakes",
    convention: "`nix.settings.experimental-features` has `nix-command` and `flakes`, as a list or as words of one string. `extra-experimental-features` and a line in `nix.extraOptions` come to the same.",
    handbook: "Key Conventions: “nix-command and flakes enabled”",
    why: "Both are experimental and off by default. A VM without them refuses `nix build` and every rebuild from a flake.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦nix.settings.experimental-features⟧ = [ "nix-command" ];\n}\n',
        says: ['`nix.settings.experimental-features` lacks `"flakes"`: add it (flakes and the `nix` command are refused otherwise)'],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ['`nix.settings.experimental-features` is not set: write `nix.settings.experimental-features = [ "nix-command" "flakes" ];` (flakes and the `nix` command are refused otherwise)'],
      },
    ],
    good: [
      { code: '{ ... }:\n{\n  nix.settings.experimental-features = [ "nix-command" "flakes" ];\n}\n' },
      { code: '{ ... }:\n{\n  nix.settings.experimental-features = "nix-command flakes";\n}\n' },
    ],
  },
  messages,
  check: (context) => {
    const features = onlyBySetting(context.config, NAME, ["nix-command", "flakes"]);
    return features.length === 0 ? [] : requireOptions(context, messages, OPTION, [{ path: OPTION, want: hasAllWords(features) }]);
  },
});
