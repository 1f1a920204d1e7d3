/** The one way in which a configuration is told to be wrong: every mistake with its place and the next step. */

/** Something wrong in a configuration. */
export interface ConfigMistake {
  /** The configuration file, relative to the root. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
  /** One line: what is wrong and what to write. */
  readonly message: string;
}

/** Thrown for a configuration that cannot be used; nothing may be linted with half of one. */
export class ConfigError extends Error {
  /** In the order in which they stand; at least one. */
  readonly mistakes: readonly ConfigMistake[];

  constructor(mistakes: readonly ConfigMistake[]) {
    super(mistakes.map(({ path, line, column, message }) => `${path}:${line}:${column}: ${message}`).join("\n"));
    this.name = "ConfigError";
    this.mistakes = mistakes;
  }
}
