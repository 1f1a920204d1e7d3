/** Convention: backups stand under /var/backup. */
import { type Text, baseNameOf, display, keyOf, matches, whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { BACKUP_FOLDER, COPIES, copyOf, isElsewhere, isInBackups } from "../vocabulary/backups.ts";
import { HOLE } from "../../engine/domain/hole.ts";
import { cleanPath } from "../vocabulary/folders.ts";
import { type Job, type Making, jobsOf } from "../vocabulary/jobs.ts";
import { commandPlace } from "../vocabulary/places.ts";
import { writtenLocation } from "../vocabulary/postgresql-backup.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";

export default defineRule({
  id: "backup-location",
  theme: "backups",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Write backups under /var/backup",
    convention: "Every backup job writes under `/var/backup/`. The default of `services.postgresqlBackup.location` is there.",
    handbook: "Key Conventions: “Backups under /var/backup/”",
    why: "What copies backups to another machine, what removes old ones and whoever restores a machine look there and nowhere else.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    location = ⟦"/srv/dumps"⟧;\n    startAt = "02:00";\n  };\n}\n',
        says: ["`services.postgresqlBackup` writes to `/srv/dumps`: write to a folder under `/var/backup`"],
      },
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.wiki-dump = {\n    startAt = \"02:00\";\n    script = ''\n      ⟦${pkgs.postgresql_17}/bin/pg_dump wiki > /var/lib/wiki/dump.sql⟧\n    '';\n  };\n}\n",
        says: ["`wiki-dump.service` writes to `/var/lib/wiki/dump.sql`: write to a folder under `/var/backup`"],
      },
    ],
    good: [
      { code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    location = "/var/backup/db";\n    startAt = "02:00";\n  };\n}\n' },
      { code: "{ pkgs, ... }:\n{\n  systemd.services.wiki-dump = {\n    startAt = \"02:00\";\n    script = ''\n      ${pkgs.postgresql_17}/bin/pg_dump wiki > /tmp/wiki.sql\n      mv /tmp/wiki.sql /var/backup/wiki/\n    '';\n  };\n}\n" },
    ],
  },
  messages: { elsewhere: "{job} writes to {path}: write to a folder under `/var/backup`" },
  *check(context) {
    for (const job of jobsOf(context)) {
      if (job.start.kind === "otherwise" || job.kind === "clean-up") continue;
      if (job.unit === null) {
        const location = writtenLocation(context.config);
        const path = location === null || location.text.includes(HOLE) ? null : cleanPath(location.text);
        if (location?.at != null && path !== null && path !== BACKUP_FOLDER && !path.startsWith(`${BACKUP_FOLDER}/`)) {
          yield { message: "elsewhere", at: location.at, data: { job: job.title, path: code(inMessage(location.text)) } };
        }
        continue;
      }
      const told = new Set<string>();
      for (const { making, path } of strays(job)) {
        const at = commandPlace(making.script, making.command);
        if (at === null || told.has(keyOf(path))) continue;
        told.add(keyOf(path));
        yield { message: "elsewhere", at, data: { job: job.title, path: code(inMessage(display(path))) } };
      }
    }
  },
});

/** What a job writes to where no backup belongs, and does not move from there. */
function strays(job: Job): { readonly making: Making; readonly path: Text }[] {
  const makings = [...job.makings, ...(job.kind === "redis" ? copiesOfRedis(job) : [])];
  return makings.flatMap((making) => {
    if (making.kind === "clean-up" || making.targets.some(isInBackups)) return [];
    const path = making.targets.find(isElsewhere);
    return path === undefined || isTakenOn(path, making, job) ? [] : [{ making, path }];
  });
}

/** The copies that a job makes of Redis's own files. */
function copiesOfRedis(job: Job): Making[] {
  return job.scripts.flatMap((script) =>
    script.facts.commands.flatMap((command): Making[] => {
      const copy = COPIES.has(command.name ?? "") || command.name === "mv" ? copyOf(command) : null;
      const isData = copy?.sources?.some((source) => /(?:\.rdb|\.aof|appendonlydir)$|^\/var\/lib\/redis/.test(display(source))) ?? false;
      return copy === null || !isData ? [] : [{ kind: "redis", script, command, targets: copy.targets, sources: copy.sources }];
    }),
  );
}

/** Commands that only look at a file, or change its mode. */
const IDLE = new Set(["chmod", "chown", "chgrp", "ls", "stat", "du", "echo", "printf", "test", "[", "rm", "mkdir", "touch", "sync", "find", "wc", "sha256sum"]);

/** Whether another command of the job uses a file, so that it is on its way. */
function isTakenOn(path: Text, maker: Making, job: Job): boolean {
  const known = whole(path);
  return job.scripts.some((script) =>
    script.facts.commands.some((command) => {
      const isMaker = script === maker.script && command.start === maker.command.start && command.end === maker.command.end;
      if (isMaker || command.name === null || IDLE.has(command.name)) return false;
      return command.args.some((arg) => {
        const text = whole(arg);
        if (arg.glob) return matches(arg, path);
        if (keyOf(arg) === keyOf(path) || (text !== null && text !== "" && text === baseNameOf(path))) return true;
        // The folder as a whole, or an option that names the file.
        return text !== null && known !== null && (known.startsWith(`${text.replace(/\/$/, "")}/`) || text.endsWith(`=${known}`));
      });
    }),
  );
}
