/** What `rules.md` is made of, as one bundle: parts that are loaded apart would not know each other's classes. */
export { Project } from "../src/engine/model/index.ts";
export { infoOf, mendedExamples } from "../src/engine/run/index.ts";
export { NixParser } from "../src/engine/syntax/index.ts";
export { ShellParser } from "../src/engine/syntax/shell/index.ts";
export { rulesPage } from "../src/report/rules-page.ts";
export { rules } from "../src/rules/index.ts";
