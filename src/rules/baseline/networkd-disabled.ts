/** Convention: systemd-networkd is off, and nothing else can turn it on. */
import { type ActiveDefinition, PRIORITIES } from "../../engine/model/index.ts";
import { type Fix, JUDGED, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, rewriteWhole } from "../vocabulary/fixes.ts";
import { decisive, is, judge, priorityText } from "../vocabulary/options.ts";
import { code } from "../vocabulary/show.ts";

const OPTION = "systemd.network.enable";

export default defineRule({
  id: "networkd-disabled",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Force systemd-networkd off",
    convention: "`systemd.network.enable` is false with the priority of `lib.mkForce` (or a stronger one). Not set, a plain `false` and `true` are violations.",
    handbook: "Key Conventions: “systemd-networkd disabled (lib.mkForce false)”",
    why: "cloud-init and other NixOS modules turn systemd-networkd on for purposes of their own. Beside NetworkManager it asks for a second lease on the same interface, and the VM comes up with two addresses or none. A plain `false` does not decide it: against another plain `true` the evaluation stops.",
    bad: [
      {
        code: "{ ... }:\n{\n  systemd.network.enable = ⟦true⟧;\n}\n",
        says: ["`systemd.network.enable` is `true`: write `systemd.network.enable = lib.mkForce false;` (systemd-networkd would fight NetworkManager for the interface)"],
      },
      {
        code: "{ ... }:\n{\n  systemd.network.enable = ⟦false⟧;\n}\n",
        says: ["`systemd.network.enable` is `false`, but only as a plain definition: write `systemd.network.enable = lib.mkForce false;` (cloud-init and others can turn it on)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ["`systemd.network.enable` is not set: write `systemd.network.enable = lib.mkForce false;` (cloud-init and others can turn it on)"],
      },
    ],
    good: [{ code: "{ lib, ... }:\n{\n  systemd.network.enable = lib.mkForce false;\n}\n" }],
  },
  messages: {
    missing: "`systemd.network.enable` is not set: write `systemd.network.enable = lib.mkForce false;` (cloud-init and others can turn it on)",
    weak: "`systemd.network.enable` is `false`, but only as {priority}: write `systemd.network.enable = lib.mkForce false;` (cloud-init and others can turn it on)",
    on: "`systemd.network.enable` is `true`: write `systemd.network.enable = lib.mkForce false;` (systemd-networkd would fight NetworkManager for the interface)",
  },
  check: function* ({ config }) {
    const verdict = judge(config, { path: OPTION, want: is(false) });
    if (verdict.kind === "missing") yield { message: "missing", missing: OPTION, fix: addDefinitions(OPTION, [{ path: OPTION, value: "lib.mkForce false" }]) };
    if (verdict.kind === "wrong" && verdict.value.t === "bool") yield { message: "on", at: verdict.at, fix: () => force(verdict.answer.winners) };
    const answer = config.option(OPTION);
    if (verdict.kind !== "right" || answer.priority === null || answer.priority <= PRIORITIES.mkForce) return;
    const definition = decisive(answer);
    // The wrapper is what is wrong, so it is part of the place.
    const at = definition?.wholeAt ?? definition?.valueAt ?? definition?.key ?? null;
    const name = priorityText(answer.priority);
    if (at !== null) yield { message: "weak", at, data: { priority: name.startsWith("mk") ? code(`lib.${name}`) : name }, fix: () => force(answer.winners) };
  },
});

/** The only definition, with the wrapper that it may have, becomes the right one. */
function force(winners: readonly ActiveDefinition[]): Fix | null {
  const [only] = winners;
  return only === undefined || winners.length > 1 ? null : rewriteWhole(only, "lib.mkForce false");
}
