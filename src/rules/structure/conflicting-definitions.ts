/** Convention: an option that takes one value has one. */
import { type ActiveDefinition, type Answer, type Configuration, type OptionNode, type Value, PLAIN_PRIORITY, joinsStrings, showPath, textOf } from "../../engine/model/index.ts";
import { MODULES, defineRule } from "../../engine/run/index.ts";
import { priorityText } from "../vocabulary/options.ts";
import { code, showValue } from "../vocabulary/show.ts";

export default defineRule({
  id: "conflicting-definitions",
  theme: "structure",
  severity: "error",
  fix: null,
  scope: "configuration",
  roles: MODULES,
  docs: {
    title: "Give an option one value",
    convention:
      "No option that takes one value has two different definitions of the same winning priority. Booleans, numbers and `null` always take one value; strings only where the option is known to (many are joined line by line); lists and sets merge.",
    handbook: "Key Conventions: “Use lib.mkDefault for values modules may override”",
    why: "NixOS refuses to choose between two definitions of the same priority (“has conflicting definition values”), so the machine cannot be rebuilt. A baseline's value needs `lib.mkDefault` for a module to replace it.",
    bad: [
      {
        code: "{ ... }:\n{\n  imports = [ ./base.nix ];\n  networking.firewall.enable = ⟦false⟧;\n}\n",
        files: { "base.nix": "{ ... }:\n{\n  networking.firewall.enable = true;\n}\n" },
        says: ["`networking.firewall.enable` is `false` here and `true` in `base.nix`, line 3, both as plain definitions, and NixOS refuses to choose: remove one, or give one another priority (`lib.mkDefault`, `lib.mkForce`)"],
      },
    ],
    good: [
      { code: "{ ... }:\n{\n  imports = [ ./base.nix ];\n  networking.firewall.enable = false;\n}\n", files: { "base.nix": "{ lib, ... }:\n{\n  networking.firewall.enable = lib.mkDefault true;\n}\n" } },
      { code: "{ ... }:\n{\n  imports = [ ./base.nix ];\n  networking.firewall.allowedTCPPorts = [ 22 ];\n}\n", files: { "base.nix": "{ ... }:\n{\n  networking.firewall.allowedTCPPorts = [ 80 ];\n}\n" } },
    ],
  },
  messages: {
    conflict: "{option} is {value} here and {other} in {place}, both {priority}, and NixOS refuses to choose: remove one, or give one another priority (`lib.mkDefault`, `lib.mkForce`)",
  },
  *check({ config, entry }) {
    for (const answer of conflictsIn(config)) {
      const written = answer.winners.flatMap((definition) => {
        const at = definition.valueAt ?? definition.key;
        return at === null ? [] : [{ definition, at }];
      });
      // The judged file is the one that its author can change; among parts, the last one brought the conflict.
      const culprit = written.findLast(({ at }) => at.file === entry) ?? written[written.length - 1];
      const other = culprit && written.find(({ definition }) => differ(answer.path, [culprit.definition, definition]));
      if (culprit === undefined || other === undefined) continue;
      const { path, syntax } = other.at.file;
      const { line } = syntax.source.position(other.at.start);
      yield {
        message: "conflict",
        at: culprit.at,
        data: {
          option: code(showPath(answer.path)),
          value: code(showValue(culprit.definition.value)),
          other: code(showValue(other.definition.value)),
          place: path === culprit.at.file.path ? `line ${line}` : `\`${path}\`, line ${line}`,
          priority: culprit.definition.priority === PLAIN_PRIORITY ? "as plain definitions" : `with ${code(priorityText(culprit.definition.priority))}`,
        },
        related: [{ at: other.at, message: `${code(showPath(answer.path))} is ${code(showValue(other.definition.value))} here` }],
      };
    }
  },
});

const MAX_DEPTH = 40;
const MAX_NODES = 200_000;
const MAX_COMPARED = 100;

/** Sets whose definitions replace each other name by name instead of being refused (`types.attrs`, nixpkgs' own configuration). */
const LOOSE = new Set(["config", "extraConfig", "interfaceConfig", "extraOptions", "extraSettings", "extraAttrs"]);

function conflictsIn(config: Configuration): Answer[] {
  const found: Answer[] = [];
  let budget = MAX_NODES;
  const visit = (node: OptionNode): void => {
    const { path } = node;
    if (path.length > MAX_DEPTH || budget-- <= 0) return;
    if (!node.isSet) {
      if (node.definitions.length < 2) return;
      const answer = node.answer();
      if (answer.state === "conflict" && differ(path, answer.winners) && !joinsDifferently(config, path)) found.push(answer);
    } else if (!LOOSE.has(path[path.length - 1] ?? "")) for (const name of node.names()) visit(node.child(name));
  };
  visit(config.root);
  return found;
}

/**
 * Whether two of several definitions surely cannot both hold. Values of different kinds count only where no option type
 * turns one into the other: one string and a list of strings, a path and a string, `true` and `"yes"` are the same to many.
 */
function differ(path: readonly string[], definitions: readonly ActiveDefinition[]): boolean {
  const values = definitions.slice(0, MAX_COMPARED).map(({ value }) => value);
  return values.some((a, index) => values.slice(index + 1).some((b) => areDifferent(path, a, b)));
}

function areDifferent(path: readonly string[], a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return a.v !== b.v;
  if (a.t === "bool" && b.t === "bool") return a.v !== b.v;
  const [left, right] = [textOf(a), textOf(b)];
  if (left !== null && right !== null) return left !== right && joinsStrings(path) === false;
  const isPlain = (value: Value): boolean => value.t === "bool" || isNumber(value) || textOf(value) !== null;
  if (a.t === "null" || b.t === "null") return a.t !== b.t && (isPlain(a) || isPlain(b));
  const text = left ?? right;
  const number = isNumber(a) ? a : isNumber(b) ? b : null;
  if (text !== null && number !== null) return Number(text) !== number.v && joinsStrings(path) !== true;
  return false;
}

function isNumber(value: Value): value is Extract<Value, { t: "int" | "float" }> {
  return value.t === "int" || value.t === "float";
}

/**
 * Options that take the largest of several numbers (nixpkgs, `nixos/modules/config/sysctl.nix`), and options that the tree
 * declares without a type: there one `true` is enough (nixpkgs, `lib/options.nix`, `mergeDefaultOption`).
 */
function joinsDifferently(config: Configuration, path: readonly string[]): boolean {
  if (path[0] === "boot" && path[1] === "kernel" && path[2] === "sysctl") return true;
  return config.modules.some(({ value }) => {
    let declaration = value.attrs.get("options")?.thunk.force();
    for (const name of path) {
      if (declaration?.t !== "attrs") break;
      declaration = declaration.attrs.get(name)?.thunk.force();
    }
    return declaration?.t === "option" && !isSingle(declaration.type?.force());
  });
}

/** Types of which it is known that they take one value (nixpkgs, `lib/types.nix`). */
function isSingle(type: Value | undefined): boolean {
  if (type?.t === "ref") return ["bool", "int", "float", "number", "port", "str", "path", "positive", "unsigned"].includes(type.path[type.path.length - 1] ?? "");
  return type?.t === "call" && type.fn.t === "ref" && ["enum", "between", "strMatching"].includes(type.fn.path[type.fn.path.length - 1] ?? "");
}
