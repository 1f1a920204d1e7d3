/** Convention: a login waits on the serial console, for the day on which the network does not. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { hasAll, is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const GETTY = 'systemd.services."serial-getty@ttyS0"';

const messages = optionMessages("the serial console is the way in when the network is down");

export default defineRule({
  id: "serial-console",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Start a login on the serial console",
    convention: "`systemd.services.\"serial-getty@ttyS0\"` has `enable = true` and is `wantedBy` `getty.target`.",
    handbook: "Key Conventions: “Serial console enabled (serial-getty@ttyS0)”",
    why: "`qm terminal` on the Proxmox host reaches a VM whose network or SSH is broken, but only if a login is started on its serial line.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦systemd.services."serial-getty@ttyS0"⟧.enable = true;\n}\n',
        says: ['`systemd.services."serial-getty@ttyS0"` lacks `wantedBy`: write `systemd.services."serial-getty@ttyS0".wantedBy = [ "getty.target" ];` (the serial console is the way in when the network is down)'],
      },
      {
        code: '{ ... }:\n{\n  systemd.services."serial-getty@ttyS0" = {\n    enable = ⟦false⟧;\n    wantedBy = [ "getty.target" ];\n  };\n}\n',
        says: ['`systemd.services."serial-getty@ttyS0".enable` is `false`: write `systemd.services."serial-getty@ttyS0".enable = true;` (the serial console is the way in when the network is down)'],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  systemd.services."serial-getty@ttyS0" = {\n    enable = true;\n    wantedBy = [ "getty.target" ];\n    serviceConfig.Restart = "always";\n  };\n}\n' }],
  },
  messages,
  check: (context) =>
    requireOptions(context, messages, GETTY, [
      { path: `${GETTY}.enable`, want: is(true) },
      { path: `${GETTY}.wantedBy`, want: hasAll(["getty.target"]) },
    ]),
});
