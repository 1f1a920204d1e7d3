/** Convention: a flake's inputs name a release, and its lock says which revision of it. */
import { isPinned } from "../../engine/domain/flake-ref.ts";
import { folderOf, join, showPath } from "../../engine/model/index.ts";
import { defineRule } from "../../engine/run/index.ts";
import { flakeInputs } from "../vocabulary/flake-inputs.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "flake-pinned",
  theme: "flakes",
  severity: "error",
  fix: null,
  scope: "file",
  roles: ["flake"],
  docs: {
    title: "Pin a flake's inputs",
    convention: "Every `inputs.*.url` names a release branch, a tag or a revision (not `master`, `main` or `nixos-unstable`), and a `flake.lock` stands beside the flake. Inputs that follow another one, and local paths, need no pin.",
    handbook: "Expertise Areas: “Nix flakes, let blocks for version pinning”",
    why: "Without a lock each build takes what is newest that day, so that no two machines are the same. With a moving branch the next `nix flake update` brings another release of NixOS along, untested.",
    bad: [
      {
        code: '{\n  inputs.nixpkgs.url = ⟦"github:NixOS/nixpkgs/nixos-unstable"⟧;\n  outputs = { self, nixpkgs }: { };\n}\n',
        files: { "flake.lock": "{ }" },
        says: ["The input `nixpkgs` names `nixos-unstable`, which moves from release to release: name a release branch (`nixos-25.05`), a tag or a revision"],
      },
      {
        code: '{\n  ⟦inputs⟧.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05";\n  outputs = { self, nixpkgs }: { };\n}\n',
        says: ["There is no `flake.lock` beside this flake: run `nix flake lock` and commit the file"],
      },
    ],
    good: [
      {
        code: '{\n  inputs = {\n    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.05";\n    disko = {\n      url = "github:nix-community/disko/v1.11.0";\n      inputs.nixpkgs.follows = "nixpkgs";\n    };\n  };\n  outputs = { self, nixpkgs, disko }: { };\n}\n',
        files: { "flake.lock": "{ }" },
      },
    ],
  },
  messages: {
    moving: "The input {name} names {ref}, which moves from release to release: name a release branch (`nixos-25.05`), a tag or a revision",
    unnamed: "The input {name} names no branch, tag or revision, so its newest state counts: name a release branch (`nixos-25.05`), a tag or a revision",
    implicit: "The input {name} has no `url`, so that the registry of each machine decides what it is: write one with a release branch, a tag or a revision",
    unlocked: "There is no `flake.lock` beside this flake: run `nix flake lock` and commit the file",
  },
  *check({ file, project }) {
    const { inputs, at: declaredAt } = flakeInputs(project, file);
    for (const { path, at, reference, isImplicit } of inputs) {
      const name = code(showPath(path));
      if (isImplicit) yield { message: "implicit", at, data: { name } };
      if (reference === null || isPinned(reference)) continue;
      if (reference.ref === null) yield { message: "unnamed", at, data: { name } };
      else yield { message: "moving", at, data: { name, ref: code(reference.ref) } };
    }
    // Without inputs there is nothing to lock, and Nix writes no file.
    const lock = project.host.kind(join(folderOf(file.path), "flake.lock"));
    if (inputs.length > 0 && (lock === null || lock === "folder")) {
      yield { message: "unlocked", at: declaredAt ?? { file, start: 0, end: 0 } };
    }
  },
});
