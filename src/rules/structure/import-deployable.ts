/** Convention: what a system is made of reaches the machine. */
import { type At, type Configuration, type Import, type Project, type SourceFile, at, baseName, folderOf, isOutside, join } from "../../engine/model/index.ts";
import { defineRule, pathsAskedFor, referencesOf } from "../../engine/run/index.ts";
import { pathAsWritten } from "../vocabulary/paths.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "import-deployable",
  theme: "structure",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: ["system"],
  docs: {
    title: "Import only what is deployed",
    convention:
      "A relative path that a system evaluates (`imports`, `import`, `callPackage`, `readFile` without a `pathExists` guard) exists and stands in the system's own folder. Exempt are systems that a linted flake builds, and `./hardware-configuration.nix`, which is the concern of `hardware-import`.",
    handbook: "Expertise Areas: “nixos-rebuild remote deployment”",
    why: "Deployment copies the module, the `.nix` files beside it and its JSON to `/etc/nixos`. Neither `../x.nix` nor `sub/x.nix` is there on the VM, so the rebuild stops with “No such file or directory”, though it works in the checkout.",
    bad: [
      {
        code: "{ ... }:\n{\n  imports = [\n    /etc/nixos/hardware-configuration.nix\n    ⟦./parts/web.nix⟧\n    ⟦./gone.nix⟧\n  ];\n}\n",
        files: { "parts/web.nix": "{ services.nginx.enable = true; }" },
        says: [
          "`./parts/web.nix` is not deployed, since it does not stand in the system's own folder: keep what the system needs beside its module",
          "`./gone.nix` does not exist: correct the path or add the file",
        ],
      },
      {
        code: "{ pkgs, ... }:\n{\n  environment.systemPackages = [ (pkgs.callPackage ⟦./tool⟧ { }) ];\n}\n",
        files: { "tool/default.nix": "{ hello }: hello" },
        says: ["`./tool` is not deployed, since it is a folder: keep its `default.nix` under a name of its own beside the system's module"],
      },
    ],
    good: [
      { code: "{ pkgs, ... }:\n{\n  imports = [ ./web.nix ];\n  environment.systemPackages = [ (pkgs.callPackage ./tool.nix { }) ];\n}\n", files: { "web.nix": "{ services.nginx.enable = true; }", "tool.nix": "{ hello }: hello" } },
      { code: '{ lib, ... }:\n{\n  networking.hostName = lib.mkDefault (\n    if builtins.pathExists ./example.json then (builtins.fromJSON (builtins.readFile ./example.json)).vmname else "example"\n  );\n}\n' },
    ],
  },
  messages: {
    absent: "{path} does not exist: correct the path or add the file",
    link: "{path} is a link that leads to nothing inside the tree and is never followed, so that what it brings cannot be known: keep the file itself beside the system's module",
    closed: "{path} is no regular file, or stands in a folder that may not be entered, and is never read: keep a file beside the system's module",
    elsewhere: "{path} is not deployed, since it does not stand in the system's own folder: keep what the system needs beside its module",
    folder: "{path} is not deployed, since it is a folder: keep its `default.nix` under a name of its own beside the system's module",
  },
  *check({ config, entry, isFlakeBuilt, project }) {
    if (isFlakeBuilt) return;
    const folder = folderOf(entry.path);
    for (const { path, text, place } of pathsOf(config, project, folder)) {
      const fault = faultOf(project, folder, place.file, path);
      if (fault === null) continue;
      const isEmpty = fault === "absent" && project.host.kind(path) === "folder";
      yield { message: fault, at: place, data: { path: code(isEmpty ? `${text}/default.nix` : text) } };
    }
  },
});

/** A relative path that is followed. */
interface Followed {
  readonly path: string;
  /** As written. */
  readonly text: string;
  readonly place: At;
}

type Fault = "absent" | "link" | "closed" | "elsewhere" | "folder";

/** What keeps a path from being found on the machine; null for nothing. */
function faultOf(project: Project, folder: string, from: SourceFile, path: string): Fault | null {
  const kind = isOutside(path) ? "file" : project.host.kind(path);
  const target = kind === "folder" ? project.host.kind(join(path, "default.nix")) : kind;
  if (target === "link" || target === "closed") return target;
  if (target !== "file") return "absent";
  // A file that is not deployed is reported where it is named, and what it names in turn has to go with it.
  if (folderOf(from.path) !== folder) return null;
  if (kind === "folder") return folderOf(path) === folder && path !== "" ? "folder" : "elsewhere";
  return folderOf(path) === folder ? null : "elsewhere";
}

/** All relative paths that the modules follow, and the files of the folder that they import. */
function pathsOf(config: Configuration, project: Project, folder: string): Followed[] {
  const found = config.imports.flatMap((entry) => followedImport(entry) ?? []);
  const files = new Set(config.modules.map(({ file }) => file));
  for (const file of files) {
    for (const reference of referencesOf(file)) {
      const { kind, path, text } = reference;
      if (reference.isGuarded || baseName(path) === "hardware-configuration.nix") continue;
      found.push({ path, text, place: at(file, reference) });
      const next = kind !== "readFile" && folderOf(path) === folder && project.host.kind(path) === "file" ? project.file(path) : null;
      if (next !== null) files.add(next);
    }
  }
  return found;
}

/** An entry of `imports` that is a relative path; null for others, and for one that is taken only where it exists. */
function followedImport({ kind, path, at: place }: Import): Followed | null {
  if (path === null || place === null) return null;
  const isRelative = kind === "file" || kind === "missing" || (kind === "outside" && path.startsWith("../"));
  if (!isRelative) return null;
  const text = pathAsWritten(place, path);
  // A folder stands for its `default.nix`.
  const named = baseName(path) === "default.nix" && !text.endsWith("default.nix") ? folderOf(path) : path;
  return pathsAskedFor(place.file).has(named) ? null : { path: named, text, place };
}
