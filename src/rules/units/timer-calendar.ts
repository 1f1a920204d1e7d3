/** Convention: what says when a unit runs is a calendar expression that systemd takes. */
import { parseUnitCalendar } from "../../engine/domain/calendar.ts";
import { type Configuration, type OptionNode, showPath } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { code } from "../vocabulary/show.ts";
import { inMessage, isWhole, sureTexts } from "../vocabulary/text.ts";
import { nodesAt } from "../vocabulary/units.ts";

/** Options whose value NixOS writes into `OnCalendar=`; `*` stands for any name. */
const CALENDARS = [
  "systemd.timers.*.timerConfig.OnCalendar",
  "systemd.user.timers.*.timerConfig.OnCalendar",
  "systemd.services.*.startAt",
  "systemd.user.services.*.startAt",
  "nix.gc.dates",
  "nix.optimise.dates",
  "security.acme.renewInterval",
  "system.autoUpgrade.dates",
  "virtualisation.docker.autoPrune.dates",
  "virtualisation.podman.autoPrune.dates",
  "services.*.startAt",
  "services.*.timerConfig.OnCalendar",
  "services.*.*.*.timerConfig.OnCalendar",
  "services.borgbackup.jobs.*.startAt",
  "services.btrbk.instances.*.onCalendar",
  "services.btrfs.autoScrub.interval",
  "services.forgejo.dump.interval",
  "services.fstrim.interval",
  "services.gitea.dump.interval",
  "services.mysqlBackup.calendar",
  "services.nextcloud.autoUpdateApps.startAt",
  "services.zfs.autoScrub.interval",
  "services.zfs.trim.interval",
].map((path) => path.split("."));

export default defineRule({
  id: "timer-calendar",
  theme: "units",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Write times that systemd reads",
    convention: "Every `OnCalendar` and `startAt` is a calendar expression that systemd accepts, and so is what other options of NixOS hand to them (`nix.gc.dates`, `services.postgresqlBackup.startAt`, …).",
    handbook: "Expertise Areas: “Systemd timers and services for backups”",
    why: "NixOS does not look at the expression. systemd refuses to load a timer with a wrong one and only logs it: the backup never runs, and nobody is told.",
    bad: [
      {
        code: '{ ... }:\n{\n  systemd.timers.report.timerConfig.OnCalendar = "⟦daily⟧ 2:00";\n}\n',
        says: ['`systemd.timers.report.timerConfig.OnCalendar` is `daily 2:00`, which systemd refuses: "daily" stands alone or before a time zone; it means "*-*-* 00:00:00", which can be changed'],
      },
      {
        code: '{ ... }:\n{\n  systemd.services.report.startAt = [ "Mon *-*-* 02:00:00" "*-*-* ⟦24:00:00⟧" ];\n}\n',
        says: ["`systemd.services.report.startAt` is `*-*-* 24:00:00`, which systemd refuses: Hour 24 is out of range, 0 to 23; midnight is 0:00"],
      },
    ],
    good: [
      { code: '{ ... }:\n{\n  systemd.timers.report.timerConfig.OnCalendar = [ "Mon..Fri 02:00" "*-*-01 03:30:00 Europe/Amsterdam" ];\n  systemd.services.audit.startAt = "monthly";\n}\n' },
    ],
  },
  messages: {
    refused: "{option} is {expression}, which systemd refuses: {why}",
  },
  *check({ config }) {
    for (const node of calendarNodes(config)) {
      for (const source of sureTexts(node.answer())) {
        const result = isWhole(source) ? parseUnitCalendar(source.text) : null;
        // An empty one takes back what was set before.
        if (result === null || result.ok || source.text.trim() === "") continue;
        const [start, end] = partAt(source.text, result.offset);
        const at = source.place(start, end);
        if (at !== null) yield { message: "refused", at, data: { option: code(showPath(node.path)), expression: code(inMessage(source.text)), why: result.message.replace(/\.$/, "") } };
      }
    }
  },
});

/** The nodes of all calendar options, each once. */
function calendarNodes(config: Configuration): Set<OptionNode> {
  return new Set(CALENDARS.flatMap((path) => nodesAt(config, path)));
}

/** The part of an expression between blanks in which an offset lies; all of it where something is missing at its end. */
function partAt(text: string, offset: number): [number, number] {
  const rest = /^\S+/.exec(text.slice(offset))?.[0];
  return rest === undefined ? [0, text.length] : [offset, offset + rest.length];
}
