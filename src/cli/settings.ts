/** Gives the run its settings, loading what reads configurations only where there are any. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Host } from "../engine/model/index.ts";
import { CONFIG_NAME } from "../engine/run/config/name.ts";
import { DEFAULT_SETTINGS, type Rule, type Settings, type SettingsOf } from "../engine/run/index.ts";
import { DiskHost } from "./disk-host.ts";
import { isInside, markedRoot } from "./roots.ts";
import { UsageError } from "./usage-error.ts";

/** A tree as far as its settings are concerned. */
export interface Configured {
  /** The disk below the tree. */
  readonly disk: DiskHost;
  /** What is linted; it may show more than the disk has. */
  readonly host: Host;
  readonly targets: readonly string[];
}

/** The settings of a tree without any configuration. */
export const UNCONFIGURED: SettingsOf = () => DEFAULT_SETTINGS;

/**
 * The settings of a tree's files.
 * @param config a configuration for every file, as written on the command line; null to find them
 * @throws UsageError where the configurations of the targets cannot be used; one that only concerns other files is passed over
 */
export async function settingsOf(tree: Configured, rules: readonly Rule[], config: string | null, cwd: string): Promise<SettingsOf> {
  const { disk, host, targets } = tree;
  if (config === null && !disk.walked().hasConfig && !targets.some((path) => host.kind(join(dirname(path), CONFIG_NAME)) === "file")) return UNCONFIGURED;
  return readSettings(tree, rules, config, cwd);
}

/**
 * The settings of what stands in the current folder.
 * @throws UsageError where its configuration cannot be used
 */
export async function settingsHere(rules: readonly Rule[], config: string | null, cwd: string): Promise<Settings> {
  const root = realpathSync.native(markedRoot(cwd) ?? cwd);
  const disk = new DiskHost(root);
  const path = relative(root, join(realpathSync.native(cwd), "module.nix"));
  if (config === null && !isConfigured(disk, dirname(path))) return DEFAULT_SETTINGS;
  return (await readSettings({ disk, host: disk, targets: [path] }, rules, config, cwd))(path);
}

/** Whether a folder (relative to the root) or one above it has a configuration. */
function isConfigured(disk: DiskHost, folder: string): boolean {
  return disk.kind(join(folder, CONFIG_NAME)) === "file" || (folder !== "." && isConfigured(disk, dirname(folder)));
}

async function readSettings(tree: Configured, rules: readonly Rule[], config: string | null, cwd: string): Promise<SettingsOf> {
  const { disk, host, targets } = tree;
  const { ConfigError, loadSettings } = await import("../engine/run/config/index.ts");
  const given = config === null ? null : givenConfig(disk, config, cwd);
  const strict = given === null ? loadSettings(host, rules) : loadSettings(given.host, rules, { explicit: given.path, ...(given.globsFrom === null ? {} : { globsFrom: given.globsFrom }) });
  try {
    for (const path of targets) strict(path);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const shown = (path: string): string => relative(cwd, join((given?.host ?? disk).root, path));
    const lines = error.mistakes.map(({ path, line, column, message }) => `${shown(path)}:${line}:${column}: ${message}`);
    throw new UsageError(`The configuration cannot be used, so nothing was linted.\n${lines.join("\n")}`);
  }
  return (path) => {
    try {
      return strict(path);
    } catch (error) {
      if (error instanceof ConfigError) return DEFAULT_SETTINGS;
      throw error;
    }
  };
}

interface GivenConfig {
  /** The tree that the configuration stands in. */
  readonly host: Host & { readonly root: string };
  readonly path: string;
  /** Where its globs count from, if not from the folder of the file they are written in. */
  readonly globsFrom: string | null;
}

/** A configuration named on the command line may stand outside the linted tree: then its globs count from the tree's root. */
function givenConfig(disk: DiskHost, config: string, cwd: string): GivenConfig {
  const place = resolve(cwd, config);
  const folder = dirname(place);
  const host = isInside(place, disk.root) ? disk : new DiskHost(existsSync(folder) ? realpathSync.native(markedRoot(folder) ?? folder) : folder);
  const path = relative(host.root, existsSync(folder) ? join(realpathSync.native(folder), basename(place)) : place);
  const problem = host.problem(path);
  if (problem !== null) throw new UsageError(`The configuration \`${config}\` cannot be read: ${problem}.`);
  return { host, path, globsFrom: host === disk ? null : "" };
}
