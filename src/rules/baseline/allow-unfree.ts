/** Convention: packages may be unfree. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const OPTION = "nixpkgs.config.allowUnfree";

const messages = optionMessages("a module with an unfree package could not be built");

export default defineRule({
  id: "allow-unfree",
  theme: "baseline",
  severity: "warning",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Allow unfree packages",
    convention: "`nixpkgs.config.allowUnfree` is true. Where `nixpkgs.pkgs` hands over a package set made elsewhere, NixOS ignores it and nothing is said.",
    handbook: "Base Configuration Pattern, “Nix”: `nixpkgs.config.allowUnfree = true;`",
    why: "Some services that modules run (UniFi, n8n, MongoDB and others) are unfree by their license. A rebuild that meets one stops until somebody changes the configuration.",
    bad: [
      {
        code: "{ ... }:\n{\n  nixpkgs.config.allowUnfree = ⟦false⟧;\n}\n",
        says: ["`nixpkgs.config.allowUnfree` is `false`: write `nixpkgs.config.allowUnfree = true;` (a module with an unfree package could not be built)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ["`nixpkgs.config.allowUnfree` is not set: write `nixpkgs.config.allowUnfree = true;` (a module with an unfree package could not be built)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  nixpkgs.config = { allowUnfree = true; };\n}\n" }],
  },
  messages,
  check: (context) => (context.config.option("nixpkgs.pkgs").state === "undefined" ? requireOptions(context, messages, OPTION, [{ path: OPTION, want: is(true) }]) : []),
});
