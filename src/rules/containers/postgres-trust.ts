/** Convention: PostgreSQL trusts nobody who connects from elsewhere. */
import { findOpenTrust } from "../../engine/domain/pg-hba.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage, sureTexts } from "../vocabulary/text.ts";
import { isSurelyOff } from "../vocabulary/units.ts";

export default defineRule({
  id: "postgres-trust",
  theme: "containers",
  severity: "error",
  fix: null,
  security: 8.8,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Trust only local connections to PostgreSQL",
    convention: "In `services.postgresql.authentication` the method `trust` stands only on `local` lines and on lines for 127.0.0.1 or ::1.",
    handbook: "Service Patterns, “PostgreSQL”: `authentication = \"local all <user> trust\";`; security review list: `trust` for local connections only",
    why: "`trust` asks for no password: anyone who reaches the port from the named addresses is any user, the superuser included.",
    bad: [
      {
        code: "{ lib, ... }:\n{\n  services.postgresql.authentication = lib.mkOverride 10 ''\n    local all all trust\n    host  all all 127.0.0.1/32 trust\n    host  all all 10.0.0.0/8   ⟦trust⟧\n  '';\n}\n",
        says: ["`host all all 10.0.0.0/8 trust` lets anyone from `10.0.0.0/8` in without a password: write `scram-sha-256` instead of `trust`, or name 127.0.0.1/32"],
      },
    ],
    good: [
      { code: "{ lib, ... }:\n{\n  services.postgresql.authentication = lib.mkOverride 10 ''\n    local all all trust\n    host  all all 127.0.0.1/32 trust\n    host  all all ::1/128 trust\n    host  all all 10.0.0.0/8 scram-sha-256\n  '';\n}\n" },
    ],
  },
  messages: {
    open: "{record} lets anyone from {address} in without a password: write `scram-sha-256` instead of `trust`, or name 127.0.0.1/32",
  },
  *check({ config }) {
    if (isSurelyOff(config.option("services.postgresql.enable"))) return;
    for (const source of sureTexts(config.option("services.postgresql.authentication"))) {
      for (const { method, address, start, end } of findOpenTrust(source.text)) {
        const at = source.place(method.start, method.end);
        if (at === null || address === null) continue;
        const shown = (from: number, to: number): string => code(inMessage(source.text.slice(from, to)));
        yield { message: "open", at, data: { record: shown(start, end), address: shown(address.start, address.end) } };
      }
    }
  },
});
