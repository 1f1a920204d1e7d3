/** Finds the NixOS systems that a flake builds, so that they are judged as what they are. */
import { type AttrsValue, type Configuration, type Project, type SourceFile, Thunk, type UnknownValue, type Value } from "../model/index.ts";

/** One `nixosSystem` of a flake. */
export interface FlakeSystem {
  readonly flake: SourceFile;
  readonly name: string;
  readonly configuration: Configuration;
  /** The files of the tree that its `modules` name directly. */
  readonly direct: readonly string[];
}

/** What stands for a flake's inputs: each is known by its name alone. */
function inputsOf(names: readonly string[]): AttrsValue {
  const open: UnknownValue = { t: "unknown", reason: "an input of the flake", maybe: [], not: null, at: null };
  return {
    t: "attrs",
    attrs: new Map(names.map((name) => [name, { thunk: Thunk.of({ t: "ref", path: [name], at: null }), key: null, conditions: [] }])),
    open,
    at: null,
  };
}

/** The systems under `nixosConfigurations` that can be made out. */
export function flakeSystems(project: Project, flake: SourceFile): FlakeSystem[] {
  const { evaluator } = project;
  const value = project.value(flake);
  const outputs = value.t === "attrs" ? value.attrs.get("outputs")?.thunk.force() : undefined;
  if (outputs?.t !== "lambda") return [];
  const names = outputs.expr.formals?.list.map(({ name }) => name) ?? [];
  const result = evaluator.apply(outputs, Thunk.of(inputsOf(names)), null);
  const systems = result.t === "attrs" ? result.attrs.get("nixosConfigurations")?.thunk.force() : undefined;
  if (systems?.t !== "attrs") return [];
  const found: FlakeSystem[] = [];
  for (const [name, attr] of systems.attrs) {
    const call = attr.thunk.force();
    const argument = isSystemCall(call) ? call.args[0]?.force() : undefined;
    if (argument?.t !== "attrs") continue;
    const modules = argument.attrs.get("modules")?.thunk.force();
    if (modules?.t !== "list") continue;
    const special = argument.attrs.get("specialArgs")?.thunk.force();
    const roots = modules.items.map((item) => ({ thunk: item.thunk, file: flake }));
    const configuration = project.compose(flake, roots, special?.t === "attrs" ? special : null);
    const direct = configuration.modules.filter((module) => modules.items.some((item) => isPathTo(item.thunk.force(), module.file.path))).map((module) => module.file.path);
    found.push({ flake, name, configuration, direct });
  }
  return found;
}

function isSystemCall(value: Value): value is Extract<Value, { t: "call" }> {
  return value.t === "call" && value.fn.t === "ref" && value.fn.path[value.fn.path.length - 1] === "nixosSystem";
}

function isPathTo(value: Value, path: string): boolean {
  return value.t === "path" && value.base === "root" && (value.path === path || `${value.path}/default.nix` === path);
}
