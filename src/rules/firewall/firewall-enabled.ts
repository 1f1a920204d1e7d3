/** Convention: every machine has its own firewall. */
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { rewriteValues } from "../vocabulary/fixes.ts";
import { placeOf } from "../vocabulary/options.ts";

export default defineRule({
  id: "firewall-enabled",
  theme: "firewall",
  severity: "error",
  fix: "safe",
  security: 7.5,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Keep the firewall on",
    convention: "`networking.firewall.enable` is not false. It need not be set: NixOS turns the firewall on.",
    handbook: "Security review: “only necessary ports”",
    why: "Without the firewall everything that listens on a VM can be reached from its whole zone, also databases and metrics that were meant for the machine itself.",
    bad: [
      {
        code: "{ ... }:\n{\n  networking.firewall.enable = ⟦false⟧;\n}\n",
        says: ["`networking.firewall.enable` is `false`: write `true` and open the ports that are needed (without it everything that listens can be reached)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 22 ];\n}\n" }, { code: "{ ... }:\n{\n  networking.firewall = {\n    enable = true;\n    allowedTCPPorts = [ 22 ];\n  };\n}\n" }],
  },
  messages: {
    off: "`networking.firewall.enable` is `false`: write `true` and open the ports that are needed (without it everything that listens can be reached)",
  },
  check: function* ({ config }) {
    const answer = config.option("networking.firewall.enable");
    const at = placeOf(answer);
    if (answer.state === "known" && answer.value?.t === "bool" && !answer.value.v && at !== null) yield { message: "off", at, fix: () => rewriteValues(answer.winners, "true") };
  },
});
