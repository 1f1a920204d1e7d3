/** Convention: old backups are removed once a month. */
import { type CalendarSpec, firesAtLeastMonthly, parseUnitCalendar } from "../../engine/domain/calendar.ts";
import { type CommandUse, display, head, keyOf, whole } from "../../engine/model/script/index.ts";
import type { Script } from "../../engine/model/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { BACKUP_FOLDER, hasForeignBackups, isInBackups } from "../vocabulary/backups.ts";
import { type Job, type Making, isDeleting, jobsOf, timedJobs } from "../vocabulary/jobs.ts";
import { commandPlace, firstLine } from "../vocabulary/places.ts";
import { folderOfText, isCoveredBy } from "../vocabulary/shell-paths.ts";
import { code, enumerate } from "../vocabulary/show.ts";
import { inMessage } from "../vocabulary/text.ts";
import { agedFolders } from "../vocabulary/tmpfiles-lines.ts";

/** For how long backups are kept, in days. */
const DAYS = 30;

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
    why: "Backups that nobody removes fill the disk. Then the databases on it stop, and the next backup is the first thing to fail.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = "02:00";\n  };\n}\n',
        says: ["This system makes backups and nothing removes old ones: write a service with `find /var/backup -type f -mtime +30 -delete` and a monthly timer"],
      },
      {
        code: '{ pkgs, ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = "02:00";\n  };\n  systemd.services.clean-up = {\n    startAt = "monthly";\n    script = "find /var/backup -type f -mtime ⟦+90⟧ -delete";\n  };\n}\n',
        says: ["The clean-up keeps backups for longer than 30 days (`-mtime +90`): write `-mtime +30`"],
      },
    ],
    good: [
      {
        code: '{ pkgs, ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = "02:00";\n  };\n  systemd.services.clean-up = {\n    startAt = "monthly";\n    script = "find /var/backup -type f -mtime +30 -delete";\n  };\n}\n',
      },
    ],
  },
  messages: {
    none: "This system makes backups and nothing removes old ones: write a service with `find /var/backup -type f -mtime +30 -delete` and a monthly timer",
    never: "{service} cleans up backups and nothing ever starts it: write a timer with `OnCalendar = \"monthly\";`",
    rare: "The clean-up of backups does not run each month ({found}): write `\"monthly\"`",
    age: "The clean-up keeps backups for longer than 30 days ({found}): write `-mtime +30`",
    folder: "The clean-up looks through {found}, where the backups of {jobs} are not: let it look through `/var/backup`",
  },
  *check(context) {
    const { config } = context;
    const timed = timedJobs(context);
    const making = timed.filter(({ kind }) => kind !== "clean-up");
    if (making.length === 0 || config.unfollowed.length > 0) return;
    const all = jobsOf(context);
    const cleaning = timed.flatMap((job) => job.makings.filter(({ kind }) => kind === "clean-up").map((each) => ({ job, making: each, days: daysOf(each) })));
    const aged = agedFolders(config, DAYS);
    if (cleaning.length === 0) {
      if (aged.size > 0 || context.scripts.some(removesOtherwise) || hasForeignBackups(config) || config.node("services.logrotate.settings").isDefined) return;
      const idle = all.find(({ kind, start }) => kind === "clean-up" && start.kind === "never");
      if (idle !== undefined) yield { message: "never", missing: "clean-up", near: idle.at, data: { service: idle.title } };
      else if (!all.some(({ makings }) => makings.some(({ kind }) => kind === "clean-up"))) yield { message: "none", missing: "clean-up" };
      return;
    }
    for (const { job, making: each, days } of cleaning) {
      const { script, command } = each;
      const rare = rarely(job);
      if (rare?.at != null) yield { message: "rare", at: rare.at, data: { found: code(rare.text) } };
      const at = days === null ? null : (script.at(command.argsAt[days.index] as { start: number; end: number }) ?? commandPlace(script, command));
      // A folder that another clean-up takes care of sooner may be kept longer here.
      const isShort = cleaning.some((other) => (other.days === null || other.days.most <= DAYS) && covers(other.making, each));
      if (days !== null && days.most > DAYS && at !== null && !isShort) yield { message: "age", at: firstLine(at), data: { found: code(days.shown) } };
    }
    const left = making.filter((job) => !job.makings.some(({ kind, targets }) => kind === "clean-up" && targets.length > 0) && !job.scripts.some(removesOtherwise) && isLeft(job, cleaning.map((each) => each.making), aged));
    const [first] = cleaning;
    const at = left.length === 0 || first === undefined ? null : commandPlace(first.making.script, first.making.command);
    if (at !== null && first !== undefined) {
      const found = enumerate([...new Set(cleaning.flatMap((each) => each.making.targets.map((target) => code(inMessage(display(target))))))]);
      yield { message: "folder", missing: left.map(({ title }) => `folder of ${title}`), near: at, data: { found, jobs: enumerate(left.map(({ title }) => title)) } };
    }
  },
});

