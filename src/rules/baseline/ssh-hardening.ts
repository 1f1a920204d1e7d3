/** Convention: SSH runs, and lets in neither passwords nor root. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { is, optionMessages, requireOptions } from "../vocabulary/options.ts";

const messages = optionMessages("SSH is the only way in, for keys of ordinary users alone");

export default defineRule({
  id: "ssh-hardening",
  theme: "baseline",
  severity: "error",
  fix: "safe",
  security: 7.5,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Harden SSH",
    convention: "`services.openssh.enable` is true, `settings.PasswordAuthentication` is false and `settings.PermitRootLogin` is `\"no\"`.",
    handbook: "Key Conventions: “SSH: PasswordAuthentication=false, PermitRootLogin=\"no\"”",
    why: "Every VM is managed over SSH with keys. A password can be guessed from the network, and a root login leaves no trace of who it was. Without SSH nobody gets in at all.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.openssh = {\n    enable = true;\n    settings.PasswordAuthentication = ⟦true⟧;\n    settings.PermitRootLogin = "no";\n  };\n}\n',
        says: ["`services.openssh.settings.PasswordAuthentication` is `true`: write `services.openssh.settings.PasswordAuthentication = false;` (SSH is the only way in, for keys of ordinary users alone)"],
      },
      {
        code: "{ ... }:\n{\n  ⟦services.openssh⟧.enable = true;\n}\n",
        says: [
          '`services.openssh` lacks `settings.PasswordAuthentication` and `settings.PermitRootLogin`: write `services.openssh.settings.PasswordAuthentication = false;` and `services.openssh.settings.PermitRootLogin = "no";` (SSH is the only way in, for keys of ordinary users alone)',
        ],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  services.openssh = {\n    enable = true;\n    settings = { PasswordAuthentication = false; PermitRootLogin = "no"; };\n  };\n}\n' }],
  },
  messages,
  check: (context) =>
    requireOptions(context, messages, "services.openssh", [
      { path: "services.openssh.enable", want: is(true) },
      { path: "services.openssh.settings.PasswordAuthentication", want: is(false) },
      { path: "services.openssh.settings.PermitRootLogin", want: is("no") },
    ]),
});
