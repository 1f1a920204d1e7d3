/** What NixOS would take for an option: priorities, conditions, joining, conflicts, and where it all is written. */
import { describe, expect, it } from "vitest";
import { textOf } from "../../../src/engine/model/index.ts";
import { configure, view, written } from "./reading.ts";

/** A module body with `lib` and `config` at hand. */
const body = (text: string): string => `{ config, lib, pkgs, ... }: ${text}`;
/** Two modules, of which the first imports the second. */
const two = (first: string, second: string): Record<string, string> => ({ "main.nix": body(`{ imports = [ ./other.nix ]; ${first} }`), "other.nix": body(`{ ${second} }`) });

describe("the spellings of one definition", () => {
  it.each([
    "{ a.b.c = true; }",
    "{ a = { b.c = true; }; }",
    '{ a."b".c = true; }',
    "{ a.${\"b\"}.c = true; }",
    "{ config.a.b.c = true; }",
    "{ config = { a = { b = { c = true; }; }; }; }",
    "let on = true; in { a.b.c = on; }",
    "let b = { c = true; }; in { a = { inherit b; }; }",
    "let s = { c = true; }; in { a.b = { inherit (s) c; }; }",
    "rec { a.b.c = on; on = true; }",
    "with { on = true; }; { a.b.c = on; }",
    "{ a.b = { c = false; } // { c = true; }; }",
    "{ a = lib.recursiveUpdate { b.c = false; } { b.c = true; }; }",
    "{ a.b = lib.optionalAttrs true { c = true; }; }",
    "lib.mkMerge [ { a.b.c = true; } ]",
    "{ config = lib.mkMerge [ { } { a = lib.mkMerge [ { b.c = true; } ]; } ]; }",
    "lib.mkIf true { a.b.c = true; }",
    "{ a = lib.mkIf (1 == 1) { b = lib.mkIf true { c = true; }; }; }",
    "let turnOn = name: { ${name}.c = true; }; in { a = turnOn \"b\"; }",
    "let f = { enable ? true }: { c = enable; }; in { a.b = f { }; }",
    "{ imports = [ { a.b.c = true; } ]; }",
    "{ imports = [ ({ lib, ... }: { a.b.c = lib.id true; }) ]; }",
    "{ a.b = builtins.listToAttrs [ { name = \"c\"; value = true; } ]; }",
    "{ a.b = lib.genAttrs [ \"c\" ] (name: true); }",
    "{ a.b = lib.mapAttrs (name: value: value) { c = true; }; }",
    "{ a = lib.setAttrByPath [ \"b\" \"c\" ] true; }",
    "{ a.b.c = config.x.y; x.y = true; }",
    "{ a.b.c = if config.x.y then true else false; x.y = lib.mkDefault true; }",
  ])("%s", (text) => {
    expect(view(body(text))).toMatchObject({ "a.b.c": true });
  });

  it("count from an imported file as well", () => {
    expect(view(two("", "a.b.c = true;"))).toEqual({ "a.b.c": true });
  });
});

describe("what NixOS itself says of its release", () => {
  it.each([
    ["{ x = config.system.nixos.release; }", "lib.trivial.release"],
    ["let nixos = config.system.nixos; in { x = nixos.codeName; system.nixos.tags = [ ]; }", "lib.trivial.codeName"],
    ['{ config.x = config.system."nixos".version; options = { }; }', "lib.version"],
  ])("%s", (text, ref) => {
    expect(view(body(text))).toMatchObject({ x: { $ref: ref } });
  });

  it("counts no more where the tree says something else", () => {
    expect(view(body('{ x = config.system.nixos.version; system.nixos.version = "25.05"; }'))).toMatchObject({ x: "25.05" });
    expect(view(body("{ x = config.system.nixos.label; y = config.other.nixos.release; }"))).toEqual({ x: "<unknown>", y: "<unknown>" });
  });
});

