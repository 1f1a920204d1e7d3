/** Cuts places to what is worth marking. */
import type { At } from "../../engine/model/index.ts";

/** The first line of a place: a command of several lines is marked there. */
export function firstLine(at: At): At {
  const text = at.file.syntax.source.text.slice(at.start, at.end);
  const line = text.split("\n", 1)[0] as string;
  return { ...at, end: at.start + line.replace(/[ \t]*\\?[ \t\r]*$/, "").length };
}
