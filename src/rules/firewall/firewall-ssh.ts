/** Convention: the module itself lets SSH in. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { PORT_LISTS, isFirewallOn, mayAcceptByHand, openedPorts } from "../vocabulary/firewall.ts";
import { addDefinitions, addToList } from "../vocabulary/fixes.ts";
import { isBaselineOf, ownDefinition } from "../vocabulary/options.ts";

const SSH = 22;

export default defineRule({
  id: "firewall-ssh",
  theme: "firewall",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Open port 22 in the firewall",
    convention:
      "`networking.firewall.allowedTCPPorts` has 22, however the list is built. That NixOS's openssh opens the port by itself does not count. A range that holds 22, and a list of one interface, are taken for it. Where the firewall is off, `firewall-enabled` says so and this rule nothing.",
    handbook: "Firewall: `networking.firewall.allowedTCPPorts = [ 22 <service-ports> ];`",
    why: "SSH is the only way to a VM. A list forced with `lib.mkForce` also drops the port that openssh adds by itself, and the next rebuild locks everybody out.",
    bad: [
      {
        code: "{ lib, ... }:\n{\n  ⟦networking.firewall.allowedTCPPorts⟧ = lib.mkForce [ 80 ];\n}\n",
        says: ["`networking.firewall.allowedTCPPorts` lacks `22`: add it (SSH is the only way in)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n",
        says: ["`networking.firewall.allowedTCPPorts` is not set: write `networking.firewall.allowedTCPPorts = [ 22 ];` with the module's own ports (SSH is the only way in)"],
      },
    ],
    good: [
      { code: "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 80 ];\n}\n" },
      { code: "{ ... }:\nlet\n  webPort = 8080;\n  basePorts = [ 22 ];\nin\n{\n  networking.firewall.allowedTCPPorts = basePorts ++ [ webPort ];\n}\n" },
    ],
  },
  messages: {
    missing: "`networking.firewall.allowedTCPPorts` is not set: write `networking.firewall.allowedTCPPorts = [ 22 ];` with the module's own ports (SSH is the only way in)",
    lacking: "`networking.firewall.allowedTCPPorts` lacks `22`: add it (SSH is the only way in)",
  },
  check: function* (context) {
    const { config, entry, systemsWith } = context;
    if (isFirewallOn(config) === false || mayAcceptByHand(config)) return;
    const { ports, open } = openedPorts(config);
    if (open.has("tcp") || ports.some(({ protocol, from, to }) => protocol === "tcp" && from <= SSH && SSH <= to)) return;
    const answer = config.option(PORT_LISTS.tcp);
    const own = ownDefinition(context, answer);
    const near = own?.key ?? own?.valueAt ?? null;
    if (near === null) {
      yield { message: "missing", missing: PORT_LISTS.tcp, fix: addDefinitions(PORT_LISTS.tcp, [{ path: PORT_LISTS.tcp, value: "[ 22 ]" }]) };
      return;
    }
    const lost = answer.definitions.filter(({ value, priority }) => priority > (answer.priority ?? 0) && value.t === "list" && value.items.some((item) => isPort(item.thunk.force(), SSH)));
    yield {
      message: "lacking",
      missing: PORT_LISTS.tcp,
      near,
      fix: (place) => {
        const { file } = place;
        const isPartOfSeveral = file !== entry && !isBaselineOf(config, entry, file) && systemsWith(file) > 1;
        if (isPartOfSeveral) return { since: "several systems share this part: open 22 in each of them, or here for all" };
        return addToList(own, near, PORT_LISTS.tcp, [String(SSH)], "first")(place);
      },
      related: lost.flatMap(({ key, valueAt }) => {
        const at = key ?? valueAt;
        return at === null ? [] : [{ at, message: "22 stands here, but the other definition is stronger and replaces the list" }];
      }),
    };
  },
});

function isPort(value: { readonly t: string; readonly v?: unknown }, port: number): boolean {
  return value.t === "int" && value.v === port;
}
