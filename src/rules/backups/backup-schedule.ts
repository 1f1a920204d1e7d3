/** Convention: backups run at fixed times of the day, one kind after the other. */
import { type CalendarSpec, type TimeOfDay, dailyTimes, parseUnitCalendar } from "../../engine/domain/calendar.ts";
import { type Configuration, textOf } from "../../engine/model/index.ts";
import { type Fix, MODULES, type Withheld, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, rewriteValue } from "../vocabulary/fixes.ts";
import { BACKUP_TIMES, type Job, type JobKind, timedJobs } from "../vocabulary/jobs.ts";
import { isNixosTimingReplaced, nixosTimes } from "../vocabulary/postgresql-backup.ts";
import { code, enumerate, quoted } from "../vocabulary/show.ts";
import type { ScheduleEntry } from "../vocabulary/starts.ts";

const TIMES = { type: "array", items: { type: "string", pattern: "^[0-2][0-9]:[0-5][0-9]$" }, minItems: 1 } as const;

export default defineRule({
  id: "backup-schedule",
  theme: "backups",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Back up at the fixed times",
    convention: "Dumps of databases run at 02:00, Redis at 02:30 and files at 02:45, each day. Any spelling that systemd reads as that time is right. `services.postgresqlBackup` runs at 01:15 unless `startAt` says otherwise.",
    handbook: "Key Conventions: “Backup timers: pg_dump daily 02:00, redis SAVE 02:30, config tar 02:45”",
    why: "The layers belong together: the files that are archived last go with the dump that was made just before. Whoever restores a machine relies on all three being of the same night, and what copies backups away runs after them.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = ⟦"*-*-* 03:00:00"⟧;\n  };\n}\n',
        says: ["`services.postgresqlBackup` dumps a database at `*-*-* 03:00:00`: write `\"*-*-* 02:00:00\"`, the time for this kind of backup"],
      },
      {
        code: "{ ... }:\n{\n  ⟦services.postgresqlBackup⟧.enable = true;\n}\n",
        says: ['`services.postgresqlBackup` dumps a database at NixOS\'s default of 01:15: write `startAt = "*-*-* 02:00:00";`, the time for this kind of backup'],
      },
    ],
    good: [
      { code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = [ "02:00" ];\n  };\n}\n' },
      { code: '{ pkgs, ... }:\n{\n  systemd.services.redis-backup = {\n    startAt = "*-*-* 2:30";\n    script = "${pkgs.redis}/bin/redis-cli SAVE";\n  };\n}\n' },
    ],
  },
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      database: { ...TIMES, description: "Times of day at which databases may be dumped.", default: [BACKUP_TIMES.database] },
      redis: { ...TIMES, description: "Times of day at which Redis may be backed up.", default: [BACKUP_TIMES.redis] },
      files: { ...TIMES, description: "Times of day at which files may be backed up.", default: [BACKUP_TIMES.files] },
      tolerance: { type: "integer", minimum: 0, maximum: 720, description: "Minutes that a job may be off its time.", default: 0 },
    },
  },
  messages: {
    wrong: "{job} {does} at {found}: write {write}, the time for this kind of backup",
    rare: "{job} {does} at {found}, which is not each day at a fixed time: write {write}",
    default: "{job} {does} at NixOS's default of 01:15: write {write}, the time for this kind of backup",
    none: "{job} {does} {found}: write {write}, so that it happens each day at a fixed time",
  },
  *check(context) {
    const { config, options } = context;
    for (const job of timedJobs(context)) {
      if (job.kind === "clean-up") continue;
      const wanted = options[job.kind];
      const time = `"*-*-* ${wanted[0] as string}:00"`;
      const data = { job: job.title, does: DOES[job.kind] };
      if (job.unit === null && isNixosTimingReplaced(config)) continue;
      const entries = job.unit === null ? nixosTimes(config) : timesOf(job);
      if (entries === "default") {
        yield { message: "default", missing: "startAt", near: job.at, data: { ...data, write: code(`startAt = ${time};`) }, fix: addDefinitions("services.postgresqlBackup", [{ path: "services.postgresqlBackup.startAt", value: time }], job.at) };
        continue;
      }
      if (entries === null) continue;
      const untimed = job.start.kind === "timed" ? job.start.timers.find(({ unit }) => unit !== null) : undefined;
      if (entries.length === 0) {
        // A list that is empty makes no timer at all, which is another rule's finding.
        if (untimed?.at == null) continue;
        const found = untimed.otherwise.length > 0 ? `by ${enumerate(untimed.otherwise.map(code))} of its timer` : "at no time, since its timer has no `OnCalendar`";
        yield { message: "none", missing: job.title, near: untimed.at, data: { ...data, found, write: code(`timerConfig.OnCalendar = ${time};`) }, fix: untimed.unit === null ? undefined : addDefinitions(untimed.unit.path, [{ path: [...untimed.unit.path, "timerConfig", "OnCalendar"], value: time }], untimed.at) };
        continue;
      }
      const found = verdict(config, entries, wanted, options.tolerance);
      if (found === null || found.entry.at === null) continue;
      const { entry, isDaily } = found;
      const { at } = found.entry;
      const fix = (): Fix | Withheld | null =>
        entries.length > 1 ? { since: "the job has several times, of which some may be meant" } : rewriteValue(at, entry.value, spelledLike(entry.text, wanted[0] as string));
      const problem = { at: found.entry.at, data: { ...data, found: code(entry.text.trim()), write: code(time) }, related: entry.related, fix };
      if (isDaily) yield { message: "wrong", ...problem };
      else yield { message: "rare", ...problem };
    }
  },
});

