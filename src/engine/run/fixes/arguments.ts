/** Adds a name to the arguments of a module's function. */
import type { Formals } from "../../syntax/index.ts";
import type { Edit } from "./apply.ts";
import type { Argument } from "./operations.ts";

/** The order in which modules name their arguments. */
const CUSTOM = ["config", "lib", "pkgs"];

/** The edit; "present" where the argument is there, null where the file's form has no room for it. */
export function argumentEdit({ file, name }: Argument): Edit | "present" | null {
  const { root } = file.syntax;
  if (root.kind === "attrs") return { start: root.start, end: root.start, text: `{ ${name}, ... }:\n` };
  if (root.kind !== "lambda" || root.formals === null) return null;
  const { formals } = root;
  if (formals.list.some((formal) => formal.name === name)) return "present";
  if (!formals.open && formals.list.length === 0) return { start: formals.start, end: formals.end, text: `{ ${name}, ... }` };
  const next = nextByCustom(formals, name);
  if (next !== undefined) return { start: next.start, end: next.start, text: `${name},${between(file.syntax.source.text, formals, next.start)}` };
  const last = formals.list[formals.list.length - 1];
  if (last === undefined) return { start: formals.start, end: formals.end, text: `{ ${name}, ... }` };
  return { start: last.end, end: last.end, text: `, ${name}` };
}

/** The argument before which a name stands by custom: its successor, or whatever follows its predecessor. */
function nextByCustom({ list }: Formals, name: string): Formals["list"][number] | undefined {
  const place = CUSTOM.indexOf(name);
  const before = list.findIndex((formal) => formal.name === CUSTOM[place - 1]);
  return before >= 0 ? list[before + 1] : list[0];
}

/** What separates an argument from the one before it: a line break where they stand in lines. */
function between(text: string, formals: Formals, start: number): string {
  const before = text.slice(formals.start + 1, start);
  const blanks = before.slice(before.trimEnd().length);
  return blanks.includes("\n") ? blanks : " ";
}
