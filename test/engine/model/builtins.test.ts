/** Built-in functions and nixpkgs' lib: what they give, as Nix 2.8 and nixpkgs 26.11 computed it. */
import { describe, expect, it } from "vitest";
import { type Json, Project, Thunk, type Value, toJson } from "../../../src/engine/model/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { parser } from "../../support/parser.ts";

/** What an expression comes to that has `lib` at hand. */
function valueWithLib(text: string, files: Readonly<Record<string, string>> = {}): Value {
  const project = new Project(memoryHost({ ...files, "main.nix": `{ lib, pkgs }: ${text}` }), parser);
  const file = project.file("main.nix");
  if (file === null || file.syntax.errors.length > 0) throw new Error(`this is not Nix: ${text}`);
  const given = (name: string) => ({ thunk: Thunk.of({ t: "ref", path: [name], at: null }), key: null, conditions: [] });
  return project.evaluator.apply(project.value(file), Thunk.of({ t: "attrs", attrs: new Map([["lib", given("lib")], ["pkgs", given("pkgs")]]), open: null, at: null }), null);
}

const withLib = (text: string, files: Readonly<Record<string, string>> = {}): Json | undefined => toJson(valueWithLib(text, files));

const TABLE: readonly (readonly [string, unknown])[] = [
  ["builtins.map (x: x + 1) [ 1 2 ]", [2, 3]],
  ["builtins.filter (x: x > 1) [ 1 2 3 ]", [2, 3]],
  ["builtins.concatLists [ [ 1 ] [ ] [ 2 3 ] ]", [1, 2, 3]],
  ["builtins.concatMap (x: [ x x ]) [ 1 2 ]", [1, 1, 2, 2]],
  ["lib.forEach [ 1 2 ] (x: x * 2)", [2, 4]],
  ["builtins.foldl' (a: b: a - b) 10 [ 1 2 ]", 7],
  ["lib.foldr (a: b: a - b) 10 [ 1 2 ]", 9],
  ["builtins.all (x: x > 0) [ 1 2 ]", true],
  ["builtins.any (x: x > 1) [ 1 2 ]", true],
  ["builtins.elem \"a\" [ 1 \"a\" ]", true],
  ["builtins.head [ 3 4 ]", 3],
  ["lib.last [ 3 4 ]", 4],
  ["builtins.tail [ 3 4 5 ]", [4, 5]],
  ["lib.init [ 3 4 5 ]", [3, 4]],
  ["lib.take 2 [ 1 2 3 ]", [1, 2]],
  ["lib.drop 2 [ 1 2 3 ]", [3]],
  ["lib.sublist 1 2 [ 1 2 3 4 ]", [2, 3]],
  ["builtins.length [ 1 2 ]", 2],
  ["builtins.elemAt [ 1 2 ] 1", 2],
  ["lib.reverseList [ 1 2 3 ]", [3, 2, 1]],
  ["builtins.genList (x: x * x) 4", [0, 1, 4, 9]],
  ["lib.range 2 5", [2, 3, 4, 5]],
  ["lib.range 5 2", []],
  ["lib.replicate 3 \"a\"", ["a", "a", "a"]],
  ["builtins.sort (a: b: a < b) [ 3 1 2 ]", [1, 2, 3]],
  ["lib.sortOn (x: 0 - x) [ 3 1 2 ]", [3, 2, 1]],
  ["lib.naturalSort [ \"b\" \"a\" ]", ["a", "b"]],
  ["lib.unique [ 1 \"a\" 1 \"a\" ]", [1, "a"]],
  ["lib.allUnique [ 1 2 1 ]", false],
  ["lib.uniqueStrings [ \"b\" \"a\" \"b\" ]", ["a", "b"]],
  ["lib.remove 1 [ 1 2 1 ]", [2]],
  ["lib.subtractLists [ 1 ] [ 1 2 3 ]", [2, 3]],
  ["lib.intersectLists [ 1 2 ] [ 2 3 ]", [2]],
  ["lib.mutuallyExclusive [ 1 ] [ 2 ]", true],
  ["lib.singleton 1", [1]],
  ["lib.toList 1", [1]],
  ["lib.toList [ 1 ]", [1]],
  ["lib.flatten [ 1 [ 2 [ 3 ] ] [ ] ]", [1, 2, 3]],
  ["builtins.partition (x: x > 1) [ 1 2 3 ]", {"right": [2, 3], "wrong": [1]}],
  ["lib.count (x: x > 1) [ 1 2 3 ]", 2],
  ["lib.findFirst (x: x > 1) 0 [ 1 2 3 ]", 2],
  ["lib.findFirst (x: x > 9) 0 [ 1 2 3 ]", 0],
  ["lib.imap0 (i: x: i + x) [ 1 2 ]", [1, 3]],
  ["lib.imap1 (i: x: i + x) [ 1 2 ]", [2, 4]],
  ["lib.zipListsWith (a: b: a + b) [ 1 2 ] [ 3 4 5 ]", [4, 6]],
  ["lib.zipLists [ 1 2 ] [ \"a\" ]", [{"fst": 1, "snd": "a"}]],
  ["builtins.groupBy (x: if x > 1 then \"big\" else \"small\") [ 1 2 3 ]", {"big": [2, 3], "small": [1]}],
  ["lib.optional true 1", [1]],
  ["lib.optional false (throw \"x\")", []],
  ["lib.optionals true [ 1 2 ]", [1, 2]],
  ["lib.concatStrings [ \"a\" \"b\" ]", "ab"],
  ["builtins.concatStringsSep \", \" [ \"a\" \"b\" ]", "a, b"],
  ["lib.concatMapStrings (x: x + \"!\") [ \"a\" \"b\" ]", "a!b!"],
  ["lib.concatMapStringsSep \"-\" (x: x + \"!\") [ \"a\" \"b\" ]", "a!-b!"],
  ["lib.concatImapStringsSep \"-\" (i: x: \"${toString i}${x}\") [ \"a\" \"b\" ]", "1a-2b"],
  ["lib.concatLines [ \"a\" \"b\" ]", "a\nb\n"],
  ["builtins.listToAttrs [ { name = \"a\"; value = 1; } { name = \"a\"; value = 2; } ]", {"a": 1}],
  ["builtins.mapAttrs (n: v: \"${n}${toString v}\") { a = 1; }", {"a": "a1"}],
  ["lib.mapAttrsToList (n: v: n) { b = 1; a = 2; }", ["a", "b"]],
  ["lib.attrsToList { b = 1; a = 2; }", [{"name": "a", "value": 2}, {"name": "b", "value": 1}]],
  ["lib.mapAttrs' (n: v: lib.nameValuePair \"x${n}\" v) { a = 1; }", {"xa": 1}],
  ["lib.concatMapAttrs (n: v: { ${n} = v; \"${n}2\" = v; }) { a = 1; }", {"a": 1, "a2": 1}],
  ["lib.genAttrs [ \"a\" \"b\" ] (n: n + \"!\")", {"a": "a!", "b": "b!"}],
  ["builtins.attrNames { b = 1; a = 2; \"é\" = 3; Z = 4; }", ["Z", "a", "b", "é"]],
  ["builtins.attrValues { b = 1; a = 2; }", [2, 1]],
  ["lib.attrVals [ \"b\" \"a\" ] { b = 1; a = 2; }", [1, 2]],
  ["builtins.catAttrs \"a\" [ { a = 1; } { b = 2; } { a = 3; } ]", [1, 3]],
  ["builtins.getAttr \"a\" { a = 1; }", 1],
  ["builtins.hasAttr \"b\" { a = 1; }", false],
  ["lib.attrByPath [ \"a\" \"b\" ] 0 { a.b = 1; }", 1],
  ["lib.attrByPath [ \"a\" \"c\" ] 0 { a.b = 1; }", 0],
  ["lib.hasAttrByPath [ \"a\" \"b\" ] { a.b = 1; }", true],
  ["lib.getAttrFromPath [ \"a\" \"b\" ] { a.b = 1; }", 1],
  ["lib.setAttrByPath [ \"a\" \"b\" ] 1", {"a": {"b": 1}}],
  ["builtins.removeAttrs { a = 1; b = 2; } [ \"a\" \"z\" ]", {"b": 2}],
  ["lib.filterAttrs (n: v: v > 1) { a = 1; b = 2; }", {"b": 2}],
  ["builtins.intersectAttrs { a = 1; } { a = 2; b = 3; }", {"a": 2}],
  ["lib.getAttrs [ \"a\" ] { a = 1; b = 2; }", {"a": 1}],
  ["lib.recursiveUpdate { a.b = 1; a.c = 2; } { a.b = 3; d = 4; }", {"a": {"b": 3, "c": 2}, "d": 4}],
  ["lib.mergeAttrs { a = 1; } { a = 2; }", {"a": 2}],
  ["lib.mergeAttrsList [ { a = 1; } { b = 2; } { a = 3; } ]", {"a": 3, "b": 2}],
  ["lib.optionalAttrs true { a = 1; }", {"a": 1}],
  ["lib.optionalAttrs false { a = 1; }", {}],
  ["lib.foldlAttrs (acc: n: v: acc + v) 0 { a = 1; b = 2; }", 3],
  ["builtins.zipAttrsWith (n: vs: vs) [ { a = 1; } { a = 2; b = 3; } ]", {"a": [1, 2], "b": [3]}],
  ["lib.zipAttrs [ { a = 1; } { a = 2; } ]", {"a": [1, 2]}],
  ["lib.matchAttrs { a.b = 1; } { a = { b = 1; c = 2; }; }", true],
  ["lib.concatMapAttrsStringSep \",\" (n: v: \"${n}=${v}\") { a = \"1\"; b = \"2\"; }", "a=1,b=2"],
  ["builtins.isAttrs { }", true],
  ["builtins.substring 1 2 \"abcd\"", "bc"],
  ["builtins.substring 2 99 \"abcd\"", "cd"],
  ["builtins.stringLength \"é\"", 2],
  ["builtins.replaceStrings [ \"a\" \"bc\" ] [ \"x\" \"\" ] \"abcabc\"", "xx"],
  ["lib.replaceString \"a\" \"b\" \"aca\"", "bcb"],
  ["lib.splitString \",\" \"a,b,,c\"", ["a", "b", "", "c"]],
  ["lib.stringToCharacters \"abc\"", ["a", "b", "c"]],
  ["lib.hasPrefix \"ab\" \"abc\"", true],
  ["lib.hasSuffix \"bc\" \"abc\"", true],
  ["lib.hasInfix \"b\" \"abc\"", true],
  ["lib.removePrefix \"ab\" \"abc\"", "c"],
  ["lib.removeSuffix \"x\" \"abc\"", "abc"],
  ["lib.toUpper \"aé1\"", "Aé1"],
  ["lib.toLower \"ABC\"", "abc"],
  ["lib.toSentenceCase \"hELLO\"", "Hello"],
  ["lib.trim \"  a b\\n\"", "a b"],
  ["lib.trimWith { start = true; } \" a \"", "a "],
  ["lib.escape [ \"$\" ] \"a$b\"", "a\\$b"],
  ["lib.escapeShellArg \"it's\"", "'it'\\''s'"],
  ["lib.escapeShellArg \"plain-1.2\"", "plain-1.2"],
  ["lib.escapeShellArgs [ \"a\" \"b c\" ]", "a 'b c'"],
  ["lib.escapeXML \"<a & 'b'>\"", "&lt;a &amp; &apos;b&apos;&gt;"],
  ["lib.optionalString true \"a\"", "a"],
  ["lib.optionalString false \"a\"", ""],
  ["lib.boolToString true", "true"],
  ["lib.toInt \" 42 \"", 42],
  ["lib.toInt \"-7\"", -7],
  ["lib.fixedWidthString 5 \"0\" \"12\"", "00012"],
  ["lib.fixedWidthNumber 4 12", "0012"],
  ["lib.stringAsChars (c: c + \".\") \"ab\"", "a.b."],
  ["lib.strings.replicate 3 \"ab\"", "ababab"],
  ["builtins.compareVersions \"1.2\" \"1.10\"", -1],
  ["builtins.compareVersions \"2.0pre1\" \"2.0\"", -1],
  ["builtins.compareVersions \"a\" \"2147483648\"", 1],
  ["builtins.compareVersions \"a\" \"2147483647\"", -1],
  ["lib.versionOlder \"1.2\" \"1.10\"", true],
  ["lib.versionAtLeast \"25.11\" \"25.05\"", true],
  ["builtins.splitVersion \"1.2-rc3\"", ["1", "2", "rc", "3"]],
  ["lib.versions.major \"1.2.3\"", "1"],
  ["lib.versions.majorMinor \"1.2.3\"", "1.2"],
  ["baseNameOf \"/a/b/c\"", "c"],
  ["builtins.dirOf \"/a/b/c\"", "/a/b"],
  ["builtins.dirOf \"/a\"", "/"],
  ["builtins.dirOf \"a\"", "."],
  ["builtins.add 1 2.5", 3.5],
  ["builtins.sub 1 2", -1],
  ["builtins.div (0 - 7) 2", -3],
  ["lib.mod 7 3", 1],
  ["builtins.bitAnd 12 10", 8],
  ["builtins.bitOr 12 10", 14],
  ["builtins.bitXor 12 10", 6],
  ["lib.min 1 2", 1],
  ["lib.max 1 2", 2],
  ["builtins.ceil 1.2", 2],
  ["builtins.floor (0 - 1.2)", -2],
  ["lib.toHexString 255", "FF"],
  ["builtins.lessThan \"a\" \"b\"", true],
  ["lib.compare 3 2", 1],
  ["builtins.typeOf [ ]", "list"],
  ["builtins.typeOf { }", "set"],
  ["builtins.typeOf (x: x)", "lambda"],
  ["builtins.isFunction builtins.map", true],
  ["builtins.isNull null", true],
  ["builtins.isString \"a\"", true],
  ["builtins.isInt 1.0", false],
  ["builtins.isList [ ]", true],
  ["lib.id 1", 1],
  ["lib.const 1 (throw \"x\")", 1],
  ["lib.flip (a: b: a - b) 1 5", 4],
  ["lib.pipe 2 [ (x: x + 1) (x: x * 2) ]", 6],
  ["lib.and true false", false],
  ["lib.or true false", true],
  ["lib.xor true true", false],
  ["lib.mapNullable (x: x + 1) null", null],
  ["lib.defaultTo 1 null", 1],
  ["builtins.seq 1 2", 2],
  ["builtins.toJSON { b = [ 1 null true ]; a = \"x\\\"y\"; }", "{\"a\":\"x\\\"y\",\"b\":[1,null,true]}"],
  ["builtins.fromJSON \"{\\\"a\\\": [1, 2.5, {\\\"b\\\": null}]}\"", {"a": [1, 2.5, {"b": null}]}],
  ["builtins.typeOf (builtins.fromJSON \"2.0\")", "float"],
  ["builtins.typeOf (builtins.fromJSON \"[2, 2.0]\")", "list"],
  ["builtins.tryEval 5", {"success": true, "value": 5}],
  ["builtins.functionArgs ({ a, b ? 1, ... }: a)", {"a": false, "b": true}],
  ["lib.throwIf false \"x\" 5", 5],
  ["lib.throwIfNot true \"x\" 5", 5],
  ["lib.assertMsg true \"x\"", true],
  ["lib.traceVal 5", 5],
  ["lib.concatMap (x: [ x ]) [ 1 ]", [1]],
  ["lib.lists.elem 1 [ 1 ]", true],
  ["lib.attrsets.attrNames { a = 1; }", ["a"]],
  ["lib.strings.concatStringsSep \",\" [ \"a\" ]", "a"],
];

