/** What a configuration comes to for a file. */
import { describe, expect, it } from "vitest";
import { ConfigError, findConfig, loadSettings } from "../../../src/engine/run/config/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { sampleRules } from "./config-samples.ts";

function settingsOf(files: Readonly<Record<string, unknown>>, options: Parameters<typeof loadSettings>[2] = {}) {
  const texts = Object.fromEntries(Object.entries(files).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]));
  return loadSettings(memoryHost(texts), sampleRules, options);
}

/** The first mistake as `path:line:column: message`. */
function mistakeOf(files: Readonly<Record<string, unknown>>, path = "a.nix"): string {
  try {
    settingsOf(files)(path);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return "no mistake";
}

describe("finding", () => {
  const host = memoryHost({ ".tappaas-lint.json": "{}", "src/apps/.tappaas-lint.json": "{}", "src/apps/x/x.nix": "" });

  it("takes the nearest configuration upward", () => {
    expect(findConfig(host, "src/apps/x/x.nix")).toBe("src/apps/.tappaas-lint.json");
    expect(findConfig(host, "src/y.nix")).toBe(".tappaas-lint.json");
    expect(findConfig(memoryHost({ "src/y.nix": "" }), "src/y.nix")).toBeNull();
  });

  it("changes nothing where there is none", () => {
    const settings = settingsOf({ "a.nix": "" })("a.nix");
    expect([settings.rule("boot-loader"), settings.role, settings.ignored, settings.requireReasons]).toEqual([null, null, false, false]);
  });

  it("does not mix the nearest with those above it", () => {
    const of = settingsOf({ ".tappaas-lint.json": { rules: { "boot-loader": "off" } }, "src/.tappaas-lint.json": { requireReasons: true } });
    expect(of("src/a.nix").rule("boot-loader")).toBeNull();
    expect(of("src/a.nix").requireReasons).toBe(true);
    expect(of("a.nix").rule("boot-loader")).toEqual({ severity: "off", options: null });
  });

  it("uses one configuration for every file where it is given", () => {
    const files = { "ci/strict.json": { rules: { "host-name": "info" }, ignore: "old/" }, ".tappaas-lint.json": "not even JSON" };
    expect(settingsOf(files, { explicit: "ci/strict.json" })("x/a.nix").rule("host-name")).toEqual({ severity: "info", options: null });
    expect(settingsOf(files, { explicit: "ci/strict.json" })("old/a.nix").ignored).toBe(false);
    expect(settingsOf(files, { explicit: "ci/strict.json", globsFrom: "" })("old/a.nix").ignored).toBe(true);
  });
});

describe("rules", () => {
  it("take a severity, or a severity with options", () => {
    const of = settingsOf({ ".tappaas-lint.json": '{ "rules": { "boot-loader": "warning", /* why */ "port-list": ["error", { "ports": [22, 80], "times": { "redis": ["02:30"] } }], }, } // end' });
    expect(of("a.nix").rule("boot-loader")).toEqual({ severity: "warning", options: null });
    expect(of("a.nix").rule("port-list")).toEqual({ severity: "error", options: { ports: [22, 80], times: { redis: ["02:30"] } } });
  });

  it("keep their options where only the severity changes", () => {
    const of = settingsOf({
      ".tappaas-lint.json": {
        rules: { "port-list": ["error", { strict: true }] },
        overrides: [
          { files: "*.nix", rules: { "port-list": "info" } },
          { files: "b.nix", rules: { "port-list": ["warning", { mode: "some" }] } },
        ],
      },
    });
    expect(of("a.nix").rule("port-list")).toEqual({ severity: "info", options: { strict: true } });
    expect(of("b.nix").rule("port-list")).toEqual({ severity: "warning", options: { mode: "some" } });
  });
});

describe("overrides", () => {
  const of = settingsOf({
    "src/.tappaas-lint.json": {
      overrides: [
        { files: ["templates/common.nix"], role: "baseline" },
        { files: ["apps/**/*.nix"], ignoreFiles: ["**/test-*.nix"], role: "system", rules: { "host-name": "off" } },
        { files: ["apps/x/*.nix"], role: "fragment" },
      ],
    },
  });

  it("count their globs from the configuration's folder, later ones winning", () => {
    expect(of("src/templates/common.nix").role).toBe("baseline");
    expect(of("src/apps/y/y.nix").role).toBe("system");
    expect(of("src/apps/x/x.nix").role).toBe("fragment");
    expect(of("src/apps/x/x.nix").rule("host-name")).toEqual({ severity: "off", options: null });
    expect(of("src/apps/x/deeper/x.nix").role).toBe("system");
    expect(of("src/other.nix").role).toBeNull();
  });

  it("leave out what ignoreFiles names", () => {
    expect(of("src/apps/y/test-y.nix").role).toBeNull();
    expect(of("src/apps/y/test-y.nix").rule("host-name")).toBeNull();
  });
});

describe("ignore", () => {
  const of = settingsOf({ ".tappaas-lint.json": { ignore: ["Attic", "gen/*.nix", "!gen/keep.nix", "deep/folder/"] } });

  it.each([
    ["Attic/x.nix", true],
    ["src/Attic/deep/x.nix", true],
    ["src/Attic.nix", false],
    ["gen/x.nix", true],
    ["gen/keep.nix", false],
    ["gen/sub/x.nix", false],
    ["deep/folder/a/b.nix", true],
    ["other/deep/folder/b.nix", false],
  ])("%s: %s", (path, ignored) => {
    expect(of(path).ignored).toBe(ignored);
  });
});

describe("extends", () => {
  const files = {
    "base.json": { rules: { "boot-loader": "warning", "host-name": "info" }, overrides: [{ files: "src/apps/a.nix", role: "baseline" }], requireReasons: true },
    "more.json": { extends: "./base.json", rules: { "host-name": "error" } },
    "src/.tappaas-lint.json": { extends: ["../more.json"], rules: { "boot-loader": "off" } },
  };

  it("starts from what is extended, whose globs count from its own folder", () => {
    const settings = settingsOf(files)("src/apps/a.nix");
    expect(settings.rule("boot-loader")).toEqual({ severity: "off", options: null });
    expect(settings.rule("host-name")).toEqual({ severity: "error", options: null });
    expect(settings.role).toBe("baseline");
    expect(settings.requireReasons).toBe(true);
  });

  it("tells a file that is not there, at the path", () => {
    expect(mistakeOf({ ".tappaas-lint.json": '{\n  "extends": "./bse.json"\n}' })).toBe(".tappaas-lint.json:2:14: there is no file `bse.json` to extend; the path is relative to `.`");
    expect(mistakeOf({ ".tappaas-lint.json": { extends: "src" }, "src/.tappaas-lint.json": "{}" })).toBe(
      ".tappaas-lint.json:1:12: there is no file `src` to extend; the path is relative to `.`; did you mean `src/.tappaas-lint.json`?",
    );
  });

  it("reports a cycle", () => {
    const cycle = { ".tappaas-lint.json": { extends: "b.json" }, "b.json": '{ "extends": [\n"./.tappaas-lint.json"] }' };
    expect(mistakeOf(cycle)).toBe("b.json:2:1: `./.tappaas-lint.json` extends itself: `.tappaas-lint.json` → `b.json` → `.tappaas-lint.json`; take one of these out");
  });

  it.each(["../outside.json", "/etc/passwd", "a/../../x.json"])("never leaves the tree: %s", (path) => {
    expect(mistakeOf({ ".tappaas-lint.json": { extends: path } })).toBe(`.tappaas-lint.json:1:12: \`${path}\` leads out of the tree; extend a file inside it, by a path relative to this one`);
  });

  it("ends where every configuration extends the next one twice", () => {
    const doubling = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i === 0 ? ".tappaas-lint.json" : `c${i}.json`, i === 39 ? {} : { extends: [`c${i + 1}.json`, `c${i + 1}.json`] }]));
    expect(mistakeOf(doubling)).toMatch(/^c\d+\.json:1:\d+: more than 100 configurations are extended from here; extend fewer$/);
  });

  it("tells a mistake in an extended file where it stands", () => {
    expect(mistakeOf({ ".tappaas-lint.json": { extends: "b.json" }, "b.json": '{\n  "rulez": {}\n}' })).toBe("b.json:2:3: unknown key `rulez` in the configuration; did you mean `rules`?");
  });
});
