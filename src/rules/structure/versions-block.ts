/** Convention: the versions of a module stand in one place. */
import { HOLE } from "../../engine/domain/hole.ts";
import { type At, type Configuration as Config, type Project, type SourceFile, Configuration, showPath } from "../../engine/model/index.ts";
import { MODULES, defineRule, referencesOf } from "../../engine/run/index.ts";
import type { Span } from "../../engine/syntax/index.ts";
import { type ContainerUse, containerUses } from "../vocabulary/containers.ts";
import { code, enumerate } from "../vocabulary/show.ts";
import { nodesAt } from "../vocabulary/units.ts";
import { isFromVersions, versionsOf } from "../vocabulary/versions.ts";

export default defineRule({
  id: "versions-block",
  theme: "structure",
  severity: "warning",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Keep versions in one block",
    convention:
      "A system that runs containers or sets a service's `package` has a `versions = { … }` in a `let` and takes from it the tags of images. A `package` may also be set to a versioned package directly (`pkgs.postgresql_15`).",
    handbook: "Key Conventions: “Use versions = { ... } let block for version pinning”",
    why: "An update starts with the list of what is pinned. An image whose tag stands somewhere else in the module is not on it, and stays behind, or is raised in one of two places.",
    bad: [
      {
        code: '{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n  virtualisation.oci-containers.containers.web.image = "docker.io/library/nginx:1.27.4";\n}\n',
        says: ["There is no `versions = { … }` for `docker.io/library/nginx`: write one in a `let` around the module, and take from it what is pinned"],
      },
      {
        code: 'let\n  versions.web = "1.27.4";\nin\n{\n  virtualisation.oci-containers.containers = {\n    web.image = "docker.io/library/nginx:${versions.web}";\n    cache.image = ⟦"docker.io/library/redis:7.4.2"⟧;\n  };\n}\n',
        says: ["The tag `7.4.2` of the image `docker.io/library/redis` (the container `cache`) is not taken from `versions`: move it there and write `docker.io/library/redis:${versions.…}`"],
      },
    ],
    good: [
      { code: '{ pkgs, ... }:\nlet\n  versions = {\n    web = "1.27.4";\n    postgres = pkgs.postgresql_17;\n  };\nin\n{\n  services.postgresql.package = versions.postgres;\n  virtualisation.oci-containers.containers.web.image = "docker.io/library/nginx:${versions.web}";\n}\n' },
      { code: "{ pkgs, ... }:\n{\n  services.postgresql.package = pkgs.postgresql_17;\n}\n" },
    ],
  },
  messages: {
    missing: "There is no {block} for {things}: write one in a `let` around the module, and take from it what is pinned",
    bypassed: "The tag {tag} of the image {name} ({container}) is not taken from `versions`: move it there and write {write}",
  },
  *check({ config, entry, role, project, scripts }) {
    const images = containerUses({ config, scripts }).flatMap(pinnedImage);
    const files = filesOf(config, project);
    const versions = files.map(versionsOf);
    const isForeign = versions.some(({ foreign }) => foreign);
    if (isForeign || versions.some(({ own }) => own)) {
      for (const { title, image, name, tag } of images) {
        if (tag === null || !isWrittenElsewhere(image, tag, files)) continue;
        const data = { tag: code(image.text.slice(tag.start, tag.end)), name: code(name), container: title, write: code(`${name}:\${versions.…}`) };
        const origin = image.origin(tag.start, tag.end);
        if (isForeign && origin !== null) continue;
        yield { message: "bypassed", at: image.at, data, related: origin === null ? [] : [{ at: origin, message: "The tag is written here" }] };
      }
      return;
    }
    const things = [...images.map(({ name, image }) => ({ title: code(name), at: image.at })), ...unpinnedPackages(config)];
    if (things.length === 0 || role === "fragment" || config.unfollowed.length > 0) return;
    const data = { block: code("versions = { … }"), things: enumerate([...new Set(things.map(({ title }) => title))]) };
    // What a baseline brings is for the baseline to pin; what the judged file brings, for that one.
    const module = things.some(({ at }) => at.file === entry) ? config.modules.find(({ file }) => file === entry) : undefined;
    if (module === undefined) yield { message: "missing", missing: "versions", data };
    else yield { message: "missing", at: Configuration.placeOf(module), data };
  },
});

