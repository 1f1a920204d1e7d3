/** What is left of a range of ports, and how ranges are shown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { showRange, without } from "../../../src/rules/vocabulary/firewall.ts";

describe("without", () => {
  it.each([
    ["nothing taken away", { from: 80, to: 90 }, [], [{ from: 80, to: 90 }]],
    ["the whole", { from: 80, to: 90 }, [{ from: 1, to: 65535 }], []],
    ["a single port", { from: 80, to: 80 }, [{ from: 80, to: 80 }], []],
    ["the middle", { from: 80, to: 90 }, [{ from: 84, to: 85 }], [{ from: 80, to: 83 }, { from: 86, to: 90 }]],
    ["both ends", { from: 80, to: 90 }, [{ from: 70, to: 80 }, { from: 90, to: 99 }], [{ from: 81, to: 89 }]],
    ["neighbours", { from: 80, to: 90 }, [{ from: 70, to: 79 }, { from: 91, to: 99 }], [{ from: 80, to: 90 }]],
    ["two halves", { from: 80, to: 90 }, [{ from: 86, to: 95 }, { from: 75, to: 85 }], []],
  ])("%s", (_, range, others, left) => {
    expect(without(range, others)).toEqual(left);
  });

  it("keeps just the ports that no other range has, in order", () => {
    const port = fc.integer({ min: 1, max: 40 });
    const range = fc.tuple(port, port).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(range, fc.array(range, { maxLength: 5 }), (whole, others) => {
        const ports = without(whole, others).flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
        const expected = [];
        for (let at = whole.from; at <= whole.to; at++) if (!others.some(({ from, to }) => from <= at && at <= to)) expected.push(at);
        expect(ports).toEqual(expected);
      }),
    );
  });
});

describe("showRange", () => {
  it("shows a port and a range", () => {
    expect([showRange({ from: 80, to: 80 }), showRange({ from: 8000, to: 8010 })]).toEqual(["80", "8000-8010"]);
  });
});
