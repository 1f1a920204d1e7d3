/** The name of baselines, apart from what reads them: most runs only need to see that there is none. */

/** The name by which a baseline is found at the top of a tree. */
export const BASELINE_NAME = ".tappaas-lint-baseline.json";
