/** Convention: no attribute is defined twice in one set. */
import { at } from "../../engine/model/index.ts";
import { ALL_ROLES, defineRule } from "../../engine/run/index.ts";
import { duplicatesIn } from "../vocabulary/duplicates.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "duplicate-attribute",
  theme: "structure",
  severity: "error",
  fix: null,
  scope: "file",
  roles: ALL_ROLES,
  docs: {
    title: "Define each attribute once",
    convention:
      "No attribute is defined twice in one attribute set or `let`. `a.b` beside `a.c` is fine, and so are literal sets that add to each other (`a = { … }; a.x = …;`): Nix merges them.",
    handbook: "Role & Purpose: “Creates and maintains all NixOS configurations”, which Nix has to read",
    why: "Nix refuses the whole file (“attribute already defined”), so the machine cannot be rebuilt. Until then one of the two definitions is what somebody believes to be in force.",
    bad: [
      {
        code: "{ ... }:\n{\n  networking.firewall.enable = true;\n  ⟦networking.firewall.enable⟧ = false;\n}\n",
        says: ["`networking.firewall.enable` is already defined in this set, in line 3: keep one of the two"],
      },
      {
        code: "let\n  versions.web = \"1.27\";\n  inherit (import ./versions.nix) ⟦versions⟧;\nin\nversions\n",
        says: ["`versions` is already defined in this `let`, in line 2: keep one of the two"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  networking.firewall = {\n    enable = true;\n  };\n  networking.firewall.allowedTCPPorts = [ 22 ];\n}\n" }],
  },
  messages: { twice: "{name} is already defined in this {kind}, in {place}: keep one of the two" },
  *check({ file }) {
    // With a brace missing somewhere, two sets look like one.
    if (file.syntax.errors.length > 0) return;
    for (const { name, kind, first, second } of duplicatesIn(file.syntax)) {
      const { line } = file.syntax.source.position(first.start);
      yield { message: "twice", at: at(file, second), data: { name: code(name), kind, place: `line ${line}` }, related: [{ at: at(file, first), message: "It is defined here first" }] };
    }
  },
});