describe("a function", () => {
  it.each(TABLE)("%s", (text, expected) => {
    expect(withLib(text)).toEqual(expected);
  });
});

/** Nix refuses these, so nothing is known of them. */
const REFUSED = [
  "builtins.hasAttr \"a\" [ ]",
  "lib.recursiveUpdate { a = 1; } \"b\"",
  "lib.optionalAttrs \"a\" { }",
  "builtins.head [ ]",
  "builtins.tail [ ]",
  "lib.take (0 - 1) [ 1 ]",
  "builtins.elemAt [ 1 ] 5",
  "lib.getAttrs [ \"b\" ] { a = 1; }",
  "builtins.getAttr \"b\" { a = 1; }",
  "builtins.replaceStrings [ \"a\" ] [ ] \"a\"",
  "lib.toInt \"x\"",
  "lib.toInt \"007\"",
  "lib.versions.minor \"1\"",
  "lib.assertMsg false \"x\"",
  "lib.throwIf true \"x\" 5",
  "lib.fixedWidthString 1 \"0\" \"12\"",
  "builtins.fromJSON \"{\"",
  "builtins.add 1 \"a\"",
  "builtins.take 1 [ 1 ]",
  "lib.const (throw \"x\") 1",
];

describe("a function that the model does not know", () => {
  it.each(["lib.crossLists (a: b: a) [ [ 1 ] [ 2 ] ]", "builtins.parseDrvName \"nix-2.8\"", "[ (builtins.match \"a\" \"b\") ]", "lib.fix (self: 1)", "builtins.substring 4294967296 1 \"abc\""])("gives a value that is not known: %s", (text) => {
    expect(withLib(text)).toBeUndefined();
  });
});

