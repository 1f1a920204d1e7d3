/** The published schema fits the rules, is strict JSON schema, and uses only what the linter itself checks by. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { type Schema, configSchema } from "../../../src/engine/run/config/index.ts";
import { rules } from "../../../src/rules/index.ts";

const schema = configSchema(rules);
const published = JSON.parse(readFileSync(new URL("../../../schema/tappaas-lint.schema.json", import.meta.url), "utf8")) as unknown;

/** Every schema inside a schema, with its place. */
function* parts(part: Schema, place: string): Generator<{ readonly part: Schema; readonly place: string }> {
  yield { part, place };
  const inner: [string, Schema | undefined][] = [
    ...Object.entries(part.properties ?? {}),
    ...Object.entries(part.definitions ?? {}),
    ...(part.anyOf ?? []).map((each, index): [string, Schema] => [`anyOf ${index}`, each]),
    ...(Array.isArray(part.items) ? (part.items as readonly Schema[]) : [part.items as Schema | undefined]).map((each, index): [string, Schema | undefined] => [`item ${index}`, each]),
    ["additional", typeof part.additionalProperties === "object" ? part.additionalProperties : undefined],
  ];
  for (const [name, each] of inner) if (each !== undefined) yield* parts(each, `${place} > ${name}`);
}

const all = [...parts(schema, "configuration")];

/** What `validate.ts` checks, and what only describes. */
const KEYWORDS = new Set(
  "$schema $id $ref title description markdownDescription default examples type enum const anyOf properties additionalProperties required items minItems maxItems uniqueItems minimum maximum minLength maxLength pattern definitions".split(" "),
);

describe("the schema", () => {
  it("is the published one; `npm run generate` writes it anew", () => {
    expect(published).toEqual(schema);
  });

  it("compiles strictly", () => {
    expect(() => new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)).not.toThrow();
  });

  it("uses no keyword that the linter would pass over", () => {
    expect(all.flatMap(({ part, place }) => Object.keys(part).filter((keyword) => !KEYWORDS.has(keyword)).map((keyword) => `${place}: ${keyword}`))).toEqual([]);
  });

  it("lets the type of a value tell alternatives apart", () => {
    for (const { part, place } of all) {
      // Values of one type may only fit one alternative by type.
      const types = (part.anyOf ?? []).map((alternative) => {
        const target = alternative.$ref === undefined ? alternative : (schema.definitions?.[alternative.$ref.replace("#/definitions/", "")] as Schema);
        return [target.type ?? []].flat();
      });
      const taken = types.flat().map((type) => (type === "integer" ? "number" : type));
      expect([place, new Set(taken).size]).toEqual([place, taken.length]);
    }
  });

  it("describes every key and option, and each option's default fits it", () => {
    expect(all.flatMap(({ part, place }) => Object.entries(part.properties ?? {}).filter(([, property]) => property.description === undefined).map(([name]) => `${place} > ${name}`))).toEqual([]);
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    for (const rule of rules) {
      for (const [name, option] of Object.entries((rule.options as Schema | undefined)?.properties ?? {})) {
        expect([rule.id, name, ajv.validate(option, option.default)]).toEqual([rule.id, name, true]);
      }
    }
  });
});
