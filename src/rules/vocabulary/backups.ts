/** Where backups stand, and what the commands that make them copy from where to where. */
import type { Configuration } from "../../engine/model/index.ts";
import { type CommandUse, type Text, head, option, readArguments, whole } from "../../engine/model/script/index.ts";
import { inFolder } from "./shell-paths.ts";
import { tarRun } from "./tar.ts";

/** The folder below which all backups stand. */
export const BACKUP_FOLDER = "/var/backup";

/** Whether a path is the backup folder or surely below it. */
export function isInBackups(path: Text): boolean {
  const start = head(path);
  return (whole(path) ?? `${start}/`) === BACKUP_FOLDER || start.startsWith(`${BACKUP_FOLDER}/`);
}

/** Whether a path on this machine is in another folder that is called so. */
export function isInOtherBackups(path: Text): boolean {
  if (isInBackups(path) || /^\/(?:tmp|run|dev|proc|mnt|media|net|nix|var\/tmp|var\/run)(?:\/|$)/.test(head(path))) return false;
  const known = whole(path);
  return /^\/(?:[^/]+\/)*backups?\//.test(known === null ? head(path) : `${known}/`);
}

/** A path that is surely somewhere else than in the backup folder, and not just on its way there. */
export function isElsewhere(path: Text): boolean {
  const start = head(path);
  if (!start.startsWith("/") || isInBackups(path) || /^\/(?:tmp|run|dev|proc|sys|nix|var\/tmp|var\/run)(?:\/|$)/.test(start)) return false;
  if (path.parts.some((part) => typeof part === "string" && /(?:^|\/)\.\.(?:\/|$)/.test(part))) return false;
  // `/var/ba…` may still become the backup folder, and so may `/`.
  return whole(path) !== null || !`${BACKUP_FOLDER}/`.startsWith(start);
}

/** What a command copies. */
export interface Copy {
  /** Absolute where that can be told; null where they cannot be known. */
  readonly sources: readonly Text[] | null;
  readonly targets: readonly Text[];
}

/** Short and long options with a value, by command. */
const OPTIONS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  cp: ["tS", ["--target-directory", "--suffix"]],
  mv: ["tS", ["--target-directory", "--suffix"]],
  rsync: ["efTBM", ["--rsh", "--filter", "--exclude", "--include", "--exclude-from", "--include-from", "--files-from", "--log-file", "--link-dest", "--compare-dest", "--copy-dest", "--backup-dir", "--password-file", "--bwlimit", "--chmod", "--chown", "--port", "--timeout", "--temp-dir", "--partial-dir", "--suffix"]],
  restic: ["rpogH", ["--repo", "--password-file", "--repository-file", "--password-command", "--tag", "--host", "--exclude", "--exclude-file", "--iexclude", "--files-from", "--option", "--cache-dir", "--stdin-filename", "--parent"]],
  borg: ["Cepo", ["--compression", "--exclude", "--exclude-from", "--pattern", "--patterns-from", "--comment", "--repo", "--rsh", "--lock-wait"]],
};

/** Commands that copy files. */
export const COPIES: ReadonlySet<string> = new Set(["tar", "rsync", "cp", "restic", "borg"]);

/** What a run of one of `COPIES` (or `mv`) copies; null where it copies nothing. */
export function copyOf(command: CommandUse): Copy | null {
  const { name, args, argsAt, cwd, environment } = command;
  if (name === "tar") {
    const run = tarRun(command);
    if (run.mode !== "create") return null;
    return { sources: run.members, targets: run.archive === null ? command.flowsInto : [inFolder(cwd, run.archive) ?? run.archive] };
  }
  const [short, long] = OPTIONS[name ?? ""] ?? [];
  if (short === undefined || long === undefined) return null;
  const given = readArguments(args, argsAt, short, long);
  const operands = given.operands.map(({ text }) => inFolder(cwd, text) ?? text);
  const isVague = given.unclear || given.options.has("--files-from");
  if (name === "restic") {
    const repository = option(given, "-r", "--repo")?.text ?? environment.get("RESTIC_REPOSITORY");
    if (whole(given.operands[0]?.text) !== "backup" || repository === undefined) return null;
    return { sources: isVague ? null : operands.slice(1), targets: [repository] };
  }
  if (name === "borg") {
    const archive = given.operands[1]?.text;
    if (whole(given.operands[0]?.text) !== "create" || archive === undefined) return null;
    const [repository] = head(archive).split("::") as [string];
    const target = repository === "" ? environment.get("BORG_REPO") : { ...archive, parts: [repository, ...(repository === head(archive) ? archive.parts.slice(1) : [])] };
    return target === undefined ? null : { sources: isVague ? null : operands.slice(2), targets: [target] };
  }
  const into = option(given, "-t", "--target-directory");
  const isInto = into !== null && name !== "rsync";
  const target = isInto ? into.text : operands[operands.length - 1];
  if (target === undefined || operands.length < (isInto ? 1 : 2)) return null;
  return { sources: isVague ? null : isInto ? operands : operands.slice(0, -1), targets: [target] };
}

/** Where a dump of a database goes: the file that it names, else where its output ends up. */
export function dumpTargets(command: CommandUse): readonly Text[] {
  const isMysql = command.name !== null && /^(?:mysql|mariadb)/.test(command.name);
  const given = readArguments(command.args, command.argsAt, isMysql ? "uhPprS" : "dhpUfFnNtTZjEeS", ["--file", "--dbname", "--host", "--port", "--username", "--format", "--result-file", "--user", "--socket", "--schema", "--table", "--exclude-table", "--jobs"]);
  const named = isMysql ? option(given, "-r", "--result-file") : option(given, "-f", "--file");
  return named === null ? command.flowsInto : [inFolder(command.cwd, named.text) ?? named.text];
}

/** Services of NixOS that make backups in ways of their own. */
const FOREIGN = ["restic", "borgbackup", "borgmatic", "btrbk", "sanoid", "rsnapshot", "duplicity", "duplicati", "pgbackrest", "tarsnap", "znapzend", "zrepl", "bacula-fd"];

/** Whether backups may be made that are no jobs: what they take and what they remove is their own affair. */
export function hasForeignBackups(config: Configuration): boolean {
  return FOREIGN.some((name) => config.node(["services", name]).isDefined);
}