/** Whether a schedule lets a month go by, with the expression that says so. */
function rarely({ start }: Job) {
  if (start.kind !== "timed") return null;
  const entries = start.timers.map((timer) => timer.entries);
  if (start.timers.some(({ otherwise }) => otherwise.length > 0) || entries.includes(null)) return null;
  const specs = entries.flatMap((each) => each ?? []).map((entry) => ({ entry, parsed: parseUnitCalendar(entry.text) }));
  if (specs.length === 0 || specs.some(({ parsed }) => parsed === null || !parsed.ok)) return null;
  return specs.length === 1 && specs.every(({ parsed }) => !firesAtLeastMonthly((parsed as { spec: CalendarSpec }).spec)) ? (specs[0]?.entry ?? null) : null;
}

/** How old the files are that a clean-up leaves, in days, by `-mtime` and its kin (find(1)); null where that cannot be known. */
function daysOf({ command: { args } }: Making): { readonly most: number; readonly index: number; readonly shown: string } | null {
  for (const [index, arg] of args.entries()) {
    const [, by] = /^-[mca](time|min)$/.exec(whole(arg) ?? "") ?? [];
    const value = by === undefined ? null : whole(args[index + 1]);
    const [, count] = /^\+(\d{1,9})$/.exec(value ?? "") ?? [];
    if (count === undefined) continue;
    return { most: by === "time" ? Number(count) : Number(count) / 1440, index: index + 1, shown: `${whole(arg) as string} ${value as string}` };
  }
  return null;
}

/** Whether one clean-up looks where another does. */
function covers(making: Making, other: Making): boolean {
  return other.targets.every((target) => {
    const path = whole(target);
    return making.targets.some((own) => keyOf(own) === keyOf(target) || path === null || isCoveredBy(path, own) !== false);
  });
}

/** Whether backups of a job are surely in none of the folders that are cleaned. NixOS's own job keeps two dumps and no more. */
function isLeft(job: Job, cleaning: readonly Making[], aged: ReadonlySet<string>): boolean {
  if (job.unit === null) return false;
  const folders = job.makings.filter(({ kind }) => kind !== "clean-up").flatMap(({ targets }) => targets.filter(isInBackups).map(folderOfText));
  if (folders.length === 0 || folders.includes(null)) return false;
  return (folders as string[]).some((folder) => {
    const isAged = [...aged].some((path) => folder === path || folder.startsWith(`${path}/`));
    return !isAged && folder !== BACKUP_FOLDER && cleaning.every(({ targets }) => targets.every((target) => isCoveredBy(folder, target) === false && !head(target).startsWith(`${folder}/`)));
  });
}

/** Whether a script removes old files in a way of its own. */
function removesOtherwise({ facts, text }: Script): boolean {
  if (facts.hasErrors || /\b(?:prune|forget|tmpreaper|tmpwatch|logrotate|savelog)\b/.test(text)) return true;
  return facts.commands.some((command) => isFindingRemoval(command) || (command.name === "rm" && command.args.some((arg) => arg.splits || arg.glob || arg.parts.some((part) => typeof part !== "string"))) || (command.name === "rm" && command.wrappers.includes("xargs")));
}

/** A find that removes something in a folder that is not known. */
function isFindingRemoval(command: CommandUse): boolean {
  return command.name === "find" && isDeleting(command) && command.args[0] !== undefined && !head(command.args[0]).startsWith("/");
}
