/** Decides where a lack is reported: on the module that lacks it, or once on the baseline that all share. */
import { Configuration, type At } from "../model/index.ts";
import type { Entry } from "./entries.ts";
import type { Roles } from "./roles.ts";

/** Something that a configuration lacks. */
export interface Lack<T> {
  readonly entry: Entry;
  /** Which lack it is: the rule and what is missing. */
  readonly key: string;
  /** The thing that lacks something, where a part of it exists. */
  readonly near: At | null;
  /** Where it stands if it is put on a file, by the path of that. */
  readonly places: ReadonlyMap<string, At>;
  readonly problem: T;
}

/** A lack with its place. */
export interface PlacedLack<T> {
  readonly at: At;
  readonly entry: Entry;
  readonly problem: T;
}

/**
 * A lack that everything built on a baseline has is the baseline's own and reported once there; one that only some have
 * is theirs. `skips` says that a lack can never be a baseline's (a host name, the hardware configuration).
 * @param isOurs whether a file is linted at all; nobody would see what is reported on another one, such as one that git ignores
 */
export function place<T>(lacks: readonly Lack<T>[], entries: readonly Entry[], roles: Roles, skips: (problem: T) => boolean, isOurs: (path: string) => boolean): PlacedLack<T>[] {
  const placed: PlacedLack<T>[] = [];
  const done = new Set<string>();
  const usage = usageOf(lacks, entries);
  for (const lack of lacks) {
    if (lack.near !== null && isOurs(lack.near.file.path) && areAllLacking(lack, lack.near.file.path, usage)) {
      placed.push({ at: lack.near, entry: lack.entry, problem: lack.problem });
      continue;
    }
    const baseline = skips(lack.problem) ? null : sharedBaseline(lack, usage, roles, isOurs);
    const path = baseline ?? lack.entry.file.path;
    const id = `${lack.key}\0${path}`;
    if (done.has(id)) continue;
    done.add(id);
    const at = lack.places.get(path);
    if (at !== undefined) placed.push({ at, entry: lack.entry, problem: lack.problem });
  }
  return placed;
}

/** Where a lack of a configuration may be put: on the entry's own module, for which the first stands in where that cannot be read, or on a baseline. */
export function placesOf(entry: Entry, roles: Roles): ReadonlyMap<string, At> {
  const { modules } = entry.config;
  const own = entry.file.path;
  const places = new Map<string, At>();
  const [first] = modules;
  if (first !== undefined) places.set(own, Configuration.placeOf(modules.find(({ file }) => file.path === own) ?? first));
  for (const module of modules) {
    const { path } = module.file;
    if (!places.has(path) && roles.roleOf(path) === "baseline") places.set(path, Configuration.placeOf(module));
  }
  return places;
}

/** Who uses a file, and who has a lack. */
interface Usage {
  readonly users: ReadonlyMap<string, readonly Entry[]>;
  readonly lacking: ReadonlyMap<string, ReadonlySet<Entry>>;
}

function usageOf<T>(lacks: readonly Lack<T>[], entries: readonly Entry[]): Usage {
  const users = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const path of new Set(entry.modules)) {
      const known = users.get(path);
      if (known === undefined) users.set(path, [entry]);
      else known.push(entry);
    }
  }
  const lacking = new Map<string, Set<Entry>>();
  for (const { key, entry } of lacks) lacking.set(key, (lacking.get(key) ?? new Set()).add(entry));
  return { users, lacking };
}

/** The outermost baseline of which every configuration has this lack, or null. */
function sharedBaseline<T>(lack: Lack<T>, usage: Usage, roles: Roles, isOurs: (path: string) => boolean): string | null {
  const own = lack.entry.file.path;
  const baselines = lack.entry.modules.filter((path) => path !== own && isOurs(path) && roles.roleOf(path) === "baseline");
  for (const path of baselines.reverse()) if (areAllLacking(lack, path, usage)) return path;
  return null;
}

/** Whether every configuration that a file is part of has this lack. */
function areAllLacking<T>(lack: Lack<T>, path: string, { users, lacking }: Usage): boolean {
  return (users.get(path) ?? []).every((user) => lacking.get(lack.key)?.has(user) ?? false);
}
