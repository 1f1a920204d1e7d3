/** What is remembered of a script is what would be found again. */
import { expect, it } from "vitest";
import { Project, readScripts } from "../../../../src/engine/model/index.ts";
import { memoryHost } from "../../../../src/engine/model/memory-host.ts";
import { parser, shell } from "../../../support/parser.ts";

function factsIn(unit: string): unknown[] {
  const config = new Project(memoryHost({ "x.nix": `{ pkgs, config, ... }: { systemd.services.x = { ${unit} }; }` }), parser).configuration("x.nix");
  return config === null ? [] : (readScripts(config, shell) ?? []).map(({ facts }) => facts);
}

const SCRIPT = "script = ''\n  echo a > /etc/secrets/x\n  ${pkgs.openssl}/bin/openssl rand -hex 32 > \"$OUT\"\n'';";

it("is the very same for the same script, wherever it stands", () => {
  const [first] = factsIn(SCRIPT);
  expect(factsIn(`description = "elsewhere"; ${SCRIPT}`)[0]).toBe(first);
});

it("keeps no file", () => {
  const found: unknown[] = [];
  JSON.stringify(factsIn('script = "echo ${pkgs.openssl}";'), (key, value: unknown) => {
    if (key === "value" && value !== null) found.push(value);
    return value;
  });
  expect(found).toContainEqual({ t: "ref", path: ["pkgs", "openssl"], at: null });
});

it.each([
  ["what it interpolates", SCRIPT.replace("pkgs.openssl", "pkgs.libressl")],
  ["the mask that it starts with", `${SCRIPT} serviceConfig.UMask = "0077";`],
  ["its environment", `${SCRIPT} environment.OUT = "/etc/secrets/y";`],
  ["how it is run", `${SCRIPT} enableStrictShellChecks = true;`],
  ["its text", SCRIPT.replace("echo a", "echo b")],
])("is not what another script does: %s", (_, unit) => {
  const [first] = factsIn(SCRIPT);
  const [other] = factsIn(unit);
  expect(other).toBeDefined();
  expect(other).not.toBe(first);
});

it("is nothing where an interpolation is a value of its own", () => {
  const unit = 'script = "${pkgs.writeShellScript "a" "echo"}";';
  expect(factsIn(unit)[0]).not.toBe(factsIn(unit)[0]);
});
