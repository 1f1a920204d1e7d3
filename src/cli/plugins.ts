/** Decides which plugins are loaded: those that the command line or the user's own settings name. What is linted has no say. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { nearestName } from "../engine/domain/nearest-name.ts";
import type { Rule } from "../engine/run/index.ts";
import { rules } from "../rules/index.ts";
import { complain } from "./output.ts";
import { isInside } from "./roots.ts";
import { UsageError } from "./usage-error.ts";

/** A plugin, and what it is called in messages. */
export interface Plugin {
  /** Absolute. */
  readonly file: string;
  readonly name: string;
}

/**
 * The rules of this program and those of all plugins.
 * @param named as the command line names them
 * @param roots of the trees that are linted; null where nobody knows them yet: then the user's settings have no say either
 * @throws UsageError where a plugin cannot be used: a run without it would pass for one with it
 */
export async function knownRules(named: readonly string[], roots: readonly string[] | null, cwd: string): Promise<readonly Rule[]> {
  const plugins = [...named.map((name) => ({ file: resolve(cwd, name), name })), ...(roots === null ? [] : userPlugins(roots))];
  const each = [...new Map(plugins.map((plugin) => [plugin.file, plugin])).values()];
  if (each.length === 0) return rules;
  const { PluginError, loadPlugins } = await import("./load-plugins.ts");
  try {
    return [...rules, ...(await loadPlugins(each, new Set(rules.map(({ id }) => id))))];
  } catch (error) {
    throw error instanceof PluginError ? new UsageError(error.message) : error;
  }
}

/** The plugins of the user's settings, by absolute paths or relative to the settings. */
function userPlugins(roots: readonly string[]): Plugin[] {
  const file = settingsFile();
  if (file === null || !existsSync(file)) return [];
  // In a container the home of the user may be what was checked out.
  const places = [file, realpathSync.native(file)];
  if (roots.some((root) => places.some((place) => isInside(place, root)))) {
    complain(`The settings ${file} stand in the tree that is linted, so they are not trusted: no plugin is loaded from them. Name it with \`--plugin FILE\`, or keep your settings elsewhere.`);
    return [];
  }
  return listed(file, readFileSync(file, "utf8")).map((name) => ({ file: resolve(dirname(file), name), name }));
}

/** Where the user's settings are (XDG Base Directory Specification: a relative path is to be ignored); null for a user without a home. */
function settingsFile(): string | null {
  const { XDG_CONFIG_HOME: given, HOME: home } = process.env;
  const folder = given !== undefined && isAbsolute(given) ? given : home !== undefined && isAbsolute(home) ? join(home, ".config") : null;
  return folder === null ? null : join(folder, "tappaas-lint", "settings.json");
}

function listed(file: string, text: string): readonly string[] {
  const fail = (problem: string): never => {
    throw new UsageError(`The settings ${file} cannot be used: ${problem}. They look like this: { "plugins": ["/path/to/plugin.mjs"] }`);
  };
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch (error) {
    return fail(`they are no JSON (${(error as Error).message})`);
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) return fail("they are no object");
  const other = Object.keys(settings).find((key) => key !== "plugins");
  if (other !== undefined) return fail(`there is no setting \`${other}\`${nearestName(other, ["plugins"]) === null ? "" : "; did you mean `plugins`?"}`);
  const { plugins = [] } = settings as { plugins?: unknown };
  return Array.isArray(plugins) && plugins.every((name) => typeof name === "string" && name !== "") ? (plugins as string[]) : fail("`plugins` is a list of paths");
}
