/** Convention: a system takes its hardware from the machine that it runs on. */
import { type Fix, defineRule } from "../../engine/run/index.ts";
import { addImport, exprAt, fixOf, rewrite } from "../vocabulary/fixes.ts";
import { pathAsWritten } from "../vocabulary/paths.ts";
import { code } from "../vocabulary/show.ts";

const HARDWARE = "/etc/nixos/hardware-configuration.nix";

export default defineRule({
  id: "hardware-import",
  theme: "structure",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: ["system"],
  docs: {
    title: "Import the machine's hardware configuration",
    convention:
      "The system imports `/etc/nixos/hardware-configuration.nix`; not a relative `./hardware-configuration.nix`, which broke builds. A system that a linted flake builds may have a hardware configuration in the tree, or none (an image gets its disks from the image format).",
    handbook: "Key Conventions: “imports = [ /etc/nixos/hardware-configuration.nix ]”",
    why: "The file that the installer wrote on the VM knows its disks. A relative path is looked up beside the module, where there is none, or where another machine's was copied: the build fails, or the VM does not boot again.",
    bad: [
      {
        code: '{ ... }:\n{\n  imports = [ ⟦./hardware-configuration.nix⟧ ];\n}\n',
        says: ["`./hardware-configuration.nix` is looked up beside the module instead of on the machine: write `/etc/nixos/hardware-configuration.nix`"],
      },
      {
        code: "{ ... }:\n⟦{⟧\n  system.stateVersion = \"25.05\";\n}\n",
        says: ["The system imports no hardware configuration: write `imports = [ /etc/nixos/hardware-configuration.nix ];`"],
      },
    ],
    good: [{ code: "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix ];\n}\n" }],
  },
  messages: {
    missing: "The system imports no hardware configuration: write {write}",
    relative: "{found} is looked up beside the module instead of on the machine: write {write}",
    elsewhere: "{found} is not where the installer writes the hardware configuration: write {write}",
  },
  *check({ config, isFlakeBuilt, project }) {
    const hardware = config.imports.filter(({ kind }) => kind === "hardware");
    for (const { at, path } of hardware) {
      if (at === null || path === null || path === HARDWARE) continue;
      const isInTree = !path.startsWith("/");
      if (isFlakeBuilt && (!isInTree || project.host.kind(path) !== null)) continue;
      const data = { found: code(pathAsWritten(at, path)), write: code(HARDWARE) };
      // A file that is there, or a place outside the tree, may be what was meant.
      const kind = isInTree && project.host.kind(path) === null ? "safe" : "proposed";
      const fix = (): Fix | null => {
        const made = exprAt(at)?.kind === "path" ? fixOf(`Write ${code(HARDWARE)}`, rewrite(at, HARDWARE)) : null;
        return made === null ? null : { ...made, kind };
      };
      yield isInTree ? { message: "relative", at, data, fix } : { message: "elsewhere", at, data, fix };
    }
    // An import that cannot be followed may bring it.
    if (hardware.length === 0 && !isFlakeBuilt && config.unfollowed.length === 0) {
      yield { message: "missing", missing: "hardware-configuration.nix", data: { write: code(`imports = [ ${HARDWARE} ];`) }, fix: (place) => addImport(place.file, HARDWARE) };
    }
  },
});