describe("priorities", () => {
  it.each([
    ["x = lib.mkDefault 1;", "x = 2;", 2, 100],
    ["x = lib.mkForce 1;", "x = 2;", 1, 50],
    ["x = lib.mkOptionDefault 1;", "x = lib.mkDefault 2;", 2, 1000],
    ["x = lib.mkVMOverride 1;", "x = lib.mkForce 2;", 1, 10],
    ["x = lib.mkOverride 90 1;", "x = 2;", 1, 90],
    ["x = lib.mkImageMediaOverride 1;", "x = 2;", 1, 60],
    ["x = lib.mkIf true (lib.mkForce 1);", "x = 2;", 1, 50],
    ["x = lib.mkIf false (lib.mkForce 1);", "x = 2;", 2, 100],
    ["x = lib.mkMerge [ (lib.mkDefault 1) (lib.mkForce 3) ];", "x = 2;", 3, 50],
  ])("%s %s", (first, second, value, priority) => {
    const answer = configure(two(first, second)).option("x");
    expect(answer).toMatchObject({ state: "known", value: { v: value }, priority });
  });

  it("are handed down from sets above options", () => {
    const config = configure(body("{ systemd.network = lib.mkForce { enable = false; }; }"));
    expect(config.option("systemd.network.enable")).toMatchObject({ state: "known", value: { v: false }, priority: 50 });
  });

  it("replace whole sets at options that hold a set, and are not handed into them", () => {
    const files = two('environment.etc = lib.mkForce { a.text = "x"; };', 'environment.etc.b.text = "y";');
    expect(view(files)).toEqual({ "environment.etc.a.text": "x" });
    expect(configure(files).option("environment.etc.a.text").priority).toBe(100);
    expect(view(two('environment.etc = lib.mkForce { a.mode = lib.mkDefault "0600"; };', ""))).toEqual({ "environment.etc.a.mode": "0600" });
  });

  it("leave a doubt where it is not known whether a path holds options", () => {
    const files = two("services.foo.bar = lib.mkDefault { a = 1; b = 2; };", "services.foo.bar.a = 3;");
    expect(view(files)).toEqual({ "services.foo.bar.a": 3, "services.foo.bar.b": "<conditional>" });
  });

  it.each([
    "lib.mkForce (lib.mkIf true 1)",
    "lib.mkForce (lib.mkDefault 1)",
    "lib.mkBefore (lib.mkForce [ 1 ])",
    "lib.mkBefore (lib.mkIf true [ 1 ])",
    "lib.mkForce (lib.mkMerge [ 1 ])",
  ])("%s is of no type for NixOS, hence unknown", (text) => {
    expect(configure(body(`{ x = ${text}; }`)).option("x")).toMatchObject({ state: "unknown", value: { reason: "a wrapper that Nix does not take off here" } });
  });

  it("reach what is inside a forced set no second time", () => {
    expect(view(body("{ boot.loader = lib.mkForce { x = lib.mkDefault 1; y = 2; }; }"))).toEqual({ "boot.loader.x": "<unknown>", "boot.loader.y": 2 });
  });
});

describe("lists", () => {
  it("concatenate, later modules first", () => {
    expect(view({ "main.nix": body("{ imports = [ ./a.nix ./b.nix ]; l = [ 1 ]; }"), "a.nix": "{ imports = [ ./c.nix ]; l = [ 2 ]; }", "b.nix": "{ l = [ 3 ]; }", "c.nix": "{ l = [ 4 ]; }" })).toEqual({ l: [4, 3, 2, 1] });
  });

  it("keep the order of one module", () => {
    expect(view(body("{ l = lib.mkMerge [ [ 1 ] (lib.mkBefore [ 2 ]) [ 3 ] (lib.mkAfter [ 4 ]) (lib.mkOrder 1000 [ 5 ]) ]; }"))).toEqual({ l: [2, 1, 3, 5, 4] });
  });

  it("are replaced by a forced one", () => {
    expect(view(two("l = lib.mkForce [ 80 ];", "l = [ 22 ];"))).toEqual({ l: [80] });
    expect(view(two("l = lib.mkForce (lib.mkBefore [ 80 ]);", "l = lib.mkForce [ 22 ];"))).toEqual({ l: [80, 22] });
    expect(view(two("l = lib.mkDefault [ 80 ];", "l = [ 22 ];"))).toEqual({ l: [22] });
  });

  it("have elements under conditions", () => {
    expect(view(body("{ l = [ 1 (lib.mkIf true 2) (lib.mkIf false 3) ]; }"))).toEqual({ l: [1, 2] });
    expect(view(body("{ l = [ 1 ] ++ lib.optionals true [ 2 ] ++ lib.optional false 3; }"))).toEqual({ l: [1, 2] });
    const answer = configure(body("{ l = [ 1 ] ++ lib.optional config.nothing.here 2; }")).option("l");
    expect(answer.value?.t === "list" ? answer.value.items.map(({ thunk, maybe }) => [written(thunk.at), maybe]) : null).toEqual([["1", false], ["2", true]]);
  });

  it("may be as long as they like", () => {
    const numbers = Array.from({ length: 20_000 }, (_, index) => index);
    expect(view(body(`{ l = [ ${numbers.join(" ")} ]; }`))).toEqual({ l: numbers });
    expect(view(body(`{ l = ${numbers.slice(0, 3000).map((n) => `[ ${n} ]`).join(" ++ ")}; }`))).toEqual({ l: numbers.slice(0, 3000) });
  });
});

