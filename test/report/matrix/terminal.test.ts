/** Tests the matrix in a terminal: what it shows, that it keeps to the width, and that names cannot steer anything. */
import stringWidth from "string-width";
import { expect, it } from "vitest";
import { plainOptions } from "../../../src/report/index.ts";
import { matrix } from "../../../src/report/matrix/terminal.ts";
import { type FindingSketch, file, result, rule, varied } from "../sample.ts";

it("shows modules, conventions, a legend and the counts", async () => {
  expect(await matrix(varied, plainOptions)).toBe(`                 E W  a   b   c  d  e  f  g
base
cache            1    ·   ·   ·  ·  ·  E  s
wiki             4 1  E   E   E  W  E  ·  ·
                 E W  a   b   c  d  e  f  g

structure   a hardware-import 1
baseline    b networkd-disabled 1
containers  c image-pinned 1  d postgres-ownership 1  e postgres-package 1
            f redis-bind 1  g redis-memory

E error, W warning, i info, s suppressed, · nothing reported, blank: the
convention does not concern the file

5 errors, 1 warning in 2 of 3 files; 1 suppressed; 1 of 3 modules without
findings
`);
});

it("leaves out conventions without findings and files that are no modules", async () => {
  const files = [file("x.nix", "{ }\n", [{ rule: "r" }]), file("flake.nix", "{ }\n", [], "flake"), file("p.nix", "{ }\n", [], "package"), file("y.nix", "{ }\n")];
  const text = await matrix(result(files, { rules: [rule("r"), rule("nothing")] }), plainOptions);
  expect(text).not.toMatch(/ nothing(?! reported)/u);
  expect(text.split("\n").filter((line) => /^[a-z]+ .*[E·]$/u.test(line))).toEqual(["x                1  E", "y                   ·"]);
  expect(text.replaceAll("\n", " ")).toContain("1 error in 1 of 4 files; 1 of 2 modules without findings; 2 other files without any left out");
});

it("is one line where there is nothing to show", async () => {
  expect(await matrix(result([file("x.nix", "{ }\n")]), plainOptions)).toBe("No findings in 1 file\n");
});

const many = Array.from({ length: 130 }, (_, index) => `rule-${String(index).padStart(3, "0")}`);
const wide = [file(`apps/${"très-".repeat(20)}long.nix`, "{ }\n", many.map((id): FindingSketch => ({ rule: id }))), file("apps/日本/日本語の長い名前のモジュール.nix", "{ }\n", [{ rule: "rule-007", severity: "warning" }]), file("b/x.nix", "{ }\n"), file("a/very/deep/folder/of/its/own/x.nix", "{ }\n")];

it.each([20, 48, 80, 100, 132, 220])("keeps to a width of %d columns and shows every convention once", async (width) => {
  const text = await matrix(result(wide), { ...plainOptions, width });
  expect(text.split("\n").filter((line) => stringWidth(line) > Math.max(width, 48))).toEqual([]);
  for (const id of many) expect([id, text.split(`${id} `).length + text.split(`${id}\n`).length - 2 > 0]).toEqual([id, true]);
  for (const part of text.split("\n\n").filter((block) => /^ +E/u.test(block))) {
    const [head = "", first = ""] = part.split("\n");
    expect(stringWidth(first)).toBe(stringWidth(head));
  }
});

it("sets cells apart where there is room", async () => {
  const run = result([file("x.nix", "{ }\n", many.slice(0, 20).map((id) => ({ rule: id })))]);
  const head = async (width: number): Promise<string> => (await matrix(run, { ...plainOptions, width })).split("\n")[0]?.trim() ?? "";
  expect([await head(48), await head(66), await head(90)].map((line) => line.slice(0, 14))).toEqual(["E  abcdefghijk", "E  a b c d e f", "E  a  b  c  d "]);
});

it("colours by severity and links rules where the terminal can", async () => {
  const run = result([file("x.nix", "{ }\n", [{ rule: "r" }, { rule: "s", severity: "warning" }, { rule: "t", severity: "info" }])]);
  const text = await matrix(run, { ...plainOptions, colors: 1, hyperlinks: true });
  expect(text).toContain("\u001b[31m\u001b[1mE\u001b[22m\u001b[39m");
  expect(text).toContain("\u001b[33mW\u001b[39m");
  expect(text).toContain("\u001b[34mi\u001b[39m");
  expect(text).toContain("\u001b]8;;https://example.org/rules.md#r\u001b\\r\u001b]8;;\u001b\\");
  expect(await matrix(run, plainOptions)).not.toContain("\u001b");
});

it("lets no name steer the terminal or a workflow", async () => {
  const evil = [file("\u001b[31m\n::error::x.nix", "{ }\n", [{ rule: "r" }]), file("\u202egnp.nix", "{ }\n")];
  const text = await matrix(result(evil, { failures: [{ path: "::warning::a\n::set-output", rule: "\u001b]0;t\u0007", message: "\u0007No" }] }), { ...plainOptions, width: 60 });
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/u);
  expect(text).not.toMatch(/^\s*::/mu);
  expect(text).toContain("failed");
});
