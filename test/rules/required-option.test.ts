/** A required option is judged as the other conventions are: by what NixOS would take, reported where it is written or missing. */
import { describe, expect, it } from "vitest";
import { type Requirement, type Rule, DEFAULT_SETTINGS, lint } from "../../src/engine/run/index.ts";
import { Project } from "../../src/engine/model/index.ts";
import { requiredOption } from "../../src/rules/required-option.ts";
import { memoryHost } from "../../src/engine/model/memory-host.ts";
import { unmarkTree, shown } from "../support/lint.ts";
import { parser, shell } from "../support/parser.ts";

const requirement = (given: Partial<Requirement>): Requirement => ({ id: "own", option: "a.b", value: true, priority: null, roles: ["system", "baseline"], severity: "error", message: "so we said", url: null, path: ".tappaas-lint.json", ...given });

const HEAD = "imports = [ /etc/nixos/hardware-configuration.nix ];";

/** Findings in a tree, as the marks in it say; `isOn` says for which files the configuration asks for the rule. */
function check(rule: Rule, marked: Readonly<Record<string, string>>, messages: readonly string[], isOn: (path: string) => boolean = () => true): void {
  const { files, places } = unmarkTree(marked);
  const project = new Project(memoryHost(files), parser);
  project.shell = shell;
  const settingsOf = (path: string) => ({ ...DEFAULT_SETTINGS, rule: (id: string) => (id === rule.id && isOn(path) ? { severity: rule.severity, options: null } : null) });
  const result = lint({ project, targets: Object.keys(files), rules: [rule], settingsOf, displayPath: (path) => path, tool: { name: "t", version: "0", url: "" }, edits: true });
  expect(result.failures).toEqual([]);
  const found = result.files.flatMap(({ path, findings }) => findings.map((finding) => shown(path, finding)));
  const expected = places.map((place, index) => {
    const { source } = (project.file(place.path) as NonNullable<ReturnType<Project["file"]>>).syntax;
    return shown(place.path, { start: source.position(place.start), end: source.position(place.end), message: messages[index] ?? "" });
  });
  expect(found).toEqual(expected);
}

const one = (given: Partial<Requirement>, body: string, ...messages: string[]): void => check(requiredOption(requirement(given)), { "x.nix": `{ lib, ... }:\n{\n  ${body.includes("⟦imports⟧") ? "" : HEAD}\n  ${body}\n}\n` }, messages);

