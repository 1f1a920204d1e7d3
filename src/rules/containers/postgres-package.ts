/** Convention: PostgreSQL's major version is chosen, not inherited. */
import type { Value } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { placeOf, thingAt } from "../vocabulary/options.ts";
import { code } from "../vocabulary/show.ts";
import { isSurelyOn } from "../vocabulary/units.ts";

const POSTGRESQL = "services.postgresql";

export default defineRule({
  id: "postgres-package",
  theme: "containers",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Choose PostgreSQL's major version",
    convention: "`services.postgresql.package` is set to a versioned package (`pkgs.postgresql_15`), directly or through `versions`.",
    handbook: "Service Patterns, “PostgreSQL”: `package = pkgs.postgresql_15;`",
    why: "A major version cannot read the files of another. What NixOS takes by itself depends on `system.stateVersion` and changes with it, and `pkgs.postgresql` changes with each release: the database does not start until somebody migrates it by hand.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦services.postgresql⟧ = {\n    enable = true;\n    ensureDatabases = [ "wiki" ];\n  };\n}\n',
        says: ["`services.postgresql` lacks `package`, so the release decides on the major version: write for example `package = pkgs.postgresql_17;` with the version of the data that exists"],
      },
      {
        code: "{ pkgs, ... }:\nlet\n  versions.database = pkgs.postgresql;\nin\n{\n  services.postgresql.enable = true;\n  services.postgresql.package = ⟦versions.database⟧;\n}\n",
        says: ["`services.postgresql.package` is `pkgs.postgresql`, whose major version changes with the release: write for example `pkgs.postgresql_17`, the version of the data that exists"],
      },
    ],
    good: [
      { code: "{ pkgs, ... }:\nlet\n  versions.database = pkgs.postgresql_17;\nin\n{\n  services.postgresql.enable = true;\n  services.postgresql.package = versions.database;\n}\n" },
      { code: "{ pkgs, ... }:\n{\n  services.postgresql.enable = true;\n  services.postgresql.package = pkgs.postgresql_16.withPackages (extensions: [ extensions.pgvector ]);\n}\n" },
    ],
  },
  messages: {
    missing: "`services.postgresql` lacks `package`, so the release decides on the major version: write for example `package = pkgs.postgresql_17;` with the version of the data that exists",
    moving: "`services.postgresql.package` is {found}, whose major version changes with the release: write for example `pkgs.postgresql_17`, the version of the data that exists",
  },
  *check({ config }) {
    if (!isSurelyOn(config.option(`${POSTGRESQL}.enable`))) return;
    const answer = config.option(`${POSTGRESQL}.package`);
    if (answer.state === "undefined") {
      const near = thingAt(config, POSTGRESQL);
      yield { message: "missing", missing: `${POSTGRESQL}.package`, ...(near === null ? {} : { near }) };
      return;
    }
    const found = answer.state === "known" && answer.value !== null ? unversioned(answer.value) : null;
    const at = placeOf(answer);
    if (found === null || at === null) return;
    const origin = answer.value?.at ?? null;
    const isElsewhere = origin !== null && (origin.file !== at.file || origin.start < at.start || origin.end > at.end);
    yield { message: "moving", at, data: { found: code(found) }, related: isElsewhere ? [{ at: origin, message: "The package comes from here" }] : [] };
  },
});

/** The name of a package whose major version depends on the release; null for any other value. */
function unversioned(value: Value): string | null {
  if (value.t === "call") return unversioned(value.fn);
  if (value.t !== "ref" || value.path[0] !== "pkgs") return null;
  const name = value.path[1] ?? "";
  return ["postgresql", "postgresql_jit", "postgresqlFull"].includes(name) ? `pkgs.${name}` : null;
}
