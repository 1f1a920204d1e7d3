/** The types of the library, published as they stand here and in the run's `result.ts`. */
import type { RunResult } from "../engine/run/result.ts";

/** What the library may be asked for; all of it is optional. */
export interface ApiOptions {
  /** The folder from which paths count, those of the result too; the working directory by default. */
  readonly cwd?: string;
  /** A configuration for every file; by default the nearest `.tappaas-lint.json` of each. */
  readonly config?: string;
  /** Ids of the rules to check; all by default. Syntax errors are always told. */
  readonly rules?: readonly string[];
  /** Ids of rules to leave out. */
  readonly ignoredRules?: readonly string[];
  /** The branch, tag or commit of git that is compared with, where the current branch left it; `HEAD` by default. */
  readonly base?: string;
  /** Only what has changed since the base, and what depends on it. */
  readonly changed?: boolean;
  /** Also what depends on the files, which may be JSON then. */
  readonly dependents?: boolean;
  /** A baseline of known findings, false for none; by default the one at the top of the tree. */
  readonly baseline?: string | false;
}

/**
 * Lints files, folders and globs, as the command line does. Nothing is printed or written.
 * @param files paths, relative to `cwd` or absolute
 * @returns what was found; a file that cannot be read and a rule that crashes are among its `failures`
 * @throws Error, with a message for people, for options or a configuration that cannot be used
 */
export type Lint = (files: readonly string[], options?: ApiOptions) => Promise<RunResult>;