describe("a function that Nix would refuse", () => {
  it.each(REFUSED)("%s", (text) => {
    expect(withLib(text)).toBeUndefined();
  });
});

describe("what is outside the tree", () => {
  it("keeps its name", () => {
    expect(withLib("[ pkgs.postgresql_17 (pkgs.python3.withPackages 1) pkgs.a.b.c ]")).toEqual([{ $ref: "pkgs.postgresql_17" }, { $call: "pkgs.python3.withPackages", args: [1] }, { $ref: "pkgs.a.b.c" }]);
    expect(withLib("with pkgs; [ git (callPackage 5 { }) ]")).toEqual([{ $ref: "pkgs.git" }, { $call: "pkgs.callPackage", args: [5, {}] }]);
    expect(withLib("let version = \"17\"; in pkgs.\"postgresql_${version}\"")).toEqual({ $ref: "pkgs.postgresql_17" });
    expect(withLib("builtins ? notThere")).toBeUndefined();
    expect(withLib("builtins.notThere or 1")).toBe(1);
    expect(withLib("lib.licenses.mit")).toEqual({ $ref: "lib.licenses.mit" });
    expect(withLib("pkgs.lib.toUpper \"a\"")).toBe("A");
  });

  it("is told apart in `with` by the names that lib has", () => {
    expect(withLib("with lib; with pkgs; [ git (toUpper \"a\") ]")).toEqual([{ $ref: "pkgs.git" }, "A"]);
    expect(withLib("with pkgs; with lib; [ git (toUpper \"a\") licenses ]")).toEqual([{ $ref: "pkgs.git" }, "A", { $ref: "lib.licenses" }]);
    expect(withLib("with lib.types; nullOr str")).toEqual({ $call: "lib.types.nullOr", args: [{ $ref: "lib.types.str" }] });
    expect(withLib("with builtins; with pkgs; [ (head [ 1 ]) git ]")).toEqual([1, { $ref: "pkgs.git" }]);
  });

  it("may come from either of two package sets", () => {
    expect(withLib("with pkgs; with pkgs.python3Packages; requests")).toBeUndefined();
  });

  it("may lack an attribute that has a fallback", () => {
    expect(withLib("pkgs.nodejs_22 or pkgs.nodejs")).toBeUndefined();
    expect(withLib("pkgs ? nodejs")).toBeUndefined();
    expect(withLib("{ a = pkgs.x; }.a or 1")).toEqual({ $ref: "pkgs.x" });
  });

  it("makes paths and search paths", () => {
    expect(withLib("lib.getExe' pkgs.openssl \"openssl\"")).toEqual({ $text: [{ $ref: "pkgs.openssl" }, "/bin/openssl"] });
    expect(withLib("lib.makeBinPath [ pkgs.a pkgs.b ]")).toEqual({ $text: [{ $ref: "pkgs.a" }, "/bin:", { $ref: "pkgs.b" }, "/bin"] });
    expect(withLib("lib.getExe pkgs.hello")).toEqual({ $text: [{ $call: "lib.getExe", args: [{ $ref: "pkgs.hello" }] }] });
    expect(withLib("lib.fileContents ./v.txt", { "v.txt": "1.2\n" })).toBe("1.2");
    expect(withLib("lib.importJSON ./v.json", { "v.json": "[1]" })).toEqual([1]);
  });

  it("leaves lists with doubtful elements", () => {
    const value = valueWithLib("lib.unique [ pkgs.a pkgs.b pkgs.a ]");
    expect(value.t === "list" ? value.items.map(({ thunk, maybe }) => [toJson(thunk.force()), maybe]) : null).toEqual([
      [{ $ref: "pkgs.a" }, false],
      [{ $ref: "pkgs.b" }, true],
    ]);
    const filtered = valueWithLib("builtins.filter (x: x == pkgs.a) [ pkgs.a pkgs.b 1 ]");
    expect(filtered.t === "list" ? filtered.items.map(({ thunk, maybe }) => [toJson(thunk.force()), maybe]) : null).toEqual([
      [{ $ref: "pkgs.a" }, false],
      [{ $ref: "pkgs.b" }, true],
      [1, true],
    ]);
  });
});
