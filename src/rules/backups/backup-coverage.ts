/** Convention: databases, Redis servers and secret files are in a backup. */
import { type Configuration, textOf } from "../../engine/model/index.ts";
import { type CommandUse, display, option, readArguments, whole } from "../../engine/model/script/index.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { hasForeignBackups } from "../vocabulary/backups.ts";
import { BACKUP_TIMES, type Job, type Making, jobsOf } from "../vocabulary/jobs.ts";
import { ownUser } from "../vocabulary/job-users.ts";
import { dumpedDatabases } from "../vocabulary/postgresql-backup.ts";
import { type RedisServer, redisOption, redisPort, redisServers } from "../vocabulary/redis.ts";
import { secretFiles } from "../vocabulary/secret-files.ts";
import { isCoveredBy } from "../vocabulary/shell-paths.ts";
import { code } from "../vocabulary/show.ts";
import { isSurelyOn } from "../vocabulary/units.ts";

export default defineRule({
  id: "backup-coverage",
  theme: "backups",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Back up every database, Redis server and secret",
    convention: "Each PostgreSQL database of the system has a dump, each Redis server that keeps anything on disk a Redis job (of any form), and every secret file that the system creates or refers to is in a files job, itself or by a folder above it. A backup of the whole VM that the module's JSON names does not count, unless the option says so.",
    handbook: "Backups (3-layer pattern): “Layer 1: PostgreSQL pg_dump”, “Layer 2: Redis SAVE”, “Layer 3: Config/secrets tar”",
    why: "A restored machine needs all three. Secrets are made on the first boot: without them a restored database may not even be read, for tokens and passwords in it are encrypted with them.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  services.postgresql = {\n    enable = true;\n    ensureDatabases = [ "wiki" ⟦"forum"⟧ ];\n  };\n  services.postgresqlBackup = {\n    enable = true;\n    databases = [ "wiki" ];\n    startAt = "02:00";\n  };\n}\n',
        says: ["Nothing dumps the database `forum`: add it to `services.postgresqlBackup.databases`"],
      },
      {
        code: '{ ... }:\n{\n  ⟦services.redis.servers.cache⟧.enable = true;\n  services.wiki.environmentFile = ⟦"/etc/secrets/wiki.env"⟧;\n}\n',
        says: ["No job backs up the Redis server `cache`: write a service with `redis-cli SAVE` that copies its dump to `/var/backup`, and a timer at 02:30", "No job archives the secret file `/etc/secrets/wiki.env`: write a service that archives it, or its folder, to `/var/backup`, and a timer at 02:45"],
      },
    ],
    good: [
      {
        code: "{ pkgs, ... }:\n{\n  services.postgresql = { enable = true; ensureDatabases = [ \"wiki\" ]; };\n  services.postgresqlBackup = { enable = true; startAt = \"02:00\"; };\n  services.wiki.environmentFile = \"/etc/secrets/wiki.env\";\n  systemd.services.files-backup = {\n    startAt = \"02:45\";\n    script = \"${pkgs.gnutar}/bin/tar -cf /var/backup/files/secrets.tar -C / etc/secrets\";\n  };\n}\n",
      },
    ],
  },
  options: {
    type: "object",
    additionalProperties: false,
    properties: {
      countVmBackup: { type: "boolean", description: "Whether a backup of the whole VM (`backup:vm` in the module's JSON) is enough.", default: false },
    },
  },
  messages: {
    database: "Nothing dumps the database {name}: {write}",
    redis: "No job backs up {server}: write a service with `redis-cli SAVE` that copies its dump to `/var/backup`, and a timer at {time}",
    secret: "No job archives the secret file {path}: write a service that archives it, or its folder, to `/var/backup`, and a timer at {time}",
  },
  *check(context) {
    const { config, options, json } = context;
    if (config.unfollowed.length > 0 || hasForeignBackups(config) || (options.countVmBackup && json !== null && namesVmBackup(json.value))) return;
    const jobs = jobsOf(context);
    const write = isSurelyOn(config.option("services.postgresqlBackup.enable"))
      ? "add it to `services.postgresqlBackup.databases`"
      : `write \`services.postgresqlBackup = { enable = true; startAt = "*-*-* ${BACKUP_TIMES.database}:00"; };\``;
    for (const { name, at } of databases(config)) {
      if (at !== null && !isDumped(config, jobs, name)) yield { message: "database", missing: `database ${name}`, near: at, data: { name: code(name), write } };
    }
    for (const server of redisServers(config)) {
      const at = server.node.keys()[0];
      if (at !== undefined && keepsData(config, server) && !isSaved(config, jobs, server)) yield { message: "redis", missing: server.title, near: at, data: { server: server.title, time: BACKUP_TIMES.redis } };
    }
    for (const { path, at } of secretFiles(context)) {
      if (!isArchived(jobs, path)) yield { message: "secret", missing: `secret ${path}`, near: at, data: { path: code(path), time: BACKUP_TIMES.files } };
    }
  },
});

