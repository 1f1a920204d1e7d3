/** What the program is called and which version of it this is. */

/** Put in by the build from package.json. */
declare const TAPPAAS_LINT_VERSION: string;

/** Put in by the build: a digest of all that was built. */
declare const TAPPAAS_LINT_BUILD: string;

/** Tells this program from all others, also from one of the same version that was built of other sources; null where it was not built. */
export const BUILD = typeof TAPPAAS_LINT_BUILD === "undefined" ? null : TAPPAAS_LINT_BUILD;

/** The program as reports name it. */
export const TOOL = {
  name: "tappaas-lint",
  version: typeof TAPPAAS_LINT_VERSION === "undefined" ? "0.0.0" : TAPPAAS_LINT_VERSION,
  url: "https://github.com/TAPPaaS/tappaas-lint",
} as const;
