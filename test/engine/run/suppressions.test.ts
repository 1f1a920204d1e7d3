/** Suppression comments: what each covers, what is told about those that do nothing, and where they may stand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, readSuppressions, type Suppression } from "../../../src/engine/run/suppressions.ts";
import type { SourceFile } from "../../../src/engine/model/index.ts";
import { unmark } from "../../support/marked.ts";
import { parser } from "../../support/parser.ts";

function fileOf(text: string): SourceFile {
  return { path: "x.nix", folder: "", syntax: parser.parse(text) };
}

/** Which lines each suppression covers for a rule, in the notation `first-last`. */
function lines(text: string, rule = "rule-a"): string[] {
  const { all } = readSuppressions(fileOf(text));
  const count = text.split("\n").length;
  return all.map((suppression) => {
    const covered = Array.from({ length: count + 1 }, (_, index) => index + 1).filter((line) => covers(suppression, rule, line));
    return covered.length === 0 ? "none" : `${covered[0]}-${covered[covered.length - 1]}`;
  });
}

function only(text: string): Suppression {
  const { all } = readSuppressions(fileOf(text));
  expect(all).toHaveLength(1);
  return all[0] as Suppression;
}

/** The problems with their places, against marks in the text. */
function broken(marked: string): void {
  const { text, spans } = unmark(marked);
  const found = readSuppressions(fileOf(text)).broken;
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(spans.map(({ start, end }) => text.slice(start, end)));
}

function problems(text: string): string[] {
  return readSuppressions(fileOf(text)).broken.map(({ problem }) => problem);
}

describe("what a suppression covers", () => {
  it("is its own line", () => {
    expect(lines("{\n  a = 1; # tappaas-lint: disable-line rule-a\n  b = 2;\n}\n")).toEqual(["2-2"]);
  });

  it("is the next line", () => {
    expect(lines("{\n  # tappaas-lint: disable-next-line rule-a\n  a = 1;\n  b = 2;\n}\n")).toEqual(["3-3"]);
  });

  it("is the next line that is no comment", () => {
    expect(lines("{\n  # tappaas-lint: disable-next-line rule-a\n  # Why it is so:\n  /* long\n     story */\n  a = 1;\n}\n")).toEqual(["6-6"]);
  });

  it("is an empty next line too: the comment belongs right above", () => {
    expect(lines("{\n  # tappaas-lint: disable-next-line rule-a\n\n  a = 1;\n}\n")).toEqual(["3-3"]);
  });

  it("is nothing where no line follows", () => {
    expect(lines("{ }\n# tappaas-lint: disable-next-line rule-a")).toEqual(["3-3"]);
  });

  it("is the file, wherever the comment stands", () => {
    expect(lines("{\n  a = 1;\n}\n# tappaas-lint: disable-file rule-a")).toEqual(["1-4"]);
  });

  it("is a region, up to its end or that of the file", () => {
    expect(lines("{\n  # tappaas-lint: disable rule-a\n  a = 1;\n  # tappaas-lint: enable rule-a\n  b = 2;\n}\n")).toEqual(["2-4"]);
    expect(lines("{\n  # tappaas-lint: disable rule-a\n  a = 1;\n}")).toEqual(["2-4"]);
    expect(lines("{\n  # tappaas-lint: disable rule-a\n  a = 1;\n  # tappaas-lint: enable")).toEqual(["2-4"]);
  });

  it("ends for the rules that `enable` names, and goes on for the others", () => {
    const text = "{\n  # tappaas-lint: disable rule-a, rule-b\n  a = 1;\n  # tappaas-lint: enable rule-a\n  b = 2;\n}";
    expect(lines(text, "rule-a")).toEqual(["2-4"]);
    expect(lines(text, "rule-b")).toEqual(["2-6"]);
    const all = "{\n  # tappaas-lint: disable\n  a = 1;\n  # tappaas-lint: enable rule-a\n  b = 2;\n}";
    expect(lines(all, "rule-a")).toEqual(["2-4"]);
    expect(lines(all, "rule-b")).toEqual(["2-6"]);
  });

  it("may begin again after its end", () => {
    const text = "{\n  # tappaas-lint: disable rule-a\n  a = 1;\n  # tappaas-lint: enable rule-a\n  b = 2;\n  # tappaas-lint: disable rule-a\n}";
    expect(lines(text)).toEqual(["2-4", "6-7"]);
  });

  it("is only the rules that are named, or all where none is", () => {
    expect(lines("{ } # tappaas-lint: disable-line rule-b")).toEqual(["none"]);
    expect(lines("{ } # tappaas-lint: disable-line")).toEqual(["1-1"]);
    expect(lines("{ } # tappaas-lint: disable-line -- because")).toEqual(["1-1"]);
  });

  it("counts lines as the positions do", () => {
    expect(lines("{\r\n  # tappaas-lint: disable-next-line rule-a\r\n  a = 1;\r\n}\r\n")).toEqual(["3-3"]);
  });
});

