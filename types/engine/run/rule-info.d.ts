/** What reports and documentation need to know of a rule, without its code. */
import type { RuleInfo } from "./result.js";
import type { Rule } from "./rule.js";
/** Where a rule's documentation stands on the web. */
export declare function docsUrl(id: string): string;
/** An example's code without the marks around the reported places. */
export declare function withoutMarks(code: string): string;
/** The plain facts about a rule. */
export declare function infoOf(rule: Rule): RuleInfo;
