/** Tests the table behind both matrix reports: what stands in which row, column and cell. */
import { expect, it } from "vitest";
import { fleetOf } from "../../../src/report/matrix/fleet.ts";
import { file, result, rule } from "../sample.ts";

it("orders conventions by theme and modules by name", () => {
  const rules = [rule("a-unit", { theme: "units" }), rule("b-secret", { theme: "secrets" }), rule("a-secret", { theme: "secrets" }), rule("own", { theme: "house" })];
  const { columns, rows } = fleetOf(result([file("a/z.nix", "{ }\n"), file("b/c.nix", "{ }\n", [{ rule: "unheard-of" }])], { rules }));
  expect(columns.map(({ rule: id, theme, count }) => [id, theme, count])).toEqual([
    ["a-secret", "secrets", 0],
    ["b-secret", "secrets", 0],
    ["a-unit", "units", 0],
    ["unheard-of", "", 1],
    ["own", "house", 0],
  ]);
  expect(rows.map(({ name }) => name)).toEqual(["c", "z"]);
});

it("says of a cell the worst that is not suppressed", () => {
  const rules = [rule("r"), rule("s", { roles: ["flake"] })];
  const files = [
    file("bad.nix", "{ }\n", [{ rule: "r", severity: "info" }, { rule: "r", severity: "error", suppressed: true }, { rule: "r", severity: "warning" }]),
    file("kept.nix", "{ }\n", [{ rule: "r", suppressed: true }]),
    file("quiet.nix", "{ }\n"),
    file("flake.nix", "{ }\n", [], "flake"),
  ];
  const { rows, columns } = fleetOf(result(files, { rules }));
  expect(rows.map(({ name, cells, counts }) => [name, cells.map(({ state }) => state).join(" "), counts])).toEqual([
    ["bad", "warning apart", { error: 0, warning: 1, info: 1 }],
    ["kept", "suppressed apart", { error: 0, warning: 0, info: 0 }],
    ["quiet", "quiet apart", { error: 0, warning: 0, info: 0 }],
    ["flake", "apart quiet", { error: 0, warning: 0, info: 0 }],
  ]);
  expect(columns.map(({ rule: id, count, worst }) => [id, count, worst])).toEqual([["r", 2, "warning"], ["s", 0, null]]);
});

it.each([
  [["src/apps/x/x.nix", "src/apps/y/y.nix"], ["x", "y"]],
  [["src/old/10-x/x.nix", "src/new/x/x.nix"], ["x (new/x)", "x (old/10-x)"]],
  [["src/old/a/x.nix", "src/new/a/x.nix"], ["x (new)", "x (old)"]],
  [["x.nix", "sub/x.nix"], ["x (.)", "x (sub)"]],
  [["a/x.nix", "b/a/x.nix"], ["x (a)", "x (b/a)"]],
  [["../a/x.nix", "x.nix", "b/.nix"], [".nix", "x (.)", "x (../a)"]],
])("tells modules of one name apart: %j", (paths, labels) => {
  const { rows } = fleetOf(result(paths.map((path) => file(path, "{ }\n"))));
  expect(rows.map(({ name, place }) => (place === "" ? name : `${name} (${place})`))).toEqual(labels);
});

it("follows only addresses on the web", () => {
  const rules = [rule("a", { url: "javascript:alert(1)" }), rule("b", { url: "https://example.org/b" })];
  expect(fleetOf(result([file("x.nix", "{ }\n")], { rules })).columns.map(({ url }) => url)).toEqual([null, "https://example.org/b"]);
});
