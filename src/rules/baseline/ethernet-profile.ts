/** Convention: one NetworkManager profile serves whatever the network card is called. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, isText, optionMessages, requireOptions } from "../vocabulary/options.ts";

const PROFILE = "networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet";

const messages = optionMessages("the profile asks for an address on whatever the network card is called");

export default defineRule({
  id: "ethernet-profile",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Ensure the profile tappaas-ethernet",
    convention: "`networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet` exists with `connection.id`, `connection.type = \"ethernet\"` and `ipv4.method = \"auto\"`.",
    handbook: "Key Conventions: “NetworkManager with tappaas-ethernet profile”",
    why: "The network card of a VM is called `ens18`, `eth0` or `enp0s18`, depending on kernel and host. A profile that matches by type gets an address by DHCP on any of them, also after a clone or a move to another VLAN.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet⟧ = {\n    connection = { id = "tappaas-ethernet"; type = "ethernet"; };\n  };\n}\n',
        says: ['`networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet` lacks `ipv4.method`: write `networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet.ipv4.method = "auto";` (the profile asks for an address on whatever the network card is called)'],
      },
      {
        code: '{ ... }:\n{\n  networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet = {\n    connection = { id = "tappaas-ethernet"; type = "ethernet"; };\n    ipv4.method = ⟦"manual"⟧;\n  };\n}\n',
        says: ['`networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet.ipv4.method` is `"manual"`: write `networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet.ipv4.method = "auto";` (the profile asks for an address on whatever the network card is called)'],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  networking.networkmanager.ensureProfiles.profiles.tappaas-ethernet = {\n    connection = { id = "tappaas-ethernet"; type = "ethernet"; autoconnect = "true"; };\n    ipv4.method = "auto";\n    ipv6.method = "auto";\n  };\n}\n',
      },
    ],
  },
  messages,
  check: (context) =>
    requireOptions(context, messages, PROFILE, [
      { path: `${PROFILE}.connection.id`, want: isText('"tappaas-ethernet"') },
      { path: `${PROFILE}.connection.type`, want: is("ethernet") },
      { path: `${PROFILE}.ipv4.method`, want: is("auto") },
    ]),
});
