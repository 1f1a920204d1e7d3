/** What a run needs to know of the configuration for one file, wherever it came from. */
import type { Role, Severity } from "./result.ts";

/** The settings of one rule for one file. */
export interface RuleSetting {
  readonly severity: Severity | "off";
  /** As given in the configuration, already validated; null where none are given. */
  readonly options: Readonly<Record<string, unknown>> | null;
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
}

/** Gives the settings for a path relative to the root. */
export type SettingsOf = (path: string) => Settings;

/** Settings that change nothing. */
export const DEFAULT_SETTINGS: Settings = { rule: () => null, role: null, ignored: false, requireReasons: false };
