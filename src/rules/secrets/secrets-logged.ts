/** Convention: key material is never printed. */
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { firstLine } from "../vocabulary/places.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "secrets-logged",
  theme: "secrets",
  severity: "error",
  fix: null,
  security: 7.5,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Do not print key material",
    convention: "No script of a unit prints key material that it has generated to its standard output or error. A redirect into a file or a pipe into a command that stores it is fine.",
    handbook: "Secrets (auto-generated on first boot); security review list: secrets are generated with `openssl rand` and kept in `/etc/secrets`",
    why: "What a unit prints lands in the journal, which is shipped to the log server: the key can then be read by everybody who may read logs, for as long as they are kept.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets.script = \'\'\n    KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)\n    install -m 0600 /dev/stdin /etc/secrets/web.env <<< "KEY=$KEY"\n    ⟦echo "The key is $KEY"⟧\n  \'\';\n}\n',
        says: ["The script of the unit `web-init-secrets` prints key material that it has generated, which lands in the journal and on the log server: print where the file is instead"],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.web-init-secrets.script = \'\'\n    KEY=$(${pkgs.openssl}/bin/openssl rand -hex 32)\n    printf \'%s\' "$KEY" | install -m 0600 /dev/stdin /etc/secrets/web.key\n    echo "The key is in /etc/secrets/web.key"\n  \'\';\n}\n',
      },
    ],
  },
  messages: {
    printed: "The script of the unit {unit} prints key material that it has generated, which lands in the journal and on the log server: print where the file is instead",
    traced: "With `set -x` the script of the unit {unit} prints key material that it has generated, which lands in the journal and on the log server: take `set -x` away",
  },
  *check({ scripts }) {
    for (const script of scripts) {
      const { unit } = script.source;
      if (unit === null) continue;
      const traces = new Set<number>();
      for (const print of script.facts.prints) {
        // One `set -x` prints every use of the key: it is told once.
        if (print.how === "trace" && traces.has(print.start)) continue;
        if (print.how === "trace") traces.add(print.start);
        const at = script.at(print);
        if (at !== null) yield { message: print.how === "trace" ? "traced" : "printed", at: firstLine(at), data: { unit: code(unit) } };
      }
    }
  },
});
