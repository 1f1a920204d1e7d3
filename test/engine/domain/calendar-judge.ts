/** Asks `systemd-analyze calendar`, the judge of calendar expressions, about many of them at once. */
import { spawnSync } from "node:child_process";

/** Far below the system's limit on a command line, and a call's start still counts little. */
const PER_CALL = 200;

/** The judge's version line, such as `systemd 252 (252.39-1~deb12u2)`; null where it is not installed. */
export function judgeVersion(): string | null {
  const run = spawnSync("systemd-analyze", ["--version"], { encoding: "utf8" });
  return run.status === 0 ? (run.stdout.split("\n")[0] ?? "") : null;
}

/** The normal form of an accepted expression; `unprinted` where the judge accepts it but cannot find when it elapses next. */
export type Verdict = { readonly normal: string } | "refused" | "unprinted";

/**
 * The verdict on each expression. Expressions must not contain line breaks.
 *
 * @param zone the host's time zone that the judge is told of
 */
export function judge(expressions: readonly string[], zone = "UTC"): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const distinct = [...new Set(expressions)];
  for (let from = 0; from < distinct.length; from += PER_CALL) {
    const asked = distinct.slice(from, from + PER_CALL);
    const run = spawnSync("systemd-analyze", ["calendar", "--iterations=1", "--", ...asked], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], TZ: zone, LC_ALL: "C", SYSTEMD_LOG_LEVEL: "info", SYSTEMD_LOG_TARGET: "console" },
    });
    const failures = /^Failed to (parse calendar specification|determine next elapse for) '(.*)': .*$/gm;
    for (const [, stage, expression = ""] of run.stderr.matchAll(failures)) {
      verdicts.set(expression, stage?.startsWith("parse") === true ? "refused" : "unprinted");
    }
    // The others are printed in their order.
    const normal = [...run.stdout.matchAll(/^ *Normalized form: (.*)$/gm)].map((found) => found[1] ?? "");
    const accepted = asked.filter((expression) => !verdicts.has(expression));
    if (accepted.length !== normal.length) {
      throw new Error(`${accepted.length} expressions seem accepted, ${normal.length} are printed: ${run.stderr.slice(-500)}`);
    }
    accepted.forEach((expression, index) => verdicts.set(expression, { normal: normal[index] ?? "" }));
  }
  return verdicts;
}

/**
 * The first moments at which an expression elapses after a moment, on a host in UTC, each as `2030-03-06 02:00:00`.
 *
 * @param after as the moments are written
 */
export function elapses(expression: string, count: number, after: string): string[] {
  const run = spawnSync("systemd-analyze", ["calendar", `--iterations=${count}`, `--base-time=${after} UTC`, "--", expression], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    env: { PATH: process.env["PATH"], TZ: "UTC", LC_ALL: "C" },
  });
  const moments = /^ *(?:Next elapse|Iteration #[0-9]+|Iter\. #[0-9]+): ... ([-0-9]+ [:0-9]+) UTC$/gm;
  return [...run.stdout.matchAll(moments)].map((found) => found[1] ?? "");
}
