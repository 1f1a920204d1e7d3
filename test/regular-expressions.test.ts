/** No regular expression of the program takes time out of proportion to a stranger's text: recheck judges each of them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { simple } from "acorn-walk";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { toolPackage } from "./support/tools.ts";

/** Milliseconds for one expression; most take less than ten. */
const TIMEOUT = 60_000;

const recheck = toolPackage("recheck") as { checkSync(pattern: string, flags: string, options: { timeout: number }): { status: string; complexity?: { summary: string } } } | null;

const SOURCES = ["src", "editors/vscode/src"].map((folder) => join(import.meta.dirname, "..", folder));

const expressions = new Map<string, { readonly pattern: string; readonly flags: string }>();
for (const folder of SOURCES) {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.[tj]s$/.test(path))) {
    const { code } = transformSync(readFileSync(join(folder, file), "utf8"), { loader: "ts" });
    simple(parse(code, { ecmaVersion: "latest", sourceType: "module" }), {
      Literal({ regex }) {
        if (regex !== undefined && regex !== null) expressions.set(`/${regex.pattern}/${regex.flags}`, regex);
      },
    });
  }
}

describe("regular expressions", () => {
  it("are found", () => {
    expect(expressions.size).toBeGreaterThan(400);
  });

  it.skipIf(recheck === null)("take time that grows with the text (needs the npm package recheck)", () => {
    const bad = [...expressions].flatMap(([shown, { pattern, flags }]) => {
      const { status, complexity } = (recheck as NonNullable<typeof recheck>).checkSync(pattern, flags, { timeout: TIMEOUT });
      return status === "safe" ? [] : [`${shown}: ${complexity?.summary ?? status}`];
    });
    expect(bad).toEqual([]);
  }, 600_000);
});
