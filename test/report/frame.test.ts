/** Tests the drawing of source around spans of every kind. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Position } from "../../src/engine/run/result.ts";
import { frame } from "../../src/report/frame.ts";
import { measureFor } from "../../src/report/measure.ts";
import { sourceLines } from "../../src/report/text.ts";
import { spanOf } from "./sample.ts";

const measure = await measureFor(["日"]);

/** The rows as `gutter|text`, one string each. */
function drawn(text: string, start: Position, end: Position, width = 60): string[] {
  return frame(sourceLines(text), start, end, width, measure).map((row) => `${row.gutter}|${row.lead}${row.text}`);
}

function drawnAt(text: string, part: string, width = 60): string[] {
  const { start, end } = spanOf(text, part);
  return drawn(text, start, end, width);
}

describe("a span in one line", () => {
  it("is marked exactly, between the lines around it", () => {
    expect(drawnAt("{\n  a = 1;\n  b = false;\n  c = 2;\n}\n", "false")).toEqual(["2|  a = 1;", "3|  b = false;", "|      ^^^^^", "4|  c = 2;"]);
  });

  it("does without neighbours that say nothing", () => {
    expect(drawnAt("{\n  a = 1;\n\n}\n", "a")).toEqual(["2|  a = 1;", "|  ^"]);
  });

  it("is marked by one column if it is empty", () => {
    expect(drawn("{ a = 1 }\n", { line: 1, column: 8 }, { line: 1, column: 8 })).toEqual(["1|{ a = 1 }", "|       ^"]);
  });

  it("may stand at the end of a line, of a file and in an empty file", () => {
    expect(drawn("{\n  a = 1;", { line: 2, column: 9 }, { line: 2, column: 9 })).toEqual(["2|  a = 1;", "|        ^"]);
    expect(drawn("a\n", { line: 2, column: 1 }, { line: 2, column: 1 })).toEqual(["1|a", "2|", "|^"]);
    expect(drawn("", { line: 1, column: 1 }, { line: 1, column: 1 })).toEqual(["1|", "|^"]);
  });

  it("is clipped to its line and to the file", () => {
    expect(drawn("a = 1;\n", { line: 1, column: 5 }, { line: 1, column: 99 })).toEqual(["1|a = 1;", "|    ^^"]);
    expect(drawn("a = 1;", { line: 9, column: 2 }, { line: 12, column: 1 })).toEqual(["1|a = 1;", "|      ^"]);
  });

  it("ends with its line if it ends before the first character of the next", () => {
    expect(drawn("a = 1;\nb = 2;\n", { line: 1, column: 5 }, { line: 2, column: 1 })).toEqual(["1|a = 1;", "|    ^^", "2|b = 2;"]);
  });

  it("counts columns of tabs, wide characters and escapes", () => {
    expect(drawnAt("\ta\t= 1;\r\n", "= 1")).toEqual(["1|    a   = 1;", "|        ^^^"]);
    expect(drawnAt('{ "名前🦀é" = 1; }\r\n', "1")).toEqual(['1|{ "名前🦀é" = 1; }', "|              ^"]);
    expect(drawnAt("a\u001b[1m = \u202e1;\n", "\u202e1")).toEqual(["1|a\\u{1b}[1m = \\u{202e}1;", "|             ^^^^^^^^^"]);
    expect(drawnAt("# ##[error]x\n", "x")).toEqual(["1|# ##\\u{5b}error]x", "|                ^"]);
  });

  it("marks a whole character where a span begins or ends inside one", () => {
    expect(drawn("a👨‍👩‍👧b", { line: 1, column: 3 }, { line: 1, column: 4 })).toEqual(["1|a👨‍👩‍👧b", "| ^^"]);
  });
});

