/** What a run of tar does is read from its words in all spellings that GNU tar takes. */
import { describe, expect, it } from "vitest";
import { type CommandUse, display, known } from "../../../src/engine/model/script/index.ts";
import { tarRun } from "../../../src/rules/vocabulary/tar.ts";

function run(line: string, cwd: string | null = null) {
  const words = line.split(" ").map((word) => known(word));
  const read = tarRun({ args: words, cwd: cwd === null ? null : known(cwd) } as unknown as CommandUse);
  return { mode: read.mode, archive: read.archive === null ? null : display(read.archive), members: read.members?.map(display) ?? null, compressor: read.compressor };
}

describe("tarRun", () => {
  it.each([
    ["-czf /b/a.tar.gz /etc", "create", "/b/a.tar.gz", ["/etc"], { program: "gzip", option: "-z" }],
    ["czf /b/a.tar.gz /etc", "create", "/b/a.tar.gz", ["/etc"], { program: "gzip", option: "czf" }],
    ["-c -f /b/a.tar -J /etc", "create", "/b/a.tar", ["/etc"], { program: "xz", option: "-J" }],
    ["--create --file=/b/a.tar --zstd /etc", "create", "/b/a.tar", ["/etc"], { program: "zstd", option: "--zstd" }],
    ["-cf /b/a.tar /etc", "create", "/b/a.tar", ["/etc"], null],
    ["-cf - /etc", "create", null, ["/etc"], null],
    ["-caf /b/a.tar.xz /etc", "create", "/b/a.tar.xz", ["/etc"], { program: "xz", option: "-a" }],
    ["-caf /b/a.tar /etc", "create", "/b/a.tar", ["/etc"], null],
    ["-C / -cf /b/a.tar etc/secrets -C /var lib", "create", "/b/a.tar", ["/etc/secrets", "/var/lib"], null],
    ["cfC /b/a.tar / etc", "create", "/b/a.tar", ["/etc"], null],
    ["-c -f/b/a.tar --exclude z --exclude=J -- /etc", "create", "/b/a.tar", ["/etc"], null],
    ["-I zstd -cf /b/a.tar.zst /etc", "create", "/b/a.tar.zst", ["/etc"], { program: "zstd", option: "-I zstd" }],
    ["--use-compress-program=pigz -cf /b/a.tar.gz /etc", "create", "/b/a.tar.gz", ["/etc"], { program: "pigz", option: "--use-compress-program=pigz" }],
    ["--use-compress-program=/bin/gzip -cf /b/a.tar.gz /etc", "create", "/b/a.tar.gz", ["/etc"], { program: "", option: "--use-compress-program" }],
    ["-xzf /b/a.tar.gz -C /srv", "read", "/b/a.tar.gz", [], { program: "gzip", option: "-z" }],
    ["-xf /b/a.tar.bz2", "read", "/b/a.tar.bz2", [], { program: "bzip2", option: "on `….bz2`" }],
    ["-tf /b/z.tar", "read", "/b/z.tar", [], null],
    ["-cf /b/a.tar -T /srv/list", "create", "/b/a.tar", null, null],
    ["-cf /b/a.tar etc", "create", "/b/a.tar", null, null],
    ["--version", "other", null, [], null],
  ] as const)("%s", (line, mode, archive, members, compressor) => {
    expect(run(line)).toEqual({ mode, archive, members: members === null ? null : [...members], compressor });
  });

  it("takes members from the folder that the script is in", () => {
    expect(run("-cf a.tar etc ./var .", "/srv").members).toEqual(["/srv/etc", "/srv/var", "/srv"]);
  });
});
