/** Which folders the scripts of a configuration may make. */
import { describe, expect, it } from "vitest";
import { Project } from "../../../src/engine/model/index.ts";
import { creatingTexts, isCreatedByText } from "../../../src/rules/vocabulary/creating-texts.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";

/** Whether a script of the unit `x` may make a path. */
function makes(script: string, path: string, before: string | null = null): boolean {
  const module = `{ config, pkgs, ... }: { systemd.services.x.script = ''\n${script}\n''; }`;
  const config = new Project(memoryHost({ "m.nix": module }), parser).configuration("m.nix");
  const texts = config === null ? null : creatingTexts(config);
  if (texts === null) throw new Error("The module cannot be read");
  return isCreatedByText(texts, path, before);
}

describe("isCreatedByText", () => {
  it.each([
    ["mkdir -p /a/b/c"],
    ["${pkgs.coreutils}/bin/mkdir -p /a/b/c"],
    ["mkdir -p /a/b/{c,d}"],
    ["mkdir -p \\\n  /x/y \\\n  /a/b/c"],
    ["mkdir /a/b/c/d"],
    ["install -d -m 0750 /a/b/c"],
    ["BASE=/a/b\nmkdir -p \"$BASE/c\""],
    ["export BASE='/a/b'\nmkdir -p ''${BASE}/c"],
    ["for d in /a/b/c /a/b/d; do mkdir \"$d\"; done"],
    ["for d in c d; do mkdir -p /a/b/$d; done"],
    ["mkdir -p \"$1\""],
    ["mkdir -p ${config.folder}"],
    ["mkdir -p ${config.folder}/c"],
    ["mkdir -p /a/b/$(hostname)"],
    ["echo x > /a/b/c"],
    ["echo x >> \"/a/b/c\""],
    ["[ -d /a/b/c ] || mkdir /a/b/c"],
    ["tar -C /x -xzf /x/y.tar.gz && tar xf /x.tar -C /a/b/c"],
    ["git clone https://example.org/x.git /a/b/c"],
    ["cp -r /x/y /a/b/c"],
  ])("may: %s", (script) => {
    expect(makes(script, "/a/b/c")).toBe(true);
  });

  it.each([
    ["mkdir -p /a/b"],
    ["mkdir -p /a/b/cd /a/b/c-d /a/b/c.d"],
    ["# mkdir -p /a/b/c"],
    ["ls /a/b/c"],
    ["tar -czf /x/y.tar.gz -C /a/b/c ."],
    ["tar --exclude=x -cf - /a/b/c | gzip > /x/y.tar.gz"],
    ["find /a/b/c -type f -mtime +30 -delete 2>/dev/null"],
    ["mkdir -p /x/y; chown root /a/b/c"],
    ["mkdir -p /x/y && ls /a/b/c > /x/y/list"],
    ["test -d /a/b/c || echo missing > /x/log"],
    ["DIR=/x\nmkdir -p \"$DIR/$(date +%F)\"; ls /a/b/c"],
    ["podman run -v /a/b/c:/data x"],
  ])("does not: %s", (script) => {
    expect(makes(script, "/a/b/c")).toBe(false);
  });

  it("does not count what a unit does itself, where that is too late", () => {
    expect(makes("mkdir -p /a/b/c", "/a/b/c", "x")).toBe(false);
    expect(makes("mkdir -p /a/b/c", "/a/b/c", "y")).toBe(true);
  });

  it("ends on a line that is all occurrences", () => {
    expect(makes("ls" + " /a/b/c".repeat(20_000), "/a/b/c")).toBe(false);
  });
});
