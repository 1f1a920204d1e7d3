/** Convention: backups stand under /var/backup. */
import { textOf } from "../../engine/model/index.ts";
import { head, display } from "../../engine/model/script/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { BACKUP_FOLDER, isInBackups, jobsOf, targetsOf } from "../vocabulary/jobs.ts";
import { placeOf } from "../vocabulary/options.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

/** Folders for what is on its way: a dump there is moved or sent on by the script itself. */
const PASSING = /^\/(?:tmp|run|dev|proc|var\/tmp|var\/run)(?:\/|$)/;

export default defineRule({
  id: "backup-location",
  theme: "backups",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Write backups under /var/backup",
    convention: "Every backup job writes under `/var/backup/`. The default of `services.postgresqlBackup.location` is there.",
    handbook: "Key Conventions: “Backups under /var/backup/”",
    why: "What copies backups to another machine, and what removes old ones, looks there and nowhere else.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    location = ⟦"/srv/dumps"⟧;\n    startAt = "02:00";\n  };\n}\n',
        says: ["`services.postgresqlBackup` writes to `/srv/dumps`: write to a folder under `/var/backup`"],
      },
    ],
    good: [{ code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    location = "/var/backup/db";\n    startAt = "02:00";\n  };\n}\n' }],
  },
  messages: { elsewhere: "{job} writes to {path}: write to a folder under `/var/backup`" },
  *check(context) {
    const { config } = context;
    for (const job of jobsOf(context)) {
      const title = job.title.replace(/^t/, "T");
      if (job.script === null) {
        const answer = config.option("services.postgresqlBackup.location");
        const path = answer.state === "known" && answer.value !== null ? textOf(answer.value) : null;
        const at = placeOf(answer);
        if (path !== null && at !== null && path !== BACKUP_FOLDER && !path.startsWith(`${BACKUP_FOLDER}/`)) yield { message: "elsewhere", at, data: { job: title, path: code(inMessage(path)) } };
        continue;
      }
      if (job.kind === "clean-up" || job.kind === "files") continue;
      const targets = targetsOf(job);
      if (targets.length === 0 || targets.some(({ path }) => isInBackups(path))) continue;
      const elsewhere = targets.find(({ path, at }) => at !== null && /^\/[^/]+\/./.test(head(path)) && !PASSING.test(head(path)));
      if (elsewhere?.at != null && targets.every(({ path }) => head(path).startsWith("/"))) yield { message: "elsewhere", at: elsewhere.at, data: { job: title, path: code(inMessage(display(elsewhere.path))) } };
    }
  },
});
