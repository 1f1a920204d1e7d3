/** Names the output formats and loads only the one that is asked for, since start-up is most of what a commit hook feels. */

import type { Reporter } from "./options.ts";

export { plainOptions } from "./options.ts";
export type { Reporter, ReportOptions } from "./options.ts";

const reporters = {
  pretty: async () => (await import("./pretty.ts")).pretty,
  compact: async () => (await import("./compact.ts")).compact,
  json: async () => (await import("./json.ts")).json,
  sarif: async () => (await import("./sarif.ts")).sarif,
  github: async () => (await import("./github.ts")).github,
  gitlab: async () => (await import("./gitlab.ts")).gitlab,
  junit: async () => (await import("./junit.ts")).junit,
  checkstyle: async () => (await import("./checkstyle.ts")).checkstyle,
  matrix: async () => (await import("./matrix/terminal.ts")).matrix,
  "matrix-html": async () => (await import("./matrix/matrix-page.ts")).matrixHtml,
  markdown: async () => (await import("./markdown.ts")).markdown,
} satisfies Record<string, () => Promise<Reporter>>;

/** The name of an output format. */
export type Format = keyof typeof reporters;

/** Every output format, in the order in which help texts list them. */
export const formats = Object.keys(reporters) as readonly Format[];

/** Whether a word that a user wrote is the name of an output format. */
export function isFormat(word: string): word is Format {
  return Object.hasOwn(reporters, word);
}

/** Loads the reporter of a format. */
export function loadReporter(format: Format): Promise<Reporter> {
  return reporters[format]();
}
