/** What of Nix is coloured where no other extension does it. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stretches } from "../../editors/vscode/src/stretches.ts";

const shown = (text: string): string[] => stretches(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

describe("the coloured stretches", () => {
  it("are comments, keywords, numbers, strings and paths", () => {
    expect(shown('# a\nlet x = 1; in { inherit y; z = "s" + ./p + <n> + 1.5; /* b */ u = true; }')).toEqual([
      "comment # a",
      "keyword let",
      "number 1",
      "keyword in",
      "keyword inherit",
      'string "s"',
      "string ./p",
      "string <n>",
      "number 1.5",
      "comment /* b */",
      "keyword true",
    ]);
  });

  it("leave out what is computed inside strings", () => {
    expect(shown('"a ${b { c = "d"; }} e"')).toEqual(['string "a ', 'string "d"', 'string  e"']);
    expect(shown("''\n  a ''${b} ${c}${d}\n''")).toEqual(["string ''\n  a ''${b} ", "string \n''"]);
    expect(shown('{ "a${b}".${c} = 1; }')).toEqual(['string "a', 'string "', "number 1"]);
  });

  it("end where the text does", () => {
    expect(shown('"a')).toEqual(['string "a']);
    expect(shown("''a ${")).toEqual(["string ''a "]);
    expect(shown("} ]) /* a")).toEqual(["comment /* a"]);
  });

  it("never overlap, whatever the text is", () => {
    const part = fc.constantFrom('"', "''", "${", "}", "{", "\\", "$", "'", " ", "a", "1", "#", "/*", "*/", "\n", "./a", "let ", "ä", "😀", "''$", "'''", '\\"');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        let before = 0;
        for (const { start, end } of stretches(text)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
        expect(before).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("hold every string of a real module", () => {
    const text = readFileSync(new URL("../../examples/conforming/apps/notes/notes.nix", import.meta.url), "utf8");
    const all = shown(text);
    expect(all).toContain('string "/etc/secrets/notes.env"');
    expect(all).toContain("comment # ── Boot ────────────────────────────────────────────────────────────────────");
    expect(all.filter((stretch) => stretch.startsWith("string ''"))).toHaveLength(5);
  });
});
