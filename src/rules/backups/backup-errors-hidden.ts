/** Convention: a backup that fails makes its job fail. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { jobsOf } from "../vocabulary/jobs.ts";
import { firstLine } from "../vocabulary/places.ts";
import { code } from "../vocabulary/show.ts";

const BY = {
  "or-true": "what follows `||` always succeeds",
  pipe: "it stands on the left of a pipe in a script without `set -o pipefail`",
  followed: "other commands follow in a script without `set -e`",
  prefix: "the command line starts with `-`",
} as const;

const WRITE = {
  "or-true": "take the `||` away",
  pipe: "write `set -o pipefail` before it",
  followed: "write `set -e` at the head of the script",
  prefix: "take the `-` away",
} as const;

export default defineRule({
  id: "backup-errors-hidden",
  theme: "backups",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Let a failed backup fail",
    convention: "A backup job fails when the command that makes the backup fails: it is not followed by `|| true` or `|| :`, is not the left side of a pipe without `pipefail`, and is not followed by other commands in a script without `set -e`. NixOS runs `script` with `set -e`; `writeShellScript` does not.",
    handbook: "Backups (3-layer pattern)",
    why: "A job that always succeeds is never looked at: in production this made empty backups for months.",
    bad: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup.serviceConfig.ExecStart = pkgs.writeShellScript \"backup\" ''\n    ⟦${pkgs.gnutar}/bin/tar -cf /var/backup/etc.tar /etc⟧ || true\n  '';\n}\n",
        says: ["A failure of `tar` is hidden, since what follows `||` always succeeds: take the `||` away, so that the unit `files-backup` fails when there is no backup"],
      },
    ],
    good: [{ code: "{ pkgs, ... }:\n{\n  systemd.services.files-backup.script = ''\n    ${pkgs.gnutar}/bin/tar -cf /var/backup/etc.tar /etc\n    echo done\n  '';\n}\n" }],
  },
  messages: { hidden: "A failure of {command} is hidden, since {by}: {write}, so that {job} fails when there is no backup" },
  *check(context) {
    for (const { kind, script, command, title } of jobsOf(context)) {
      if (kind === "clean-up" || script === null || command === null || command.fate.kind !== "hidden") continue;
      const at = script.at(command);
      if (at === null) continue;
      yield { message: "hidden", at: firstLine(at), data: { command: code(command.name ?? "the command"), by: BY[command.fate.by], write: WRITE[command.fate.by], job: title } };
    }
  },
});
