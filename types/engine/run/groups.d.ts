/** Parts the files of a tree that have nothing to do with each other, so that each group can be judged alone. */
import type { Host } from "../model/index.js";
/**
 * Groups of targets: files are together where one names the other, directly or by way of others, for only then can what is found in one
 * depend on the other. Each group gets the findings that a run over everything would give it. Each is sorted, and so are the groups.
 */
export declare function groupsOf(host: Host, targets: readonly string[]): string[][];
