/** Reads the URLs of flake inputs and tells whether they name something that does not move under the reader's feet. */

/** A flake reference in its parts ("Flake references" of the manual page nix3-flake). */
export interface FlakeReference {
  /**
   * `path` for local folders (also `git+file`), `indirect` for names that the registry resolves (`nixpkgs/nixos-25.11`),
   * `tarball` for archives behind a URL; the others as Nix names them.
   */
  readonly type: "github" | "gitlab" | "sourcehut" | "git" | "hg" | "tarball" | "indirect" | "path";
  /** The owner on a forge, also where a git or tarball URL shows one; null elsewhere. */
  readonly owner: string | null;
  /** The repository, the registry's name for `indirect`, the path for `path`; null for an archive of unknown make-up. */
  readonly repo: string | null;
  /** Branch, tag or channel; null where none is named. */
  readonly ref: string | null;
  /** The revision, 40 or 64 hexadecimal digits. */
  readonly rev: string | null;
}

const REVISION = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const FORGES = ["github", "gitlab", "sourcehut"] as const;

/**
 * Reads the `url` of a flake input.
 *
 * @param url the whole URL; a caller that knows only a part of it must not ask
 * @returns null where it is of no kind that Nix knows
 */
export function parseFlakeReference(url: string): FlakeReference | null {
  const hash = url.indexOf("#");
  const whole = hash < 0 ? url : url.slice(0, hash);
  const question = whole.indexOf("?");
  const path = question < 0 ? whole : whole.slice(0, question);
  const query = readQuery(question < 0 ? "" : whole.slice(question + 1));
  const ref = query.get("ref") ?? null;
  const rev = query.get("rev") ?? null;

  if (/^(?:\.|\/|~|path:|file:\/|git\+file:)/.test(path) && path !== "") {
    return { type: "path", owner: null, repo: path.replace(/^[a-z+]+:/, ""), ref, rev };
  }
  const scheme = /^([a-z+]+):/.exec(path)?.[1] ?? "";
  const rest = scheme === "" ? path : path.slice(scheme.length + 1);
  const forge = FORGES.find((name) => name === scheme);
  if (forge !== undefined) {
    const [owner, repo, ...place] = rest.split("/").map(decode);
    if (!owner || !repo) return null;
    return { type: forge, owner, repo, ...named(place.join("/"), ref, rev) };
  }
  if (scheme === "" || scheme === "flake") {
    if (!/^[A-Za-z][A-Za-z0-9_-]*(?:\/[^/].*)?$/.test(rest)) return null;
    const [name = "", ...place] = rest.split("/");
    const last = place.at(-1) ?? "";
    const hasRevision = place.length > 1 && REVISION.test(last);
    const found = named((hasRevision ? place.slice(0, -1) : place).join("/"), ref, hasRevision ? last : rev);
    return { type: "indirect", owner: null, repo: name, ...found };
  }
  if (/^(?:git(?:\+(?:https?|ssh|git))?|hg\+(?:https?|ssh))$/.test(scheme)) {
    const [owner, repo] = ownerAndRepository(rest);
    return { type: scheme.startsWith("hg") ? "hg" : "git", owner, repo, ref, rev };
  }
  if (/^(?:(?:tarball|file)\+)?https?$/.test(scheme)) return readArchive(rest, ref, rev);
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readQuery(text: string): Map<string, string> {
  const pairs = text.split("&").map((pair) => pair.split("="));
  return new Map(pairs.map(([key = "", ...value]) => [decode(key), decode(value.join("="))] as const).filter(([, value]) => value !== ""));
}

/** What stands behind `owner/repo/` is a revision where it looks like one, else a branch or tag. */
function named(place: string, ref: string | null, rev: string | null): { ref: string | null; rev: string | null } {
  if (place === "") return { ref, rev };
  return REVISION.test(place) ? { ref, rev: place } : { ref: place, rev };
}

/** The last two components of a repository's URL, without `.git`. */
function ownerAndRepository(rest: string): [owner: string | null, repo: string | null] {
  const parts = rest.split("/").filter((part) => part !== "").slice(1).map(decode);
  const repo = parts.at(-1)?.replace(/\.git$/, "") ?? null;
  return [parts.length > 1 ? (parts.at(-2) ?? null) : null, repo];
}

/** Archives of the known forges and of NixOS's channels name their branch in the path; of others the file's name is all there is. */
function readArchive(rest: string, ref: string | null, rev: string | null): FlakeReference {
  const [host = "", ...parts] = rest.split("/").filter((part) => part !== "").map(decode);
  const bare = (text: string): string => text.replace(/\.(?:tar(?:\.[a-z0-9]+)?|tgz|zip)$/, "");
  const archive = (owner: string | null, repo: string | null, place: string): FlakeReference => {
    return { type: "tarball", owner, repo, ...named(bare(place), ref, rev) };
  };
  const [first = null, second = null, third, ...more] = parts;
  if (third !== undefined && more.length > 0 && /^(?:archive|tarball|zipball)$/.test(third)) return archive(first, second, more.join("/"));
  const gitlab = parts.indexOf("archive");
  if (gitlab >= 3 && parts[gitlab - 1] === "-") return archive(parts.slice(0, gitlab - 2).join("/"), parts[gitlab - 2] ?? null, parts[gitlab + 1] ?? "");
  if (/^(?:api\.)?flakehub\.com$/.test(host) && first === "f") return archive(second, third ?? null, more.join("/"));
  const channel = parts.find((part) => /^(?:nixos|nixpkgs)-/.test(part));
  if (/(?:^|\.)nixos\.org$/.test(host) && channel !== undefined) return archive("NixOS", "nixpkgs", channel);
  return archive(null, null, parts.at(-1) ?? "");
}

/** Words for a branch that moves from release to release. */
const MOVING = /(?:^|[-_/])(?:master|main|head|trunk|unstable|develop|devel|dev|nightly|latest|next|staging|rolling)(?=$|[-_/])/i;

/**
 * Whether a branch or tag stays within one release: it has a version number (`nixos-25.11`, `release-2.18`, `v1.2`) and no
 * word for a moving branch (`nixos-unstable`), or is written as a tag (`refs/tags/…`), or looks like a revision.
 */
export function isPinnedRef(ref: string): boolean {
  if (/^(?:refs\/)?tags\/./.test(ref)) return true;
  const name = ref.replace(/^(?:refs\/)?heads\//, "");
  if (REVISION.test(name)) return true;
  return /[0-9]/.test(name) && !MOVING.test(name) && !isRollingFlakeHub(name);
}

/** FlakeHub counts nixpkgs' unstable branch as 0.1; `*` is whatever is newest. */
function isRollingFlakeHub(name: string): boolean {
  return /^(?:0\.1(?:\.\*|$)|\*)/.test(name);
}

/** Whether an input names a release branch, a tag, a version or a revision. Local paths need no pin. */
export function isPinned(reference: FlakeReference): boolean {
  if (reference.type === "path" || reference.rev !== null) return true;
  return reference.ref !== null && isPinnedRef(reference.ref);
}

/** The NixOS release that a branch, tag or channel belongs to (`nixos-25.11-small` is of `"25.11"`), else null. */
export function nixosRelease(ref: string): string | null {
  const release = /(?:^|[-/])([0-9]{2}\.(?:03|05|09|11))(?![0-9])/.exec(ref)?.[1];
  if (release !== undefined) return release;
  const flakeHub = /^0\.([0-9]{2})(05|11)(?:\.|$)/.exec(ref);
  return flakeHub === null ? null : `${flakeHub[1]}.${flakeHub[2]}`;
}
