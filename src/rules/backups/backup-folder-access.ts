/** Convention: a backup job can enter the folders on the way to where it writes. */
import { HOLE } from "../../engine/domain/hole.ts";
import { isAdjustingLine, isFolderLine } from "../../engine/domain/tmpfiles.ts";
import { type Configuration, textOf } from "../../engine/model/index.ts";
import { display, head, whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { isInBackups } from "../vocabulary/backups.ts";
import { cleanPath } from "../vocabulary/folders.ts";
import { writingUser } from "../vocabulary/job-users.ts";
import { type Job, jobsOf } from "../vocabulary/jobs.ts";
import { thingAt } from "../vocabulary/options.ts";
import { commandPlace } from "../vocabulary/places.ts";
import { POSTGRES_USER, writtenLocation } from "../vocabulary/postgresql-backup.ts";
import { folderOfText } from "../vocabulary/shell-paths.ts";
import { code } from "../vocabulary/show.ts";
import { type TmpfilesEntry, type TmpfilesLines, tmpfilesLines } from "../vocabulary/tmpfiles-lines.ts";
import type { At, Script } from "../../engine/model/index.ts";

/** A folder that a job writes into. */
interface Target {
  readonly job: Job;
  readonly user: string;
  readonly folder: string;
  /** The job makes new files in the folder, whose owner and mode are known from the tree. */
  readonly mustWrite: boolean;
  readonly at: At | null;
}

export default defineRule({
  id: "backup-folder-access",
  theme: "backups",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Let backup jobs enter their folders",
    convention: "The user that a backup job runs as can write where it writes: no folder on the way is created closed to it by `systemd.tmpfiles`.",
    handbook: "Task Types: “Writing tmpfiles.rules for directory structure”; Key Conventions: “Backups under /var/backup/”",
    why: "A dump into `/var/backup/wiki/postgresql` fails if `/var/backup/wiki` belongs to root with mode 0700, though the inner folder belongs to `postgres`: to get there the user must pass the outer one. It happened, and there were no dumps.",
    bad: [
      {
        code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = "02:00";\n    location = "/var/backup/wiki/postgresql";\n  };\n  systemd.tmpfiles.rules = [\n    "d /var/backup/wiki ⟦0700⟧ root root -"\n    "d /var/backup/wiki/postgresql 0700 postgres postgres -"\n  ];\n}\n',
        says: ["`services.postgresqlBackup` writes to `/var/backup/wiki/postgresql` as `postgres`, who cannot enter `/var/backup/wiki` (mode 0700, of `root`): write `0711`, or let the job write to a folder that is not inside it"],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  services.postgresqlBackup = {\n    enable = true;\n    startAt = "02:00";\n    location = "/var/backup/wiki/postgresql";\n  };\n  systemd.tmpfiles.rules = [\n    "d /var/backup/wiki 0711 root root -"\n    "d /var/backup/wiki/postgresql 0700 postgres postgres -"\n  ];\n}\n',
      },
    ],
  },
  messages: {
    closed: "{job} writes to {target} as {user}, who cannot enter {folder} (mode {mode}, of {owner}): write {write}, or let the job write to a folder that is not inside it",
    readOnly: "{job} writes to {folder} as {user}, who cannot write there (mode {mode}, of {owner}): let the folder belong to {user}",
  },
  *check(context) {
    const { config, scripts } = context;
    const lines = tmpfilesLines(config);
    for (const target of targetsOf(config, jobsOf(context))) {
      if (target.user === "root" || target.user === "0") continue;
      for (const folder of foldersOnTheWay(target.folder)) {
        const isLast = folder === target.folder;
        const entry = closing(config, lines, folder, target, isLast && target.mustWrite);
        if (entry === null || entry.at === null || isTouched(scripts, folder)) continue;
        const { rule } = entry;
        const mode = rule.mode ?? 0o755;
        const data = { job: target.job.title, user: code(target.user), folder: code(folder), mode: octal(mode), owner: code(rule.user ?? "root") };
        const related = target.at === null ? [] : [{ at: target.at, message: `the job writes to ${target.folder}` }];
        if (isLast) yield { message: "readOnly", at: entry.at, data, related };
        else yield { message: "closed", at: entry.at, data: { ...data, target: code(target.folder), write: code(octal(mode | 0o011)) }, related };
        break;
      }
    }
  },
});

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

