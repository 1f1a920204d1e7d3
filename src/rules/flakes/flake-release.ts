/** Convention: a system is not built with a NixOS older than the one that it was installed with. */
import { nixosRelease } from "../../engine/domain/flake-ref.ts";
import { type At, textOf } from "../../engine/model/index.ts";
import { type FlakeSystem, defineRule, flakeSystems } from "../../engine/run/index.ts";
import { type FlakeInput, flakeInputs } from "../vocabulary/flake-inputs.ts";
import { code, quoted } from "../vocabulary/show.ts";

export default defineRule({
  id: "flake-release",
  theme: "flakes",
  severity: "warning",
  fix: null,
  scope: "file",
  roles: ["flake"],
  docs: {
    title: "Build with a release that knows the state version",
    convention: "The nixpkgs release of a flake is not older than the `system.stateVersion` of the systems that it builds.",
    handbook: "Key Conventions: “system.stateVersion = \"25.05\" (NEVER change after install)”; Expertise Areas: “Nix flakes”",
    why: "An older NixOS does not know the formats of a newer state version: NixOS warns at best, and databases written by newer versions of their services do not start.",
    bad: [
      {
        code: '{\n  inputs.nixpkgs.url = ⟦"github:NixOS/nixpkgs/nixos-24.11"⟧;\n  outputs = { self, nixpkgs }: {\n    nixosConfigurations.wiki = nixpkgs.lib.nixosSystem { modules = [ ./wiki.nix ]; };\n  };\n}\n',
        files: { "wiki.nix": '{ ... }:\n{\n  system.stateVersion = "25.05";\n}\n' },
        says: ["The release 24.11 of the input `nixpkgs` is older than the state version 25.05 of `wiki`: name the branch of 25.05 or a later release"],
      },
    ],
    good: [
      {
        code: '{\n  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";\n  outputs = { self, nixpkgs }: {\n    nixosConfigurations.wiki = nixpkgs.lib.nixosSystem { modules = [ ./wiki.nix ]; };\n  };\n}\n',
        files: { "wiki.nix": '{ ... }:\n{\n  system.stateVersion = "25.05";\n}\n' },
      },
    ],
  },
  messages: { older: "The release {release} of the input {input} is older than the state version {version} of {system}: name the branch of {version} or a later release" },
  *check({ file, project }) {
    const { inputs } = flakeInputs(project, file);
    const newest = new Map<FlakeInput, { readonly system: FlakeSystem; readonly version: string; readonly at: At | null }>();
    for (const system of flakeSystems(project, file)) {
      const input = nixpkgsOf(system, inputs);
      const answer = system.configuration.option("system.stateVersion");
      const version = answer.state === "known" && answer.value !== null ? textOf(answer.value) : null;
      if (input === null || version === null || !/^\d\d\.\d\d$/.test(version)) continue;
      const definition = answer.winners[answer.winners.length - 1];
      // Releases are written so that text order is their order.
      if ((newest.get(input)?.version ?? "") < version) newest.set(input, { system, version, at: definition?.valueAt ?? definition?.key ?? null });
    }
    for (const [input, { system, version, at }] of newest) {
      const release = input.reference?.ref == null ? null : nixosRelease(input.reference.ref);
      if (release === null || release >= version) continue;
      const related = at === null ? [] : [{ at, message: `${code("system.stateVersion")} is ${code(quoted(version))} here` }];
      yield { message: "older", at: input.at, data: { release, input: code(input.path.join(".")), version, system: code(system.name) }, related };
    }
  },
});

/** The input that a system is built with: the one whose function it calls, else the only one that is nixpkgs. */
function nixpkgsOf(system: FlakeSystem, inputs: readonly FlakeInput[]): FlakeInput | null {
  const top = inputs.filter(({ path }) => path.length === 1);
  if (system.input === null) {
    const all = top.filter(({ reference }) => reference?.repo?.toLowerCase() === "nixpkgs");
    return all.length === 1 ? (all[0] as FlakeInput) : null;
  }
  let found = top.find(({ path }) => path[0] === system.input);
  for (let hops = 0; found?.follows?.length === 1 && hops < MAX_HOPS; hops++) {
    const [name] = found.follows;
    found = top.find(({ path }) => path[0] === name);
  }
  return found ?? null;
}

/** Inputs that follow each other in a circle end somewhere. */
const MAX_HOPS = 10;
