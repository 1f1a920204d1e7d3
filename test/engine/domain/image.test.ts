/** Holds the reading of image references against tables from the reference grammar and from real modules. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPinned, isVersionTag, parseImageReference } from "../../../src/engine/domain/image.ts";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

describe("parseImageReference", () => {
  it.each([
    ["redis", { registry: null, port: null, path: "redis", tag: null, digest: null }],
    ["redis:7.2", { registry: null, path: "redis", tag: "7.2" }],
    ["library/redis:7", { registry: null, path: "library/redis", tag: "7" }],
    ["docker.io/library/redis:7", { registry: "docker.io", path: "library/redis", tag: "7" }],
    ["ghcr.io/berriai/litellm:main-v1.75.0-stable", { registry: "ghcr.io", path: "berriai/litellm", tag: "main-v1.75.0-stable" }],
    ["localhost/mine:1", { registry: "localhost", path: "mine", tag: "1" }],
    ["localhost:5000/mine", { registry: "localhost", port: 5000, path: "mine", tag: null }],
    ["registry:5000/a/b/c:1", { registry: "registry", port: 5000, path: "a/b/c", tag: "1" }],
    ["registry:5000", { registry: null, path: "registry", tag: "5000" }],
    ["192.168.1.2:5000/x:1", { registry: "192.168.1.2", port: 5000, path: "x" }],
    ["[2001:db8::1]:5000/x:1", { registry: "[2001:db8::1]", port: 5000, path: "x", tag: "1" }],
    ["[::1]/x", { registry: "[::1]", port: null, path: "x" }],
    ["Registry/x", { registry: "Registry", path: "x" }],
    [`redis@${DIGEST}`, { path: "redis", tag: null, digest: DIGEST }],
    [`quay.io/a/b:1.2@${DIGEST}`, { registry: "quay.io", path: "a/b", tag: "1.2", digest: DIGEST }],
    ["a__b/c.d-e---f:x", { path: "a__b/c.d-e---f", tag: "x" }],
    ["docker://ghcr.io/x/y:1", { transport: "docker", registry: "ghcr.io", path: "x/y", tag: "1" }],
    ["docker:dind", { transport: null, path: "docker", tag: "dind" }],
    ["oci:latest", { transport: null, path: "oci", tag: "latest" }],
    ["oci-archive:/var/lib/x.tar:y", { transport: "oci-archive", path: "/var/lib/x.tar:y", tag: null }],
    ["docker-archive:/x.tar", { transport: "docker-archive", path: "/x.tar" }],
    ["dir:/var/lib/x", { transport: "dir", path: "/var/lib/x" }],
    ["containers-storage:localhost/x:1", { transport: "containers-storage", registry: "localhost", path: "x", tag: "1" }],
  ])("reads %s", (text, parts) => {
    expect(parseImageReference(text)).toMatchObject(parts);
  });

  it.each([
    "", ":", ":1", "redis:", "redis@", "redis@sha256:abc", "redis@:abc", "Redis", "a/Redis:1", "a//b", "/a", "a/", "a/b/",
    "redis:1:2", "redis:-1", "redis:.1", `redis:${"1".repeat(129)}`, "a b", "-redis", "redis-", "a___b", "a..b", "a._b",
    "https://ghcr.io/x/y", "[zz]/x", "x.y:123456/z", "-a.b/z", "a".repeat(1000), "redis:ä", "redis\n", "oci-archive:",
  ])("refuses %j", (text) => {
    expect(parseImageReference(text)).toBeNull();
  });

  it("is total and fast on any text", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("a", "A", "1", "-", "_", ".", "/", ":", "@", "[", "]", "sha256:", "docker://"), { maxLength: 60 }), (parts) => {
      const reference = parseImageReference(parts.join(""));
      if (reference !== null) isPinned(reference);
    }), { numRuns: 2000 });
    expect(parseImageReference(`${"a-".repeat(250_000)}!`)).toBeNull();
  });
});

describe("isVersionTag", () => {
  it.each([
    "v1.85.0", "1.85.0", "15", "15-alpine", "2024.10", "2025-01-31", "release-1.2", "pg16", "pg17beta1", "alpine3.19", "15-bookworm",
    "1", "3-latest", "RELEASE.2024-01-01T00-00-00Z", "main-v1.75.0-stable", "nightly-20250101", "version-2.3", "r3", "build12",
    "1.2.3-beta", "1.2.3-amd64", "9.4.0-fpm-alpine", "v0.6.5-cuda", "0123abc", "sha-0123abc", "main-0123abc", "git-1a2b3c4d",
    "deadbeef1234567890deadbeef1234567890dead", "latest-1.2", "7.2-alpine3.19", "v1_85_0", "x.1",
  ])("takes %s", (tag) => expect(isVersionTag(tag)).toBe(true));

  it.each([
    "latest", "main", "master", "stable", "nightly", "edge", "alpine", "lts", "dev", "rolling", "LATEST", "fpm-alpine", "bookworm-slim",
    "main-stable", "amd64", "arm64", "latest-amd64", "latest-arm64v8", "linux-x86_64", "arm32v7", "x86_64", "lts-jdk17",
    "main-cuda12", "latest-py3", "stable-alpine3.19", "facade", "k8s", "release", "v", "cuda", "ollama", "_", "rocm-latest",
  ])("refuses %s", (tag) => expect(isVersionTag(tag)).toBe(false));
});

describe("isPinned", () => {
  it.each([
    [`redis@${DIGEST}`, true],
    [`redis:latest@${DIGEST}`, true],
    ["redis:7.2", true],
    ["redis", false],
    ["redis:latest", false],
    ["registry:5000/x", false],
    ["docker://redis", false],
    ["docker://redis:7", true],
    ["docker-archive:/x.tar", true],
    ["containers-storage:localhost/x:latest", false],
  ])("%s: %s", (text, pinned) => {
    const reference = parseImageReference(text);
    expect(reference !== null && isPinned(reference)).toBe(pinned);
  });
});