function targetsOf(config: Configuration, jobs: readonly Job[]): Target[] {
  return jobs.flatMap((job): Target[] => {
    if (job.start.kind === "otherwise" || job.kind === "clean-up") return [];
    if (job.unit === null) {
      const location = writtenLocation(config);
      const folder = location === null ? "/var/backup/postgresql" : location.text.includes(HOLE) ? null : cleanPath(location.text);
      // NixOS's module has a line of its own for the last folder; which of two lines counts is not known.
      return folder === null ? [] : [{ job, user: POSTGRES_USER, folder, mustWrite: false, at: location?.at ?? thingAt(config, "services.postgresqlBackup") }];
    }
    return job.makings.flatMap((making): Target[] => {
      const user = writingUser(config, job, making);
      if (user === null || making.kind === "clean-up" || making.command.elsewhere) return [];
      return making.targets.filter(isInBackups).flatMap((path) => {
        const isFolder = /\/$/.test(display(path)) || making.command.name === "rsync" || making.command.name === "restic" || making.command.name === "borg";
        const known = whole(path);
        const folder = isFolder && known !== null ? cleanPath(known) : folderOfText(path);
        return folder === null ? [] : [{ job, user, folder, mustWrite: true, at: commandPlace(making.script, making.command) }];
      });
    });
  });
}

function foldersOnTheWay(folder: string): string[] {
  const names = folder.split("/").slice(1);
  return names.map((_, index) => `/${names.slice(0, index + 1).join("/")}`);
}

/** The line that creates a folder closed to the job's user; null where there is none, or another may open it. */
function closing(config: Configuration, lines: TmpfilesLines, folder: string, target: Target, mustWrite: boolean): TmpfilesEntry | null {
  const own = lines.entries.filter(({ rule }) => rule.path === folder || (rule.path !== null && (rule.type === "Z" || /^[aA]/.test(rule.type)) && folder.startsWith(`${rule.path}/`)));
  const [entry] = own;
  if (entry === undefined || own.length > 1 || !isFolderLine(entry.rule) || own.some(({ rule }) => isAdjustingLine(rule))) return null;
  if (folder === target.folder && target.job.unit === null) return null;
  const { rule } = entry;
  const mode = rule.mode ?? 0o755;
  const needed = mustWrite ? 0o3 : 0o1;
  const allows = (shift: number): boolean => ((mode >> shift) & needed) === needed;
  const owner = rule.user ?? "root";
  if (owner === target.user) return allows(6) ? null : entry;
  if (/^\d+$/.test(owner) || /^\d+$/.test(target.user)) return null;
  return allows(0) || (allows(3) && mayBeIn(config, target, rule.group ?? "root")) ? null : entry;
}

/** Whether a job's user may be of a group. Only of root's own it is known who is not. */
function mayBeIn(config: Configuration, { user, job }: Target, group: string): boolean {
  if (group !== "root") return true;
  const member = config.node(["users", "users", user]);
  const groups = [...(job.unit === null ? [] : ["Group", "SupplementaryGroups"].map((name) => job.unit?.node.child("serviceConfig").child(name).answer())), member.child("group").answer(), member.child("extraGroups").answer()];
  return groups.some((answer) => {
    if (answer === undefined || answer.state === "undefined") return false;
    if (answer.state !== "known" || answer.value === null) return true;
    const texts = answer.value.t === "list" ? answer.value.items.map((item) => textOf(item.thunk.force())) : [textOf(answer.value)];
    return texts.some((text) => text === null || text.split(/\s+/).includes("root"));
  });
}

/** Whether a script gives a folder another owner or mode. */
function isTouched(scripts: readonly Script[], folder: string): boolean {
  return scripts.some(({ facts }) =>
    facts.commands.some(({ name, args }) => {
      if (name === null || !/^(?:chmod|chown|chgrp|setfacl|install|rmdir|rm|mv|mount)$/.test(name)) return false;
      return args.some((arg) => {
        const text = whole(arg);
        // A path of which only the beginning is known may be the folder.
        if (text === null) return head(arg).startsWith("/var") && folder.startsWith(head(arg));
        const path = text.replace(/\/$/, "");
        return path === folder || (path !== "" && folder.startsWith(`${path}/`) && args.some((flag) => /^-[A-Za-z]*R|^--recursive$/.test(whole(flag) ?? "")));
      });
    }),
  );
}
