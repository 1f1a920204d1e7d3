/** Convention: what a hardened unit may write to exists before it starts. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { HOLE } from "../../engine/domain/hole.ts";
import { cleanPath, existence } from "../vocabulary/folders.ts";
import { nixosWritePaths } from "../vocabulary/nixos-write-paths.ts";
import { code, quoted } from "../vocabulary/show.ts";
import { sureTexts, wordsOf } from "../vocabulary/text.ts";
import { unitOption, unitsOf } from "../vocabulary/units.ts";

export default defineRule({
  id: "unit-write-paths",
  theme: "units",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Create what a hardened unit writes to",
    convention: "Each path of a unit's `ReadWritePaths` exists: it is created by `systemd.tmpfiles.rules`, by `StateDirectory` and its kin or as a user's home, is a folder that every NixOS has, or has a `-` in front. Deeper under `/sys`, `/proc`, `/dev` and `/run` it cannot be known.",
    handbook: "Expertise Areas: “tmpfiles.rules for directory creation”; security review list: systemd hardening where applicable",
    why: "systemd sets up the file system of a unit before it runs anything of it, and fails with `226/NAMESPACE` where a path is missing. A `mkdir` in the unit's own script comes too late; one in a unit before it does not.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.wiki.serviceConfig = {\n    ExecStart = "${pkgs.wiki}/bin/wiki";\n    ProtectSystem = "strict";\n    ReadWritePaths = [ ⟦"/var/lib/wiki"⟧ "/var/log" ];\n  };\n}\n',
        says: ['`ReadWritePaths` of `wiki.service` names `/var/lib/wiki`, which nothing creates, so that the unit fails with 226/NAMESPACE: add `"d /var/lib/wiki 0750 root root -"` to `systemd.tmpfiles.rules` with the unit\'s user, or write `"-/var/lib/wiki"`'],
      },
    ],
    good: [
      { code: '{ pkgs, ... }:\n{\n  systemd.services.wiki.serviceConfig = {\n    ExecStart = "${pkgs.wiki}/bin/wiki";\n    ProtectSystem = "strict";\n    StateDirectory = "wiki";\n    ReadWritePaths = [ "/var/lib/wiki" "-/srv/wiki" "/run/wiki" ];\n  };\n}\n' },
    ],
  },
  messages: {
    nixos: "NixOS lets {unit} write to {path}, the folder of {option}, which nothing creates, so that the unit fails with 226/NAMESPACE: add {line} to `systemd.tmpfiles.rules`",
    missing: "`ReadWritePaths` of {unit} names {path}, which nothing creates, so that the unit fails with 226/NAMESPACE: add {line} to `systemd.tmpfiles.rules` with the unit's user, or write {optional}",
  },
  *check({ config }) {
    for (const { unit, user, path, option, at } of nixosWritePaths(config)) {
      if (existence(config, path, unit) !== "missing") continue;
      yield { message: "nixos", missing: path, near: at, data: { unit: code(`${unit}.service`), path: code(path), option: code(option), line: code(quoted(`d ${path} 0750 ${user} ${user} -`)) } };
    }
    for (const unit of unitsOf(config, "services")) {
      for (const source of sureTexts(unitOption(config, unit, "serviceConfig", "ReadWritePaths"))) {
        const words = wordsOf(source.text);
        for (const { text, start, end } of words) {
          // A minus lets the path be missing; a plus puts it below the unit's own root; a percent sign is a specifier.
          const path = /^\/[^%\\"']*$/.test(text) && !text.includes(HOLE) ? cleanPath(text) : null;
          const at = words.length === 1 ? source.at : source.place(start, end);
          if (path === null || at === null || existence(config, path, unit.name) !== "missing") continue;
          const data = { unit: code(`${unit.name}.service`), path: code(path), line: code(quoted(`d ${path} 0750 root root -`)), optional: code(quoted(`-${path}`)) };
          yield { message: "missing", missing: path, near: at, data };
        }
      }
    }
  },
});
