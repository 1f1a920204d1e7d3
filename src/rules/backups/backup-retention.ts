/** Convention: old backups are removed once a month. */
import { firesAtLeastMonthly, parseUnitCalendar } from "../../engine/domain/calendar.ts";
import { whole } from "../../engine/model/script/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { type Job, jobsOf } from "../vocabulary/jobs.ts";

export default defineRule({
  id: "backup-retention",
  theme: "backups",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Remove old backups",
    convention: "A system with backup jobs has a clean-up that runs at least once a month and deletes files older than 30 days under its backup folder.",
    handbook: "Key Conventions: “Monthly cleanup of backups > 30 days”",
    why: "Backups that nobody removes fill the disk, and then everything on the machine stops, the next backup first.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦services.postgresqlBackup⟧ = {\n    enable = true;\n    startAt = "02:00";\n  };\n}\n',
        says: ["This system makes backups and never removes any: write a service with `find /var/backup -type f -mtime +30 -delete` and a monthly timer"],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = "02:00";\n  };\n  systemd.services.cleanup = {\n    startAt = "monthly";\n    script = "find /var/backup -type f -mtime +30 -delete";\n  };\n}\n',
      },
    ],
  },
  messages: {
    none: "This system makes backups and never removes any: write a service with `find /var/backup -type f -mtime +30 -delete` and a monthly timer",
    rare: "The clean-up of backups runs less than once a month: write `OnCalendar = \"monthly\";`",
    age: "The clean-up deletes backups by {found}, not those older than 30 days: write `-mtime +30`",
  },
  *check(context) {
    const jobs = jobsOf(context);
    const making = jobs.filter(({ kind }) => kind !== "clean-up");
    const [first] = making;
    if (first === undefined || context.config.unfollowed.length > 0) return;
    const cleaning = jobs.filter(({ kind }) => kind === "clean-up");
    if (cleaning.length === 0) {
      if (!context.scripts.some(isPruning)) yield { message: "none", missing: "clean-up", near: first.at };
      return;
    }
    // A folder may be cleaned sooner, as long as the rule of 30 days is kept somewhere.
    const ages = cleaning.map(ageOf);
    const isKept = ages.some((age) => age === null || age.days === 30);
    for (const [index, job] of cleaning.entries()) {
      const rare = job.schedules !== null && job.schedules.length > 0 && job.schedules.every(({ text }) => {
        const parsed = parseUnitCalendar(text);
        return parsed !== null && parsed.ok && !firesAtLeastMonthly(parsed.spec);
      });
      const at = job.schedules?.[0]?.at ?? null;
      if (rare && at !== null) yield { message: "rare", at };
      const age = ages[index];
      if (!isKept && age != null) yield { message: "age", at: age.at, data: { found: `\`${age.text}\`` } };
    }
  },
});

/** A script that removes old files in a way of its own. */
function isPruning({ facts, text }: Parameters<typeof jobsOf>[0]["scripts"][number]): boolean {
  if (facts.hasErrors || /\b(?:prune|forget|tmpreaper|tmpwatch|logrotate)\b/.test(text)) return true;
  return facts.commands.some(({ name, args }) => (name === "find" && args.some((arg) => whole(arg) === "-delete" || /^-exec/.test(whole(arg) ?? ""))) || (name === "rm" && args.some((arg) => arg.splits || arg.glob)));
}

/** What `-mtime` says, in days. */
function ageOf({ command, script }: Job): { readonly days: number; readonly text: string; readonly at: NonNullable<ReturnType<NonNullable<Job["script"]>["at"]>> } | null {
  if (command === null || script === null) return null;
  const index = command.args.findIndex((arg) => whole(arg) === "-mtime");
  const text = index < 0 ? null : whole(command.args[index + 1]);
  const span = command.argsAt[index + 1];
  const at = text === null || span === undefined ? null : script.at(span);
  const match = /^\+(\d+)$/.exec(text ?? "");
  return match === null || at === null ? null : { days: Number(match[1]), text: `-mtime ${text as string}`, at };
}
