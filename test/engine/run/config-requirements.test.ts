/** What a configuration requires of options: what it comes to for a file, and how mistakes in it are told. */
import { describe, expect, it } from "vitest";
import { ConfigError, loadSettings } from "../../../src/engine/run/config/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { sampleRules } from "./config-samples.ts";

const NTP = { id: "own-time", option: "networking.timeServers", value: ["ntp.example.org"], message: "our own clocks" };

function settingsOf(files: Readonly<Record<string, unknown>>) {
  return loadSettings(memoryHost(Object.fromEntries(Object.entries(files).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]))), sampleRules);
}

/** All mistakes as `path:line:column: message`. */
function mistakesOf(files: Readonly<Record<string, unknown>>, paths: readonly string[] = ["a.nix"]): string[] {
  const settings = settingsOf(files);
  try {
    for (const path of paths) settings(path);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
  return [];
}

const config = (...requirements: readonly unknown[]): string => `{ "requireOptions": [\n${requirements.map((each) => `  ${JSON.stringify(each)}`).join(",\n")}\n] }`;

describe("requireOptions", () => {
  it("has defaults for what is not said", () => {
    expect(settingsOf({ ".tappaas-lint.json": { requireOptions: [NTP] } })("a.nix").requirements).toEqual([{ ...NTP, priority: null, roles: ["system", "baseline"], severity: "error", url: null, path: ".tappaas-lint.json" }]);
  });

  it.each([["mkForce", 50], ["mkDefault", 1000], ["plain", 100], [60, 60]])("takes %j as the priority %i", (priority, number) => {
    expect(settingsOf({ ".tappaas-lint.json": { requireOptions: [{ ...NTP, priority }] } })("a.nix").requirements[0]?.priority).toBe(number);
  });

  it("is a rule with its severity, which `rules` changes as any other's", () => {
    const of = settingsOf({
      ".tappaas-lint.json": { requireOptions: [{ ...NTP, severity: "warning" }, { ...NTP, id: "own-zone" }], rules: { "own-zone": "info" }, overrides: [{ files: "old/**", rules: { "own-time": "off" } }] },
      "old/x.nix": "",
    });
    expect([of("a.nix").rule("own-time")?.severity, of("a.nix").rule("own-zone")?.severity, of("old/x.nix").rule("own-time")?.severity]).toEqual(["warning", "info", "off"]);
  });

  it("is taken over by what extends it, and holds nowhere else", () => {
    const of = settingsOf({ ".tappaas-lint.json": "{}", "base.json": { requireOptions: [NTP] }, "x/.tappaas-lint.json": { extends: "../base.json", rules: { "own-time": "info" } }, "y/.tappaas-lint.json": { extends: ["../base.json", "../base.json"] } });
    expect([of("a.nix").rule("own-time"), of("x/a.nix").rule("own-time")?.severity, of("y/a.nix").requirements.length]).toEqual([null, "info", 1]);
  });
});

describe("mistakes", () => {
  it.each([
    [{ ...NTP, id: "boot-loader" }, '"boot-loader"', 'there is a rule `boot-loader` already; call this one otherwise'],
    [{ ...NTP, id: "Own Time" }, '"Own Time"', '"Own Time" is not what `id` takes: The id of the rule: lower-case words with hyphens between them.'],
    [{ ...NTP, option: "netwroking.timeServers" }, '"netwroking.timeServers"', "there is no option `netwroking` in NixOS, and no module speaks of one; did you mean `networking.timeServers`?"],
    [{ ...NTP, option: "networking..timeServers" }, '"networking..timeServers"', "`networking..timeServers` is no path of an option; did you mean `networking.timeServers`?"],
    [{ ...NTP, option: "systemd.services.a b.enable" }, '"systemd.services.a b.enable"', '`systemd.services.a b.enable` is no path of an option; did you mean `systemd.services."a b".enable`?'],
    [{ ...NTP, option: "..." }, '"..."', "`...` is no path of an option"],
    [{ ...NTP, value: null }, "null", "`value` is `null`; it takes `true` or `false`, or a number, or a text, or a list, each entry a number or a text"],
    [{ ...NTP, value: [] }, "[]", "`value` is a list of 0; it takes a list, each entry a number or a text with at least 1 entry"],
    [{ id: NTP.id, option: NTP.option, message: "m" }, "{", "a required option needs `value`"],
    [{ ...NTP, priority: "mkFroce" }, '"mkFroce"', '`priority` cannot be "mkFroce"; did you mean "mkForce"? (it takes "mkOptionDefault", "mkDefault", "plain", "mkImageMediaOverride", "mkForce" or "mkVMOverride")'],
    [{ ...NTP, role: ["system"] }, '"role"', "unknown key `role` in a required option; did you mean `roles`?"],
    [{ ...NTP, roles: ["systems"] }, '"systems"', 'an entry of `roles` cannot be "systems"; did you mean "system"? (it takes "system", "baseline" or "fragment")'],
    [{ ...NTP, severity: "off" }, '"off"', '`severity` cannot be "off"; it takes "info", "warning" or "error"'],
    [{ ...NTP, url: "javascript:alert(1)" }, '"javascript', '"javascript:alert(1)" is not what `url` takes: Where that is documented.'],
  ])("%j: %s", (requirement, at, mistake) => {
    const line = config(requirement).split("\n")[1] as string;
    expect(mistakesOf({ ".tappaas-lint.json": config(requirement) })).toEqual([`.tappaas-lint.json:2:${line.indexOf(at) + 1}: ${mistake}`]);
  });

  it("are none where a module of the tree speaks of the option", () => {
    expect(mistakesOf({ ".tappaas-lint.json": config({ ...NTP, option: "service.enable" }), "a.nix": "{ options.service.enable = 1; }" })).toEqual([]);
  });

  it("are ids that mean two things, in one configuration or in several", () => {
    expect(mistakesOf({ ".tappaas-lint.json": config(NTP, { ...NTP, value: ["x"] }) })).toEqual([".tappaas-lint.json:3:9: `own-time` is required here a second time; call one of them otherwise"]);
    const two = { ".tappaas-lint.json": config(NTP), "x/.tappaas-lint.json": config({ ...NTP, value: ["x"] }), "y/.tappaas-lint.json": config(NTP) };
    expect(mistakesOf(two, ["a.nix", "y/a.nix"])).toEqual([]);
    expect(mistakesOf(two, ["a.nix", "x/a.nix"])).toEqual(["x/.tappaas-lint.json:2:9: `.tappaas-lint.json` requires something else by the id `own-time`; call one of them otherwise, or extend that configuration"]);
  });

  it("name the nearest of the project's own rules too", () => {
    expect(mistakesOf({ ".tappaas-lint.json": { requireOptions: [NTP], rules: { "own-tme": "off" } } })).toEqual([expect.stringContaining("unknown rule `own-tme`; did you mean `own-time`?")]);
    expect(mistakesOf({ ".tappaas-lint.json": { extends: "base.json", rules: { "own-tme": "off" } }, "base.json": { requireOptions: [NTP] } })).toEqual([expect.stringContaining("did you mean `own-time`?")]);
  });

  it("are plugins, whatever stands there and however it is brought in", () => {
    const why = "a configuration cannot load plugins: it comes with the tree that is linted, which may be a stranger's, and must not run code; name them on the command line with `--plugin FILE` or in your own settings, or write `requireOptions` here";
    expect(mistakesOf({ ".tappaas-lint.json": '{ "plugins": ["./p.mjs"] }' })).toEqual([`.tappaas-lint.json:1:3: ${why}`]);
    expect(mistakesOf({ ".tappaas-lint.json": '{ "extends": "base.json" }', "base.json": '{\n  "plugins": null }' })).toEqual([`base.json:2:3: ${why}`]);
  });
});
