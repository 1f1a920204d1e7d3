/** Rules with options of every kind, for the tests of the configuration. */
import { defineRule, type Rule } from "../../../src/engine/run/index.ts";

const docs = { title: "Do as told", convention: "c", handbook: "h", why: "w", bad: [{ code: "{ }", says: [] }], good: [{ code: "{ }" }] } as const;
const common = { severity: "error", fix: null, scope: "file", roles: ["system"], docs, messages: {}, check: () => [] } as const;

/** Three rules; the first has an option of each type. */
export const sampleRules: readonly Rule[] = [
  defineRule({
    ...common,
    id: "port-list",
    theme: "firewall",
    options: {
      type: "object",
      additionalProperties: false,
      properties: {
        ports: { type: "array", items: { type: "integer", minimum: 1, maximum: 65535 }, uniqueItems: true, default: [22], description: "Ports." },
        release: { type: "string", pattern: "^[0-9]{2}\\.[0-9]{2}$", default: "25.05", description: "A release such as `25.05`." },
        strict: { type: "boolean", default: false, description: "Strict." },
        times: { type: "object", additionalProperties: { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 }, default: {}, description: "Times by kind." },
        mode: { enum: ["all", "some"], default: "all", description: "Mode." },
        limit: { anyOf: [{ type: "integer", minimum: 0 }, { type: "null" }], default: null, description: "Limit." },
      },
    },
  }),
  defineRule({ ...common, id: "boot-loader", theme: "baseline" }),
  defineRule({ ...common, id: "host-name", theme: "baseline" }),
];
