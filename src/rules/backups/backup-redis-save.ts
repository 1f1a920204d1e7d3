/** Convention: Redis is backed up with SAVE. */
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { whole } from "../../engine/model/script/index.ts";

export default defineRule({
  id: "backup-redis-save",
  theme: "backups",
  severity: "error",
  fix: "proposed",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Back up Redis with SAVE",
    convention: "A job that backs Redis up uses `redis-cli SAVE` and copies the dump file, not `redis-cli --rdb`.",
    handbook: "Backups (3-layer pattern), “Layer 2: Redis SAVE daily at 02:30”",
    why: "`--rdb` speaks the replication protocol and asks the server for a full synchronisation; it failed in production and the backups were missing.",
    bad: [
      {
        code: '{ pkgs, ... }:\n{\n  systemd.services.redis-backup.script = \'\'\n    ${pkgs.redis}/bin/redis-cli ⟦--rdb⟧ /var/backup/redis/dump.rdb\n  \'\';\n}\n',
        says: ["`redis-cli --rdb` is a replication tool, and backups made with it fail: write `redis-cli SAVE` and copy the server's `dump.rdb`"],
      },
    ],
    good: [{ code: '{ pkgs, ... }:\n{\n  systemd.services.redis-backup.script = \'\'\n    ${pkgs.redis}/bin/redis-cli SAVE\n    cp /var/lib/redis-x/dump.rdb /var/backup/redis/dump.rdb\n  \'\';\n}\n' }],
  },
  messages: { rdb: "`redis-cli --rdb` is a replication tool, and backups made with it fail: write `redis-cli SAVE` and copy the server's `dump.rdb`" },
  *check({ scripts }) {
    for (const script of scripts) {
      for (const { name, args, argsAt } of script.facts.commands) {
        const index = name === "redis-cli" ? args.findIndex((arg) => /^--rdb(?:$|=)/.test(whole(arg) ?? "") || (typeof arg.parts[0] === "string" && arg.parts[0].startsWith("--rdb="))) : -1;
        const at = index < 0 || argsAt[index] === undefined ? null : script.at(argsAt[index]);
        if (at !== null) yield { message: "rdb", at };
      }
    }
  },
});
