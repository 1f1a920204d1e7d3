/** What other rooms may use of the baseline. Apart from `run` itself: a tree without one need not load it. */
export { type Compared, type Judged, compareWithBaseline, pruned, recorded } from "./compare.ts";
export { type Baseline, type BaselineEntry, BaselineError, baselineText, parseBaseline } from "./document.ts";
export { BASELINE_NAME } from "./name.ts";
