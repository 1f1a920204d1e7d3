/** Convention: Redis is backed up with SAVE. */
import type { Configuration, Script } from "../../engine/model/index.ts";
import { type CommandUse, head, whole } from "../../engine/model/script/index.ts";
import { type Fix, MODULES, type Operation, type Withheld, defineRule } from "../../engine/run/index.ts";
import type { Span } from "../../engine/syntax/index.ts";
import { fixOf } from "../vocabulary/fixes.ts";
import { jobsOf } from "../vocabulary/jobs.ts";
import { commandPlace } from "../vocabulary/places.ts";
import { redisServers } from "../vocabulary/redis.ts";
import { addCommandBehind, replaceWord, sliceAt } from "../vocabulary/text-fixes.ts";

export default defineRule({
  id: "backup-redis-save",
  theme: "backups",
  severity: "error",
  fix: "proposed",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Back up Redis with SAVE",
    convention: "A job that backs Redis up uses `redis-cli SAVE` and copies the dump file, not `redis-cli --rdb`; nor `BGSAVE` without waiting for its end.",
    handbook: "Backups (3-layer pattern): “Layer 2: Redis SAVE daily at 02:30”",
    why: "`--rdb` is a tool of replication: it asks the server for a full synchronisation and waits for the stream. In production the backups that it was to make were missing. `BGSAVE` answers before the dump is written, so that what is copied is yesterday's.",
    bad: [
      {
        code: "{ pkgs, ... }:\n{\n  services.redis.servers.wiki.enable = true;\n  systemd.services.redis-backup = {\n    startAt = \"02:30\";\n    script = ''\n      ⟦${pkgs.redis}/bin/redis-cli --rdb /var/backup/redis/dump.rdb⟧\n    '';\n  };\n}\n",
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
        if (words.some((word) => /^--rdb(?:=|$)/.test(word))) yield { message: "rdb", at, fix: () => saveAndCopy(context.config, script, command) };
        // Whoever asks for the time of the last save waits for it.
        else if (words.some((word) => /^bgsave$/i.test(word)) && !/lastsave|bgsave_in_progress|bgsave_status/i.test(script.text)) yield { message: "background", at, fix: () => fixOf("Write `SAVE`", saveInstead(script, command)) };
      }
    }
  },
});

/** The word that asks for a save in the background asks for one. */
function saveInstead(script: Script, { args, argsAt }: CommandUse): Operation | null {
  const index = args.findIndex((arg) => /^bgsave$/i.test(whole(arg) ?? ""));
  const word = argsAt[index];
  const place = word === undefined ? null : script.at(word);
  return place === null ? null : replaceWord(place, sliceAt(place), /^[a-z]/.test(sliceAt(place)) ? "save" : "SAVE");
}

/** The server saves, and its dump is copied to where the stream was to go. */
function saveAndCopy(config: Configuration, script: Script, command: CommandUse): Fix | Withheld | null {
  const { args, argsAt, elsewhere } = command;
  const servers = redisServers(config);
  const [server] = servers;
  const index = args.findIndex((arg) => whole(arg) === "--rdb");
  const target = argsAt[index + 1];
  const place = script.at(command);
  if (elsewhere || servers.length !== 1 || server === undefined) return { since: "it is not certain which server's dump has to be copied" };
  if (index < 0 || target === undefined || place === null || whole(args[index + 1]) === "-") return null;
  const words = script.at({ start: (argsAt[index] as Span).start, end: target.end });
  const path = script.at(target);
  if (words === null || path === null) return null;
  const name = server.path[3] ?? "";
  // NixOS's module keeps the data there (nixpkgs, `nixos/modules/services/databases/redis.nix`).
  const dump = `/var/lib/redis${name === "" ? "" : `-${name}`}/dump.rdb`;
  return fixOf("Save, and copy the dump", replaceWord(words, sliceAt(words), "SAVE"), addCommandBehind(script, place, `cp ${dump} ${sliceAt(path)}`));
}
