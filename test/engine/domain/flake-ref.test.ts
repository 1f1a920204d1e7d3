/** Holds the reading of flake references against tables from Nix's manual. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPinned, isPinnedRef, nixosRelease, parseFlakeReference } from "../../../src/engine/domain/flake-ref.ts";

const REV = "0123456789abcdef0123456789abcdef01234567";

describe("parseFlakeReference", () => {
  it.each([
    ["github:NixOS/nixpkgs", "github", "NixOS", "nixpkgs", null, null],
    ["github:NixOS/nixpkgs/nixos-25.11", "github", "NixOS", "nixpkgs", "nixos-25.11", null],
    [`github:NixOS/nixpkgs/${REV}`, "github", "NixOS", "nixpkgs", null, REV],
    ["github:NixOS/nixpkgs?ref=nixos-25.11", "github", "NixOS", "nixpkgs", "nixos-25.11", null],
    [`github:NixOS/nixpkgs/nixos-25.11?rev=${REV}&dir=lib`, "github", "NixOS", "nixpkgs", "nixos-25.11", REV],
    ["github:NixOS/nixpkgs/refs/tags/25.11", "github", "NixOS", "nixpkgs", "refs/tags/25.11", null],
    ["github:a/b/feature%2Fx", "github", "a", "b", "feature/x", null],
    ["gitlab:group%2Fsub/repo/v1", "gitlab", "group/sub", "repo", "v1", null],
    ["sourcehut:~user/repo/main", "sourcehut", "~user", "repo", "main", null],
    ["nixpkgs", "indirect", null, "nixpkgs", null, null],
    ["flake:nixpkgs/nixos-25.11", "indirect", null, "nixpkgs", "nixos-25.11", null],
    [`nixpkgs/nixos-25.11/${REV}`, "indirect", null, "nixpkgs", "nixos-25.11", REV],
    [`nixpkgs/${REV}`, "indirect", null, "nixpkgs", null, REV],
    ["git+https://github.com/a/b.git?ref=release-1.2", "git", "a", "b", "release-1.2", null],
    [`git+ssh://git@github.com/a/b?rev=${REV}&shallow=1`, "git", "a", "b", null, REV],
    ["git://example.org/x.git", "git", null, "x", null, null],
    ["hg+https://example.org/a/b?ref=v1", "hg", "a", "b", "v1", null],
    ["path:./sub", "path", null, "./sub", null, null],
    ["path:/srv/x", "path", null, "/srv/x", null, null],
    ["./sub", "path", null, "./sub", null, null],
    ["../x", "path", null, "../x", null, null],
    ["/srv/x", "path", null, "/srv/x", null, null],
    ["git+file:///srv/x?ref=main", "path", null, "///srv/x", "main", null],
    ["https://github.com/NixOS/nixpkgs/archive/nixos-25.11.tar.gz", "tarball", "NixOS", "nixpkgs", "nixos-25.11", null],
    [`https://github.com/NixOS/nixpkgs/archive/${REV}.tar.gz`, "tarball", "NixOS", "nixpkgs", null, REV],
    ["https://github.com/a/b/archive/refs/heads/main.zip", "tarball", "a", "b", "refs/heads/main", null],
    ["https://gitlab.com/g/s/r/-/archive/v1.2/r-v1.2.tar.gz", "tarball", "g/s", "r", "v1.2", null],
    ["https://channels.nixos.org/nixos-25.11/nixexprs.tar.xz", "tarball", "NixOS", "nixpkgs", "nixos-25.11", null],
    ["https://nixos.org/channels/nixos-unstable/nixexprs.tar.xz", "tarball", "NixOS", "nixpkgs", "nixos-unstable", null],
    ["https://flakehub.com/f/NixOS/nixpkgs/0.2511.*.tar.gz", "tarball", "NixOS", "nixpkgs", "0.2511.*", null],
    ["tarball+https://example.org/x-1.2.tgz", "tarball", null, null, "x-1.2", null],
    ["https://example.org/latest.tar.gz", "tarball", null, null, "latest", null],
  ])("reads %s", (url, type, owner, repo, ref, rev) => {
    expect(parseFlakeReference(url)).toEqual({ type, owner, repo, ref, rev });
  });

  it.each(["", "github:", "github:a", "github:/b", "ftp://x/y", "what://x", "-x", "a b", ":x", "ssh://git@host/x"])("refuses %j", (url) => {
    expect(parseFlakeReference(url)).toBeNull();
  });

  it("is total", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("github:", "git+https://", "https://", "a", "/", "?", "ref=", "&", "#", "%", "%2F", "path:", ".", "archive", "-", "1"), { maxLength: 14 }), (parts) => {
      const reference = parseFlakeReference(parts.join(""));
      if (reference !== null) isPinned(reference);
    }), { numRuns: 2000 });
  });
});

describe("isPinned", () => {
  it.each([
    "github:NixOS/nixpkgs/nixos-25.11", "github:NixOS/nixpkgs/release-25.05", "github:NixOS/nixpkgs?ref=nixos-25.11-small",
    "github:nix-community/home-manager/release-25.05", "github:a/b/v1.2.3", `github:a/b/${REV}`, `github:a/b?rev=${REV}`,
    "github:a/b/refs/tags/stable", "nixpkgs/nixos-25.11", `git+https://x/a/b?ref=main&rev=${REV}`, "git+https://x/a/b?ref=v2",
    "path:./x", "./x", "/etc/nixos", "git+file:///srv/x", "https://channels.nixos.org/nixos-25.11/nixexprs.tar.xz",
    "https://example.org/x-1.2.tar.gz", "https://flakehub.com/f/NixOS/nixpkgs/0.2511.*.tar.gz", "github:a/maintenance/maintained-2",
  ])("%s is", (url) => {
    const reference = parseFlakeReference(url);
    expect(reference !== null && isPinned(reference)).toBe(true);
  });

  it.each([
    "github:NixOS/nixpkgs", "github:NixOS/nixpkgs/nixos-unstable", "github:NixOS/nixpkgs/nixos-unstable-small", "github:NixOS/nixpkgs/nixpkgs-unstable",
    "github:a/b/main", "github:a/b/master", "github:a/b?ref=main", "github:a/b?ref=refs/heads/main", "github:a/b/develop", "github:a/b/feature",
    "github:a/b?dir=sub", "nixpkgs", "flake:nixpkgs", "nixpkgs/nixos-unstable", "git+https://x/a/b", "git+ssh://git@x/a/b?ref=master",
    "https://github.com/a/b/archive/main.tar.gz", "https://github.com/a/b/archive/refs/heads/main.tar.gz",
    "https://nixos.org/channels/nixos-unstable/nixexprs.tar.xz", "https://example.org/latest.tar.gz",
    "https://flakehub.com/f/NixOS/nixpkgs/*", "https://flakehub.com/f/NixOS/nixpkgs/0.1.*.tar.gz", "https://flakehub.com/f/NixOS/nixpkgs/0.1",
  ])("%s is not", (url) => {
    const reference = parseFlakeReference(url);
    expect(reference === null || isPinned(reference)).toBe(false);
  });

  it("judges refs by themselves", () => {
    expect(["25.11", "0.10.0", "refs/tags/x", "heads/nixos-25.11", REV].map(isPinnedRef)).toEqual([true, true, true, true, true]);
    expect(["", "main", "HEAD", "unstable", "heads/main"].map(isPinnedRef)).toEqual([false, false, false, false, false]);
  });
});

describe("nixosRelease", () => {
  it.each([
    ["nixos-25.11", "25.11"], ["release-25.05", "25.05"], ["nixos-25.11-small", "25.11"], ["nixpkgs-25.05-darwin", "25.05"], ["25.11", "25.11"],
    ["refs/heads/nixos-24.11", "24.11"], ["25.11-beta", "25.11"], ["25.11pre", "25.11"], ["nixos-20.09", "20.09"], ["0.2511.*", "25.11"], ["0.2505", "25.05"],
    ["nixos-unstable", null], ["main", null], ["v1.25.11", null], ["release-2.18", null], ["nixos-25.110", null], ["nixos-25.1", null], ["0.1.*", null], ["", null],
  ])("of %s is %s", (ref, release) => expect(nixosRelease(ref)).toBe(release));
});
