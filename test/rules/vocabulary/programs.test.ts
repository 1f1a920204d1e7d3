/** The table of programs knows what a machine with the same packages has; where dpkg is missing, the comparison is skipped. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { DEFAULT_PACKAGES, packageFor, programsOf } from "../../../src/rules/vocabulary/programs.ts";

const hasDpkg = spawnSync("dpkg", ["--version"]).status === 0;

function installed(name: string): string[] {
  const { stdout, status } = spawnSync("dpkg", ["-L", name], { encoding: "utf8" });
  if (status !== 0) return [];
  return stdout.split("\n").flatMap((line) => /^\/(?:usr\/)?s?bin\/([^/]+)$/.exec(line)?.[1] ?? []);
}

/** Programs that Debian adds to these packages, or whose names begin alike in systemd. */
const OWN_TO_DEBIAN = /^(?:md5sum\.textutils|rgrep|rmt-tar|tarcat|systemd.*)$/;

describe("programs", () => {
  it.skipIf(!hasDpkg).each([
    ["coreutils", "coreutils"],
    ["findutils", "findutils"],
    ["gnugrep", "grep"],
    ["gnused", "sed"],
    ["systemd", "systemd"],
    ["gzip", "gzip"],
    ["gnutar", "tar"],
    ["zstd", "zstd"],
    ["diffutils", "diffutils"],
  ])("has all of Debian's %s (dpkg needed)", (attribute, debian) => {
    const own = new Set(programsOf(attribute));
    expect(installed(debian).filter((program) => !own.has(program) && !OWN_TO_DEBIAN.test(program))).toEqual([]);
  });

  it("names a package for a program, and none that it does not know", () => {
    expect(["gzip", "tar", "runuser", "hostname", "pg_dump", "mysqldump", "ssh", "useradd", "kill", "frobnicate"].map(packageFor)).toEqual([
      "gzip", "gnutar", "util-linux", "hostname", "postgresql", "mariadb", "openssh", "shadow", "util-linux", null,
    ]);
  });

  it("knows packages by their versions and other names, and nothing of the rest", () => {
    expect(programsOf("postgresql_17")).toContain("pg_dump");
    expect(programsOf("mysql")).toContain("mysqldump");
    expect(programsOf("utillinux")).toContain("flock");
    expect(programsOf("python312")).toContain("python3.12");
    expect([programsOf("hello-world"), programsOf("constructor"), programsOf("coreutils-prefixed")]).toEqual([null, null, null]);
  });

  it("leaves out of the default path what units miss most", () => {
    const all = new Set(DEFAULT_PACKAGES.flatMap((name) => programsOf(name) ?? []));
    expect(["bash", "sh", "tar", "gzip", "awk", "curl", "hostname", "ps", "ip", "mount", "which"].filter((program) => all.has(program))).toEqual([]);
  });
});
