/** What is asked of one thing again is worked out once. */
import { expect, it } from "vitest";
import { onceFor } from "../../../src/engine/syntax/once.ts";

it("finds the answer for each object once, also where it is nothing", () => {
  const asked: string[] = [];
  const find = onceFor((key: { readonly name: string }, more: string): string | undefined => {
    asked.push(key.name + more);
    return key.name === "a" ? undefined : key.name;
  });
  const [a, b] = [{ name: "a" }, { name: "b" }];
  expect([find(a, "1"), find(b, "1"), find(a, "1"), find(b, "1")]).toEqual([undefined, "b", undefined, "b"]);
  expect(asked).toEqual(["a1", "b1"]);
  // A copy may be of another thing.
  expect(find({ ...b, name: "c" }, "2")).toBe("c");
});
