/** Paths as shell words give them: known up to a point, or beginning at a folder that the script has gone to. */
import { type Text, head, tail, whole } from "../../engine/model/script/index.ts";
import { onceFor } from "../../engine/syntax/index.ts";
import { cleanPath } from "./folders.ts";

/** A path taken from a folder; null where that cannot be told. */
export function inFolder(folder: Text | null, path: Text): Text | null {
  if (head(path).startsWith("/")) return path;
  if (folder === null || typeof path.parts[0] === "object") return null;
  const relative = head(path).replace(/^(?:\.\/+)+/, "").replace(/^\.$/, "");
  const joint = tail(folder).endsWith("/") || relative === "" ? "" : "/";
  const parts: Text["parts"][number][] = [...folder.parts];
  for (const part of [joint + relative, ...path.parts.slice(1)]) {
    const last = parts[parts.length - 1];
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else if (part !== "") parts.push(part);
  }
  return { ...path, parts };
}

/** The same folder is asked for each file that it may cover. */
const cleaned = onceFor((_: Text, path: string) => cleanPath(path));

/** Whether a path covers another one: it is that or a folder above it; null where that cannot be known. */
export function isCoveredBy(path: string, source: Text): boolean | null {
  const known = whole(source);
  if (known !== null && !source.glob) {
    const clean = cleaned(source, known);
    return clean === null ? null : clean === "/" || path === clean || path.startsWith(`${clean}/`);
  }
  const start = head(source).replace(/[*?[][^]*$/, "");
  // Of a pattern or an unknown name only the beginning is known.
  return path.startsWith(start) ? null : false;
}

/** The folder in which a file stands; null where it is not wholly known. */
export function folderOfText(path: Text): string | null {
  const start = head(path);
  const slash = start.lastIndexOf("/");
  return slash <= 0 || path.parts.slice(1).some((part) => typeof part === "string" && part.includes("/")) ? null : cleanPath(start.slice(0, slash));
}
