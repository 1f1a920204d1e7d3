/** `services.postgresqlBackup` as NixOS's module takes it (nixpkgs, `nixos/modules/services/backup/postgresql-backup.nix`). */
import type { Configuration } from "../../engine/model/index.ts";
import { textOf } from "../../engine/model/index.ts";
import { type ScheduleEntry, entriesOf } from "./starts.ts";
import { type SourcedText, sourcedText } from "./text.ts";
import { placeOf } from "./options.ts";

const OPTION = ["services", "postgresqlBackup"] as const;
/** The user that the module's units run as. */
export const POSTGRES_USER = "postgres";

/** When it runs: the expressions of `startAt`, null where they cannot be known, `default` where NixOS decides. */
export function nixosTimes(config: Configuration): readonly ScheduleEntry[] | null | "default" {
  const answer = config.option([...OPTION, "startAt"]);
  return answer.state === "undefined" ? "default" : entriesOf(answer);
}

/** Whether the tree says itself when one of the module's units runs, so that `startAt` does not tell. */
export function isNixosTimingReplaced(config: Configuration): boolean {
  return ["services", "timers"].some((kind) => config.node(["systemd", kind]).names().some((name) => {
    if (name !== "postgresqlBackup" && !name.startsWith("postgresqlBackup-")) return false;
    const node = config.node(["systemd", kind, name]);
    return node.child("startAt").isDefined || node.child("timerConfig").child("OnCalendar").isDefined;
  }));
}

/** The folder that dumps go to, where it is written; null for NixOS's own, or where it cannot be known. */
export function writtenLocation(config: Configuration): SourcedText | null {
  const answer = config.option([...OPTION, "location"]);
  return answer.state === "known" && answer.value?.t === "string" ? sourcedText(answer.value, placeOf(answer)) : null;
}

/** The databases that are dumped: `all`, or their names; null where they cannot be known. */
export function dumpedDatabases(config: Configuration): ReadonlySet<string> | "all" | null {
  const all = config.option([...OPTION, "backupAll"]);
  if (all.state !== "undefined") {
    if (all.state !== "known" || all.value?.t !== "bool") return null;
    if (all.value.v) return "all";
  }
  if (config.node([...OPTION, "backupAllExcept"]).isDefined) return null;
  const { state, value } = config.option([...OPTION, "databases"]);
  if (state === "undefined") return "all";
  if (state !== "known" || value?.t !== "list" || value.open !== null || value.items.some((item) => item.maybe)) return null;
  const names = value.items.map((item) => textOf(item.thunk.force()));
  if (names.includes(null)) return null;
  return names.length === 0 ? "all" : new Set(names as string[]);
}
