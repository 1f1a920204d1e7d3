/** What the module system cannot tell apart, the model must not either: many spellings of one configuration have one option view. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, Project, optionView, showPath } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { evaluateNix, hasNix } from "../../support/nix.ts";
import { parser } from "../../support/parser.ts";
import { Tape, sample, tapes } from "../../support/tape.ts";
import { type Definitions, plainly, somehow } from "./random-spellings.ts";

const VALUES = [
  "true",
  "false",
  "22",
  '"text"',
  "''\n  several\n    lines\n''",
  "[ 80 443 ]",
  '[ "a" ]',
  "lib.mkDefault true",
  "lib.mkForce [ 1 ]",
  "(lib.mkForce false)",
  'lib.mkIf true (lib.mkDefault "x")',
  "lib.mkBefore [ 7 ]",
  "null",
];
const PATHS = ["boot.growPartition", "boot.loader.enable", "networking.hostName", "networking.firewall.allowedTCPPorts", "services.openssh.enable", "services.openssh.settings.PermitRootLogin", "systemd.services.serial-getty@ttyS0.enable", "systemd.services.x.script", "top", "environment.etc.secrets/key.text"];

function definitionsOf(tape: Tape): Definitions {
  const chosen = PATHS.filter(() => tape.once(2));
  return chosen.map((path) => [path.split("."), argument(tape.pick(VALUES))] as const);
}

function argument(value: string): string {
  return /^(?:lib\.|''|\[)/.test(value) && value.startsWith("lib.") ? `(${value})` : value;
}

/** What an option comes to, without where it is written. */
function answers(files: Record<string, string>): Record<string, { state: string; value: Json | undefined; priority: number | null }> {
  const configuration = new Project(memoryHost(files), parser).configuration("main.nix");
  if (configuration === null) throw new Error("main.nix cannot be read");
  return Object.fromEntries(Object.entries(optionView(configuration)).map(([path, { state, value, priority }]) => [path, { state, value, priority }]));
}

describe("a configuration", () => {
  it("comes to the same in every spelling", () => {
    fc.assert(
      fc.property(tapes(30), tapes(120), (what, how) => {
        const definitions = definitionsOf(new Tape(what));
        const plain = answers(plainly(definitions));
        expect(Object.keys(plain).sort()).toEqual(definitions.map(([path]) => showPath(path)).sort());
        const files = somehow(new Tape(how), definitions);
        expect({ files, ...answers(files) }).toEqual({ files, ...plain });
      }),
      { numRuns: 500, seed: 20 },
    );
  });

  it.skipIf(!hasNix)("comes to the same in every spelling for Nix too (skipped without nix-instantiate)", () => {
    const cases = sample((tape) => {
      const definitions = definitionsOf(tape);
      return { definitions, files: somehow(tape, definitions) };
    }, 150, 120, 21);
    const files: Record<string, string> = { "modules.nix": readFileSync(new URL("../../support/modules.nix", import.meta.url), "utf8") };
    cases.forEach((one, index) => {
      for (const [path, text] of Object.entries(one.files)) files[`spelled${index}/${path}`] = text;
      for (const [path, text] of Object.entries(plainly(one.definitions))) files[`plain${index}/${path}`] = text;
    });
    const evaluate = (folder: string): string => `(import ./modules.nix).evaluate { roots = [ ./${folder}/main.nix ]; }`;
    const spelled = evaluateNix(cases.map((_, index) => evaluate(`spelled${index}`)), files);
    const plain = evaluateNix(cases.map((_, index) => evaluate(`plain${index}`)), files);
    cases.forEach((one, index) => expect({ files: one.files, result: spelled[index] }).toEqual({ files: one.files, result: plain[index] }));
    expect(plain).not.toContain(null);
  });
});