describe("a line that is too long", () => {
  const text = `{ a = "${"x".repeat(140)}"; secret = "hunter2"; b = "${"y".repeat(130)}"; }\n`;

  it("is cropped around the span", () => {
    expect(drawnAt(text, '"hunter2"', 40)).toEqual(['1|…xx"; secret = "hunter2"; b = "yyyyyyyy…', "|               ^^^^^^^^^"]);
  });

  it("is cropped at its end only, where the span can be seen so", () => {
    expect(drawnAt(text, "a =", 20)).toEqual(['1|{ a = "xxxxxxxxxxxx…', "|  ^^^"]);
  });

  it("is cropped at its begin only, where that shows its end", () => {
    expect(drawnAt(text, "; }", 20)).toEqual(['1|…yyyyyyyyyyyyyyy"; }', "|                 ^^^"]);
  });

  it("shows the begin of a span that is too long itself", () => {
    expect(drawnAt(text, `"${"y".repeat(130)}"`, 20)).toEqual(["1|…b = \"yyyyyyyyyyyyy…", "|     ^^^^^^^^^^^^^^^"]);
  });

  it("is cropped so that no ellipsis hides a part of the span", () => {
    expect(drawnAt("ab = 12345; more", "12345", 10)).toEqual(["1|… 12345; …", "|  ^^^^^"]);
    expect(drawnAt('aaaaaaaa = "123456"; bbbb', '"123456"', 10)).toEqual(['1|…"123456"…', "| ^^^^^^^^"]);
  });

  it("drops indentation without a word and crops its neighbours alike", () => {
    const deep = `${" ".repeat(40)}aaaa = 1;\n${" ".repeat(40)}bbbb = 2222222222;\n`;
    expect(drawnAt(deep, "2222222222", 30)).toEqual(["1|            aaaa = 1;", "2|            bbbb = 2222222222;", "|                   ^^^^^^^^^^"]);
  });

  it("never splits a wide character", () => {
    expect(drawnAt(`${"語".repeat(30)}x${"語".repeat(30)}`, "x", 12)).toEqual(["1|…語語x語語 …", "|     ^"]);
  });

  it("may have millions of characters", () => {
    const rows = drawnAt(`${"é".repeat(1_000_000)}x${"é".repeat(1_000_000)}`, "x", 11);
    expect(rows).toEqual(["1|…ééééxéééé…", "|     ^"]);
  });
});

describe("a span of several lines", () => {
  const text = "{\n  a = {\n    b = 1;\n  };\n}\n";

  it("is a bracket from its first character to its last", () => {
    expect(drawnAt(text, "{\n    b = 1;\n  }")).toEqual(["2|    a = {", "|╭───────^", "3|│     b = 1;", "4|│   };", "|╰───^"]);
  });

  it("begins the bracket beside a line that is part of it as a whole", () => {
    expect(drawnAt(text, "a = {\n    b = 1;\n  };")).toEqual(["2|╭   a = {", "3|│     b = 1;", "4|│   };", "|╰────^"]);
  });

  it("leaves out the middle if it is long", () => {
    const list = `[\n${"  1\n".repeat(100)}]`;
    expect(drawnAt(list, list)).toEqual(["1|╭ [", "2|│   1", "⋮|│", "102|│ ]", "|╰─^"]);
  });

  it("is clipped to the file", () => {
    expect(drawn("[\n  1", { line: 1, column: 1 }, { line: 7, column: 3 })).toEqual(["1|╭ [", "2|│   1", "|╰───^"]);
  });

  it("crops its first and last line around their marks", () => {
    const long = `${"a".repeat(40)} [\n${"b".repeat(40)} ] ${"c".repeat(40)}\n`;
    expect(drawnAt(long, `[\n${"b".repeat(40)} ]`, 20)).toEqual([
      "1|  …aaaaaaaaaaaaaaa [",
      "|╭──────────────────^",
      "2|│ …bbbbbb ] ccccccc…",
      "|╰─────────^",
    ]);
  });
});

it("keeps the width and shows nothing unsafe, whatever the text and the span", () => {
  const letters = fc.constantFrom("a", " ", "\t", "\r", "\n", "語", "👨‍👩‍👧", "e\u0301", "\u001b", "\u202e", "##[", "\ud83e");
  const position = fc.record({ line: fc.integer({ min: 1, max: 8 }), column: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 200 }), position, position, fc.integer({ min: 10, max: 60 }), (text, start, end, width) => {
      for (const row of frame(sourceLines(text), start, end, width, measure)) {
        expect(measure.width(row.lead + row.text)).toBeLessThanOrEqual(width);
        expect(row.text).not.toMatch(/[\u0000-\u001f\u202e]|##\[/u);
      }
    }),
    { numRuns: 1000 },
  );
});
