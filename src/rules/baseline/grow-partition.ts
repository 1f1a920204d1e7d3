/** Convention: the root partition grows with the disk. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const messages = optionMessages("without it the root partition keeps the size of the template when the disk grows");

export default defineRule({
  id: "grow-partition",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Grow the root partition",
    convention: "`boot.growPartition` is true.",
    handbook: "Base Configuration Pattern, “Boot”: `boot.growPartition = true;`",
    why: "Each VM is cloned from a small template and gets a larger disk. Without this option the root partition stays as small as the template's and fills up.",
    bad: [
      { code: "{ lib, ... }:\n{\n  boot.growPartition = ⟦false⟧;\n}\n", says: ["`boot.growPartition` is `false`: write `boot.growPartition = true;` (without it the root partition keeps the size of the template when the disk grows)"] },
      { code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n", says: ["`boot.growPartition` is not set: write `boot.growPartition = true;` (without it the root partition keeps the size of the template when the disk grows)"] },
    ],
    good: [{ code: "{ lib, ... }:\n{\n  boot.growPartition = lib.mkDefault true;\n}\n" }],
  },
  messages,
  check: (context) => requireOptions(context, messages, "boot.growPartition", [{ path: "boot.growPartition", want: is(true) }]),
});
