/** The way back from the characters of a partly known text to the source. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOLE } from "../../../src/engine/domain/hole.ts";
import { type At, Project } from "../../../src/engine/model/index.ts";
import { isWhollyKnown, linesOf, sureTexts, wordsOf } from "../../../src/rules/vocabulary/text.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";

/** The texts of the option `a.b` of a module. */
function textsOf(module: string) {
  const config = new Project(memoryHost({ "m.nix": module }), parser).configuration("m.nix");
  if (config === null) throw new Error("The module cannot be read");
  const answer = config.option("a.b");
  return { answer, texts: sureTexts(answer) };
}

function source(at: At | null): string | null {
  return at === null ? null : at.file.syntax.source.text.slice(at.start, at.end);
}

/** What stands in the source where a part of the first text is found. */
function placed(module: string, part: string) {
  const [first] = textsOf(module).texts;
  if (first === undefined) throw new Error("The option has no text");
  const start = first.text.indexOf(part);
  if (start < 0) throw new Error(`"${part}" is not in "${first.text}"`);
  return { place: source(first.place(start, start + part.length)), origin: source(first.origin(start, start + part.length)) };
}

describe("place and origin", () => {
  it("find literal text", () => {
    expect(placed('{ a.b = "one two three"; }', "two")).toEqual({ place: "two", origin: null });
  });

  it("find text behind escapes", () => {
    expect(placed('{ a.b = "o\\"n\\te two"; }', "two")).toEqual({ place: "two", origin: null });
    expect(placed("{ a.b = ''\n    one ''$x\n    two\n  ''; }", "two")).toEqual({ place: "two", origin: null });
  });

  it("give the interpolation for what a name is bound to, and where that is", () => {
    const module = 'let x = "two"; in { a.b = "one ${x} three"; }';
    expect(placed(module, "two")).toEqual({ place: "${x}", origin: "two" });
    expect(placed(module, "one two")).toEqual({ place: "one ${x}", origin: "two" });
    expect(placed(module, "two three")).toEqual({ place: "${x} three", origin: "two" });
    expect(placed(module, "three")).toEqual({ place: "three", origin: null });
  });

  it("keep quotes out when an interpolation stands at an end", () => {
    const module = 'let x = "one"; y = "two"; in { a.b = "${x} ${y}"; }';
    expect(placed(module, "one").place).toBe("${x}");
    expect(placed(module, "two").place).toBe("${y}");
    expect(placed(module, "one two").place).toBe("${x} ${y}");
    expect(placed("let x = ''one''; in { a.b = ''${x} two''; }", "one").place).toBe("${x}");
  });

  it("follow a name to the literal it is bound to", () => {
    expect(placed('let x = "one two"; in { a.b = x; }', "two")).toEqual({ place: "two", origin: "one two" });
  });

  it("stand between holes", () => {
    const module = "{ config, ... }: { a.b = \"${config.x} two ${config.y}\"; }";
    const [first] = textsOf(module).texts;
    expect(first?.text).toBe(`${HOLE} two ${HOLE}`);
    expect(source(first?.place(0, 1) ?? null)).toBe("${config.x}");
    expect(source(first?.place(2, 5) ?? null)).toBe("two");
    expect(source(first?.place(6, 7) ?? null)).toBe("${config.y}");
  });

  it("find every word of any literal", () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9/._-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.boolean(), (words, indented) => {
        const text = words.join(indented ? "\n      " : " ");
        const [first] = textsOf(indented ? `{ a.b = ''\n      ${text}\n    ''; }` : `{ a.b = "${text}"; }`).texts;
        const found = first === undefined ? [] : wordsOf(first.text).map(({ start, end }) => source(first.place(start, end)));
        expect(found).toEqual(words);
      }),
    );
  });
});

describe("sureTexts", () => {
  it("are a string, or the strings of a list, at their uses", () => {
    expect(textsOf('{ a.b = "x"; }').texts.map(({ text }) => text)).toEqual(["x"]);
    const { texts } = textsOf('let y = "two"; in { a.b = [ "one" y 3 ]; }');
    expect(texts.map(({ text, at }) => [text, source(at)])).toEqual([["one", '"one"'], ["two", "y"]]);
  });

  it("leave out what is there only under a condition", () => {
    const { texts, answer } = textsOf('{ config, lib, ... }: { a.b = [ "one" ] ++ lib.optional config.c "two"; }');
    expect(texts.map(({ text }) => text)).toEqual(["one"]);
    expect(isWhollyKnown(answer)).toBe(false);
  });

  it("are none where a stronger definition may replace them", () => {
    expect(textsOf('{ config, lib, ... }: { a.b = lib.mkMerge [ [ "one" ] (lib.mkIf config.c (lib.mkForce [ "two" ])) ]; }').texts).toEqual([]);
  });

  it("are all of a list that is wholly known", () => {
    expect(isWhollyKnown(textsOf('{ a.b = [ "one" "two" ]; }').answer)).toBe(true);
    expect(isWhollyKnown(textsOf("{ c = 1; }").answer)).toBe(true);
    expect(isWhollyKnown(textsOf('{ a.b = [ "one" 2 ]; }').answer)).toBe(false);
  });
});

describe("words and lines", () => {
  it("know where they stand", () => {
    expect(wordsOf(" a  bc\n")).toEqual([{ text: "a", start: 1, end: 2 }, { text: "bc", start: 4, end: 6 }]);
    expect(linesOf("a\n\nbc")).toEqual([{ text: "a", start: 0, end: 1 }, { text: "", start: 2, end: 2 }, { text: "bc", start: 3, end: 5 }]);
  });
});
