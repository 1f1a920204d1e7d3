/** Counts findings, and says how many there are. */

/** How many there are of each severity. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts by severity, which is that of the editor (0 error, 1 warning) or, with `base` 1, of the protocol. */
export function count(findings: Iterable<{ readonly severity?: number }>, base: 0 | 1): Counts {
  let [errors, warnings, infos] = [0, 0, 0];
  for (const { severity = base } of findings) {
    if (severity === base) errors++;
    else if (severity === base + 1) warnings++;
    else infos++;
  }
  return { errors, warnings, infos };
}

/** The counts in words: `2 errors, 1 warning`; `nothing to complain about` where there are none. */
export function inWords({ errors, warnings, infos }: Counts): string {
  const some = (number: number, word: string): string[] => (number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`]);
  return [...some(errors, "error"), ...some(warnings, "warning"), ...some(infos, "info")].join(", ") || "nothing to complain about";
}
