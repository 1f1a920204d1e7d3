/** Convention: every pinned version is the version of something. */
import { at, showPath } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { fixOf, removeBinding } from "../vocabulary/fixes.ts";
import { code } from "../vocabulary/show.ts";
import { type VersionEntry, entriesOf, usesOf, versionsBlocks } from "../vocabulary/versions.ts";

export default defineRule({
  id: "unused-version",
  theme: "structure",
  severity: "warning",
  fix: "safe",
  scope: "file",
  roles: MODULES,
  docs: {
    title: "Use every pinned version",
    convention: "Every entry of `versions` is used. Where `versions` is handed on as a whole (`with versions;`, to a function, by a computed name) anything may be taken from it and nothing is reported.",
    handbook: "Key Conventions: “Use versions = { ... } let block for version pinning”",
    why: "Whoever raises a version that nothing takes believes to have updated something. Often the place that should take it has a version of its own.",
    bad: [
      {
        code: '{ pkgs, ... }:\nlet\n  versions = {\n    postgres = pkgs.postgresql_17;\n    ⟦redis⟧ = pkgs.redis;\n  };\nin\n{\n  services.postgresql.package = versions.postgres;\n}\n',
        says: ["`versions.redis` is not used: remove it, or take the version from it where it is meant"],
      },
    ],
    good: [
      { code: '{ pkgs, ... }:\nlet\n  versions.web = "1.27.4";\nin\n{\n  virtualisation.oci-containers.containers.web.image = "docker.io/library/nginx:${versions.web}";\n}\n' },
      { code: "{ pkgs, ... }:\nlet\n  versions = { inherit (pkgs) redis; };\nin\n{\n  _module.args = { inherit versions; };\n}\n" },
    ],
  },
  messages: { unused: "{entry} is not used: remove it, or take the version from it where it is meant" },
  *check({ file }) {
    // What cannot be read may be what uses an entry.
    if (file.syntax.errors.length > 0 || file.syntax.tooDeep) return;
    for (const block of versionsBlocks(file)) {
      const uses = usesOf(block);
      if (uses === null) continue;
      for (const entry of unused(entriesOf(block), uses)) yield { message: "unused", at: at(file, entry.at), data: { entry: code(showPath(["versions", ...entry.path])) }, fix: (place) => fixOf("Remove the entry", removeBinding(place)) };
    }
  },
});

/** The entries of which nothing is taken; of a group that is not used at all, the group. */
function unused(entries: readonly VersionEntry[], uses: readonly (readonly string[])[]): VersionEntry[] {
  return entries.flatMap((entry) => {
    const touching = uses.filter((use) => use.slice(0, entry.path.length).every((name, index) => name === entry.path[index]));
    return touching.length === 0 ? [entry] : unused(entry.inside, touching);
  });
}
