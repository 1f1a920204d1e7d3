/** Convention: Redis is backed up with SAVE. */
import { head, whole } from "../../engine/model/script/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { jobsOf } from "../vocabulary/jobs.ts";
import { commandPlace } from "../vocabulary/places.ts";

export default defineRule({
  id: "backup-redis-save",
  theme: "backups",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Back up Redis with SAVE",
    convention: "A job that backs Redis up uses `redis-cli SAVE` and copies the dump file, not `redis-cli --rdb`; nor `BGSAVE` without waiting for its end.",
    handbook: "Backups (3-layer pattern): “Layer 2: Redis SAVE daily at 02:30”",
    why: "`--rdb` is a tool of replication: it asks the server for a full synchronisation and waits for the stream. In production the backups that it was to make were missing. `BGSAVE` answers before the dump is written, so that what is copied is yesterday's.",
    bad: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.redis-backup = {\n    startAt = \"02:30\";\n    script = ''\n      ⟦${pkgs.redis}/bin/redis-cli --rdb /var/backup/redis/dump.rdb⟧\n    '';\n  };\n}\n",
        says: ["`redis-cli --rdb` is a tool of replication and no way to make backups: write `redis-cli SAVE` and copy the server's `dump.rdb`"],
      },
    ],
    good: [
      {
        code: "{ pkgs, ... }:\n{\n  systemd.services.redis-backup = {\n    startAt = \"02:30\";\n    script = ''\n      ${pkgs.redis}/bin/redis-cli SAVE\n      cp /var/lib/redis-wiki/dump.rdb /var/backup/redis/dump-$(date +%F).rdb\n    '';\n  };\n}\n",
      },
    ],
  },
  messages: {
    rdb: "`redis-cli --rdb` is a tool of replication and no way to make backups: write `redis-cli SAVE` and copy the server's `dump.rdb`",
    background: "`redis-cli BGSAVE` answers before the dump is written, so that what is copied is the one before: write `redis-cli SAVE`",
  },
  *check(context) {
    for (const { makings } of jobsOf(context)) {
      for (const { kind, script, command } of makings) {
        if (kind !== "redis") continue;
        const at = commandPlace(script, command);
        if (at === null) continue;
        const words = command.args.flatMap((arg) => (whole(arg) ?? head(arg)).split(/\s+/));
        if (words.some((word) => /^--rdb(?:=|$)/.test(word))) yield { message: "rdb", at };
        // Whoever asks for the time of the last save waits for it.
        else if (words.some((word) => /^bgsave$/i.test(word)) && !/lastsave|bgsave_in_progress|bgsave_status/i.test(script.text)) yield { message: "background", at };
      }
    }
  },
});
