/** Convention: a backup that fails makes its job fail. */
import type { CommandUse, Fate } from "../../engine/model/script/index.ts";
import type { Script } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { type Making, jobsOf } from "../vocabulary/jobs.ts";
import { commandPlace } from "../vocabulary/places.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

export default defineRule({
  id: "backup-errors-hidden",
  theme: "backups",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Let a failed backup fail its job",
    convention: "A backup job fails when the command that makes the backup fails: it is not followed by `|| true` or `|| :`, is not the left side of a pipe in a script without `pipefail`, and is not followed by other commands in a script without `set -e`. NixOS runs `script` with `set -e`; `writeShellScript` has neither.",
    handbook: "Task Types: “Designing backup strategies via systemd timers”",
    why: "Nobody looks at a job that succeeds. In production `tar -z` found no gzip, `|| true` hid it, and for months the archives were empty.",
    bad: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup = {\n    startAt = \"02:45\";\n    script = ''\n      ⟦${pkgs.gnutar}/bin/tar -cf /var/backup/wiki/etc.tar /etc⟧ || true\n    '';\n  };\n}\n",
        says: ["When `tar` fails, `files-backup.service` succeeds all the same, for `|| true` hides it: take that away"],
      },
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.wiki-dump = {\n    startAt = \"02:00\";\n    serviceConfig.ExecStart = pkgs.writeShellScript \"wiki-dump\" ''\n      ⟦${pkgs.postgresql_17}/bin/pg_dump wiki⟧ | ${pkgs.gzip}/bin/gzip > /var/backup/wiki/wiki.sql.gz\n      echo done\n    '';\n  };\n}\n",
        says: ["When `pg_dump` fails, `wiki-dump.service` succeeds all the same, for the script goes on behind it: write `set -euo pipefail` at its head"],
      },
    ],
    good: [
      { code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup = {\n    startAt = \"02:45\";\n    script = ''\n      ${pkgs.gnutar}/bin/tar -cf /var/backup/wiki/etc.tar /etc\n      echo done\n    '';\n  };\n}\n" },
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.wiki-dump = {\n    startAt = \"02:00\";\n    serviceConfig.ExecStart = pkgs.writeShellScript \"wiki-dump\" ''\n      set -euo pipefail\n      ${pkgs.postgresql_17}/bin/pg_dump wiki | ${pkgs.gzip}/bin/gzip > /var/backup/wiki/wiki.sql.gz\n      ${pkgs.findutils}/bin/find /var/backup/wiki -mtime +30 -delete\n    '';\n  };\n}\n",
      },
    ],
  },
  messages: { hidden: "When {command} fails, {job} succeeds all the same, for {why}" },
  *check(context) {
    for (const job of jobsOf(context)) {
      if (job.start.kind === "otherwise") continue;
      for (const making of makersOf(job.makings)) {
        const { script, command } = making;
        if (command.fate.kind !== "hidden") continue;
        const at = commandPlace(script, command);
        if (at !== null) yield { message: "hidden", at, data: { command: code(command.name ?? "the command"), job: job.title, why: reason(script, command, command.fate) } };
      }
    }
  },
});

/** The commands that make a backup. A copy beside another that counts may be of something that need not be there. */
function makersOf(makings: readonly Making[]): Making[] {
  const makers = makings.filter(({ kind }) => kind !== "clean-up");
  const isExtra = ({ kind, command: { name, fate } }: Making): boolean => kind === "files" && name === "cp" && fate.kind === "hidden" && fate.by === "or-true";
  return makers.filter((making) => !isExtra(making) || !makers.some(({ command }) => command.fate.kind !== "hidden"));
}

function reason({ text }: Script, { pipedInto }: CommandUse, { by, at }: Extract<Fate, { kind: "hidden" }>): string {
  const head = pipedInto.length > 0 ? "`set -euo pipefail`" : "`set -e`";
  switch (by) {
    case "or-true":
      return `${code(`|| ${inMessage(text.slice(at.start, at.end))}`)} hides it: take that away`;
    case "pipe":
      return `it stands left of a pipe in a script without \`pipefail\`: write \`set -o pipefail\` before it`;
    case "followed":
      return `the script goes on behind it: write ${head} at its head`;
    case "prefix":
      return "the command line starts with `-`: take that away";
  }
}
