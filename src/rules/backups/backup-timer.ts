/** Convention: each backup job has a timer that runs it. */
import { textOf } from "../../engine/model/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { jobsOf, timerUnit } from "../vocabulary/jobs.ts";
import { code, enumerate } from "../vocabulary/show.ts";
import { isNixosService, isOn, unitOption, unitsOf } from "../vocabulary/units.ts";

export default defineRule({
  id: "backup-timer",
  theme: "backups",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Give each backup job its timer",
    convention: "A backup job's own timer is wanted by `timers.target` and has `Persistent = true`, and the unit that it starts exists. A script that makes a backup and that nothing starts never runs. Timers that NixOS makes from `startAt` need not be persistent.",
    handbook: "Designing backup strategies via systemd timers",
    why: "A timer that nothing wants never starts; without `Persistent` a backup is left out whenever the machine was off at that minute; and a timer without its unit does nothing at all.",
    bad: [
      {
        code: '{ ... }:\n{\n  systemd.services.files-backup.script = "tar -cf /var/backup/etc.tar /etc";\n  ⟦systemd.timers.files-backup⟧.timerConfig.OnCalendar = "02:45";\n}\n',
        says: ["The timer `files-backup` of a backup lacks `wantedBy = [ \"timers.target\" ];` and `timerConfig.Persistent = true;`: write them, or it does not run or leaves days out"],
      },
      {
        code: '{ ... }:\n{\n  ⟦systemd.services.files-backup⟧.script = "tar -cf /var/backup/etc.tar /etc";\n}\n',
        says: ['Nothing starts the unit `files-backup`, so that its backup is never made: write a timer `systemd.timers."files-backup"` with `wantedBy = [ "timers.target" ];`'],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  systemd.services.files-backup.script = "tar -cf /var/backup/etc.tar /etc";\n  systemd.timers.files-backup = {\n    wantedBy = [ "timers.target" ];\n    timerConfig = { OnCalendar = "02:45"; Persistent = true; };\n  };\n}\n',
      },
    ],
  },
  messages: {
    incomplete: "The timer {timer} of a backup lacks {parts}: write them, or it does not run or leaves days out",
    never: 'Nothing starts the unit {unit}, so that its backup is never made: write a timer {timer} with `wantedBy = [ "timers.target" ];`',
    orphan: "The timer {timer} starts the unit {unit}, which does not exist: write the unit, or name the right one with `timerConfig.Unit`",
  },
  *check(context) {
    const { config } = context;
    const jobs = jobsOf(context).filter(({ unit }) => unit !== null);
    const timers = unitsOf(config, "timers");
    for (const job of jobs) {
      const { unit } = job;
      if (unit === null) continue;
      if (job.trigger === "none" && job.kind !== "clean-up" && !isStartedElsewhere(context, unit.name)) {
        yield { message: "never", at: job.at, data: { unit: code(unit.name), timer: code(`systemd.timers."${unit.name}"`) } };
      }
      if (job.trigger !== "timer") continue;
      for (const timer of timers.filter((each) => timerUnit(config, each) === unit.name)) {
        const wantedBy = unitOption(config, timer, "wantedBy");
        const persistent = unitOption(config, timer, "timerConfig", "Persistent");
        const isWanted = wantedBy.value?.t === "list" ? wantedBy.value.open !== null || wantedBy.value.items.some((item) => textOf(item.thunk.force()) !== "") : wantedBy.state !== "undefined";
        const parts = [
          ...(isWanted ? [] : ['`wantedBy = [ "timers.target" ];`']),
          ...(persistent.state === "undefined" || (persistent.state === "known" && persistent.value !== null && isOn(persistent.value) === false) ? ["`timerConfig.Persistent = true;`"] : []),
        ];
        const near = timer.node.keys()[0];
        if (parts.length > 0 && near !== undefined) yield { message: "incomplete", missing: timer.name, near, data: { timer: code(timer.name), parts: enumerate(parts) } };
      }
    }
    // A timer that is named after a backup and starts nothing.
    const services = config.names("systemd.services");
    for (const timer of timers) {
      const name = timerUnit(config, timer);
      const at = timer.node.keys()[0];
      if (name === null || at === undefined || !/backup/i.test(timer.name) || services.open || services.names.includes(name)) continue;
      if (isNixosService(config, name) || unitOption(config, timer, "timerConfig", "OnCalendar").state !== "known") continue;
      yield { message: "orphan", at, data: { timer: code(timer.name), unit: code(name) } };
    }
  },
});

/** Whether a unit is wanted, required or named by anything else, a script among it. */
function isStartedElsewhere({ config, scripts }: Parameters<typeof jobsOf>[0], name: string): boolean {
  const unit = unitsOf(config, "services").find((each) => each.name === name);
  if (unit === undefined) return true;
  for (const option of ["wantedBy", "requiredBy", "upheldBy"]) if (unitOption(config, unit, option).state !== "undefined") return true;
  const mentions = (text: string): boolean => text.includes(name);
  if (scripts.some(({ text, source }) => source.unit !== name && mentions(text))) return true;
  return unitsOf(config, "services").some((other) => other.name !== name && ["wants", "requires", "onSuccess", "onFailure", "bindsTo"].some((option) => {
    const { value } = unitOption(config, other, option);
    return value?.t === "list" && value.items.some((item) => mentions(textOf(item.thunk.force()) ?? name));
  }));
}