describe("strings and other single values", () => {
  it("are joined where the option is known to join", () => {
    expect(view(two('systemd.services.x.script = "one";', 'systemd.services.x.script = "two";'))).toEqual({ "systemd.services.x.script": "two\none" });
  });

  it("conflict where the option takes one", () => {
    expect(view(two('networking.hostName = "one";', 'networking.hostName = "two";'))).toEqual({ "networking.hostName": "<conflict>" });
    expect(view(two('networking.hostName = "one";', 'networking.hostName = "one";'))).toEqual({ "networking.hostName": "one" });
  });

  it("are unknown where the option may join", () => {
    expect(view(two('services.foo.text2 = "one";', 'services.foo.text2 = "one";'))).toEqual({ "services.foo.text2": "<unknown>" });
  });

  it("conflict if they are booleans, numbers or null", () => {
    expect(view(two("x = true;", "x = false;"))).toEqual({ x: "<conflict>" });
    expect(view(two("x = 1;", "x = 2;"))).toEqual({ x: "<conflict>" });
    expect(view(two("x = null;", "x = 2;"))).toEqual({ x: "<conflict>" });
    expect(view(two("x = 2;", "x = 2;"))).toEqual({ x: 2 });
    expect(view(two("x = lib.mkDefault true;", "x = lib.mkDefault false;"))).toEqual({ x: "<conflict>" });
    expect(view(two("x = lib.mkDefault true;", "x = false;"))).toEqual({ x: false });
  });

  it("do not conflict with a list, which some options take besides", () => {
    expect(view(two('x = "a";', 'x = [ "b" ];'))).toEqual({ x: "<unknown>" });
  });
});