describe("a required option", () => {
  it("has the value, however that is written", () => {
    one({}, "a.b = true;");
    one({}, 'a = { "b" = lib.mkForce true; };');
    one({ value: "x" }, 'a.b = "x";');
    one({ value: 5 }, "a.b = 2 + 3;");
    one({ value: 0.5 }, "a.b = 0.5;");
    one({ value: ["x"] }, 'a.b = [ "y" ] ++ [ "x" ];');
    one({ value: ["x", 3] }, 'a.b = [ 3 "y" "x" ];');
    one({ option: 'a."b.c"' }, 'a."b.c" = true;');
  });

  it("is reported where another value is written", () => {
    one({}, "a.b = ⟦false⟧;", "`a.b` is `false`: write `a.b = true;` (so we said)");
    one({ value: "x" }, "a.b = ⟦3⟧;", '`a.b` is `3`: write `a.b = "x";` (so we said)');
    one({ value: 5 }, "a.b = lib.mkDefault ⟦6⟧;", "`a.b` is `6`: write `a.b = 5;` (so we said)");
    one({ value: 5 }, 'a.b = ⟦"5"⟧;', '`a.b` is `"5"`: write `a.b = 5;` (so we said)');
    one({ value: ["x"] }, "a.b = ⟦true⟧;", '`a.b` is `true`: write `a.b = [ "x" ];` (so we said)');
  });

  it("is reported with what a list lacks", () => {
    one({ value: ["x", "y"] }, '⟦a.b⟧ = [ "x" ];', '`a.b` lacks `"y"`: add it (so we said)');
    one({ value: [3, "y"] }, "⟦a.b⟧ = [ 4 ];", '`a.b` lacks `3` and `"y"`: add them (so we said)');
  });

  it("is reported where it is missing", () => {
    check(requiredOption(requirement({})), { "x.nix": `{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n` }, ["`a.b` is not set: write `a.b = true;` (so we said)"]);
    check(requiredOption(requirement({ value: 'x"${y}' })), { "x.nix": `{ ... }:\n{\n  ⟦imports⟧ = [ /etc/nixos/hardware-configuration.nix ];\n}\n` }, ['`a.b` is not set: write `a.b = "x\\"\\${y}";` (so we said)']);
  });

  it("is nothing that is sure where the value cannot be known", () => {
    one({}, "a.b = builtins.getEnv \"X\" == \"1\";");
    one({ value: 3 }, "a.b = builtins.currentTime;");
    one({ value: ["x", 3] }, "a.b = [ (builtins.getEnv \"X\") ];");
    check(requiredOption(requirement({})), { "x.nix": "{ ... }:\n{\n  imports = [ /etc/nixos/hardware-configuration.nix /etc/nixos/other.nix ];\n}\n" }, []);
  });

  it("has a priority that is strong enough, or weak enough", () => {
    one({ priority: 50 }, "a.b = lib.mkForce true;");
    one({ priority: 50 }, "a.b = lib.mkVMOverride true;");
    one({ priority: 50 }, "a.b = ⟦true⟧;", "`a.b` is `true`, but only as a plain definition: write `a.b = lib.mkForce true;` (so we said)");
    one({ priority: 1000, value: "x" }, 'a.b = lib.mkOptionDefault "x";');
    one({ priority: 1000, value: "x" }, 'a.b = ⟦lib.mkForce "x"⟧;', '`a.b` is `"x"`, but only as `lib.mkForce`: write `a.b = lib.mkDefault "x";` (so we said)');
    one({ priority: 100 }, "a.b = ⟦lib.mkDefault true⟧;", "`a.b` is `true`, but only as `lib.mkDefault`: write `a.b = true;` (so we said)");
    one({ priority: 70 }, "a.b = ⟦false⟧;", "`a.b` is `false`: write `a.b = lib.mkOverride 70 true;` (so we said)");
  });

  it("is reported once on a baseline that all lack it with, and not where nobody asks for it", () => {
    const rule = requiredOption(requirement({}));
    const tree = (imports: string) => ({ "base.nix": `{ ... }:\n⟦{⟧\n  system.stateVersion = "25.05";\n}\n`, "x.nix": `{ ... }:\n{\n  ${imports} = [ /etc/nixos/hardware-configuration.nix ./base.nix ];\n}\n`, "y.nix": `{ ... }:\n{\n  ${imports} = [ /etc/nixos/hardware-configuration.nix ./base.nix ];\n}\n` });
    check(rule, tree("imports"), ["`a.b` is not set: write `a.b = true;` (so we said)"]);
    check(rule, { "x.nix": `{ ... }:\n{\n  ${HEAD}\n  a.b = false;\n}\n`, "on/y.nix": `{ ... }:\n{\n  ${HEAD}\n  a.b = ⟦false⟧;\n}\n` }, ["`a.b` is `false`: write `a.b = true;` (so we said)"], (path) => path.startsWith("on/"));
  });

  it("is judged in the roles that are named", () => {
    const option = "networking.firewall.enable";
    const says = "`networking.firewall.enable` is `false`: write `networking.firewall.enable = true;` (so we said)";
    check(requiredOption(requirement({ option })), { "part.nix": "{ ... }:\n{\n  networking.firewall.enable = false;\n}\n" }, []);
    check(requiredOption(requirement({ option, roles: ["fragment"] })), { "part.nix": "{ ... }:\n{\n  networking.firewall.enable = ⟦false⟧;\n}\n" }, [says]);
    check(requiredOption(requirement({ option, roles: ["fragment"] })), { "part.nix": "{ ... }:\n{\n  networking.firewall.allowPing = false;\n}\n" }, []);
  });
});

describe("its documentation", () => {
  it.each<[Partial<Requirement>, string]>([
    [{}, "`a.b` is `true`."],
    [{ value: ["x", 3] }, '`a.b` has `"x"` and `3`.'],
    [{ value: "x", priority: 50 }, '`a.b` is `"x"`, with the priority of `lib.mkForce` or a stronger one.'],
    [{ priority: 1000 }, "`a.b` is `true`, with the priority of `lib.mkDefault` or a weaker one."],
    [{ priority: 100 }, "`a.b` is `true`, with the priority of a plain definition or a stronger one."],
  ])("says what %j means, with examples that are so", (given, convention) => {
    const rule = requiredOption(requirement(given));
    expect(rule.docs.convention).toBe(convention);
    const [bad] = rule.docs.bad;
    check(rule, { "x.nix": bad.code }, bad.says);
    check(rule, { "x.nix": rule.docs.good[0].code.replace("{\n  ", `{\n  ${HEAD}\n  `) }, []);
  });
});
