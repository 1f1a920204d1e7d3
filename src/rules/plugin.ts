/**
 * What plugins are made with, as `tappaas-lint/plugin`: rules of a project's own that are code. A plugin is a module whose default
 * export is a list of rules:
 *
 *     import { defineRule, is, judge } from "tappaas-lint/plugin";
 *     export default [defineRule({ id: "own-rule", … })];
 *
 * It gets the interface of the program that loads it, whatever version stands beside it.
 */
export type { ActiveDefinition, Answer, At, Configuration, Project, SourceFile, Value } from "../engine/model/index.ts";
export { PRIORITIES, parsePath, showPath, textOf } from "../engine/model/index.ts";
export type { BadExample, ConfigurationContext, FileContext, GoodExample, MakeFix, Problem, RelatedPlace, Role, Rule, RuleDocs, Severity, Theme } from "../engine/run/index.ts";
export { ALL_ROLES, JUDGED, MODULES, defineRule } from "../engine/run/index.ts";
export { type Part, type Verdict, type Want, decisive, hasAll, hasAllWords, is, isText, judge, optionMessages, placeOf, requireOptions } from "./vocabulary/options.ts";
export { code, enumerate, quoted, showValue } from "./vocabulary/show.ts";
