/** Convention: the options that a module sets exist. */
import { nearestName } from "../../engine/domain/nearest-name.ts";
import { OPTION_ROOTS, isOptionRoot } from "../../engine/domain/option-roots.ts";
import { type At, type Configuration, type Project, showPath } from "../../engine/model/index.ts";
import { type Fix, MODULES, type Withheld, defineRule } from "../../engine/run/index.ts";
import { parse } from "../../engine/syntax/index.ts";
import { duplicatesIn } from "../vocabulary/duplicates.ts";
import { code } from "../vocabulary/show.ts";

/** Names of a module's own structure (nixpkgs, `lib/modules.nix`, `unifyModuleSyntax`). */
const STRUCTURE = ["imports", "options", "config", "disabledModules", "freeformType", "require", "meta", "_file", "key", "_class"];

export default defineRule({
  id: "unknown-option-root",
  theme: "structure",
  severity: "error",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Set options that exist",
    convention: "Top-level option names are NixOS's own, or declared by an `options` definition in the linted tree. With an import that cannot be followed, which may declare options, nothing is reported.",
    handbook: "Expertise Areas: “NixOS module system (services, systemd units, packages, networking, firewall)”",
    why: "NixOS refuses a configuration that sets an option which does not exist. `Nixpkgs.config` for `nixpkgs.config` has already stopped an installation.",
    bad: [
      {
        code: "{ ... }:\n{\n  ⟦Nixpkgs⟧.config.allowUnfree = true;\n}\n",
        says: ["There is no option `Nixpkgs`: write `nixpkgs`"],
      },
      {
        code: "{ ... }:\n{\n  ⟦backupPolicy⟧.keepDays = 30;\n}\n",
        says: ["There is no option `backupPolicy`, neither in NixOS nor declared in this tree: correct the name or declare it under `options`"],
      },
    ],
    good: [{ code: "{ lib, ... }:\n{\n  options.backupPolicy.keepDays = lib.mkOption { default = 30; };\n  config.backupPolicy.keepDays = 14;\n  config.nixpkgs.config.allowUnfree = true;\n}\n" }],
  },
  messages: {
    near: "There is no option {name}: write {nearest}",
    unknown: "There is no option {name}, neither in NixOS nor declared in this tree: correct the name or declare it under `options`",
  },
  *check({ config, role, project }) {
    if (config.unfollowed.length > 0 || config.declarationsOpen || isLenient(config)) return;
    const declared = new Set(config.declared.flatMap(([root]) => (root === undefined ? [] : [root])));
    const unknown = rootsOf(config).filter(({ name }) => !isOptionRoot(name) && !declared.has(name) && !isDeclaredIn(project, name));
    // A part that belongs to something else than NixOS (home-manager, flake-parts) has names of its own.
    if (role === "fragment" && new Set(unknown.map(({ name }) => name)).size > 1) return;
    for (const { name, at } of unknown) {
      const nearest = nearestName(name, [...OPTION_ROOTS, ...STRUCTURE, ...declared]);
      if (nearest !== null) yield { message: "near", at, data: { name: code(showPath([name])), nearest: code(showPath([nearest])) }, fix: (place) => rename(place, name, nearest) };
      // Whoever imports a part may declare what it sets.
      else if (role !== "fragment") yield { message: "unknown", at, data: { name: code(showPath([name])) } };
    }
  },
});

/** Whether the configuration takes options that nobody declares (nixpkgs, `lib/modules.nix`, `_module.check` and `_module.freeformType`). */
function isLenient(config: Configuration): boolean {
  const own = config.node("_module");
  return own.child("check").isDefined || own.child("freeformType").isDefined || config.modules.some(({ value }) => value.attrs.has("freeformType"));
}

/** The top-level names that the modules set, where they are written. Those that only a condition brings are left out. */
function rootsOf(config: Configuration): { readonly name: string; readonly at: At }[] {
  const sets = config.root.definitions.flatMap(({ value, isDefault }) => (value.t === "attrs" && !isDefault ? [value] : []));
  // Beside `config` or `options` other names are no definitions, but wrong all the same.
  const beside = config.modules.flatMap(({ value }) => (value.attrs.has("config") || value.attrs.has("options") ? [value] : []));
  return [...sets, ...beside].flatMap(({ attrs }) =>
    [...attrs].flatMap(([name, { key, conditions }]) => (key === null || conditions.length > 0 || STRUCTURE.includes(name) ? [] : [{ name, at: lastName(key, name) }])),
  );
}

/** The name is written as another, where it is written as itself. */
function rename(place: At, name: string, nearest: string): Fix | Withheld | null {
  const written = place.file.syntax.source.text.slice(place.start, place.end);
  if (written !== name && written !== `"${name}"`) return null;
  const text = showPath([nearest]);
  const since = "what it sets is set under the right name as well";
  // Under its right name the option is not missing any longer.
  return definesTwice(place, text) ? { since } : { title: `Write ${code(text)}`, operations: [{ do: "replace", at: place, text }], goesFirst: true };
}

/** Whether Nix would refuse the file with that text at a place. */
function definesTwice({ file, start, end }: At, text: string): boolean {
  const before = file.syntax.source.text;
  const renamed = parse(before.slice(0, start) + text + before.slice(end));
  return duplicatesIn(renamed).length > duplicatesIn(file.syntax).length;
}

/** The last name of an attribute path: `x` of `config.x`. */
function lastName(key: At, name: string): At {
  const written = key.file.syntax.source.text.slice(key.start, key.end);
  const shown = [`"${name}"`, name].find((spelling) => written.endsWith(spelling));
  return shown === undefined ? key : { ...key, start: key.end - shown.length };
}

/** Whether any file of the tree declares an option below a name. */
function isDeclaredIn(project: Project, name: string): boolean {
  return project.host.nixFiles().some((path) => {
    const text = project.host.read(path);
    if (text === null || !text.includes("options") || !text.includes(name)) return false;
    const configuration = project.configuration(path);
    return configuration?.declared.some(([root]) => root === name) ?? false;
  });
}
