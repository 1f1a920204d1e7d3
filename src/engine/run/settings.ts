/** What a run needs to know of the configuration for one file, wherever it came from. */
import type { Role, Severity } from "./result.ts";

/** The settings of one rule for one file. */
export interface RuleSetting {
  readonly severity: Severity | "off";
  /** As given in the configuration, already validated; null where none are given. */
  readonly options: Readonly<Record<string, unknown>> | null;
}

/** An option that a configuration requires to be set: a rule of the project's own. */
export interface Requirement {
  /** The id of the rule. */
  readonly id: string;
  /** The path of the option, as Nix writes it. */
  readonly option: string;
  /** What it must be; of a list, what it must have at least. */
  readonly value: boolean | number | string | readonly (number | string)[];
  /** The priority that a definition must have at least where that is plain or stronger, at most where it is weaker; null for any. */
  readonly priority: number | null;
  readonly roles: readonly ("system" | "baseline" | "fragment")[];
  readonly severity: Severity;
  /** Why, in the configuration's own words. */
  readonly message: string;
  /** Where its documentation stands on the web. */
  readonly url: string | null;
  /** The configuration that asks for it, relative to the root. */
  readonly path: string;
}

/** The settings for one file. */
export interface Settings {
  /** The setting of a rule; null where the configuration does not mention it. */
  rule(id: string): RuleSetting | null;
  /** A role that the configuration gives the file; null to recognise it. */
  readonly role: Role | null;
  /** The file is not linted, though others may import it. */
  readonly ignored: boolean;
  /** A suppression without a reason is a finding. */
  readonly requireReasons: boolean;
  /** What the configuration requires beside the rules that there are. Each is a rule with a setting of its own. */
  readonly requirements: readonly Requirement[];
}

/** Gives the settings for a path relative to the root. */
export type SettingsOf = (path: string) => Settings;

/** Settings that change nothing. */
export const DEFAULT_SETTINGS: Settings = { rule: () => null, role: null, ignored: false, requireReasons: false, requirements: [] };
