/** Holds the search for the nearest name: how far is near, who wins a draw. */
import { describe, expect, it } from "vitest";
import { nearestName } from "../../../src/engine/domain/nearest-name.ts";

describe("nearestName", () => {
  it("finds slips, within a third of the letters", () => {
    expect(nearestName("state-vesion", ["state-version", "state-version-changed"])).toBe("state-version");
    expect(nearestName("abcdef", ["abxxef"])).toBe("abxxef");
    expect(nearestName("abcdef", ["axxxef"])).toBeNull();
    expect(nearestName("ab", ["xb"])).toBe("xb");
    expect(nearestName("abcdefghijklmnop", ["abcdefghijklxxxx"])).toBeNull();
  });

  it("prefers the smaller distance, then the same case, then the first", () => {
    expect(nearestName("boot", ["root", "bool", "boots"])).toBe("root");
    expect(nearestName("Boott", ["boot", "Boots"])).toBe("Boots");
    expect(nearestName("BOOT", ["boot", "ROOT"])).toBe("boot");
  });

  it("has nothing to say of a name that is right, empty or endless", () => {
    expect(nearestName("boot", ["root", "boot"])).toBeNull();
    expect(nearestName("", ["a"])).toBeNull();
    expect(nearestName("a".repeat(1000), ["a".repeat(999)])).toBeNull();
    expect(nearestName("boot", [])).toBeNull();
  });
});
