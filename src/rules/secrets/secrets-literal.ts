/** Convention: no secret stands in the text of a module. */
import { findKnownTokens } from "../../engine/domain/secret-tokens.ts";
import { holdsSecret, secretAssignments } from "../../engine/domain/secret-words.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { leavesOf } from "../vocabulary/leaves.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

export default defineRule({
  id: "secrets-literal",
  theme: "secrets",
  severity: "error",
  fix: null,
  security: 8.2,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Write no secret into a module",
    convention: "No literal secret stands in Nix text: no option, environment entry or `KEY=value` line whose name ends in a secret word has a real value, and there are no private keys or tokens of a known form. Empty values, placeholders such as `<…>` and `CHANGE_ME`, paths and names of environment variables are no secrets.",
    handbook: "Key Conventions: “Secrets in /etc/secrets/”; security review list: secrets are never hardcoded",
    why: "A module is in git, and what it says is in the Nix store, which every user of the machine can read. A key that was ever committed must be taken for known.",
    bad: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.web.environment = {\n    DB_PASSWORD = ⟦"hunter2-hunter2"⟧;\n    LOG_LEVEL = "info";\n  };\n  environment.etc."secrets/web.env".text = \'\'\n    API_TOKEN=⟦b7c1f09d4e6a⟧\n  \'\';\n}\n',
        says: [
          "`DB_PASSWORD` has a literal secret, which is readable in git and in the Nix store: generate it on the machine and read it from a file in `/etc/secrets`",
          "`API_TOKEN` has a literal secret, which is readable in git and in the Nix store: generate it on the machine and read it from a file in `/etc/secrets`",
        ],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.web = {\n    environment.DB_PASSWORD_FILE = "/etc/secrets/web-db";\n    environmentFiles = [ "/etc/secrets/web.env" ];\n  };\n  environment.etc."secrets/web-template.env".text = "API_TOKEN=CHANGE_ME";\n}\n',
      },
    ],
  },
  messages: {
    value: "{name} has a literal secret, which is readable in git and in the Nix store: generate it on the machine and read it from a file in `/etc/secrets`",
    token: "This is {kind}, which is readable in git and in the Nix store: take it out, replace the key, and read it from a file in `/etc/secrets`",
  },
  *check({ config }) {
    for (const { path, text, isWhole } of leavesOf(config)) {
      const name = path[path.length - 1] ?? "";
      if (isWhole && text.at !== null && holdsSecret(name, text.text)) {
        yield { message: "value", at: text.at, data: { name: code(inMessage(name)) } };
        continue;
      }
      const told: { start: number; end: number }[] = [];
      for (const { name: key, value, start } of secretAssignments(text.text)) {
        const end = start + value.length;
        const at = text.place(start, end);
        if (at === null) continue;
        told.push({ start, end });
        yield { message: "value", at, data: { name: code(inMessage(key)) } };
      }
      for (const { kind, start, end } of findKnownTokens(text.text)) {
        const at = text.place(start, end);
        if (at !== null && !told.some((other) => other.start < end && other.end > start)) yield { message: "token", at, data: { kind } };
      }
    }
  },
});
