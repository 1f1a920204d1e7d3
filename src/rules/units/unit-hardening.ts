/** Convention: what runs all the time runs with as little power as it needs. */
import type { Answer, At, Configuration } from "../../engine/model/index.ts";
import { JUDGED, type MakeFix, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, allOf, rewriteValues } from "../vocabulary/fixes.ts";
import { isOwnUnit } from "../vocabulary/own-units.ts";
import { code, enumerate } from "../vocabulary/show.ts";
import { textsIn } from "../vocabulary/text.ts";
import { type Unit, isNixosUnit, isOn, isSurelyOff, unitOption, unitPlace, unitsOf } from "../vocabulary/units.ts";

/** The settings, each with a value that few services cannot live with. */
const SETTINGS = [
  ["NoNewPrivileges", "true"],
  ["ProtectSystem", '"strict"'],
  ["ProtectHome", "true"],
  ["PrivateTmp", "true"],
] as const;

export default defineRule({
  id: "unit-hardening",
  theme: "units",
  severity: "info",
  fix: "proposed",
  security: 3.3,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Harden long-running units",
    convention: "A long-running unit of the module's own (it has an `ExecStart` or `script` here, and its `Type` is not oneshot) sets `NoNewPrivileges`, `ProtectSystem`, `ProtectHome` and `PrivateTmp` to something other than off, or `DynamicUser`, which implies them.",
    handbook: "Security review list: systemd hardening where applicable",
    why: "A service that is broken into can do all that its unit lets it do. These four settings cost most services nothing, and keep a break-in from the homes, the configuration and the programs of the machine.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  ⟦systemd.services.wiki⟧ = {\n    wantedBy = [ "multi-user.target" ];\n    serviceConfig = {\n      ExecStart = "${pkgs.wiki}/bin/wiki";\n      NoNewPrivileges = true;\n      PrivateTmp = true;\n    };\n  };\n}\n',
        says: ['The long-running unit `wiki.service` does not set `ProtectSystem` and `ProtectHome`: write for example `ProtectSystem = "strict"; ProtectHome = true;` in its `serviceConfig`, with `StateDirectory` or `ReadWritePaths` for what it writes'],
      },
    ],
    good: [
      { code: '{ pkgs, ... }:\n{\n  systemd.services.wiki.serviceConfig = {\n    ExecStart = "${pkgs.wiki}/bin/wiki";\n    DynamicUser = true;\n    StateDirectory = "wiki";\n  };\n}\n' },
      { code: '{ ... }:\n{\n  systemd.services.wiki-export = {\n    script = "exit 0";\n    serviceConfig.Type = "oneshot";\n  };\n  systemd.services.podman-wiki.after = [ "postgresql.service" ];\n}\n' },
    ],
  },
  messages: {
    soft: "The long-running unit {unit} does not set {what}: write for example {write} in its `serviceConfig`, with `StateDirectory` or `ReadWritePaths` for what it writes",
  },
  *check({ config }) {
    for (const unit of unitsOf(config, "services")) {
      const file = startsHere(config, unit);
      if (file === null || !isOwnUnit(config, unit) || !isLongRunning(config, unit)) continue;
      const missing = missingSettings(config, unit);
      const near = unitPlace(unit, file);
      if (missing.length === 0 || near === null) continue;
      const data = {
        unit: code(`${unit.name}.service`),
        what: enumerate(missing.map(([name]) => code(name))),
        write: code(missing.map(([name, value]) => `${name} = ${value};`).join(" ")),
      };
      yield { message: "soft", missing: missing.map(([name]) => `${unit.name} ${name}`), near, data, fix: harden(config, unit, missing, near) };
    }
  },
});

/** Nobody but the maintainer knows which folders a unit writes to, which `strict` would have to name. */
const CAREFUL = '"full"';

/** Writes the settings beside those that are there; one that is off is turned on where it stands. */
function harden(config: Configuration, unit: Unit, settings: readonly (typeof SETTINGS)[number][], near: At): MakeFix {
  const path = [...unit.path, "serviceConfig"];
  const answers = settings.map(([name, value]) => ({ name, value: name === "ProtectSystem" ? CAREFUL : value, answer: unitOption(config, unit, "serviceConfig", name) }));
  const lines = answers.filter(({ answer }) => answer.state === "undefined").map(({ name, value }) => ({ path: [...path, name], value }));
  const off = answers.filter(({ answer }) => answer.state !== "undefined");
  return (place) => allOf(`Set ${enumerate(settings.map(([name]) => code(name)))}`, ...(lines.length === 0 ? [] : [addDefinitions(unit.path, lines, near)(place)]), ...off.map(({ answer, value }) => rewriteValues(answer.winners, value)));
}

/**
 * The file in which a unit's own command stands; null where it has none here, or changes that of a unit which something
 * else makes: a forced command, or a list that first takes back what is there.
 */
function startsHere(config: Configuration, unit: Unit): string | null {
  if (isNixosUnit(config, unit) || isSurelyOff(unitOption(config, unit, "enable"))) return null;
  for (const names of [["serviceConfig", "ExecStart"], ["script"]]) {
    const answer = unitOption(config, unit, ...names);
    const [definition] = answer.winners;
    if (answer.state !== "known" || answer.value === null || definition === undefined || definition.priority < 100) continue;
    if (answer.value.t === "null" || textsIn(answer.value, null)[0]?.text === "" || (answer.value.t === "list" && answer.value.items.length === 0)) continue;
    return definition.file.path;
  }
  return null;
}

function isLongRunning(config: Configuration, unit: Unit): boolean {
  const type = unitOption(config, unit, "serviceConfig", "Type");
  if (type.state === "undefined") return true;
  const [text] = type.state === "known" && type.value !== null ? textsIn(type.value, null) : [];
  return text !== undefined && text.text !== "oneshot";
}

/** The settings that are surely missing or off; none where anything could still set them. */
function missingSettings(config: Configuration, unit: Unit): (typeof SETTINGS)[number][] {
  const isUnset = (answer: Answer): boolean => answer.state === "undefined" || isSurelyOff(answer);
  const dynamic = unitOption(config, unit, "serviceConfig", "DynamicUser");
  const confined = unitOption(config, unit, "confinement", "enable");
  if (!isUnset(dynamic) || !isUnset(confined)) return [];
  const answers = SETTINGS.map((setting) => ({ setting, answer: unitOption(config, unit, "serviceConfig", setting[0]) }));
  const isClear = ({ answer }: (typeof answers)[number]): boolean => answer.state === "undefined" || (answer.state === "known" && answer.value !== null && isOn(answer.value) !== null);
  return answers.every(isClear) ? answers.filter(({ answer }) => isUnset(answer)).map(({ setting }) => setting) : [];
}
