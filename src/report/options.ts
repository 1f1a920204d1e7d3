/** What every report is given beside the result, and the shape of a reporter. */

import type { RunResult } from "../engine/run/result.ts";

/** How a report may look; the caller knows the terminal and the repository, the reports never ask the process. */
export interface ReportOptions {
  /** Columns that the reader has. */
  readonly width: number;
  /** Chalk's level: 0 no colour, 1 sixteen colours, 2 256 colours, 3 true colour. */
  readonly colors: 0 | 1 | 2 | 3;
  /** Whether the terminal follows OSC 8 hyperlinks; others would print their address as rubbish. */
  readonly hyperlinks: boolean;
  /** Whether to say what `--fix` could mend. */
  readonly fixHint: boolean;
  /**
   * Path from the root of the repository to the working directory, with `/`; empty at the root. SARIF and workflow
   * commands name files from the root of the repository, everything else from the working directory.
   */
  readonly prefix: string;
  /** Whether SARIF shall hold also what is suppressed and what the baseline knows, marked as such. */
  readonly includeSuppressed?: boolean;
}

/** What holds where nothing is known of the reader: a pipe, at the root of a repository. */
export const plainOptions: ReportOptions = { width: 80, colors: 0, hyperlinks: false, fixHint: false, prefix: "" };

/** Turns a result into the whole text of a report; the same input gives the same text. */
export type Reporter = (result: RunResult, options: ReportOptions) => string | Promise<string>;
