/** Cuts places to what is worth marking. */
import type { At, Script } from "../../engine/model/index.ts";
import type { CommandUse } from "../../engine/model/script/index.ts";

/** The first line of a place: a command of several lines is marked there. */
export function firstLine(at: At): At {
  const text = at.file.syntax.source.text.slice(at.start, at.end);
  const line = text.split("\n", 1)[0] as string;
  return { ...at, end: at.start + line.replace(/[ \t]*\\?[ \t\r]*$/, "").length };
}

/** Where a command stands, or the first line of it; null where nothing of it was written. */
export function commandPlace(script: Script, command: CommandUse): At | null {
  const at = script.at(command);
  return at === null ? null : firstLine(at);
}