describe("conditions that cannot be decided", () => {
  it.each([
    ["{ x = lib.mkIf config.u.v 1; }", "<conditional>"],
    ["{ x = lib.mkMerge [ (lib.mkIf config.u.v 1) (lib.mkIf (!config.u.v) 1) ]; }", 1],
    ["{ x = lib.mkMerge [ (lib.mkIf config.u.v 1) (lib.mkIf (!config.u.v) 2) ]; }", "<conditional>"],
    ["{ x = lib.mkMerge [ 1 (lib.mkIf config.u.v 1) ]; }", 1],
    ["{ x = lib.mkMerge [ 1 (lib.mkIf config.u.v (lib.mkForce 1)) ]; }", 1],
    ["{ x = lib.mkMerge [ 1 (lib.mkIf config.u.v (lib.mkForce 2)) ]; }", "<conditional>"],
    ["{ x = lib.mkMerge [ 1 (lib.mkIf config.u.v (lib.mkDefault 2)) ]; }", 1],
    ["{ x = lib.mkMerge [ (lib.mkDefault 1) (lib.mkIf config.u.v 1) ]; }", 1],
    ["{ x = if config.u.v then 1 else 1; }", 1],
    ["{ x = if config.u.v then 1 else 2; }", "<unknown>"],
    ["if builtins.currentTime > 1 then { x = 1; } else { x = 1; y = 2; }", 1],
    ["{ x = lib.mkIf (config.u.v && false) 1; y = 1; }", undefined],
    ["{ x = lib.mkIf (config.u.v || true) 1; }", 1],
    ["{ x = lib.mkMerge [ (lib.mkIf (config.u.a && config.u.b) 1) (lib.mkIf (!(config.u.a && config.u.b)) 1) ]; }", "<conditional>"],
    ["let c = config.u.a && config.u.b; in { x = lib.mkMerge [ (lib.mkIf c 1) (lib.mkIf (!c) 1) ]; }", 1],
    ["{ x = lib.mkMerge [ (lib.mkIf config.u.a (lib.mkIf config.u.b 1)) (lib.mkIf (!config.u.a) 1) (lib.mkIf (!config.u.b) 1) ]; }", 1],
    ["{ x = lib.mkMerge [ [ 1 ] (lib.mkIf config.u.v [ ]) ]; }", [1]],
    ["{ x = lib.mkMerge [ [ 1 ] (lib.mkIf config.u.v [ 2 ]) ]; }", "<conditional>"],
  ])("%s", (text, expected) => {
    expect(view(body(text))["x"]).toEqual(expected);
  });

  it("leave lists with possible elements, none of them sure if a stronger list may replace them", () => {
    const shown = (text: string): unknown => {
      const { value } = configure(body(text)).option("x");
      return value?.t === "list" ? value.items.map(({ thunk, maybe }) => `${written(thunk.at)}${maybe ? "?" : ""}`) : null;
    };
    expect(shown("{ x = lib.mkMerge [ [ 1 ] (lib.mkIf config.u.v [ 2 ]) ]; }")).toEqual(["1", "2?"]);
    expect(shown("{ x = lib.mkMerge [ [ 1 ] (lib.mkIf config.u.v (lib.mkForce [ 2 ])) ]; }")).toEqual(["1?", "2?"]);
    expect(shown("{ x = lib.mkMerge [ [ 1 ] (lib.mkIf config.u.v (lib.mkDefault [ 2 ])) ]; }")).toEqual(["1"]);
  });

  it("do not reach what is not under them", () => {
    expect(view(two("a = lib.mkIf config.u.v { b = 1; };", "a.c = 2;"))).toEqual({ "a.b": "<conditional>", "a.c": 2 });
  });

  it("may be read off other options, also off those they guard", () => {
    const files = { "main.nix": "{ imports = [ ./other.nix ]; services.x.enable = true; }", "other.nix": body("{ services.x = lib.mkIf config.services.x.enable { port = 1; }; }") };
    expect(view(files)).toEqual({ "services.x.enable": true, "services.x.port": 1 });
  });
});

describe("`config`", () => {
  it("is the fixed point", () => {
    expect(view(body("{ a = config.b + 1; b = config.c + 1; c = 1; }"))).toEqual({ a: 3, b: 2, c: 1 });
    expect(view(two("a = config.b;", "b = lib.mkForce 2;"))).toEqual({ a: 2, b: 2 });
    expect(view(body("let cfg = config.services.x; in { services.x.port = 80; l = [ cfg.port ]; }"))).toEqual({ "services.x.port": 80, l: [80] });
  });

  it("is unknown where nothing in the tree sets an option, even with `or`", () => {
    expect(view(body("{ a = config.b; c = config.d or 1; e = config ? f; }"))).toEqual({ a: "<unknown>", c: "<unknown>", e: "<unknown>" });
  });

  it("does not run in circles", () => {
    expect(view(body("{ a = config.b; b = config.a; c = 1; }"))).toEqual({ a: "<unknown>", b: "<unknown>", c: 1 });
    expect(view(body("{ a = config.a; }"))).toEqual({ a: "<unknown>" });
  });

  it("has the attributes of sets that are certainly there", () => {
    expect(view(body("{ users.users.me.x = 1; a = config.users.users ? me; b = config.users.users ? you; }"))).toMatchObject({ a: true, b: "<unknown>" });
    expect(view(body("{ users.users.me = lib.mkIf false { x = 1; }; a = config.users.users ? me; }"))).toEqual({ a: "<unknown>" });
  });

  it("reads module arguments that the tree gives", () => {
    expect(view(body("{ _module.args.port = 80; imports = [ ({ port, ... }: { a = port; }) ]; }"))).toMatchObject({ a: 80 });
    expect(view("{ nothing ? 1, ... }: { a = nothing; }")).toEqual({ a: "<unknown>" });
  });
});

