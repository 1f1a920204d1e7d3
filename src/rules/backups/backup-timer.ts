/** Convention: each backup job has a timer that starts it, and each timer of a backup a job. */
import { nearestName } from "../../engine/domain/nearest-name.ts";
import { type Answer, type At, type Configuration, parsePath, showPath, textOf } from "../../engine/model/index.ts";
import { MODULES, type MakeFix, defineRule } from "../../engine/run/index.ts";
import { addDefinitions, allOf, growList, rewriteValues } from "../vocabulary/fixes.ts";
import { BACKUP_TIMES, type Job, type JobKind, jobsOf } from "../vocabulary/jobs.ts";
import { placeOf } from "../vocabulary/options.ts";
import { nixosTimes } from "../vocabulary/postgresql-backup.ts";
import { code, enumerate, quoted } from "../vocabulary/show.ts";
import { startedBy } from "../vocabulary/starts.ts";
import { isNixosUnit, isOn, type Unit, unitOption, unitsOf } from "../vocabulary/units.ts";

export default defineRule({
  id: "backup-timer",
  theme: "backups",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Give each backup job its timer",
    convention: "A backup job's own timer is wanted by `timers.target` and has `Persistent = true`, and the unit that it starts exists. A script that makes a backup and that nothing starts never runs. Timers that NixOS makes from `startAt` need not be persistent.",
    handbook: "Task Types: “Designing backup strategies via systemd timers”",
    why: "A timer that `timers.target` does not want is never started. Without `Persistent` a night on which the machine was off or restarting has no backup. A timer without its unit, or a unit without its timer, does nothing at all, and no one is told.",
    bad: [
      {
        code: '{ ... }:\n{\n  systemd.services.files-backup.script = "tar -cf /var/backup/wiki/etc.tar /etc";\n  ⟦systemd.timers.files-backup⟧.timerConfig.OnCalendar = "02:45";\n}\n',
        says: ['The timer of the backup job `files-backup` lacks `wantedBy = [ "timers.target" ];` (without it nothing starts the timer) and `timerConfig.Persistent = true;` (it makes up for nights on which the machine was off)'],
      },
      {
        code: '{ ... }:\n{\n  ⟦systemd.services.files-backup⟧.script = "tar -cf /var/backup/wiki/etc.tar /etc";\n}\n',
        says: ["`files-backup.service` makes a backup and nothing ever starts it: write `systemd.timers.files-backup` with `wantedBy = [ \"timers.target\" ];`, `OnCalendar` and `Persistent = true`"],
      },
      {
        code: '{ ... }:\n{\n  systemd.services.redis-backup = {\n    startAt = "02:30";\n    script = "redis-cli SAVE";\n  };\n  ⟦systemd.timers.files-backup⟧ = {\n    wantedBy = [ "timers.target" ];\n    timerConfig = { OnCalendar = "02:45"; Persistent = true; };\n  };\n}\n',
        says: ["The timer `files-backup` starts `files-backup.service`, which does not exist: write that service, or name the right one in `timerConfig.Unit`"],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  systemd.services.files-backup.script = "tar -cf /var/backup/wiki/etc.tar /etc";\n  systemd.timers.files-backup = {\n    wantedBy = [ "timers.target" ];\n    timerConfig = { OnCalendar = "02:45"; Persistent = true; };\n  };\n}\n',
      },
      { code: '{ ... }:\n{\n  systemd.services.files-backup = {\n    startAt = "02:45";\n    script = "tar -cf /var/backup/wiki/etc.tar /etc";\n  };\n}\n' },
    ],
  },
  messages: {
    incomplete: "The timer of the backup job {job} lacks {parts}",
    target: 'The timer of the backup job {job} is wanted by {found}: write `wantedBy = [ "timers.target" ];`, without which it is not started with the other timers',
    persistent: "The timer of the backup job {job} is not persistent: write `Persistent = true;`, which makes up for nights on which the machine was off",
    never: '{service} makes a backup and nothing ever starts it: write {timer} with `wantedBy = [ "timers.target" ];`, `OnCalendar` and `Persistent = true`',
    off: "`services.postgresqlBackup` never runs, for its `startAt` is empty: write `startAt = {time};`",
    absent: "The timer {timer} starts {service}, which does not exist: write that service, or name the right one in `timerConfig.Unit`",
    misnamed: "The timer {timer} starts {service}, which does not exist: {other} does, and nothing else starts it",
  },
  *check(context) {
    const { config } = context;
    const jobs = jobsOf(context);
    const absent = timersWithoutUnit(config);
    const nevers = jobs.filter(({ start, kind }) => start.kind === "never" && kind !== "clean-up");
    const matched = new Set<Job>();
    for (const { timer, service, at } of absent) {
      const other = nearestName(service, nevers.map(({ unit }) => unit?.name ?? ""));
      const job = nevers.find(({ unit }) => unit?.name === other);
      // Only what is called a backup, or nearly like a job, is a timer of a backup.
      if (job === undefined && !/backup|(?:^|[-_])(?:pg|db|redis|sql)?dump/i.test(timer.name)) continue;
      const data = { timer: code(timer.name), service: code(`${service}.service`) };
      if (job === undefined) yield { message: "absent", missing: `unit ${service}`, near: at, data, fix: () => ({ since: "which service is meant only its maintainer knows" }) };
      else {
        matched.add(job);
        yield { message: "misnamed", missing: `unit ${service}`, near: at, data: { ...data, other: job.title }, fix: job.unit === null ? undefined : start(config, timer, job.unit, at) };
      }
    }
    for (const job of jobs) {
      const { unit, start, at } = job;
      if (unit === null) {
        const times = nixosTimes(config);
        const place = placeOf(config.option("services.postgresqlBackup.startAt"));
        if (times !== "default" && times?.length === 0 && place !== null && !isNixosUnitNamed(config)) yield { message: "off", missing: "startAt", near: place, data: { time: quoted(nightly("database")) }, fix: () => rewriteValues(config.option("services.postgresqlBackup.startAt").winners, quoted(nightly("database"))) };
      } else if (start.kind === "never" && job.kind !== "clean-up" && !matched.has(job)) {
        yield { message: "never", missing: `timer ${unit.name}`, near: at, data: { service: job.title, timer: code(showPath(["systemd", "timers", unit.name])) }, fix: newTimer(unit, nightly(job.kind)) };
      } else if (start.kind === "timed") {
        for (const timer of start.timers) if (timer.unit !== null) yield* judgeTimer(config, unit, timer.unit, start.timers.some((other) => other.unit === null));
      }
    }
  },
});

