/** What the program is called and which version of it this is. */

/** Put in by the build from package.json. */
declare const TAPPAAS_LINT_VERSION: string;

/** The program as reports name it. */
export const TOOL = {
  name: "tappaas-lint",
  version: typeof TAPPAAS_LINT_VERSION === "undefined" ? "0.0.0" : TAPPAAS_LINT_VERSION,
  url: "https://github.com/TAPPaaS/tappaas-lint",
} as const;
