/** Parts the files of a tree that have nothing to do with each other, so that each group can be judged alone. */
import type { Host } from "../model/index.ts";
import { Mentions, mentioning } from "./mentions.ts";

/**
 * Groups of targets: files are together where one names the other, directly or by way of others, for only then can what is found in one
 * depend on the other. Each group gets the findings that a run over everything would give it. Each is sorted, and so are the groups.
 */
export function groupsOf(host: Host, targets: readonly string[]): string[][] {
  const mentions = new Mentions(host);
  const parents = new Map<string, string>();
  const rootOf = (path: string): string => {
    let root = path;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    // The way is made short for those who come after (union by path compression).
    for (let current = path; current !== root; ) {
      const next = parents.get(current) as string;
      parents.set(current, root);
      current = next;
    }
    return root;
  };
  for (const path of host.nixFiles()) {
    for (const other of mentioning(host, path, mentions)) {
      const [one, two] = [rootOf(path), rootOf(other)];
      if (one !== two) parents.set(two, one);
    }
  }
  const groups = new Map<string, string[]>();
  for (const path of [...targets].sort()) {
    const root = rootOf(path);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [path]);
    else group.push(path);
  }
  return [...groups.values()];
}
