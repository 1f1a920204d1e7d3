/** Convention: what modules may override gives way. */
import { type ActiveDefinition, type OptionNode, type Value, PLAIN_PRIORITY } from "../../engine/model/index.ts";
import { type Fix, MODULES, defineRule } from "../../engine/run/index.ts";
import { asArgument, rewriteWhole } from "../vocabulary/fixes.ts";
import { priorityText } from "../vocabulary/options.ts";
import { code } from "../vocabulary/show.ts";

export default defineRule({
  id: "overridable-defaults",
  theme: "structure",
  severity: "warning",
  fix: "safe",
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Let modules override defaults",
    convention: "Values that modules may override use `lib.mkDefault`. A definition that itself overrides a weaker one of the same configuration is that override and needs none.",
    handbook: "Key Conventions: “Use lib.mkDefault for values modules may override”",
    why: "A variant of a module, or whoever imports it, sets another host name or time zone. Against a plain definition NixOS refuses the second one.",
    bad: [
      {
        code: '{ ... }:\n{\n  networking.hostName = ⟦"wiki"⟧;\n}\n',
        says: ["`networking.hostName` is a plain definition, which no other module can override: write `lib.mkDefault` before the value"],
      },
    ],
    good: [
      { code: '{ lib, ... }:\n{\n  networking.hostName = lib.mkDefault "wiki";\n  time.timeZone = lib.mkDefault "Europe/Amsterdam";\n}\n' },
      { code: '{ ... }:\n{\n  imports = [ ./base.nix ];\n  networking.hostName = "wiki";\n}\n', files: { "base.nix": '{ lib, ... }:\n{\n  networking.hostName = lib.mkDefault "template";\n}\n' } },
    ],
  },
  options: {
    type: "object",
    properties: {
      options: {
        type: "array",
        items: { type: "string" },
        description: "Paths of the options that modules may override.",
        default: ["networking.hostName", "time.timeZone"],
      },
    },
    additionalProperties: false,
  },
  messages: {
    plain: "{option} is a plain definition, which no other module can override: write `lib.mkDefault` before the value",
    forced: "{option} is set with {wrapper}, which no other module can override: write `lib.mkDefault` instead",
  },
  *check({ config, options }) {
    for (const option of options.options) {
      for (const definition of firmDefinitions(config.node(option))) {
        const at = definition.valueAt ?? definition.key;
        if (at === null) continue;
        if (definition.priority === PLAIN_PRIORITY) yield { message: "plain", at, data: { option: code(option) }, fix: () => soften(definition) };
        else yield { message: "forced", at: definition.wholeAt ?? at, data: { option: code(option), wrapper: code(priorityText(definition.priority)) }, fix: () => soften(definition) };
      }
    }
  },
});

/** The value stays as it is written, under `lib.mkDefault`. */
function soften(definition: ActiveDefinition): Fix | null {
  const { valueAt } = definition;
  return valueAt === null ? null : rewriteWhole(definition, `lib.mkDefault ${asArgument(valueAt)}`);
}

/** The definitions that surely count, hold against a plain one and override nothing weaker of the tree. */
function firmDefinitions(node: OptionNode): ActiveDefinition[] {
  const { definitions } = node.answer();
  return definitions.filter(({ value, priority, undecided, isDefault }) => {
    if (priority > PLAIN_PRIORITY || undecided.length > 0 || isDefault || mayBeWrapped(value)) return false;
    return !definitions.some((other) => other.priority > PLAIN_PRIORITY && !other.isDefault);
  });
}

/** Whether a value that is not known may have a priority of its own. */
function mayBeWrapped(value: Value): boolean {
  return value.t === "unknown" && (value.maybe.length === 0 || value.maybe.some((each) => each.t === "wrap" || mayBeWrapped(each)));
}