function* judgeTimer(config: Configuration, service: Unit, timer: Unit, hasStartAt: boolean) {
  const job = code(service.name);
  const at = timer.node.keys()[0];
  const lacks: { readonly option: string; readonly value: string; readonly why: string }[] = [];
  // `startAt` beside it makes NixOS want the timer of that name.
  const isMade = hasStartAt && timer.name === service.name;
  const wanted = isMade ? true : isWanted(config, timer);
  const wantedBy = unitOption(config, timer, "wantedBy");
  const place = placeOf(wantedBy);
  if (wanted === false) {
    const found = textsOf(wantedBy);
    if (found.length > 0 && place !== null) yield { message: "target", at: place, data: { job, found: enumerate(found.map(code)) }, fix: () => rewriteValues(wantedBy.winners, '[ "timers.target" ]') } as const;
    else lacks.push({ option: "wantedBy", value: '[ "timers.target" ]', why: "without it nothing starts the timer" });
  }
  const persistent = unitOption(config, timer, "timerConfig", "Persistent");
  if (!isMade && persistent.state === "undefined") lacks.push({ option: "timerConfig.Persistent", value: "true", why: "it makes up for nights on which the machine was off" });
  else if (persistent.state === "known" && persistent.value !== null && isOn(persistent.value) === false) {
    const where = placeOf(persistent);
    if (where !== null) yield { message: "persistent", at: where, data: { job }, fix: () => rewriteValues(persistent.winners, "true") } as const;
  }
  const parts = lacks.map(({ option, value, why }) => `${code(`${option} = ${value};`)} (${why})`);
  const isThere = ({ option }: (typeof lacks)[number]): boolean => option === "wantedBy" && wantedBy.state !== "undefined";
  const fix: MakeFix = (place) => {
    const lines = lacks.filter((lack) => !isThere(lack)).map(({ option, value }) => ({ path: [...timer.path, ...parsePath(option)], value }));
    const list = growList(config, [...timer.path, "wantedBy"], ['"timers.target"']);
    return allOf(`Complete ${code(timer.name)}`, ...(lines.length === 0 ? [] : [addDefinitions(timer.path, lines, at ?? null)(place)]), ...(lacks.some(isThere) ? [list(place)] : []));
  };
  if (parts.length > 0 && at !== undefined) yield { message: "incomplete", missing: parts.map((part) => `${timer.name} ${part}`), near: at, data: { job, parts: enumerate(parts) }, fix } as const;
}

