/** Nix is the judge of what a script's text is, however it is written, and every character of it leads back to where that was. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryHost } from "../../../../src/engine/model/memory-host.ts";
import { Project, type Script, readScripts } from "../../../../src/engine/model/index.ts";
import { evaluateNix, hasNix } from "../../../support/nix.ts";
import { parser, shell } from "../../../support/parser.ts";
import { fixed } from "../../../support/tape.ts";
import { isWritten } from "../../syntax/written.ts";

/** Interpolations of what is known, with what they come to. */
const KNOWN: Readonly<Record<string, string>> = {
  "${name}": "web",
  "${folder}": "/srv/da ta",
  "${toString port}": "8080",
  "${lines}": "one\n  two 'three'\n",
  '${"it\'s $HOME"}': "it's $HOME",
  "${''\n    ${name}-x\n      y''}": "web-x\n  y",
  '${if port == 80 then "a" else "b"}': "b",
};
const BOUND = 'let name = "web"; folder = "/srv/" + "da ta"; port = 8080; lines = \'\'\n  one\n    two \'three\'\n\'\'; in';

const shellWords = ["echo ", "cat <<EOF\n", "EOF\n", "$(date)", "`id`", "a='x y';", "$X", "$$", "| tee ", "> /a", "&& ", "# no comment\n", "* ? [a]", "{ a; }", "}", "😀", "é", "\t", "\n", "\n\n", "  ", "    ", "\r\n"];
const plainPiece = fc.constantFrom(...shellWords, ...Object.keys(KNOWN), '\\"', "\\\\", "\\n", "\\t", "\\r", "\\$", "\\${X}", "\\$(", "\\'", "$${", "''");
const indentedPiece = fc.constantFrom(...shellWords, ...Object.keys(KNOWN), "\n  ", "\n      ", "''${X}", "''$", "'''", "''\\n", "''\\t", "''\\\\", "$${", '"', "\\", "\\\n", "it's ");

const plain = fc.array(plainPiece, { maxLength: 10 }).map((pieces) => `"${pieces.join("")}"`);
const indented = fc.array(indentedPiece, { maxLength: 14 }).map((pieces) => `''${pieces.join("")}\n  ''`);
const string = fc.oneof(plain, indented);
const script = fc.oneof({ weight: 4, arbitrary: string }, { weight: 1, arbitrary: fc.tuple(string, string).map(([a, b]) => `${a} + ${b}`) });

/** The script of a unit; null where the text is none that Nix reads. */
function scriptOf(source: string): Script | null {
  const project = new Project(memoryHost({ "x.nix": `{ systemd.services.x.script = ${BOUND} ${source}; }` }), parser);
  if ((project.file("x.nix")?.syntax.errors.length ?? 1) > 0) return null;
  const config = project.configuration("x.nix");
  return config === null ? null : (readScripts(config, shell)?.[0] ?? null);
}

describe("a script", () => {
  it.skipIf(!hasNix)("has the text that Nix prints (skipped without nix-instantiate)", () => {
    const sources = fc.sample(script, fixed(300, 31));
    const judged = evaluateNix(sources.map((source) => `${BOUND} ${source}`));
    let equal = 0;
    sources.forEach((source, index) => {
      const result = judged[index] ?? null;
      const ours = scriptOf(source);
      expect([source, ours === null]).toEqual([source, result === null]);
      if (ours === null || result === null) return;
      expect([source, ours.text]).toEqual([source, result.value]);
      equal++;
    });
    expect(equal).toBeGreaterThan(280);
  });

  it("has each character at its source, or at the interpolation that brings it", () => {
    let throughHoles = 0;
    for (const source of fc.sample(script, fixed(300, 31))) {
      const ours = scriptOf(source);
      if (ours === null) continue;
      /** What came through each interpolation, by where that starts. */
      const through = new Map<number, { readonly written: string; text: string }>();
      let last = -1;
      for (let index = 0; index < ours.text.length; index++) {
        const char = ours.text[index] as string;
        const at = ours.at({ start: index, end: index + 1 });
        const whole = at?.file.syntax.source.text ?? "";
        const start = at?.start ?? -1;
        const written = whole.slice(start, at?.end);
        if (Object.hasOwn(KNOWN, written)) {
          const found = through.get(start) ?? { written, text: "" };
          found.text += char;
          through.set(start, found);
          expect(start).toBeGreaterThanOrEqual(last);
        } else {
          expect([source, index, isWritten(whole, start, char)]).toEqual([source, index, true]);
          expect(start).toBeGreaterThan(last);
        }
        last = start;
      }
      for (const { written, text } of through.values()) expect([source, text]).toEqual([source, KNOWN[written]]);
      throughHoles += through.size;
    }
    expect(throughHoles).toBeGreaterThan(200);
  });
});
