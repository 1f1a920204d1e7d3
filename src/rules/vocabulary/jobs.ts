/** The backup jobs of a configuration: what each makes, when it runs, and the command that does it. */
import type { Answer, At, Configuration, Script } from "../../engine/model/index.ts";
import { textOf } from "../../engine/model/index.ts";
import { type CommandUse, type Text, head, keyOf, whole } from "../../engine/model/script/index.ts";
import type { ConfigurationContext } from "../../engine/run/index.ts";
import { placeOf, thingAt } from "./options.ts";
import { isSurelyOn, unitOption, unitsOf, type Unit } from "./units.ts";

/** What a job makes; the order is that in which a script is judged. */
export type JobKind = "database" | "redis" | "files" | "clean-up";

/** Where backups stand. */
export const BACKUP_FOLDER = "/var/backup";

/** One entry of a schedule. */
export interface Schedule {
  readonly text: string;
  readonly at: At | null;
}

export interface Job {
  readonly kind: JobKind;
  /** The unit's name without suffix; null for the jobs that NixOS makes itself. */
  readonly unit: Unit | null;
  readonly title: string;
  /** Where the job is written. */
  readonly at: At;
  /** The script and the command in it that makes the backup; null for NixOS's own jobs. */
  readonly script: Script | null;
  readonly command: CommandUse | null;
  /** When it runs, as far as it is written; null where that cannot be known. */
  readonly schedules: readonly Schedule[] | null;
  /** How it is started: a timer of its own, `startAt`, or neither as far as can be seen. */
  readonly trigger: "timer" | "startAt" | "none" | "unknown";
}

const DUMPS = new Set(["pg_dump", "pg_dumpall", "mysqldump", "mariadb-dump"]);
const COPIES = new Set(["tar", "rsync", "cp", "restic", "borg", "install"]);

type Context = Pick<ConfigurationContext<unknown>, "config" | "scripts">;

const cache = new WeakMap<Configuration, readonly Job[]>();

/** The jobs, NixOS's own first. */
export function jobsOf(context: Context): readonly Job[] {
  let jobs = cache.get(context.config);
  if (jobs === undefined) {
    jobs = [...ownJobs(context.config), ...unitJobs(context)];
    cache.set(context.config, jobs);
  }
  return jobs;
}

/** `services.postgresqlBackup`, which NixOS runs at 01:15 unless told otherwise. */
function ownJobs(config: Configuration): Job[] {
  if (!isSurelyOn(config.option("services.postgresqlBackup.enable"))) return [];
  const at = thingAt(config, "services.postgresqlBackup");
  if (at === null) return [];
  const startAt = config.option("services.postgresqlBackup.startAt");
  const schedules = startAt.state === "undefined" ? [{ text: "*-*-* 01:15:00", at: null }] : entriesOf(startAt);
  return [{ kind: "database", unit: null, title: "`services.postgresqlBackup`", at, script: null, command: null, schedules, trigger: "startAt" }];
}

/** The entries of a calendar option, which is one text or a list of them. */
export function entriesOf(answer: Answer): Schedule[] | null {
  if (answer.state !== "known" || answer.value === null) return null;
  const { value } = answer;
  if (value.t === "string") {
    const text = textOf(value);
    return text === null ? null : [{ text, at: placeOf(answer) }];
  }
  if (value.t !== "list" || value.open !== null) return null;
  const entries: Schedule[] = [];
  for (const item of value.items) {
    const text = textOf(item.thunk.force());
    if (text === null || item.maybe) return null;
    entries.push({ text, at: item.thunk.at });
  }
  return entries;
}