describe("an answer", () => {
  const TEXT = body("{\n  services.x = lib.mkIf true { port = lib.mkDefault 80; };\n  list = [ 1 ];\n}");

  it("says where its definitions stand", () => {
    const [definition] = configure(TEXT).option("services.x.port").definitions;
    expect([written(definition?.key), written(definition?.valueAt), written(definition?.wholeAt)]).toEqual(["port", "80", "lib.mkDefault 80"]);
    expect(definition).toMatchObject({ priority: 1000, isDefault: false, file: { path: "main.nix" } });
    const [list] = configure(TEXT).option("list").definitions;
    expect([written(list?.key), written(list?.valueAt)]).toEqual(["list", "[ 1 ]"]);
  });

  it("has the whole written path as key, and the use of a name as value", () => {
    const config = configure(body("let port = 80; in { a.b.c = port; a = { d.e = 1; }; }"));
    const at = (path: string): (string | null)[] => config.option(path).definitions.map(({ key, valueAt, value }) => `${written(key)} ${written(valueAt)} ${written(value.at)}`);
    expect(at("a.b.c")).toEqual(["a.b.c port 80"]);
    expect(at("a.d.e")).toEqual(["d.e 1 1"]);
    expect(config.node("a.b").keys().map(written)).toEqual(["a.b"]);
  });

  it("leads into imported files", () => {
    const config = configure(two("", "a.b = 1;"));
    expect(config.option("a.b").definitions.map(({ file, key }) => `${file.path} ${written(key)}`)).toEqual(["other.nix a.b"]);
  });

  it("lists winners apart from the rest", () => {
    const answer = configure(two("x = lib.mkForce 1;", "x = 2;")).option("x");
    expect(answer.definitions.map(({ valueAt }) => written(valueAt))).toEqual(["1", "2"]);
    expect(answer.winners.map(({ valueAt }) => written(valueAt))).toEqual(["1"]);
  });

  it("is `undefined` for what nobody sets, `unknown` where an import could not be followed", () => {
    expect(configure(body("{ a = 1; }")).option("b").state).toBe("undefined");
    expect(configure(body("{ imports = [ ./gone.nix ]; a = 1; }")).option("b").state).toBe("unknown");
    expect(configure(body("{ imports = [ ./gone.nix ]; a = 1; }")).option("a").state).toBe("known");
    expect(configure(body("{ imports = [ /etc/nixos/hardware-configuration.nix ]; a = 1; }")).option("b").state).toBe("undefined");
  });

  it("gives names that are set, and whether there may be others", () => {
    const config = configure(body("{ s = { a.x = 1; b = lib.mkIf false { x = 1; }; c = lib.mkIf config.u.v { x = 1; }; }; }"));
    expect(config.names("s")).toEqual({ names: ["a", "c"], open: false });
    expect(configure(body("{ s = { a = 1; } // (import ./gone.nix); }")).names("s")).toEqual({ names: ["a"], open: true });
  });

  it("takes names that need quotes", () => {
    const config = configure(body('{ systemd.services."serial-getty@ttyS0".enable = true; a."b c"."d\\"e" = 1; }'));
    expect(config.option('systemd.services."serial-getty@ttyS0".enable').state).toBe("known");
    expect(config.option(["a", "b c", 'd"e']).state).toBe("known");
    expect(config.option('a."b c"."d\\"e"').state).toBe("known");
  });

  it("knows the text of a value", () => {
    const value = configure(body('{ a = "x${"y"}"; }')).value("a");
    expect(value === null ? null : textOf(value)).toBe("xy");
    expect(configure(body("{ a = config.b; }")).value("a")).toBeNull();
  });
});

describe("a wrapper inside a wrapper", () => {
  // An inner override is left standing as a value, on which evaluation fails (nixpkgs, `lib/modules.nix`, `filterOverrides`).
  it.each(["options.a.b = lib.mkOption { type = lib.types.int; }; config.a = lib.mkForce { b = lib.mkDefault 1; };", "options.a.b = lib.mkOption { type = lib.types.int; }; config.a.b = lib.mkForce (lib.mkDefault 1);"])(
    "of which the outer one wins is never taken for the weaker definition: %s",
    (first) => {
      const answer = configure(two(first, "config.a.b = 2;")).option("a.b");
      expect({ state: answer.state, priority: answer.winners[0]?.priority }).toEqual({ state: "unknown", priority: 50 });
    },
  );

  it("counts for nothing where another definition is stronger than the outer one", () => {
    const answer = configure(two("options.a.b = lib.mkOption { type = lib.types.int; }; config.a = lib.mkDefault { b = lib.mkForce 1; };", "config.a.b = 2;")).option("a.b");
    expect({ state: answer.state, priority: answer.priority }).toEqual({ state: "known", priority: 100 });
  });
});
