/** Scripts for which the Bash grammar would take minutes are given up, and are known not to be known. */
import { describe, expect, it } from "vitest";
import { shell } from "../../../support/parser.ts";

describe("a script", () => {
  it("of which too much can be made is given up, once", () => {
    const text = `a > /x${"</s>".repeat(40_000)}\n`;
    for (const { isGivenUp, hasErrors, statements } of [shell.parse(text), shell.parse(text)]) {
      expect([isGivenUp, hasErrors, statements]).toEqual([true, true, [{ kind: "error", start: 0, end: text.length }]]);
    }
    expect(shell.parse("echo x")).toMatchObject({ hasErrors: false, statements: [{ kind: "command" }] });
  });

  it("that is only long is read", () => {
    const { hasErrors, statements, isGivenUp } = shell.parse("echo 'a text' > /srv/file\n".repeat(20_000));
    expect([hasErrors, statements.length, isGivenUp]).toEqual([false, 20_000, undefined]);
  });
});
