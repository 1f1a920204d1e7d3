/** Convention: what a container mounts from the host is created by the configuration. */
import { pathField } from "../../engine/domain/tmpfiles.ts";
import { JUDGED, defineRule } from "../../engine/run/index.ts";
import { containerUses, mountsOf } from "../vocabulary/containers.ts";
import { growList } from "../vocabulary/fixes.ts";
import { cleanPath, existence } from "../vocabulary/folders.ts";
import { code, quoted } from "../vocabulary/show.ts";

export default defineRule({
  id: "container-volume",
  theme: "containers",
  severity: "warning",
  fix: "proposed",
  scope: "configuration",
  roles: JUDGED,
  docs: {
    title: "Create the folders that containers mount",
    convention: "A folder of the host that a container mounts is created: by a line of `systemd.tmpfiles.rules`, a unit's `StateDirectory`, `environment.etc`, a home of a user, or a script. Named volumes are podman's own.",
    handbook: "Expertise Areas: “tmpfiles.rules for directory creation”; Service Patterns, “Podman Container”: `volumes = [ \"/data/<name>:/app/data\" ];`",
    why: "Unlike docker, podman does not create a missing folder: the container does not start on a fresh machine, and only there, since on the old ones somebody once made the folder by hand.",
    bad: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.wiki = {\n    image = "docker.io/acme/wiki:3.2";\n    volumes = [ ⟦"/var/lib/wiki/pages:/data"⟧ ];\n  };\n  systemd.tmpfiles.rules = [ "d /var/lib/wiki 0750 root root -" ];\n}\n',
        says: ['The container `wiki` mounts `/var/lib/wiki/pages`, which nothing creates, and podman does not either: add `"d /var/lib/wiki/pages 0750 root root -"` to `systemd.tmpfiles.rules`, with the owner that the container needs'],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.wiki = {\n    image = "docker.io/acme/wiki:3.2";\n    volumes = [ "/var/lib/wiki/pages:/data" "wiki-cache:/cache" "/etc/localtime:/etc/localtime:ro" ];\n  };\n  systemd.tmpfiles.rules = [ "d /var/lib/wiki/pages 0750 1000 1000 -" ];\n}\n',
      },
    ],
  },
  messages: {
    missing: "{container} mounts {path}, which nothing creates, and podman does not either: {write}",
  },
  *check(context) {
    const { config } = context;
    for (const use of containerUses(context)) {
      const container = use.title.replace(/^t/, "T");
      for (const { source, at } of mountsOf(use)) {
        const path = cleanPath(source);
        if (path === null || at === null || existence(config, path) !== "missing") continue;
        yield { message: "missing", missing: path, near: at, data: { container, path: code(path), write: remedy(path) }, fix: isFile(path) ? () => ({ since: "nobody but the maintainer knows what the file is to hold" }) : growList(config, ["systemd", "tmpfiles", "rules"], [quoted(folderLine(path))]) };
      }
    }
  },
});

/** A name with an ending is a file. */
function isFile(path: string): boolean {
  return /\/[^/]+\.[A-Za-z0-9]+$/.test(path);
}

function folderLine(path: string): string {
  return `d ${pathField(path)} 0750 root root -`;
}

/** What to write for a path. */
function remedy(path: string): string {
  if (isFile(path) && path.startsWith("/etc/")) return `write the file with ${code(`environment.etc.${quoted(path.slice("/etc/".length))}`)}`;
  return `add ${code(quoted(isFile(path) ? `f ${pathField(path)} 0640 root root -` : folderLine(path)))} to \`systemd.tmpfiles.rules\`, with the owner that the container needs`;
}
