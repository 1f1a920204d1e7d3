/** What other rooms may use of the run. */
export type { BaseTree, Before } from "./base.ts";
export { dependentsOf } from "./dependents.ts";
export { type Entry, entriesFor } from "./entries.ts";
export { type FlakeSystem, flakeSystems } from "./flakes.ts";
export { type LintRequest, type PreparedRun, lint, prepare, roleOf } from "./lint.ts";
export { type Reference, pathsAskedFor, referencesOf } from "./references.ts";
export * from "./result.ts";
export * from "./rule.ts";
export { docsUrl, infoOf, withoutMarks } from "./rule-info.ts";
export { Roles } from "./roles.ts";
export { DEFAULT_SETTINGS, type RuleSetting, type Settings, type SettingsOf } from "./settings.ts";
export type { BrokenSuppression, Suppression } from "./suppressions.ts";
