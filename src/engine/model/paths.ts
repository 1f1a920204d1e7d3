/** Arithmetic on paths of the tree, without a file system. */

/** Normalises `.` and `..`; a path that leaves its start keeps its leading `..`. */
export function normalise(path: string): string {
  const absolute = path.startsWith("/");
  const out: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") out.push(part);
    else if (out.length > 0 && out[out.length - 1] !== "..") out.pop();
    else if (!absolute) out.push("..");
  }
  return (absolute ? "/" : "") + out.join("/");
}

/** The folder of a path; `""` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Joins a folder of the tree and a path written in one of its files. */
export function join(folder: string, path: string): string {
  return normalise(folder === "" ? path : `${folder}/${path}`);
}

/** Whether a normalised path relative to the root leads out of it. */
export function isOutside(path: string): boolean {
  return path === ".." || path.startsWith("../") || path.startsWith("/");
}
