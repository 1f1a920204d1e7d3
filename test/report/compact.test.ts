/** Tests the report of one line a finding. */

import { expect, it } from "vitest";
import { compact } from "../../src/report/compact.ts";
import { file, result, varied } from "./sample.ts";

it("writes one line a finding and leaves suppressed ones out", () => {
  expect(compact(varied)).toBe(
    [
      "src/apps/cache/cache.nix:3:62: error: The Redis server `käfig-缓存` listens on every address; write `bind = \"127.0.0.1\";` or use a unix socket. [redis-bind]",
      "src/apps/wiki/wiki.nix:9:15: error: The hardware configuration is imported by a relative path, which no VM has; write `/etc/nixos/hardware-configuration.nix`. [hardware-import]",
      "src/apps/wiki/wiki.nix:12:28: error: systemd-networkd is switched off without force, so another module can switch it on beside NetworkManager; write `systemd.network.enable = lib.mkForce false;`. [networkd-disabled]",
      "src/apps/wiki/wiki.nix:14:3: error: PostgreSQL has no `package`, so its major version changes with NixOS and the data can no longer be read; write `package = versions.postgresql;`. [postgres-package]",
      "src/apps/wiki/wiki.nix:18:7: warning: The user `wiki_rw` owns no database; add `\"wiki_rw\"` to `ensureDatabases`. [postgres-ownership]",
      "src/apps/wiki/wiki.nix:26:36: error: The image has the tag `latest`, which is another program tomorrow; take a tag with a version number from `versions`. [image-pinned]",
      "",
    ].join("\n"),
  );
});

it("says nothing for a clean run", () => {
  expect(compact(result([file("a.nix", "{ }\n")]))).toBe("");
});

it("puts failures last and shows names and messages harmless", () => {
  const hostile = result([file("::error::\u001b[2J.nix", "x", [{ rule: "some-rule", message: "a\nb ##[error]c" }])], {
    failures: [
      { path: "b.nix", rule: null, message: "The file cannot be read." },
      { path: "c.nix", rule: "some-rule", message: "The rule crashed." },
      { path: null, rule: null, message: "No file matches." },
    ],
  });
  expect(compact(hostile)).toBe(
    [
      "\\u{3a}:error::\\u{1b}[2J.nix:1:1: error: a\\nb ##\\u{5b}error]c [some-rule]",
      "b.nix: failure: The file cannot be read.",
      "c.nix: failure: The rule crashed. [some-rule]",
      "failure: No file matches.",
      "",
    ].join("\n"),
  );
});
