/** The backup jobs of a configuration: which units make backups, of what kind, and what starts them. */
import { type At, type Configuration, type Script, showPath } from "../../engine/model/index.ts";
import { type CommandUse, type Text, baseNameOf, head, readArguments, whole } from "../../engine/model/script/index.ts";
import type { ConfigurationContext } from "../../engine/run/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { type Copy, COPIES, copyOf, dumpTargets, isInBackups, isInOtherBackups } from "./backups.ts";
import { thingAt } from "./options.ts";
import { code } from "./show.ts";
import { type Start, startsOf } from "./starts.ts";
import { isSurelyOff, isSurelyOn, type Unit, unitsOf } from "./units.ts";

/** What a job makes, in the order in which kinds are looked for. */
export const JOB_KINDS = ["database", "redis", "files", "clean-up"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** When backups are made: times of day of the machine (the handbook, "Key Conventions"). */
export const BACKUP_TIMES = { database: "02:00", redis: "02:30", files: "02:45" } as const;

/** A command that makes a backup, or removes old ones. */
export interface Making {
  readonly kind: JobKind;
  readonly script: Script;
  readonly command: CommandUse;
  /** Where it writes (or cleans), as far as it can be read. */
  readonly targets: readonly Text[];
  /** What it copies; null where it copies nothing, or that cannot be known. */
  readonly sources: readonly Text[] | null;
}

export interface Job {
  readonly kind: JobKind;
  /** The service; null for `services.postgresqlBackup`, whose units NixOS makes. */
  readonly unit: Unit | null;
  /** What messages call it. */
  readonly title: string;
  /** Where the job is written. */
  readonly at: At;
  readonly start: Start;
  /** What the unit's scripts do for backups, of all kinds; none for `services.postgresqlBackup`. */
  readonly makings: readonly Making[];
  readonly scripts: readonly Script[];
}

type Context = Pick<ConfigurationContext<unknown>, "config" | "scripts">;

const DUMPS: ReadonlySet<string> = new Set(["pg_dump", "pg_dumpall", "mysqldump", "mariadb-dump"]);
const DUMP = /(?:^|[\s/;&|("'])(pg_dump|pg_dumpall|mysqldump|mariadb-dump)(?=$|[\s;&|)"'])/;
const REDIS = /(?:^|[\s/;&|("'])redis-cli(?=$|[\s;&|)"'])/;
/** Commands that run others where the script's own paths mean nothing. */
const REMOTE = new Set(["podman", "docker", "nerdctl", "kubectl", "docker-compose", "podman-compose", "ssh", "machinectl", "nixos-container", "nsenter"]);
/** Commands of redis-cli that write the data to disk; others do not make it a backup. */
const SAVING = /^(?:bg)?save$|^--(?:functions-)?rdb$|^bgrewriteaof$/i;
/** Scripts of a unit in which a backup is made rather than something is stopped. */
const MAKING_OPTIONS = new Set(["script", "preStart", "postStart", "ExecStartPre", "ExecStart", "ExecStartPost"]);

/** All jobs and clean-ups that something starts, or that nothing does. */
export function jobsOf(context: Context): readonly Job[] {
  return allJobs(context.config, context);
}

const allJobs = onceFor((config: Configuration, context: Context): readonly Job[] => [...nixosJobs(config), ...unitJobs(context)]);

/** The jobs that a timer or `startAt` surely starts: those that conventions call backup jobs. */
export function timedJobs(context: Context): Job[] {
  return jobsOf(context).filter(({ start }) => start.kind === "timed");
}

function nixosJobs(config: Configuration): Job[] {
  const path = "services.postgresqlBackup";
  const at = isSurelyOn(config.option(`${path}.enable`)) ? thingAt(config, path) : null;
  if (at === null) return [];
  return [{ kind: "database", unit: null, title: code(path), at, start: { kind: "timed", timers: [] }, makings: [], scripts: [] }];
}

function unitJobs({ config, scripts }: Context): Job[] {
  const starts = startsOf(config);
  return unitsOf(config, "services").flatMap((unit): Job[] => {
    if (isSurelyOff(config.option([...unit.path, "enable"]))) return [];
    const own = scripts.filter(({ source }) => source.unit === unit.name && source.manager === "system" && !source.uncertain && MAKING_OPTIONS.has(source.option));
    const makings = own.flatMap((script) => makingsOf(script.facts).map((making): Making => ({ ...making, script })));
    const kind = JOB_KINDS.find((each) => makings.some((making) => making.kind === each));
    const at = unit.node.keys()[0];
    if (kind === undefined || at === undefined) return [];
    return [{ kind, unit, title: code(showPath([unit.name]).includes('"') ? `"${unit.name}".service` : `${unit.name}.service`), at, start: starts(unit), makings, scripts: own }];
  });
}

/** What a script does for backups. */
const makingsOf = onceFor(({ commands }: Script["facts"]) => commands.flatMap(makingOf));

function makingOf(command: CommandUse): Omit<Making, "script">[] {
  const found = (kind: JobKind, copy: Copy): Omit<Making, "script">[] => [{ kind, command, targets: copy.targets, sources: copy.sources }];
  const { name, args } = command;
  if (name === null) return [];
  if (REMOTE.has(name)) {
    const words = args.map((arg) => arg.parts.filter((part) => typeof part === "string").join(" "));
    if (words.some((word) => DUMP.test(word))) return found("database", { sources: null, targets: command.flowsInto });
    const client = words.findIndex((word) => REDIS.test(word));
    return client >= 0 && words.slice(client).some((word) => word.split(/\s+/).some((each) => SAVING.test(each))) ? found("redis", { sources: null, targets: command.flowsInto }) : [];
  }
  if (DUMPS.has(name)) return found("database", { sources: null, targets: dumpTargets(command) });
  if (name === "redis-cli") return isSaving(command) ? found("redis", { sources: null, targets: rdbTarget(command) }) : [];
  if (COPIES.has(name)) {
    const copy = copyOf(command);
    if (copy === null || command.elsewhere) return [];
    const isOurs = copy.targets.some(isInBackups) || (copy.targets.some(isInOtherBackups) && copy.sources !== null && !copy.sources.some(isInBackups));
    return isOurs ? found("files", copy) : [];
  }
  return name === "find" && isDeleting(command) ? found("clean-up", { sources: null, targets: searchedFolders(command) }).filter(({ targets }) => targets.some(isInBackups)) : [];
}

/** Whether a run of redis-cli writes the data to disk; one that is told what to do on standard input may. */
function isSaving({ args, argsAt }: CommandUse): boolean {
  const words = args.map((arg) => whole(arg) ?? head(arg));
  if (words.some((word) => SAVING.test(word) || word.startsWith("--rdb"))) return true;
  const given = readArguments(args, argsAt, "hpsauniXrD", ["--user", "--pass", "--askpass", "--sni", "--cacert", "--cert", "--key"]);
  return given.operands.length === 0 && !words.some((word) => /^-(?:-version|-help|-stat|-bigkeys|-latency|-scan|-eval|-pipe)/.test(word));
}

function rdbTarget({ args, flowsInto }: CommandUse): readonly Text[] {
  const index = args.findIndex((arg) => whole(arg) === "--rdb");
  const target = index < 0 ? undefined : args[index + 1];
  return target === undefined ? [] : whole(target) === "-" ? flowsInto : [target];
}

/** Whether a run of find removes what it finds: with `-delete`, or by handing it to rm. */
export function isDeleting({ args, pipedInto }: CommandUse): boolean {
  return args.some((arg, index) => whole(arg) === "-delete" || (/^-(?:exec|execdir|ok)$/.test(whole(arg) ?? "") && args[index + 1] !== undefined && baseNameOf(args[index + 1] as Text) === "rm")) || pipedInto.includes("xargs");
}

/** The folders that a run of find looks through: its words before the first test. */
function searchedFolders({ args }: CommandUse): Text[] {
  const end = args.findIndex((arg) => /^[-(!]/.test(head(arg)) && !/^-(?:[HLP]|O\d|D)$/.test(head(arg)));
  return args.slice(0, end < 0 ? undefined : end).filter((arg) => !head(arg).startsWith("-"));
}
