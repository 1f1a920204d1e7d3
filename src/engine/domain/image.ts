/** Reads references to container images and tells whether they name one version for good. */

/** A reference that a container engine would take, in its parts as written. */
export interface ImageReference {
  /** `docker`, `oci-archive`, … as in `docker://`; null where none is written (containers-transports(5)). */
  readonly transport: string | null;
  /** The registry's host; null where none is written (the engine then looks in its own list, or at docker.io). */
  readonly registry: string | null;
  readonly port: number | null;
  /** The repository without registry (`library/redis`); a file for transports that read one. */
  readonly path: string;
  readonly tag: string | null;
  readonly digest: string | null;
}

/** Transports that read an image from a place on this machine, where no registry can move a tag. */
const LOCAL_TRANSPORTS = ["dir", "oci", "oci-archive", "docker-archive", "ostree", "sif"];
const TRANSPORTS = ["docker", "docker-daemon", "containers-storage", ...LOCAL_TRANSPORTS];

/** The grammar of github.com/distribution/reference (`regexp.go`), by parts so that no part can backtrack into another. */
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const HOST = /^(?:(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*|\[[0-9a-fA-F:]+\])$/;
/** A registry's repository name has at most 255 characters; longer text is no reference. */
const LENGTH_MAX = 255 + 128 + 200;

/**
 * Reads an image reference: `[transport][registry[:port]/]path[:tag][@digest]`.
 *
 * The first component is the registry where it has a dot, a colon or a capital, or is `localhost`, as docker and podman
 * decide (`splitDockerDomain`).
 *
 * @param text the whole reference; a caller that knows only a part of it must not ask
 * @returns null where no container engine would take it (capitals in the path, an empty tag, …)
 */
export function parseImageReference(text: string): ImageReference | null {
  if (text.length > LENGTH_MAX) return null;
  const found = /^([a-z-]+):/.exec(text)?.[1];
  const transport = found !== undefined && TRANSPORTS.includes(found) && isTransport(text, found) ? found : null;
  if (transport !== null && LOCAL_TRANSPORTS.includes(transport)) {
    const path = text.slice(transport.length + 1);
    return path === "" ? null : { transport, registry: null, port: null, path, tag: null, digest: null };
  }
  let rest = transport === null ? text : text.slice(transport.length + 1).replace(/^\/\//, "");

  const at = rest.indexOf("@");
  const digest = at < 0 ? null : rest.slice(at + 1);
  if (digest !== null && !DIGEST.test(digest)) return null;
  if (at >= 0) rest = rest.slice(0, at);

  const slash = rest.indexOf("/");
  const first = slash < 0 ? "" : rest.slice(0, slash);
  const hasRegistry = first !== "" && (first === "localhost" || /[.:A-Z]/.test(first));
  let registry: string | null = null;
  let port: number | null = null;
  if (hasRegistry) {
    const [, host = "", portText] = /^(.*?)(?::([0-9]{1,5}))?$/.exec(first) ?? [];
    if (!HOST.test(host)) return null;
    registry = host;
    port = portText === undefined ? null : Number(portText);
    rest = rest.slice(slash + 1);
  }

  const colon = rest.indexOf(":");
  const tag = colon < 0 ? null : rest.slice(colon + 1);
  if (tag !== null && !TAG.test(tag)) return null;
  const path = colon < 0 ? rest : rest.slice(0, colon);
  if (!path.split("/").every((component) => PATH_COMPONENT.test(component))) return null;
  return { transport, registry, port, path, tag, digest };
}

/** `docker:dind` is the image `docker`; only `docker://` is the transport. The others take no slashes. */
function isTransport(text: string, name: string): boolean {
  if (name === "docker") return text.startsWith("docker://");
  // A tag, too, may follow a name such as `oci`; a place in the file system or in a store has more to it.
  return name.includes("-") || text.includes("/");
}

/** Architectures have digits but are no versions. */
const ARCHITECTURE = /(^|[-_.])(?:x86[-_]64|amd64|x86|x64|i[3-6]86|arm64v8|arm64|arm32v[5-7]|armv[5-8]|armhf|aarch64|ppc64le|ppc64|s390x|riscv64|mips64le|loong64|win64|linux64)(?=$|[-_.])/gi;

/** Words for a tag that its maker moves from one version to the next. */
const MOVING = new Set([
  "latest", "main", "master", "stable", "nightly", "edge", "dev", "devel", "develop", "development", "trunk", "head", "canary",
  "unstable", "testing", "test", "rolling", "snapshot", "next", "beta", "alpha", "rc", "preview", "experimental", "current",
  "lts", "mainline", "staging", "prod", "production", "tip", "daily", "weekly", "monthly", "default",
]);

/** A part that is a version by itself: `1`, `v1.85`, `release-1.2`'s number, `RELEASE.2024`, `r3`, `build12`. */
const VERSION = /^(?:v|ver|version|r|rel|release|rev|b|build)?\.?[0-9]/i;
/** A part that names something of a version: `pg16`, `alpine3.19`, `pg17rc1`; not `k8s`. */
const NAMED_VERSION = /^[a-z]+\.?[0-9]+(?:\.[0-9]+)*(?:(?:a|b|p|rc|alpha|beta)[0-9]*)?$/i;
/** A commit, perhaps shortened: hexadecimal, and with a digit, since words such as `facade` are hexadecimal too. */
const COMMIT = /^(?:sha|git|g)?(?=[a-f]*[0-9])[0-9a-f]{7,64}$/i;

/**
 * Whether a tag has a version number, so that a pull tomorrow gives what it gives today, as far as tags can promise it.
 *
 * `15`, `15-alpine`, `2024.10`, `v1.85.0`, `release-1.2`, `pg16`, `main-v1.2`, `nightly-20250101` and commits do; `latest`,
 * `alpine`, `arm64` do not, nor does a moving word with the version of something else (`lts-jdk17`, `main-cuda12`).
 */
export function isVersionTag(tag: string): boolean {
  const parts = tag.replace(ARCHITECTURE, "$1").split(/[-_]+/).filter((part) => part !== "");
  const isMoving = parts.some((part) => MOVING.has(part.toLowerCase()));
  return parts.some((part) => VERSION.test(part) || COMMIT.test(part) || (!isMoving && NAMED_VERSION.test(part)));
}

/** Whether a reference names one version: by digest, by a tag with a version number, or a place on this machine. */
export function isPinned(reference: ImageReference): boolean {
  if (reference.digest !== null) return true;
  if (reference.transport !== null && LOCAL_TRANSPORTS.includes(reference.transport)) return true;
  return reference.tag !== null && isVersionTag(reference.tag);
}
