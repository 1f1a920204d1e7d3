/** A tree of files that stands in memory: the examples of the rules are judged and mended in one, and so are those of the tests. */
import type { Host } from "./host.ts";

/** A Host over texts by path; folders are what the paths imply. */
export function memoryHost(files: Readonly<Record<string, string>>): Host {
  const paths = Object.keys(files);
  const isFolder = (path: string): boolean => path === "" || paths.some((file) => file.startsWith(`${path}/`));
  return {
    read: (path) => (Object.hasOwn(files, path) ? (files[path] as string) : null),
    kind: (path) => (Object.hasOwn(files, path) ? "file" : isFolder(path) ? "folder" : null),
    list: (folder) => {
      const prefix = folder === "" ? "" : `${folder}/`;
      return [...new Set(paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).split("/")[0] as string))];
    },
    nixFiles: () => paths.filter((path) => path.endsWith(".nix")),
  };
}
