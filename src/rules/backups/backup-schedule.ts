/** Convention: backups run at fixed times of the day. */
import { dailyTimes, parseUnitCalendar, type TimeOfDay } from "../../engine/domain/calendar.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { jobsOf, type JobKind } from "../vocabulary/jobs.ts";
import { code, enumerate } from "../vocabulary/show.ts";

const TIMES = { type: "array", items: { type: "string", pattern: "^[0-2][0-9]:[0-5][0-9]$" }, minItems: 1 } as const;

export default defineRule({
  id: "backup-schedule",
  theme: "backups",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Back up at the fixed times",
    convention: "Database dumps run at 02:00, Redis at 02:30 and files at 02:45, each day. Any spelling that systemd reads as that time is right. `services.postgresqlBackup` runs at 01:15 unless `startAt` says otherwise.",
    handbook: "Key Conventions: “Backup timers: pg_dump daily 02:00, redis SAVE 02:30, config tar 02:45”",
    why: "The layers follow one another so that they fit together: files that are archived before the dump is made hold yesterday's database, and jobs at the same time slow each other down.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = ⟦"03:00"⟧;\n  };\n}\n',
        says: ['`services.postgresqlBackup` (database) runs at `03:00`: write `"*-*-* 02:00:00"`, the time for this kind of backup'],
      },
      { code: "{ ... }:\n{\n  ⟦services.postgresqlBackup⟧.enable = true;\n}\n", says: ['`services.postgresqlBackup` (database) has no time of its own and runs at 01:15, which is NixOS\'s default: write `startAt = "*-*-* 02:00:00";`'] },
    ],
    good: [{ code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = [ "02:00" ];\n  };\n}\n' }],
  },
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      database: { ...TIMES, description: "Times of day at which databases may be dumped.", default: ["02:00"] },
      redis: { ...TIMES, description: "Times of day at which Redis may be backed up.", default: ["02:30"] },
      files: { ...TIMES, description: "Times of day at which files may be backed up.", default: ["02:45"] },
      tolerance: { type: "integer", minimum: 0, maximum: 720, description: "Minutes that a job may be off its time.", default: 0 },
    },
  },
  messages: {
    wrong: "{job} ({kind}) runs at {found}: write {write}, the time for this kind of backup",
    rare: "{job} ({kind}) runs at {found}, which is not once each day at a fixed time: write {write}",
    absent: "{job} ({kind}) has no time of its own and runs at 01:15, which is NixOS's default: write {write}",
  },
  *check(context) {
    const { options } = context;
    for (const job of jobsOf(context)) {
      const { kind, schedules } = job;
      if (kind === "clean-up" || schedules === null || schedules.length === 0) continue;
      const wanted = options[kind];
      const judged = schedules.map(({ text }) => {
        const parsed = parseUnitCalendar(text);
        return parsed === null || !parsed.ok ? null : { times: dailyTimes(parsed.spec), zone: parsed.spec.zone };
      });
      // A wrong expression is another rule's finding; an explicit zone may be the machine's own.
      if (judged.some((each) => each === null || each.zone !== null)) continue;
      if (judged.some((each) => each?.times?.length === 1 && wanted.some((time) => isNear(each.times?.[0] as TimeOfDay, time, options.tolerance)))) continue;
      const [first] = schedules;
      const write = code(`"*-*-* ${wanted[0] as string}:00"`);
      const data = { job: job.title.replace(/^t/, "T"), kind: KINDS[kind] };
      if (first === undefined || first.at === null) yield { message: "absent", at: job.at, data: { ...data, write: code(`startAt = "*-*-* ${wanted[0] as string}:00";`) } };
      else {
        const found = enumerate(schedules.map(({ text }) => code(text)));
        const daily = judged.every((each) => each?.times?.length === 1);
        yield { message: daily ? "wrong" : "rare", at: first.at, data: { ...data, found, write } };
      }
    }
  },
});

const KINDS: Readonly<Record<JobKind, string>> = { database: "database", redis: "Redis", files: "files", "clean-up": "clean-up" };

function isNear(time: TimeOfDay, wanted: string, tolerance: number): boolean {
  const [hour, minute] = wanted.split(":").map(Number) as [number, number];
  const distance = Math.abs(time.hour * 3600 + time.minute * 60 + time.second - (hour * 3600 + minute * 60));
  return Math.min(distance, 86_400 - distance) <= tolerance * 60;
}
