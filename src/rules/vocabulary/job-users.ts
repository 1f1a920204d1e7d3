/** Which user a job's commands run as. */
import { type Configuration, textOf } from "../../engine/model/index.ts";
import { whole } from "../../engine/model/script/index.ts";
import type { Job, Making } from "./jobs.ts";
import { POSTGRES_USER } from "./postgresql-backup.ts";
import { isSurelyOff, unitOption } from "./units.ts";

/** The user of a job's unit; null where it cannot be known. */
export function ownUser(config: Configuration, { unit }: Job): string | null {
  if (unit === null) return POSTGRES_USER;
  const dynamic = unitOption(config, unit, "serviceConfig", "DynamicUser");
  if (dynamic.state !== "undefined" && !isSurelyOff(dynamic)) return null;
  const answer = unitOption(config, unit, "serviceConfig", "User");
  if (answer.state === "undefined") return "root";
  const text = answer.state === "known" && answer.value !== null ? textOf(answer.value) : null;
  return text === null || text === "" || text.includes("%") ? null : text;
}

/** The user as which a command writes its target: the shell's own, unless the command opens the file itself. */
export function writingUser(config: Configuration, job: Job, { script, command, targets }: Making): string | null {
  const opensItself = targets.length > 0 && targets !== command.flowsInto && command.user !== null;
  if (opensItself) return whole(command.user as NonNullable<typeof command.user>);
  return script.source.isPrivileged ? "root" : ownUser(config, job);
}