type Image = NonNullable<ContainerUse["image"]> & { readonly at: At };

interface PinnedImage {
  readonly title: string;
  readonly image: Image;
  /** The reference without tag and digest, as messages show it. */
  readonly name: string;
  /** Where its tag stands in the text; null where it has none. */
  readonly tag: Span | null;
}

/** An image of which it is known what is pulled; not one that was built on the machine, or that a digest alone pins. */
function pinnedImage({ title, image }: ContainerUse): PinnedImage[] {
  if (image === null || image.at === null || image.text === "" || image.text.startsWith("localhost/")) return [];
  const digest = image.text.indexOf("@");
  const reference = digest < 0 ? image.text : image.text.slice(0, digest);
  const colon = reference.indexOf(":", reference.lastIndexOf("/") + 1);
  const made = (end: number, tag: Span | null): PinnedImage => ({ title, image: { ...image, at: image.at as At }, name: reference.slice(0, end).replaceAll(HOLE, "…"), tag });
  // What is not known of a reference may hold a tag; of a tag, it may be all that is pinned.
  if (colon < 0) return digest < 0 && !reference.includes(HOLE) ? [made(reference.length, null)] : [];
  return /^\w[\w.-]{0,127}$/.test(reference.slice(colon + 1)) ? [made(colon, { start: colon + 1, end: reference.length })] : [];
}

/** Whether all of a tag was surely written in these files, and outside their blocks of versions. */
function isWrittenElsewhere({ text, at, origin }: Image, tag: Span, files: readonly SourceFile[]): boolean {
  for (let start = tag.start; start < tag.end; ) {
    const place = origin(start, start + 1);
    let end = start + 1;
    while (end < tag.end && isSame(origin(end, end + 1), place)) end++;
    const { file, ...span } = place ?? at;
    const written = file.syntax.source.text.slice(span.start, span.end);
    // What is computed or read from somewhere does not stand where the value comes from.
    const stretch = place === null && start === tag.start ? text.slice(start - 1, end) : text.slice(start, end);
    if (!files.includes(file) || isFromVersions(place ?? at) || !written.includes(stretch) || /[()]/.test(written)) return false;
    start = end;
  }
  return true;
}

function isSame(a: At | null, b: At | null): boolean {
  return a?.file === b?.file && a?.start === b?.start && a?.end === b?.end;
}

/** Services whose `package` is neither a versioned one nor built in place. */
function unpinnedPackages(config: Config): { readonly title: string; readonly at: At }[] {
  return nodesAt(config, ["services", "*", "package"]).flatMap((node) => {
    const answer = node.answer();
    if (answer.state !== "known" || answer.value?.t !== "ref" || answer.value.path[0] !== "pkgs") return [];
    if (answer.value.path.some((name) => /[0-9]/.test(name))) return [];
    const definition = answer.winners[answer.winners.length - 1];
    const at = definition?.valueAt ?? definition?.key ?? null;
    return at === null || definition?.isDefault === true ? [] : [{ title: code(showPath(node.path)), at }];
  });
}

/** The files of the modules, and those that they import as functions or values. */
function filesOf(config: Config, project: Project): SourceFile[] {
  const files = new Set(config.modules.map(({ file }) => file));
  for (const file of files) {
    for (const { kind, path } of referencesOf(file)) {
      if (kind !== "import") continue;
      const imported = project.host.kind(path) === "folder" ? project.file(`${path}/default.nix`) : project.file(path);
      if (imported !== null) files.add(imported);
    }
  }
  return [...files];
}