/** The expression for the handbook's time of a kind of backup. */
function nightly(kind: Exclude<JobKind, "clean-up">): string {
  return `*-*-* ${BACKUP_TIMES[kind]}:00`;
}

/** A timer as the conventions ask for it. */
function newTimer({ name }: Unit, calendar: string): MakeFix {
  const path = ["systemd", "timers", name];
  return addDefinitions(path, [
    { path: [...path, "wantedBy"], value: '[ "timers.target" ]' },
    { path: [...path, "timerConfig", "OnCalendar"], value: quoted(calendar) },
    { path: [...path, "timerConfig", "Persistent"], value: "true" },
  ]);
}

/** Makes a timer start another service. */
function start(config: Configuration, timer: Unit, service: Unit, near: At): MakeFix {
  const unit = unitOption(config, timer, "timerConfig", "Unit");
  const name = quoted(`${service.name}.service`);
  return unit.state === "undefined" ? addDefinitions(timer.path, [{ path: [...timer.path, "timerConfig", "Unit"], value: name }], near) : () => rewriteValues(unit.winners, name);
}

/** Whether `timers.target` wants a timer; null where that cannot be known. */
function isWanted(config: Configuration, timer: Unit): boolean | null {
  const wants = config.option(["systemd", "targets", "timers", "wants"]);
  const answers = [unitOption(config, timer, "wantedBy"), unitOption(config, timer, "requiredBy")];
  if (answers.some((answer) => textsOf(answer).includes("timers.target")) || textsOf(wants).includes(`${timer.name}.timer`)) return true;
  return [...answers, wants].every(isWhole) ? false : null;
}

function textsOf({ value }: Answer): string[] {
  return value?.t === "list" ? value.items.flatMap((item) => textOf(item.thunk.force()) ?? []) : [];
}

function isWhole({ state, value }: Answer): boolean {
  if (state === "undefined") return true;
  return state === "known" && value?.t === "list" && value.open === null && value.items.every((item) => !item.maybe && textOf(item.thunk.force()) !== null);
}

/** The timers that start no service of the tree, and surely none of NixOS's own either. */
function timersWithoutUnit(config: Configuration): { readonly timer: Unit; readonly service: string; readonly at: At }[] {
  const services = config.names("systemd.services");
  if (services.open || config.node("systemd.packages").isDefined) return [];
  const known = new Set(config.node("systemd.services").names());
  return unitsOf(config, "timers").flatMap((timer) => {
    const service = startedBy(config, timer);
    const unit = unitOption(config, timer, "timerConfig", "Unit");
    const at = placeOf(unit) ?? timer.node.keys()[0];
    if (service === null || at === undefined || /\.[a-z]+$/.test(service) || known.has(service) || known.has(service.replace(/@.*/, "@"))) return [];
    return isOfNixos(config, { ...timer, name: service }) ? [] : [{ timer, service, at }];
  });
}

/** Names that NixOS's modules give to services of their own backups. */
const NIXOS_BACKUPS = /^(?:postgresqlBackup|mysql-backup|restic-backups-|borgbackup-job-|borgmatic|btrbk-|duplicity|rsnapshot|tarsnap-|backup-vaultwarden|gitea-dump|forgejo-dump|influxdb|automysqlbackup|znapzend|sanoid|syncoid)/;

function isOfNixos(config: Configuration, unit: Unit): boolean {
  return NIXOS_BACKUPS.test(unit.name) || isNixosUnit(config, unit) || config.node("services").names().some((name) => name.length > 3 && unit.name.includes(name) && !config.declared.some((path) => path[1] === name));
}

/** Whether the tree names one of the units that `services.postgresqlBackup` makes: something else may start it. */
function isNixosUnitNamed(config: Configuration): boolean {
  return config.unfollowed.length > 0 || config.modules.some(({ file }) => /postgresqlBackup(?:-|\.service|\.timer)|timers\.postgresqlBackup/.test(file.syntax.source.text));
}
