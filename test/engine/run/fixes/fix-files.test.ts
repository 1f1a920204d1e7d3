/** Files are mended pass by pass, or left as they were. */
import { describe, expect, it } from "vitest";
import { type MakeFix, applyEdits, defineRule } from "../../../../src/engine/run/index.ts";
import { at } from "../../../../src/engine/model/index.ts";
import { rules } from "../../../../src/rules/index.ts";
import { fixTree, lintTree } from "../../../support/lint.ts";

const docs = { title: "T", convention: "C", handbook: "H", why: "W", bad: [{ code: "{ }\n", says: [] }], good: [{ code: "{ }\n" }] } as const;

/** Reports a word wherever it stands and mends it as told. */
function aboutWord(id: string, word: string, fix: (place: Parameters<MakeFix>[0]) => ReturnType<MakeFix>) {
  return defineRule({
    id,
    theme: "structure",
    severity: "error",
    fix: "safe",
    scope: "file",
    roles: ["system", "fragment", "package"],
    docs,
    messages: { found: "The word is here" },
    *check({ file }) {
      for (const { index } of file.syntax.source.text.matchAll(new RegExp(word, "g"))) yield { message: "found", at: at(file, { start: index, end: index + word.length }), fix };
    },
  });
}

const writes = (text: string): MakeFix => (place) => ({ title: `Write ${text}`, operations: [{ do: "replace", at: place, text }] });

describe("fixFiles", () => {
  it("makes first what others go by, and asks them again", () => {
    const named: MakeFix = (place) => ({ title: "Write two", operations: [{ do: "replace", at: place, text: "two" }], goesFirst: true });
    const outcome = fixTree({ "a.nix": "{ a = three; b = one; }\n" }, [aboutWord("first", "three", writes("four")), aboutWord("second", "one", named)], ["safe"]);
    expect(outcome.files[0]).toMatchObject({ after: "{ a = four; b = two; }\n", mended: [{ rule: "second" }, { rule: "first" }] });
  });

  it("mends what one fix brings about for another in a later pass", () => {
    const outcome = fixTree({ "a.nix": "{ a = one; }\n" }, [aboutWord("first", "one", writes("two")), aboutWord("second", "two", writes("three"))], ["safe"]);
    expect(outcome.files).toEqual([
      {
        path: "a.nix",
        before: "{ a = one; }\n",
        after: "{ a = three; }\n",
        mended: [
          { rule: "first", message: "The word is here", title: "Write two" },
          { rule: "second", message: "The word is here", title: "Write three" },
        ],
      },
    ]);
    expect(outcome.result.summary.errors).toBe(0);
  });

  it("leaves a file as it was whose fixes fight, and mends the others", () => {
    const outcome = fixTree({ "a.nix": "{ a = one; c = four; }\n", "b.nix": "{ c = four; }\n" }, [aboutWord("first", "one", writes("two")), aboutWord("second", "two", writes("one")), aboutWord("third", "four", writes("five"))], ["safe"]);
    expect(outcome.unsettled).toEqual(["a.nix"]);
    expect(outcome.files.map(({ path, after }) => [path, after])).toEqual([["b.nix", "{ c = five; }\n"]]);
    expect(outcome.result.files.map(({ path, text }) => [path, text])).toEqual([["a.nix", "{ a = one; c = four; }\n"], ["b.nix", "{ c = five; }\n"]]);
  });

  it("never keeps a text that is not Nix", () => {
    const outcome = fixTree({ "a.nix": "{ a = one; }\n" }, [aboutWord("first", "one", writes("= ="))], ["safe"]);
    expect(outcome).toMatchObject({ files: [], unsettled: ["a.nix"] });
  });

  it("never touches a file with a syntax error", () => {
    const outcome = fixTree({ "a.nix": "{ a = one; b = ; }\n" }, [aboutWord("first", "one", writes("two"))], ["safe"]);
    expect(outcome).toMatchObject({ files: [], unsettled: [] });
    expect(outcome.result.files[0]?.findings.map(({ fix }) => fix)).toEqual([null]);
  });

  it("makes only fixes of the kinds that are allowed", () => {
    const kind = aboutWord("first", "one", (place) => ({ ...(writes("two")(place) as NonNullable<ReturnType<MakeFix>>), kind: "proposed" }));
    expect(fixTree({ "a.nix": "{ a = one; }\n" }, [kind], ["safe"]).files).toEqual([]);
    expect(fixTree({ "a.nix": "{ a = one; }\n" }, [kind], ["proposed"]).files).toHaveLength(1);
  });

  it("does not mend what is suppressed", () => {
    const text = "{\n  # tappaas-lint: disable-next-line first -- meant\n  a = one;\n}\n";
    expect(fixTree({ "a.nix": text }, [aboutWord("first", "one", writes("two"))], ["safe"]).files).toEqual([]);
  });
});

describe("a finding's edits", () => {
  const text = "{ ... }:\n{\n  services.openssh.enable = false;\n}\n";
  const run = (edits: boolean) => lintTree({ "a.nix": text }, rules.filter(({ id }) => id === "ssh-hardening"), { roles: { "a.nix": "system" }, edits }).files[0]?.findings ?? [];

  it("are there where they are asked for", () => {
    const mended = run(true).map(({ fix, mend }) => [fix, mend?.title, applyEdits(text, mend?.edits ?? [])]);
    expect(mended).toEqual([
      ["safe", "Set `services.openssh.settings`", "{ ... }:\n{\n  services.openssh.enable = false;\n  services.openssh.settings = {\n    PasswordAuthentication = false;\n    PermitRootLogin = \"no\";\n  };\n}\n"],
      ["safe", "Write `true`", "{ ... }:\n{\n  services.openssh.enable = true;\n}\n"],
    ]);
  });

  it("are left out otherwise, though the fix is told", () => {
    expect(run(false).map(({ fix, mend }) => [fix, mend])).toEqual([["safe", undefined], ["safe", undefined]]);
  });
});
