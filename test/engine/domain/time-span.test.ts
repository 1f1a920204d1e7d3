/** Holds the reading of time spans against tables and, where it is installed, against systemd-analyze. */
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimeSpan } from "../../../src/engine/domain/time-span.ts";

describe("parseTimeSpan", () => {
  it.each([
    ["0", 0n], ["5", 5_000_000n], ["+5", 5_000_000n], ["5s", 5_000_000n], ["1min", 60_000_000n], ["1m", 60_000_000n], ["1M", 2_629_800_000_000n],
    ["2h", 7_200_000_000n], ["10d", 864_000_000_000n], ["1w", 604_800_000_000n], ["1y", 31_557_600_000_000n], ["500ms", 500_000n], ["7us", 7n], ["7µs", 7n],
    ["1h 30min", 5_400_000_000n], ["1h30m", 5_400_000_000n], [" 1 hour 1 second ", 3_601_000_000n], ["1.5h", 5_400_000_000n], [".5s", 500_000n], ["5 5", 10_000_000n],
    ["infinity", "infinity"], [" infinity ", "infinity"],
  ])("reads %s", (text, span) => expect(parseTimeSpan(text)).toBe(span));

  it.each(["", " ", "x", "5x", "-5", "5.", "5.s", "1.5.5", "h", "infinity x", "infinite", "99999999999999999999", "600000y", "9".repeat(1000), "1,5h", "+", "+.5", "."])(
    "refuses %j",
    (text) => expect(parseTimeSpan(text)).toBeNull(),
  );

  const judge = (text: string): bigint | "infinity" | null => {
    const { stdout, status } = spawnSync("systemd-analyze", ["timespan", "--", text], { encoding: "utf8" });
    if (status !== 0) return null;
    const microseconds = /[μµu]s: ([0-9]+|infinity)/.exec(stdout)?.[1] ?? "";
    return microseconds === "infinity" || microseconds === "18446744073709551615" ? "infinity" : BigInt(microseconds);
  };
  const hasJudge = spawnSync("systemd-analyze", ["timespan", "1s"]).status === 0;

  it.skipIf(!hasJudge)("agrees with systemd-analyze on spans put together at random (needs systemd-analyze)", () => {
    const part = fc.constantFrom("1", "30", "07", ".5", "1.25", "+2", "s", "ms", "m", "min", "M", "h", "hr", "days", "d", "w", "y", "us", "x", " ", "-", ".", "infinity");
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("")), (text) => {
      expect([text, parseTimeSpan(text)]).toEqual([text, judge(text)]);
    }), { numRuns: 150 });
  });
});