/** The databases that the system surely has. */
function databases(config: Configuration) {
  if (!isSurelyOn(config.option("services.postgresql.enable"))) return [];
  const answer = config.option("services.postgresql.ensureDatabases");
  if (answer.value?.t !== "list") return [];
  return answer.value.items.flatMap((item) => {
    const name = item.maybe ? null : textOf(item.thunk.force());
    return name === null ? [] : [{ name, at: item.thunk.at ?? answer.winners[0]?.valueAt ?? null }];
  });
}

/** Whether something dumps a database, or may. */
function isDumped(config: Configuration, jobs: readonly Job[], name: string): boolean {
  return jobs.some((job) => {
    if (job.unit === null) {
      const dumped = dumpedDatabases(config);
      return dumped === null || dumped === "all" || dumped.has(name);
    }
    return job.makings.some(({ kind, command }) => kind === "database" && mayDump(config, job, command, name));
  });
}

function mayDump(config: Configuration, job: Job, command: CommandUse, name: string): boolean {
  if (command.name === "pg_dumpall") return true;
  if (command.name !== "pg_dump") return !/^(?:mysql|mariadb)/.test(command.name ?? "");
  const { options, operands, unclear } = readArguments(command.args, command.argsAt, "dhpUfFnNtTZjEeS", ["--file", "--dbname", "--host", "--port", "--username", "--format", "--schema", "--table", "--exclude-table", "--exclude-schema", "--jobs", "--compress", "--role", "--encoding"]);
  const given = { options, operands, unclear };
  if (unclear) return true;
  const user = option(given, "-U", "--username")?.text ?? command.user;
  const named = option(given, "-d", "--dbname")?.text ?? operands[0]?.text ?? command.environment.get("PGDATABASE") ?? user;
  const text = named === undefined || named === null ? ownUser(config, job) : whole(named);
  return text === null || text === name || /[=:/]/.test(text);
}

/** A server without `save` points and without an append-only file keeps nothing on disk. */
function keepsData(config: Configuration, server: RedisServer): boolean {
  const save = redisOption(config, server, "save");
  const isEmpty = save.state === "known" && save.value?.t === "list" && save.value.items.length === 0 && save.value.open === null;
  const written = redisOption(config, server, "settings", "save");
  const isWrittenEmpty = written.state === "known" && written.value?.t === "string" && textOf(written.value)?.trim() === "";
  return !(written.state === "undefined" ? isEmpty : isWrittenEmpty) || isSurelyOn(redisOption(config, server, "appendOnly")) || isSurelyOn(redisOption(config, server, "settings", "appendonly"));
}

/** Whether a job of any form takes a server's data: one that names no server may mean any. */
function isSaved(config: Configuration, jobs: readonly Job[], server: RedisServer): boolean {
  const name = server.path[server.path.length - 1] as string;
  const own = server.path.length < 4 || name === "" ? "redis" : `redis-${name}`;
  const port = redisPort(config, server);
  return jobs.some((job) => {
    if (job.makings.some(({ kind, sources }) => kind === "files" && (sources === null || sources.some((source) => isCoveredBy(`/var/lib/${own}`, source) !== false || display(source).startsWith(`/var/lib/${own}/`))))) return true;
    if (!job.makings.some(({ kind }) => kind === "redis")) return false;
    const hints = hintsOf(config, job);
    return hints.length === 0 || hints.some((hint) => hint === own || hint === `port ${port ?? "?"}` || port === null);
  });
}

/** Which servers a job names: by port, by the folder of their data or socket, by the user that it runs as. */
function hintsOf(config: Configuration, job: Job): string[] {
  const hints = new Set<string>();
  const user = ownUser(config, job);
  // Through its port a server is reached as any user; only the name of one that NixOS made tells.
  if (user !== null && user.startsWith("redis-")) hints.add(user);
  for (const { command, kind } of job.makings) {
    if (kind !== "redis") continue;
    const port = option(readArguments(command.args, command.argsAt, "hpsauniXrD", ["--user", "--pass"]), "-p")?.text;
    if (port !== undefined) hints.add(`port ${whole(port) ?? "?"}`);
  }
  for (const { text } of job.scripts) for (const match of text.matchAll(/\/(?:var\/lib|run)\/(redis(?:-[\w-]+)?)\//g)) hints.add(match[1] as string);
  return [...hints];
}

/** Whether a files job takes a file, or may. */
function isArchived(jobs: readonly Job[], path: string): boolean {
  return jobs.some(({ makings }) => makings.some(({ kind, sources }: Making) => kind === "files" && (sources === null || sources.some((source) => isCoveredBy(path, source) !== false))));
}

/** Whether a module's JSON depends on a backup of the VM. */
function namesVmBackup(value: unknown): boolean {
  const depends = typeof value === "object" && value !== null && "dependsOn" in value ? (value as { dependsOn: unknown }).dependsOn : null;
  return Array.isArray(depends) && depends.some((each) => typeof each === "string" && each.startsWith("backup:"));
}

