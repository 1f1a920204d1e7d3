/** The program as a library: the same as on the command line, with the result instead of reports. */
import type { Lint } from "./api-options.ts";
import { lintPaths } from "./lint-command.ts";
import { UsageError } from "./usage-error.ts";

/** What only the command line can be asked for. */
const QUIET = { stdinFilename: null, color: null, rewriteBaseline: null, includeSuppressed: false, failOn: "error", maxWarnings: null, quiet: false, reports: [], fix: null, diff: false, threads: 1, plugins: [], statistics: false, profile: null, watch: false, cache: false, cacheLocation: null } as const;

export const lint: Lint = async (files, options = {}) => {
  const { cwd = process.cwd(), config = null, rules = [], ignoredRules = [], base = null, changed = false, dependents = false, baseline = null } = options;
  if (files.includes("-")) throw new UsageError("Standard input cannot be linted from a library; write the text into a file.");
  const { result } = await lintPaths({ ...QUIET, paths: files, config, rules, ignoredRules, base, changed, dependents, baseline }, cwd, () => undefined);
  return result;
};
