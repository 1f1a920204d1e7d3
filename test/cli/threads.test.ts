/** Several threads find what one finds, byte for byte. */
import { cpSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BAD, GOOD, ONE_RULE, Tree } from "./program.ts";

const EXAMPLES = resolve(import.meta.dirname, "../../examples");

describe("--threads", () => {
  const tree = new Tree({ ".tappaas-lint.json": '{ "rules": { "trusted-users": "error" } }', "own/bad.nix": BAD, "own/broken.nix": "{ a = ; }", "own/latin.nix": Buffer.from([0x7b, 0xe9, 0x7d]) });
  cpSync(EXAMPLES, tree.path("examples"), { recursive: true });

  it.each(["json", "sarif", "pretty"])("makes no difference to the report: %s", (format) => {
    const alone = tree.run(["--format", format, "--threads", "1"]);
    expect(alone.status).toBe(2);
    expect(alone.stderr).toBe(format === "pretty" ? "" : "tappaas-lint: own/latin.nix: This file cannot be read: line 1 is not UTF-8; save the file as UTF-8.\n");
    for (const count of ["2", "8"]) expect(tree.run(["--format", format, "--threads", count])).toEqual(alone);
  });

  it("needs no more than one for one file, and none is left waiting", () => {
    expect(tree.run([...ONE_RULE, "--threads", "8", "own/bad.nix"]).status).toBe(1);
    const small = new Tree({ "a.nix": GOOD, "b.nix": GOOD });
    expect(small.run([...ONE_RULE, "--threads", "8"])).toEqual({ status: 0, stdout: "No findings in 2 files\n", stderr: "" });
  });

  it.each(["0", "33", "many", "-1"])("says what it takes instead of %s", (given) => {
    expect(tree.run(["--threads", given])).toEqual({ status: 2, stdout: "", stderr: `tappaas-lint: \`--threads\` takes a number from 1 to 32, not \`${given}\`.\n` });
  });
});