function unitJobs({ config, scripts }: Context): Job[] {
  const timers = unitsOf(config, "timers");
  return unitsOf(config, "services").flatMap((unit): Job[] => {
    const own = scripts.filter(({ source }) => source.unit === unit.name && source.manager === "system" && (source.option === "script" || source.option === "ExecStart"));
    const found = own.flatMap((script) => {
      const making = commandOf(script);
      return making === null ? [] : [{ script, ...making }];
    });
    const first = RANKS.flatMap((kind) => found.filter((each) => each.kind === kind))[0];
    const at = unit.node.keys()[0];
    if (first === undefined || at === undefined) return [];
    const { schedules, trigger } = triggerOf(config, unit, timers);
    return [{ kind: first.kind, unit, title: `the unit \`${unit.name}\``, at, script: first.script, command: first.command, schedules, trigger }];
  });
}

const RANKS: readonly JobKind[] = ["database", "redis", "files", "clean-up"];

/** The command of a script that makes a backup, by the first kind that fits. */
function commandOf(script: Script): { kind: JobKind; command: CommandUse } | null {
  const { commands } = script.facts;
  const dump = commands.find(({ name }) => name !== null && DUMPS.has(name));
  if (dump !== undefined) return { kind: "database", command: dump };
  const save = commands.find(({ name, args }) => name === "redis-cli" && args.some((arg) => /^(?:bg)?save$|^--rdb$/i.test(whole(arg) ?? "")));
  if (save !== undefined) return { kind: "redis", command: save };
  const copy = commands.find((command) => command.name !== null && COPIES.has(command.name) && writesBackup(command, script));
  if (copy !== undefined) return { kind: "files", command: copy };
  const clean = commands.find(({ name, args }) => name === "find" && args.some((arg) => whole(arg) === "-delete" || /^-exec/.test(whole(arg) ?? "")) && args[0] !== undefined && isInBackups(args[0]));
  return clean === undefined ? null : { kind: "clean-up", command: clean };
}

/** Whether a path is surely the backup folder or below it. */
export function isInBackups(path: Text): boolean {
  const start = head(path);
  return start === BACKUP_FOLDER || start.startsWith(`${BACKUP_FOLDER}/`);
}

function writesBackup(command: CommandUse, script: Script): boolean {
  if (command.outputs.some(isInBackups)) return true;
  if (script.facts.files.some((file) => file.start >= command.start && file.end <= command.end && isInBackups(file.path))) return true;
  // The last operand of a copy is its target; `restic` and `borg` name a repository.
  const last = command.args[command.args.length - 1];
  if (command.name === "rsync" || command.name === "cp") return last !== undefined && isInBackups(last);
  return (command.name === "restic" || command.name === "borg") && command.args.some(isInBackups);
}

function triggerOf(config: Configuration, unit: Unit, timers: readonly Unit[]): Pick<Job, "schedules" | "trigger"> {
  const startAt = unitOption(config, unit, "startAt");
  if (startAt.state === "known") {
    const entries = entriesOf(startAt);
    if (entries === null || entries.length > 0) return { schedules: entries, trigger: "startAt" };
  } else if (startAt.state !== "undefined") return { schedules: null, trigger: "unknown" };
  const timer = timers.find((each) => timerUnit(config, each) === unit.name);
  if (timer === undefined) return { schedules: null, trigger: config.unfollowed.length > 0 || config.names("systemd.timers").open ? "unknown" : "none" };
  return { schedules: entriesOf(unitOption(config, timer, "timerConfig", "OnCalendar")), trigger: "timer" };
}

/** The service that a timer starts (systemd.timer(5), `Unit=`); null where that is not known. */
export function timerUnit(config: Configuration, timer: Unit): string | null {
  const answer = unitOption(config, timer, "timerConfig", "Unit");
  if (answer.state === "undefined") return timer.name;
  const text = answer.state === "known" && answer.value !== null ? textOf(answer.value) : null;
  return text === null ? null : text.replace(/\.service$/, "");
}

/** The files that a job leaves behind, by their paths as far as they are known. */
export function targetsOf(job: Job): readonly { readonly path: Text; readonly at: At | null }[] {
  const { script } = job;
  if (script === null) return [];
  return script.facts.files.map((file) => ({ path: file.path, at: script.at(file) }));
}

export { keyOf };
