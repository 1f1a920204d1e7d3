/** What other rooms may use of the run. */
export type { BaseTree, Before } from "./base.ts";
export { dependentsOf } from "./dependents.ts";
export { type Entry, entriesFor } from "./entries.ts";
export { type FlakeSystem, flakeSystems } from "./flakes.ts";
export { type Edit, applyEdits, overlaps } from "./fixes/apply.ts";
export { type FixOutcome, type FixRequest, type FixedFile, fixFiles } from "./fixes/fix-files.ts";
export { bindingAt, enclosing, innerBody, isSoleUse, letBinding, literalSet } from "./fixes/nodes.ts";
export { endOfStatementLine, indentAt, isFirstOnLine, lineEnd, lineStart, startWithComments } from "./fixes/style.ts";
export type { Fix, FixKind, MakeFix, Operation } from "./fixes/operations.ts";
export type { PlannedFix } from "./fixes/plan.ts";
export { type LintRequest, type PreparedRun, lint, prepare, roleOf } from "./lint.ts";
export { type Reference, pathsAskedFor, referencesOf } from "./references.ts";
export * from "./result.ts";
export * from "./rule.ts";
export { docsUrl, infoOf, withoutMarks } from "./rule-info.ts";
export { Roles } from "./roles.ts";
export { DEFAULT_SETTINGS, type RuleSetting, type Settings, type SettingsOf } from "./settings.ts";
export type { BrokenSuppression, Suppression } from "./suppressions.ts";
