/** Cuts places to what is worth marking. */
import { trimmedEnd } from "../../engine/domain/trim.ts";
import type { At, Script } from "../../engine/model/index.ts";
import type { CommandUse } from "../../engine/model/script/index.ts";

/** The first line of a place: a command of several lines is marked there. */
export function firstLine(at: At): At {
  const text = at.file.syntax.source.text.slice(at.start, at.end);
  const line = text.split("\n", 1)[0] as string;
  const written = trimmedEnd(line, " \t\r");
  return { ...at, end: at.start + (written.endsWith("\\") ? trimmedEnd(written.slice(0, -1), " \t") : written).length };
}

/** Where a command stands, or the first line of it; null where nothing of it was written. */
export function commandPlace(script: Script, command: CommandUse): At | null {
  const at = script.at(command);
  return at === null ? null : firstLine(at);
}
