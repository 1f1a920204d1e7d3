/** Every mistake in a configuration is told with its place and the nearest right word; Ajv judges what counts as one. */
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError, configSchema, loadSettings } from "../../../src/engine/run/config/index.ts";
import { memoryHost } from "../../../src/engine/model/memory-host.ts";
import { sampleRules } from "./config-samples.ts";

function mistakesOf(text: string): string[] {
  try {
    loadSettings(memoryHost({ ".tappaas-lint.json": text }), sampleRules)("a.nix");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
  return [];
}

describe("JSON", () => {
  it.each([
    ["", "1:1 this file is empty; write at least `{}`, or let `tappaas-lint init` write it"],
    ["{", "1:2 the file ends too early; expected `}`"],
    ['{ "rules": { }\n', "1:15 the file ends too early; expected `}`"],
    ['{ "rules": { } "ignore": [] }', "1:16 expected `,` before this"],
    ['{ "ignore" [] }', "1:12 expected `:` after the name"],
    ['{ "ignore": [ "a" }', "1:19 expected `,` before this"],
    ["{ rules: {} }", "1:3 this is no JSON value; texts and names stand in double quotes"],
    ['{ "ignore": ["a] }', "1:14 this text is not closed; expected `\"` at its end"],
    ["{} {}", "1:4 expected the end of the file"],
    ["{ /* }", "1:3 this comment is not closed; expected `*/`"],
    ['{\n\t"rules": {},\n\t"ignore": ,\n}', "3:12 expected a value"],
    ['{ "a": "\\q" }', "1:8 this escape does not exist; a backslash is written `\\\\`"],
  ])("%j", (text, mistake) => {
    expect(mistakesOf(text)).toEqual([mistake]);
  });

  it("survives nesting of any depth", () => {
    expect(mistakesOf(`{ "rules": ${"[".repeat(100_000)}`)).toEqual([expect.stringMatching(/^1:1 this is nested too deep to be a configuration$|^1:\d+ /)]);
  });
});

describe("keys, rules and values", () => {
  it.each([
    ["[]", "1:1 the configuration is a list; it takes an object in braces"],
    ['{ "rule": {} }', "1:3 unknown key `rule` in the configuration; did you mean `rules`?"],
    ['{ "zzzzzz": {} }', "1:3 unknown key `zzzzzz` in the configuration; it takes `$schema`, `extends`, `rules`, `overrides`, `ignore`, `requireOptions` and `requireReasons`"],
    ['{ "rules": {}, "rules": {} }', "1:16 `rules` stands here a second time; keep one of them"],
    ['{ "rules": { "bootloader": "off" } }', "1:14 unknown rule `bootloader`; did you mean `boot-loader`?"],
    ['{ "rules": { "no-such-thing": "off" } }', "1:14 unknown rule `no-such-thing`; `tappaas-lint rules` lists all of them"],
    ['{ "rules": { "boot-loader": "eror" } }', '1:29 the rule `boot-loader` cannot be "eror"; did you mean "error"? (it takes "off", "info", "warning" or "error")'],
    ['{ "rules": { "boot-loader": "warn" } }', '1:29 the rule `boot-loader` cannot be "warn"; did you mean "warning"? (it takes "off", "info", "warning" or "error")'],
    ['{ "rules": { "boot-loader": 2 } }', '1:29 the rule `boot-loader` is a number; it takes "off", "info", "warning" or "error"'],
    ['{ "rules": { "boot-loader": ["error", {}] } }', '1:29 the rule `boot-loader` is a list; it takes "off", "info", "warning" or "error"'],
    ['{ "rules": { "port-list": true } }', '1:27 the rule `port-list` is `true`; it takes "off", "info", "warning" or "error", or a list of a severity and the options of `port-list`'],
    ['{ "rules": { "port-list": ["error"] } }', "1:27 the rule `port-list` is a list of 1; it takes a list of a severity and the options of `port-list`"],
    ['{ "rules": { "port-list": ["error", { "port": [] }] } }', "1:39 unknown option `port` in the options of `port-list`; did you mean `ports`?"],
    ['{ "rules": { "port-list": ["error", { "ports": 22 }] } }', "1:48 `ports` is a number; it takes a list, each entry a whole number"],
    ['{ "rules": { "port-list": ["error", { "ports": [22, "80"] }] } }', "1:53 an entry of `ports` is a text; it takes a whole number"],
    ['{ "rules": { "port-list": ["error", { "ports": [0, 65536] }] } }', "1:49 an entry of `ports` is 0; it must be at least 1"],
    ['{ "rules": { "port-list": ["error", { "ports": [22, 22] }] } }', "1:53 22 stands twice in `ports`; keep one of them"],
    ['{ "rules": { "port-list": ["error", { "release": "25" }] } }', '1:50 "25" is not what `release` takes: A release such as `25.05`.'],
    ['{ "rules": { "port-list": ["error", { "mode": "al" }] } }', '1:47 `mode` cannot be "al"; did you mean "all"? (it takes "all" or "some")'],
    ['{ "rules": { "port-list": ["error", { "limit": "x" }] } }', "1:48 `limit` is a text; it takes a whole number, or `null`"],
    ['{ "rules": { "port-list": ["error", { "times": { "redis": [] } }] } }', "1:59 `redis` is a list of 0; it takes a list, each entry a text with at least 1 entry"],
    ['{ "overrides": [ { "file": "x" } ] }', "1:18 an override needs `files`"],
    ['{ "overrides": [ { "files": "x", "role": "sytem" } ] }', '1:42 `role` cannot be "sytem"; did you mean "system"? (it takes "system", "baseline", "fragment", "flake" or "package")'],
    ['{ "ignore": [ "" ] }', "1:15 an entry of `ignore` must not be empty"],
    ['{ "requireReasons": "yes" }', "1:21 `requireReasons` is a text; it takes `true` or `false`"],
  ])("%s", (text, mistake) => {
    expect(mistakesOf(text)[0]).toBe(mistake);
  });

  it("tells all of them, in the order in which they stand", () => {
    expect(mistakesOf('{\n  "rulez": {},\n  "requireReasons": 1,\n  "rules": { "x": "off" }\n}').map((mistake) => mistake.split(" ")[0])).toEqual(["2:3", "3:21", "4:14"]);
  });

  it("takes names that every object has for unknown ones", () => {
    expect(mistakesOf('{ "constructor": 1, "rules": { "toString": "off" } }')).toHaveLength(2);
  });

  it("names the place of a character after an emoji in UTF-16 units", () => {
    expect(mistakesOf('{ "ignore": "🙂", "x": 1 }')[0]).toMatch(/^1:19 /);
  });
});

describe("judged by Ajv", () => {
  const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
  const isValid = ajv.compile(configSchema(sampleRules, []));
  const word = fc.constantFrom("off", "error", "warn", "port-list", "boot-loader", "", "ports", "25.05", "system", "*.nix", "rules", "files");
  const value = fc.letrec((tie) => ({
    leaf: fc.oneof(word, fc.integer({ min: -1, max: 70_000 }), fc.boolean(), fc.constant(null), fc.constant(1.5)),
    list: fc.array(tie("any"), { maxLength: 3 }),
    object: fc.dictionary(fc.oneof(word, fc.constantFrom("release", "strict", "times", "mode", "limit", "role", "ignoreFiles")), tie("any"), { maxKeys: 3 }),
    any: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("list"), tie("object")),
  })).any;
  const key = fc.constantFrom("extends", "requireOptions", "rules", "overrides", "ignore", "requireReasons", "$schema", "other");
  const severity = fc.constantFrom("off", "info", "warning", "error", "fatal");
  const options = fc.record(
    { ports: fc.array(fc.constantFrom(22, 80, 0, 1.5, "22"), { maxLength: 3 }), release: word, strict: fc.oneof(fc.boolean(), word), times: fc.dictionary(word, fc.array(word, { maxLength: 2 }), { maxKeys: 2 }), mode: fc.constantFrom("all", "some", "none", 1), limit: fc.constantFrom(null, 0, -1, 1.5, "x") },
    { requiredKeys: [] },
  );
  const rules = fc.dictionary(fc.constantFrom("port-list", "boot-loader", "nothing"), fc.oneof(severity, fc.tuple(severity, options), value), { maxKeys: 3 });
  const overrides = fc.array(fc.record({ files: fc.oneof(word, fc.array(word)), ignoreFiles: word, role: word, rules }, { requiredKeys: [] }), { maxLength: 2 });
  // Right beyond the schema, so that it alone decides.
  const requirement = fc.record(
    { id: fc.constantFrom("own-rule", "Own", "-x", 1), option: fc.constantFrom("a.b", "", 1), value, priority: fc.constantFrom("mkForce", "mkFroce", "plain", 50, -1, 1.5, null), roles: fc.oneof(fc.array(fc.constantFrom("system", "flake", "fragment"), { maxLength: 2 }), word), severity, message: word, url: fc.constantFrom("https://a.b/c", "http://a.b", "javascript:x") },
    { requiredKeys: [] },
  );
  const requireOptions = fc.array(fc.oneof({ weight: 3, arbitrary: requirement }, { weight: 1, arbitrary: value }), { maxLength: 1 });
  const config = fc.oneof(fc.record({ requireOptions }), fc.dictionary(key, value, { maxKeys: 3 }), fc.record({ rules, overrides, ignore: fc.array(word), requireReasons: fc.boolean() }, { requiredKeys: [] }), value);

  it("agrees on every configuration whether it is right", () => {
    fc.assert(
      fc.property(config, (sample) => {
        const { extends: _, ...rest } = typeof sample === "object" && sample !== null && !Array.isArray(sample) ? (sample as Record<string, unknown>) : { extends: null };
        const tried = typeof sample === "object" && sample !== null && !Array.isArray(sample) ? rest : sample;
        expect([tried, mistakesOf(JSON.stringify(tried)).length === 0]).toEqual([tried, isValid(tried)]);
      }),
      { numRuns: 3000 },
    );
  });
});