const DOES: Readonly<Record<JobKind, string>> = { database: "dumps a database", redis: "backs up Redis", files: "archives files", "clean-up": "cleans up" };

/** A time of day in the spelling of another expression: `02:00` beside `03:00`, else in full. */
function spelledLike(text: string, time: string): string {
  if (/^\d{1,2}:\d\d$/.test(text.trim())) return quoted(time);
  return quoted(/^\d{1,2}:\d\d:\d\d$/.test(text.trim()) ? `${time}:00` : `*-*-* ${time}:00`);
}

/** The entries of all timers of a job; null where some cannot be known. */
function timesOf({ start }: Job): readonly ScheduleEntry[] | null {
  if (start.kind !== "timed") return null;
  const all = start.timers.map(({ entries }) => entries);
  return all.includes(null) ? null : all.flatMap((entries) => entries ?? []);
}

function verdict(config: Configuration, entries: readonly ScheduleEntry[], wanted: readonly string[], tolerance: number): { readonly isDaily: boolean; readonly entry: ScheduleEntry } | null {
  const judged = entries.map((entry) => ({ entry, spec: localSpec(config, entry.text) }));
  if (judged.some(({ spec }) => spec === null)) return null;
  const timed = judged.map(({ entry, spec }) => ({ entry, times: dailyTimes(spec as CalendarSpec) }));
  const off = timed.find(({ times }) => times !== null && !times.every((time) => wanted.some((each) => isNear(time, each, tolerance))));
  if (off !== undefined) return { isDaily: true, entry: off.entry };
  const rare = timed.find(({ times }) => times === null);
  // Several expressions may make up each day together.
  return rare !== undefined && timed.length === 1 ? { isDaily: false, entry: rare.entry } : null;
}

/** What an expression means in the machine's own zone; null where it is wrong, or that is not known. */
function localSpec(config: Configuration, text: string): CalendarSpec | null {
  const parsed = parseUnitCalendar(text);
  if (parsed === null || !parsed.ok) return null;
  const { zone } = parsed.spec;
  if (zone === null) return parsed.spec;
  const own = config.value("time.timeZone");
  return own !== null && textOf(own) === zone.name ? parsed.spec : null;
}

function isNear(time: TimeOfDay, wanted: string, tolerance: number): boolean {
  const [hour, minute] = wanted.split(":").map(Number) as [number, number];
  const distance = Math.abs(time.hour * 3600 + time.minute * 60 + time.second - (hour * 3600 + minute * 60));
  return Math.min(distance, 86_400 - distance) <= tolerance * 60;
}