describe("names and reason", () => {
  it("are read with their places", () => {
    const text = "{ } # tappaas-lint: disable-line rule-a,rule-b  rule-c -- it is -- so -- ";
    const { rules, reason } = only(text);
    expect(rules.map(({ start, end }) => text.slice(start, end))).toEqual(["rule-a", "rule-b", "rule-c"]);
    expect(rules.map(({ name }) => name)).toEqual(["rule-a", "rule-b", "rule-c"]);
    expect(reason).toBe("it is -- so --");
  });

  it("have no reason where nothing is behind the dashes", () => {
    expect(only("{ } # tappaas-lint: disable-line rule-a --").reason).toBeNull();
    expect(only("{ } # tappaas-lint: disable-line rule-a --  ").reason).toBeNull();
    expect(only("{ } # tappaas-lint: disable-line rule-a").reason).toBeNull();
  });

  it("take a reason without a blank behind the dashes", () => {
    expect(only("{ } # tappaas-lint: disable-line rule-a --because").reason).toBe("because");
    expect(only("{ } # tappaas-lint: disable-line rule-a --- because").reason).toBe("because");
  });

  it("end with a block comment, and with its line", () => {
    const { rules, reason, kind } = only("/* tappaas-lint: disable-file rule-a -- so */ { }");
    expect([rules.map(({ name }) => name), reason, kind]).toEqual([["rule-a"], "so", "file"]);
    expect(only("/*\n * tappaas-lint: disable-file rule-a\n * and more words\n */ { }").rules.map(({ name }) => name)).toEqual(["rule-a"]);
  });

  it("span the comment", () => {
    const text = "{\n  a = 1; # tappaas-lint: disable-line rule-a -- so\n}";
    const { start, end } = only(text);
    expect(text.slice(start, end)).toBe("# tappaas-lint: disable-line rule-a -- so");
  });
});

describe("scripts in strings", () => {
  const script = (line: string): string => `{\n  script = ''\n    mkdir /x\n    ${line}\n    chmod 600 /x\n  '';\n}\n`;

  it("may hold suppressions in their comments", () => {
    expect(lines(script("# tappaas-lint: disable-next-line rule-a -- so"))).toEqual(["5-5"]);
    expect(lines(script("rm /x # tappaas-lint: disable-line rule-a"))).toEqual(["4-4"]);
    expect(lines(script("rm ${pkgs.x} # tappaas-lint: disable-line rule-a"))).toEqual(["4-4"]);
  });

  it("hold none where the mark is no comment", () => {
    expect(readSuppressions(fileOf(script("echo tappaas-lint: disable-file")))).toEqual({ all: [], broken: [] });
    expect(readSuppressions(fileOf(script("echo x#tappaas-lint: disable-file")))).toEqual({ all: [], broken: [] });
  });

  it("are told from comments of Nix inside an interpolation", () => {
    expect(lines("{\n  a = ''\n    ${\n      # tappaas-lint: disable-next-line rule-a\n      x}\n  '';\n}\n")).toEqual(["5-5"]);
  });
});

describe("what does nothing is told", () => {
  it("at a keyword that is none", () => {
    broken("{ } # tappaas-lint: ⟦disable-lines⟧ rule-a");
    expect(problems("{ } # tappaas-lint: disable-lines rule-a")).toEqual(["`disable-lines` is no suppression: write `disable-line`"]);
    expect(problems("{ } # tappaas-lint: noqa")).toEqual(["`noqa` is no suppression: write `disable-next-line`, `disable-line`, `disable-file`, `disable`, `enable`"]);
    expect(problems("{ } # tappaas-lint:")).toEqual(["This comment is no suppression: write `disable-next-line`, `disable-line`, `disable-file`, `disable`, `enable`"]);
  });

  it("at a name of the program that is misspelt or lacks its colon", () => {
    broken("{ } # ⟦tappaas-lint disable-line⟧ rule-a");
    broken("{ } # ⟦tapas-lint: disable-line⟧ rule-a");
    expect(problems("{ } # TAPPaaS-lint: disable-line rule-a")).toEqual(["This comment is no suppression: write `tappaas-lint: disable-line`"]);
  });

  it("at a suppression in the middle of a comment", () => {
    broken("{ } # see there, ⟦tappaas-lint: disable-line⟧ rule-a");
    expect(problems("{ } # x tappaas-lint: disable-line rule-a")).toEqual(["A suppression stands at the start of its comment: write `# tappaas-lint: disable-line …`"]);
  });

  it("but not at prose, other programs' comments or a quoted suppression", () => {
    for (const prose of ["# tappaas-lint finds it", "# run tappaas-lint: it is quick", "# eslint: disable-line x", "# write `tappaas-lint: disable-line`", "# write `# tappaas-lint: disable-line` there", "# please disable the lint"]) {
      expect(readSuppressions(fileOf(`{ } ${prose}`))).toEqual({ all: [], broken: [] });
    }
  });

  it("at an `enable` that ends nothing", () => {
    broken("{ } ⟦# tappaas-lint: enable⟧");
    broken("{\n# tappaas-lint: disable rule-a\n# tappaas-lint: enable ⟦rule-b⟧, rule-a\n}");
    broken("{\n# tappaas-lint: disable rule-a\n# tappaas-lint: enable rule-a\n⟦# tappaas-lint: enable⟧\n}");
    expect(problems("{\n# tappaas-lint: disable-file rule-a\n# tappaas-lint: enable rule-a\n}")).toEqual(["`rule-a` is not disabled here, so this `enable` does nothing: remove it or correct the name"]);
  });

  it("not at an `enable` on the last line", () => {
    expect(problems("# tappaas-lint: disable rule-a\n{ } # tappaas-lint: enable rule-a")).toEqual([]);
  });
});

describe("on any text", () => {
  const piece = fc.constantFrom("# ", "tappaas-lint", ":", " disable", "-line", "-next", "-file", " enable", " rule-a", ",", " -- ", "\n", "\r\n", "/*", "*/", "''", '"', "${", "}", "{", "x = 1;", "é", "💾", " ");

  it("reading ends, and every place lies in the text", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const { all, broken: told } = readSuppressions(fileOf(text));
        for (const { start, end } of [...all, ...told, ...all.flatMap(({ rules }) => rules)]) expect(0 <= start && start <= end && end <= text.length).toBe(true);
        for (const { rules } of all) for (const { name, start, end } of rules) expect(text.slice(start, end)).toBe(name);
      }),
      { seed: 20, numRuns: 500 },
    );
  });
});
