/** The colours of what the commands beside linting print. */

/** Each puts a text into its colour, or leaves it as it is where there are none. */
export interface Paint {
  readonly title: (text: string) => string;
  readonly code: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
}

/** The colours for one of Chalk's levels; 0 is none. */
export async function paintFor(level: 0 | 1 | 2 | 3): Promise<Paint> {
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level });
  return { title: chalk.bold, code: chalk.cyan, dim: chalk.dim, error: chalk.red, warning: chalk.yellow, info: chalk.blue };
}
