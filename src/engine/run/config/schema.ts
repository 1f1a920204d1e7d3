/** The JSON schema of the configuration, made from the rules' own option schemas: what editors complete by is what the linter checks by. */
import { ALL_ROLES, MODULES, type Rule, THEMES } from "../rule.ts";
import { docsUrl } from "../rule-info.ts";
import { PRIORITY_NAMES } from "./priorities.ts";

/** The part of JSON schema (draft 7) that the configuration and the rules' options are written in. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Where the published schema stands on the web. */
export const SCHEMA_URL = "https://raw.githubusercontent.com/TAPPaaS/tappaas-lint/main/schema/tappaas-lint.schema.json";

/** A severity as a configuration may give it. */
export const SEVERITIES = ["off", "info", "warning", "error"] as const;

const ROLE_TEXTS: Readonly<Record<(typeof ALL_ROLES)[number], string>> = {
  system: "the configuration of one VM",
  baseline: "what several systems import",
  fragment: "a part of a system",
  flake: "a flake",
  package: "no NixOS module",
};

const BY_RULE = "By rule: a severity, or `[severity, options]`. A severity alone keeps the options that were given before.";

/**
 * The whole schema for a list of rules; the same rules give the same schema.
 * @param own ids of rules that configurations require; null for a schema that does not know them and takes any id for one
 */
export function configSchema(rules: readonly Rule[], own: readonly string[] | null = null): Schema & { readonly $schema: string; readonly $id: string } {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: SCHEMA_URL,
    title: "the configuration",
    description: "The configuration of tappaas-lint. It holds for its folder and everything below that has no nearer one.",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string", description: "The schema of this file, for editors." },
      extends: {
        description: "Configurations to start from: paths relative to this file, inside the tree. Later ones win, and this file wins over all of them.",
        $ref: "#/definitions/texts",
      },
      rules: { description: `Severities and options of rules, for every file. ${BY_RULE}`, $ref: "#/definitions/rules" },
      overrides: {
        description: "Settings for some files. Later ones win.",
        type: "array",
        items: { $ref: "#/definitions/override" },
      },
      ignore: {
        description: "Files that are not linted, though others may import them: globs relative to this file's folder. A glob that names a folder stands for everything in it, one without `/` for a name at any depth; `!` takes back.",
        $ref: "#/definitions/texts",
      },
      requireOptions: {
        description: "Options that have to be set: each is a rule of the project's own, known by its id as the others are.",
        type: "array",
        maxItems: 500,
        items: { $ref: "#/definitions/requirement" },
      },
      requireReasons: { description: "Report suppressions that give no reason after `--`.", type: "boolean", default: false },
    },
    // What is described where it is used has no description of its own here: editors would show that one instead.
    definitions: {
      severity: {
        description: "`off` turns a rule off; only `error` makes a run fail unless `--fail-on` says otherwise.",
        type: "string",
        enum: SEVERITIES,
      },
      texts: {
        anyOf: [
          { type: "string", minLength: 1 },
          { type: "array", items: { type: "string", minLength: 1 } },
        ],
      },
      override: {
        title: "an override",
        description: "Settings for the files that its globs fit.",
        type: "object",
        additionalProperties: false,
        required: ["files"],
        properties: {
          files: { description: "The files meant: globs relative to this file's folder.", $ref: "#/definitions/texts" },
          ignoreFiles: { description: "Files that are not meant though `files` fits them.", $ref: "#/definitions/texts" },
          role: {
            description: `What the files are, where that cannot be told from their text: ${ALL_ROLES.map((role) => `\`${role}\` ${ROLE_TEXTS[role]}`).join(", ")}.`,
            type: "string",
            enum: ALL_ROLES,
          },
          rules: { description: `Severities and options of rules, for these files. ${BY_RULE}`, $ref: "#/definitions/rules" },
        },
      },
      rules: {
        title: "the rules",
        type: "object",
        additionalProperties: own === null ? { $ref: "#/definitions/severity" } : false,
        properties: Object.fromEntries([...inOrder(rules).map((rule): [string, Schema] => [rule.id, ruleSchema(rule)]), ...(own ?? []).map((id): [string, Schema] => [id, { $ref: "#/definitions/severity" }])]),
      },
      requirement: REQUIREMENT,
    },
  };
}

const REQUIREMENT: Schema = {
  title: "a required option",
  description: "An option that has to be set. A wrong value is reported where it is written, a missing one at the module, or once on the baseline that all share.",
  type: "object",
  additionalProperties: false,
  required: ["id", "option", "value", "message"],
  properties: {
    id: { description: "The id of the rule: lower-case words with hyphens between them.", type: "string", pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", maxLength: 60 },
    option: { description: "The path of the option, as Nix writes it, such as `networking.firewall.enable`.", type: "string", minLength: 1, maxLength: 200 },
    value: {
      description: "What it must be. Of a list: what it must have at least, since other modules may add to it.",
      anyOf: [{ type: "boolean" }, { type: "number" }, { type: "string" }, { type: "array", items: { type: ["number", "string"] }, minItems: 1 }],
    },
    priority: {
      description: "The priority that the definition must have: `plain` and stronger ones (`mkForce`) at least, weaker ones (`mkDefault`) at most, so that others may override it. Any by default.",
      anyOf: [
        { type: "string", enum: PRIORITY_NAMES },
        { type: "integer", minimum: 0, maximum: 10_000 },
      ],
    },
    roles: {
      description: "The roles of the files that are judged; systems and baselines by default.",
      type: "array",
      items: { type: "string", enum: MODULES },
      minItems: 1,
      uniqueItems: true,
    },
    severity: { description: "How much it weighs; `error` by default.", type: "string", enum: ["info", "warning", "error"] },
    message: { description: "Why, in one line; it stands in brackets behind what is wrong and what to write.", type: "string", minLength: 1, maxLength: 500 },
    url: { description: "Where that is documented.", type: "string", pattern: "^https://[^\\s\"<>`]+$" },
  },
};

/** By theme, then by id, whatever the order of the list. */
function inOrder(rules: readonly Rule[]): Rule[] {
  return [...rules].sort((a, b) => THEMES.indexOf(a.theme) - THEMES.indexOf(b.theme) || (a.id < b.id ? -1 : 1));
}

function ruleSchema(rule: Rule): Schema {
  const severity: Schema = { $ref: "#/definitions/severity" };
  const options = rule.options as Schema | undefined;
  return {
    description: `${rule.docs.title}. ${rule.severity} by default. ${docsUrl(rule.id)}`,
    anyOf:
      options === undefined
        ? [severity]
        : [severity, { type: "array", items: [severity, { title: `the options of \`${rule.id}\``, ...options }], minItems: 2, maxItems: 2 }],
  };
}
