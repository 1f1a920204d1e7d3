/** Convention: every file is Nix that Nix can read. */
import { at } from "../../engine/model/index.ts";
import { ALL_ROLES, defineRule } from "../../engine/run/index.ts";

export default defineRule({
  id: "parse-error",
  theme: "structure",
  severity: "error",
  fix: null,
  scope: "file",
  roles: ALL_ROLES,
  docs: {
    title: "Write valid Nix",
    convention: "The file is valid Nix. Each error is reported where it is, with what was expected there; the rest of the file is still judged as far as it can be trusted.",
    handbook: "Role & Purpose: “Creates and maintains all NixOS configurations”, which Nix has to read",
    why: "Nix reads a whole file or none of it: one missing semicolon keeps the machine from being rebuilt at all.",
    bad: [
      {
        code: "{ ... }:\n{\n  boot.growPartition = true\n  services.qemuGuest.enable ⟦=⟧ true;\n}\n",
        says: ["This is not Nix: unexpected `=`; expected `;` (is one missing before `services.qemuGuest.enable`?)"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  boot.growPartition = true;\n  services.qemuGuest.enable = true;\n}\n" }],
  },
  messages: { invalid: "This is not Nix: {what}" },
  *check({ file }) {
    for (const error of file.syntax.errors) yield { message: "invalid", at: at(file, error), data: { what: error.message } };
  },
});
