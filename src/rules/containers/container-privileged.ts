/** Convention: no container gets powers over the host. */
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { type Flag, containerUses, flagsOf, mountsOf } from "../vocabulary/containers.ts";
import { cleanPath } from "../vocabulary/folders.ts";
import { code } from "../vocabulary/show.ts";

/** Sockets through which a container engine takes orders. */
const SOCKETS = ["/run/podman/podman.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/crio/crio.sock"];
const USER_SOCKET = /^\/run\/user\/[^/]+(?:\/podman(?:\/podman\.sock)?|\/docker\.sock)$/;

export default defineRule({
  id: "container-privileged",
  theme: "containers",
  severity: "error",
  fix: null,
  security: 8.8,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Give containers no power over the host",
    convention: "No container has `--privileged`, `--cap-add=ALL` or `--security-opt seccomp=unconfined` (nor the options of NixOS that stand for them), and none mounts the socket of a container engine.",
    handbook: "Security review list: minimal container privileges",
    why: "Each of them lets whoever breaks into the container take the whole machine: all capabilities, all system calls, or a socket that starts further containers as root.",
    bad: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.agent = {\n    image = "docker.io/acme/agent:2.1";\n    volumes = [ ⟦"/var/run/docker.sock:/var/run/docker.sock"⟧ ];\n    extraOptions = [ ⟦"--privileged"⟧ "--network=host" ];\n  };\n}\n',
        says: [
          "The container `agent` mounts `/var/run/docker.sock`, through which it can start containers as root: remove the mount",
          "The container `agent` runs with `--privileged`, so whoever breaks into it owns the host: remove it and grant the one capability or device that is needed",
        ],
      },
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.agent = {\n    image = "docker.io/acme/agent:2.1";\n    extraOptions = [ "--cap-add" ⟦"ALL"⟧ ⟦"--security-opt=seccomp=unconfined"⟧ ];\n  };\n}\n',
        says: [
          "The container `agent` runs with `--cap-add=ALL`, so whoever breaks into it owns the host: remove it and grant the one capability or device that is needed",
          "The container `agent` runs with `--security-opt=seccomp=unconfined`, so whoever breaks into it owns the host: remove it and grant the one capability or device that is needed",
        ],
      },
    ],
    good: [
      {
        code: '{ ... }:\n{\n  virtualisation.oci-containers.containers.agent = {\n    image = "docker.io/acme/agent:2.1";\n    extraOptions = [ "--cap-drop=ALL" "--cap-add=NET_BIND_SERVICE" "--security-opt=no-new-privileges" ];\n    volumes = [ "/var/lib/agent:/data" ];\n  };\n}\n',
      },
    ],
  },
  messages: {
    power: "{container} runs with {shown}, so whoever breaks into it owns the host: remove it and grant the one capability or device that is needed",
    socket: "{container} mounts {path}, through which it can start containers as root: remove the mount",
    folder: "{container} mounts {path}, and with it the socket {socket}, through which it can start containers as root: mount only the folder that is needed",
  },
  *check(context) {
    for (const use of containerUses(context)) {
      const container = use.title.replace(/^t/, "T");
      for (const { at, shown } of use.privileges) yield { message: "power", at, data: { container, shown: code(shown) } };
      for (const flag of flagsOf(use)) {
        const shown = powerOf(flag);
        if (shown !== null && flag.at !== null) yield { message: "power", at: flag.at, data: { container, shown: code(shown) } };
      }
      for (const { source, at } of mountsOf(use)) {
        const path = cleanPath(source);
        if (path === null || at === null) continue;
        const real = path.replace(/^\/var\/run(?=\/|$)/, "/run");
        if (SOCKETS.includes(real) || USER_SOCKET.test(real)) yield { message: "socket", at, data: { container, path: code(path) } };
        // Its socket is all that podman's folder is for; the others hold it among all that runs.
        else if (["/", "/run", "/run/podman"].includes(real)) yield { message: "folder", at, data: { container, path: code(path), socket: code("/run/podman/podman.sock") } };
      }
    }
  },
});

/** How a flag that grants power over the host is shown; null for any other. */
function powerOf({ name, value }: Flag): string | null {
  if (name === "--privileged") return value === null || !/^(?:false|f|0)$/i.test(value) ? name : null;
  if (value === null) return null;
  if (name === "--cap-add" && value.split(",").some((capability) => /^(?:CAP_)?ALL$/i.test(capability))) return `${name}=ALL`;
  return name === "--security-opt" && /^seccomp[=:]unconfined$/.test(value) ? `${name}=${value}` : null;
}
