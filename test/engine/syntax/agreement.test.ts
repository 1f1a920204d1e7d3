/** Whatever tree-sitter's grammar makes of a text that Nix reads otherwise, the parser answers as the reader does. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../../../src/engine/syntax/index.ts";
import { parser } from "../../support/parser.ts";
import { accepted } from "./accepted.ts";
import { brokenModules } from "./broken-modules.ts";
import { nixText } from "./nix-texts.ts";
import { rejected } from "./rejected.ts";

function agree(text: string): void {
  const { root, comments, errors, tooDeep } = parser.parse(text);
  const read = parse(text);
  expect({ text, root, comments, errors, tooDeep }).toEqual({ text, root: read.root, comments: read.comments, errors: read.errors, tooDeep: read.tooDeep });
}

const piece = fc.constantFrom("", "{", "}", "''", '"', "${", ";", "=", "in", "(", "\0", "\u00a0", "\r", " or ", "or", "/", "//", "<", ">", "<a>", "+", "-", "*", "if", "rec", "let", ".5", "1", "a", "~/", "a:b", "...", ",", "\f", "é", "#", "/*", "|>", ".", ":", "@", "?");

describe("the parser and the reader", () => {
  it("agree on what Nix accepts and refuses", () => {
    for (const [text] of [...accepted, ...rejected]) agree(text);
    for (const { text } of brokenModules) agree(text);
  });

  it("agree on anything that can be written", () => {
    fc.assert(fc.property(nixText, agree), { numRuns: 1000 });
  });

  it("agree where something is cut out or put in", () => {
    const changed = fc.tuple(nixText, fc.nat(), fc.nat(6), piece).map(([text, place, length, put]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + put + text.slice(at + length);
    });
    fc.assert(fc.property(changed, agree), { numRuns: 5000 });
  });
});
